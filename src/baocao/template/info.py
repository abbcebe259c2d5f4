"""The first sheet of a blank workbook: unit and period of the report, and how to fill it in."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from baocao.intake.contract import ACTIVITIES, INFO, LIST_SHEET, NOTES, VALUES, Column
from baocao.template.formulas import counted
from baocao.template.offer import Offer
from baocao.template.page import print_on_a4, protect
from baocao.template.styles import Styles
from baocao.template.tables import FIRST_ROW, ROWS, letter
from baocao.text import day_short, month_long
from baocao.workbooks import height

_WIDTHS = (30, 62)
_FIRST_KEY = 5


def write_info(sheet: Worksheet, offer: Offer, styles: Styles) -> None:
    """Fill the sheet. Only keys and values are side by side; all other lines have one cell."""
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width, styles.plain)
    sheet.write_string(0, 0, f"BÁO CÁO {month_long(offer.month).upper()}", styles.title)
    for row, text in enumerate(_about(offer), start=1):
        _line(sheet, row, text, styles)
    row = _FIRST_KEY
    for column in INFO.columns:
        _write_key(sheet, row, column, offer, styles)
        row += 2
    sheet.write_formula(row, 0, _count(_nil_cell()), styles.note, "")
    sheet.write_string(row + 2, 0, "Cách điền", styles.bold)
    for i, text in enumerate(_advice(offer), start=row + 3):
        _line(sheet, i, text, styles)
    print_on_a4(sheet, portrait=True)
    protect(sheet)


def _line(sheet: Worksheet, row: int, text: str, styles: Styles) -> None:
    sheet.merge_range(row, 0, row, 1, "", styles.text)
    sheet.write_string(row, 0, text, styles.text)
    sheet.set_row(row, height([text], [1.15 * sum(_WIDTHS)]))


def _about(offer: Offer) -> list[str]:
    return [
        f"{offer.site}. {offer.plan}.",
        f"Kỳ báo cáo: từ ngày {day_short(offer.period.start)} đến hết ngày {day_short(offer.period.end)}.",
        f"{'Lập' if offer.gathers else f'Gửi về {offer.coordinator}'} chậm nhất {offer.due}.",
    ]


def _advice(offer: Offer) -> list[str]:
    targets = f"{VALUES.sheet}: chọn mã chỉ tiêu, ghi tử số và mẫu số theo Cách tính; tỷ lệ tự hiện, không gõ."
    return [
        "• Ô nền trắng để điền; ô nền xám đã ghi sẵn hoặc tự tính, không sửa. Cột có tiêu đề nền đậm bắt buộc điền.",
        f"• {ACTIVITIES.sheet}: mỗi hoạt động một dòng, ngày trong kỳ. Không có hoạt động nào thì ghi “x” ở ô "
        f"{INFO.column('nil').heading} trên đây.",
        f"• {targets if offer.targets else f'{VALUES.sheet}: đơn vị không có chỉ tiêu phải báo cáo, để trống.'}",
        f"• {NOTES.sheet}: mỗi ý một dòng. Không ghi số căn cước, số điện thoại, số tài khoản của cá nhân.",
        f"• Nội dung, hình thức, kênh{', nguồn kinh phí' if offer.funding else ''} chọn trong danh sách của ô; nguyên "
        f"văn ở trang {LIST_SHEET}.",
        "• Không thêm dòng cộng, không gộp ô, không đổi tên trang, không thêm cột.",
        f"• Lưu với tên {offer.unit.code}.xlsx (hoặc .ods, .xls) rồi gửi. Gửi lại sau khi sửa cũng bằng tệp này.",
    ]


def _write_key(sheet: Worksheet, row: int, column: Column, offer: Offer, styles: Styles) -> None:
    given = {
        "unit": offer.unit.code,
        "unit_name": offer.unit.name,
        "month": f"{offer.month.number:02d}/{offer.month.year}",
    }
    sheet.write_string(row, 0, column.heading, styles.key)
    if column.field in given:
        sheet.write_string(row, 1, given[column.field], styles.given)
    else:
        sheet.write_blank(row, 1, None, styles.mark if column.kind == "mark" else styles.entry)
    if column.kind == "mark":
        sheet.data_validation(row, 1, row, 1, {
            "validate": "list", "source": ["x"], "ignore_blank": True, "error_title": column.heading,
            "error_message": "Chỉ ghi “x”, hoặc để trống.",
        })  # fmt: skip
    sheet.write_string(row + 1, 1, column.help, styles.hint)


def _nil_cell() -> str:
    index = [column.field for column in INFO.columns].index("nil")
    return f"$B${_FIRST_KEY + 2 * index + 1}"


def _count(nil: str) -> str:
    at = letter(ACTIVITIES, "name")
    return counted(f"'{ACTIVITIES.sheet}'!${at}${FIRST_ROW + 1}:${at}${FIRST_ROW + ROWS}", nil)
