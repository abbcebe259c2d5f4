"""Every check: just outside its bound it speaks and names the cell, just inside its bound it is silent."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import office_files
from baocao.config.check_codes import CODES
from baocao.intake.records import Records
from baocao.months import Month
from intake_site import ACTIVITY_HEADINGS, SOUND, Inbox, activity, codes, sheets

Put = Callable[[Inbox], object]
DAY = date(2025, 10, 14)
LETTER = {heading: chr(ord("A") + i) for i, heading in enumerate(ACTIVITY_HEADINGS)}
HIST = tuple(Month(2025, 10).plus(-i) for i in (4, 3, 2, 1))


def book(*rows: Sequence[object], values: Sequence[Sequence[object]] = (), notes: Sequence[Sequence[object]] = (),
         name: str = "AN.xlsx", **info: object) -> Put:  # fmt: skip
    """A workbook by the contract; keys of ``info`` with blanks as ``_``."""
    unit = name.split(".", maxsplit=1)[0]
    keys = {"Đơn vị": unit} | {key.replace("_", " "): value for key, value in info.items()}
    return lambda inbox: inbox.put_book(rows or [activity()], values, notes, keys, name)


def changed(change: Callable[[openpyxl.Workbook], object]) -> Put:
    """A sound workbook after a change by hand."""

    def put(inbox: Inbox) -> None:
        made = openpyxl.load_workbook(io.BytesIO(office_files.xlsx(sheets([activity()]))))
        change(made)
        stream = io.BytesIO()
        made.save(stream)
        inbox.put("AN.xlsx", stream.getvalue())

    return put


def on_sheet(change: Callable[[Worksheet], object]) -> Put:
    return changed(lambda made: change(made["Hoạt động"]))


def raw(data: bytes | str, name: str = "AN.xlsx") -> Put:
    return lambda inbox: inbox.put(name, data)


def several(*puts: Put) -> Put:
    return lambda inbox: [put(inbox) for put in puts]


def csv(*lines: str, name: str = "AN.hoat-dong.csv") -> Put:
    head = ";".join(ACTIVITY_HEADINGS)
    return raw("\n".join([head, *lines]) + "\n", name)


def value(*cells: object) -> list[object]:
    """Target, numerator, denominator, value, as of."""
    return [*cells, *[None] * (5 - len(cells)), "Sở", ""]


LINE = "1;01/10/2025;II.4;III.4;CH-10;Tập huấn;;1;;;;;a.jpg;"


def at(heading: str, line: int = 2) -> str:
    return f"{LETTER[heading]}{line}"


def cell(heading: str, outside: object, inside: object) -> tuple[Put, Put, str]:
    """A cell of the activities with a value just outside and just inside."""
    return book(_with(heading, outside)), book(_with(heading, inside)), at(heading)


def _with(heading: str, given: object) -> list[object]:
    return [given if name == heading else SOUND.get(name) for name in ACTIVITY_HEADINGS]


def target(column: str, outside: Sequence[object], inside: Sequence[object], name: str = "AN.xlsx",
           other: str = "AN.xlsx") -> tuple[Put, Put, str]:  # fmt: skip
    return book(values=[value(*outside)], name=name), book(values=[value(*inside)], name=other), f"{column}2"


def rate(shown: object) -> Put:
    """A target with numerator 1 and denominator 2, and this where the blank workbook computes the rate."""

    def add(made: openpyxl.Workbook) -> None:
        for at, cell in {"H1": "Tỷ lệ (tự tính)", "A2": "UB-01", "B2": 1, "C2": 2, "H2": shown}.items():
            made["Chỉ tiêu"][at] = cell

    return changed(add)


def link(inbox: Inbox) -> None:
    target_path = inbox.put("x.xlsx", b"x").rename(inbox.folder.parent / "x.xlsx")
    (inbox.folder / "2025-10" / "AN.xlsx").symlink_to(target_path)


def unreadable(inbox: Inbox) -> None:
    path = inbox.folder / "2025-10" / "AN.xlsx"
    path.parent.mkdir(parents=True)
    os.mkfifo(path)


def register(line: str) -> Put:
    head = "received_at,month,unit,version,file,sha256,sender,outcome"

    def put(inbox: Inbox) -> None:
        book()(inbox)
        (inbox.folder / "register.csv").write_text(f"{head}\n{line}\n", encoding="utf-8")

    return put


def ods_with(cell: str) -> bytes:
    """A workbook whose quantity is this XML."""
    data = office_files.ods(sheets([activity(Số_lượng=77)]))
    old = '<table:table-cell office:value-type="float" office:value="77"><text:p>77</text:p>'
    name, new = "content.xml", f"<table:table-cell {cell if cell.startswith('office') else '>' + cell}"
    content = zipfile.ZipFile(io.BytesIO(data)).read(name).decode()
    assert content.count(old) == 1
    return office_files.repack(data, {name: content.replace(old, new).encode()})


def hide(sheet: Worksheet, *columns: str) -> None:
    for column in columns:
        sheet.column_dimensions[column].hidden = True


def formula(text: object) -> Put:
    return on_sheet(lambda sheet: sheet.__setitem__("H2", text))


def zeros(size: int) -> bytes:
    data = office_files.xlsx(sheets([activity()]))
    return office_files.repack(data, {"xl/media/image1.png": bytes(size)})


def external(part: str) -> bytes:
    return office_files.repack(office_files.xlsx(sheets([activity()])), {part: b"<x/>"})


def months(*figures: dict[str, object], last: dict[str, object], values: Sequence[object] = ()) -> Put:
    """Earlier months with an activity each, and the month itself."""

    def put(inbox: Inbox) -> None:
        for i, (month, figure) in enumerate(zip(HIST, figures, strict=False)):
            day = date(month.year, month.number, 1 + i)
            info = {"Đơn vị": "AN", "Kỳ báo cáo": f"{month.number:02d}/{month.year}"}
            rows = [activity(**({"Ngày": day, "Tên_hoạt_động": f"Việc {i}"} | figure))]
            some = [[*value("UB-02", None, None, values[i], day)]] if values else []
            inbox.put("AN.xlsx", office_files.xlsx(sheets(rows, some, (), info)), month)
        some = [[*value("UB-02", None, None, values[-1], DAY)]] if values else []
        book(activity(**last), values=some)(inbox)

    return put


STEADY = [{"Người_tham_dự": n} for n in (30, 32, 28, 31)]
BARE = {"Kinh_phí_(đồng)": None, "Nguồn_kinh_phí": None}
LATE = {"Ngày": date(2025, 9, 1), "Tên_hoạt_động": "Việc 3"}


def without(*headings: str) -> Put:
    kept = [name for name in ACTIVITY_HEADINGS if name not in headings]
    table = [kept, [SOUND.get(name) for name in kept]]
    return lambda inbox: inbox.put("AN.xlsx", office_files.xlsx(sheets() | {"Hoạt động": table}))


def headed(heading: str, other: str) -> Put:
    table = [[other if name == heading else name for name in ACTIVITY_HEADINGS], activity()]
    return lambda inbox: inbox.put("AN.xlsx", office_files.xlsx(sheets() | {"Hoạt động": table}))


def named(sheet: str) -> Put:
    made = {sheet if name == "Hoạt động" else name: lines for name, lines in sheets([activity()]).items()}
    return lambda inbox: inbox.put("AN.xlsx", office_files.xlsx(made))


def lines(*more: Sequence[object]) -> Put:
    return book(activity(), *more)


SOUND_BOOK = book()
LEGACY = ["Ngµy th¸ng", "Néi dung", "h×nh thøc", "sè l\u00adîng"]
CASES: dict[str, tuple[Put, Put, str]] = {
    # -- files
    "TEP-LA": (raw(b"x", "báo cáo.docx"), SOUND_BOOK, ""),
    "TEP-MACRO": (raw(external("xl/vbaProject.bin")), SOUND_BOOK, ""),
    "TEP-THUMUC": (unreadable, SOUND_BOOK, ""),
    "TEP-NGOAI": (link, SOUND_BOOK, ""),
    "TEP-TRUNG": (several(SOUND_BOOK, csv(LINE)), several(SOUND_BOOK, csv(LINE, name="AN.v2.hoat-dong.csv")), ""),
    "TEP-DONVI": (book(name="KHAC.xlsx"), SOUND_BOOK, ""),
    "TEP-HIEULUC": (book(name="CU.xlsx"), SOUND_BOOK, ""),
    "TEP-RONG": (raw(b""), SOUND_BOOK, ""),
    "TEP-MATKHAU": (raw(office_files.compound({"EncryptedPackage": b"x"})), SOUND_BOOK, ""),
    "TEP-SAILOAI": (raw(b"%PDF-1.7"), SOUND_BOOK, ""),
    "TEP-HONG": (raw(office_files.xlsx(sheets())[:-40]), SOUND_BOOK, ""),
    "TEP-LON": (raw(bytes(2 * 1024 * 1024 + 1)), raw(bytes(2 * 1024 * 1024)), ""),
    "TEP-NEN": (raw(zeros(60 * 1024 * 1024)), raw(zeros(1024)), ""),
    "TEP-DONG": (csv(*[";"] * 12_200), csv(LINE, *[";"] * 12_100), ""),
    "TEP-MAHOA": (raw("Ngày;Nội dung\n".encode("utf-32"), "AN.hoat-dong.csv"), csv(LINE), ""),
    "TEP-CSV": (csv(LINE, '"mở mà không đóng'), csv(LINE), ""),
    "TEP-TRONG": (raw(office_files.xlsx({"Sheet1": [["x"]]})), SOUND_BOOK, ""),
    "TEP-THIEUBANG": (
        several(csv(LINE), raw("Loại;Nội dung\nKhó khăn;a\n", "AN.kho-khan.csv"),
                csv(LINE, name="AN.v2.hoat-dong.csv")),
        several(csv(LINE), csv(LINE + "b", name="AN.v2.hoat-dong.csv")), ""),
    "TEP-LIENKET": (raw(external("xl/externalLinks/externalLink1.xml")), SOUND_BOOK, ""),
    "TEP-GIONG": (several(csv(LINE), csv(LINE, name="BINH.hoat-dong.csv")),
                  several(csv(LINE), csv(LINE + "b", name="BINH.hoat-dong.csv")), ""),
    # -- register
    "SO-TIEPNHAN": (register("hôm qua,2025-10,AN,1,2025-10/AN.xlsx,,,"),
                    register("2025-10-13T08:00:00+07:00,2025-10,AN,1,2025-10/AN.xlsx,,,"), ""),
    "SO-KHACTEP": (register(f"2025-10-13T08:00:00+07:00,2025-10,AN,1,2025-10/AN.xlsx,{'0' * 64},,"),
                   register("2025-10-13T08:00:00+07:00,2025-10,AN,1,2025-10/AN.xlsx,,,"), ""),
    "SO-MATTEP": (register("2025-10-13T08:00:00+07:00,2025-10,AN,2,2025-10/AN.v2.xlsx,,,"),
                  register("2025-10-13T08:00:00+07:00,2025-10,AN,1,2025-10/AN.xlsx,,,"), ""),
    # -- keys and values
    "TT-DONVI": (book(Đơn_vị="BINH"), book(Đơn_vị="phong an"), "B1"),
    "TT-THANG": (book(Kỳ_báo_cáo="11/2025"), book(Kỳ_báo_cáo="tháng 10 năm 2025"), "B2"),
    "TT-THIEU": (book(Kỳ_báo_cáo=None), SOUND_BOOK, "B2"),
    "TT-KHOA": (book(Số_máy="1"), book(Người_lập="A"), "A3"),
    "TT-KHONGRO": (book(Không_phát_sinh="có lẽ"), book(Không_phát_sinh="không"), "B3"),
    "TT-KHONGVACO": (book(Không_phát_sinh="x"), SOUND_BOOK, "B3"),
    "TT-CHUARO": (lambda inbox: inbox.put_book(), SOUND_BOOK, ""),
    # -- sheets and tables
    "BANG-TIEUDE": (raw(office_files.xlsx(sheets() | {"Hoạt động": [["a", "b"]]})), SOUND_BOOK, "1"),
    "BANG-PHONG": (raw(office_files.xlsx(sheets() | {"Hoạt động": [LEGACY]})),
                   SOUND_BOOK, "1"),
    "BANG-THIEUCOT": (without("Số lượng"), SOUND_BOOK, "1"),
    "BANG-COTTRUNG": (headed("Ghi chú", "Ngày"), SOUND_BOOK, "B1, N1"),
    "BANG-DONVITINH": (headed("Kinh phí (đồng)", "Kinh phí (triệu đồng)"), headed("Kinh phí (đồng)", "KINH PHÍ"), "K1"),
    "BANG-TENTRANG": (named("Sheet1"), named("HOAT DONG"), "2"),
    "BANG-THIEU": (raw(office_files.xlsx({k: v for k, v in sheets().items() if k != "Hoạt động"})), SOUND_BOOK, ""),
    "BANG-QUADONG": (csv(*[LINE] * 12_001), csv(*[LINE] * 12_000), "12002"),
    "BANG-VANG": (raw(office_files.xlsx({k: v for k, v in sheets([activity()]).items() if k != "Chỉ tiêu"})),
                  SOUND_BOOK, ""),
    "BANG-COTVANG": (without("Ghi chú"), SOUND_BOOK, "1"),
    "BANG-COTTHUA": (headed("Ghi chú", "Lời bàn"), SOUND_BOOK, "N1"),
    "BANG-TRANGTHUA": (changed(lambda made: made.create_sheet("Nháp").append(["x"])),
                       changed(lambda made: made.create_sheet("Nháp")), ""),
    "BANG-AN": (on_sheet(lambda sheet: setattr(sheet, "sheet_state", "hidden")), SOUND_BOOK, ""),
    "BANG-DONGAN": (on_sheet(lambda sheet: setattr(sheet.row_dimensions[2], "hidden", True)),
                    on_sheet(lambda sheet: setattr(sheet.row_dimensions[9], "hidden", True)), "2"),
    "BANG-COTAN": (on_sheet(lambda sheet: hide(sheet, "H", "I")), on_sheet(lambda sheet: hide(sheet, "A", "J", "P")),
                   "H1, I1"),
    # -- rows
    "DONG-TONG": (lines(["Tổng cộng", None, None, None, None, None, None, 5]), lines(activity(Ghi_chú="Tổng")),
                  "3"),
    "DONG-TIEUDE": (lines(ACTIVITY_HEADINGS), lines(activity(Tên_hoạt_động="Ngày hội")), "3"),
    "DONG-LAC": (lines([None, None, None, None, None, None, None, None, None, None, None, None, None, "Người lập"]),
                 lines(activity(Tên_hoạt_động="Việc", Ghi_chú="Người lập")), "3"),
    "DONG-TRENTIEUDE": (raw(office_files.xlsx(sheets() | {"Hoạt động": [activity(), ACTIVITY_HEADINGS, activity()]})),
                        raw(office_files.xlsx(sheets() | {"Hoạt động": [["TÊN"], ACTIVITY_HEADINGS, activity()]})),
                        "1"),
    "DONG-THUAO": (csv(LINE + ";thừa"), csv(LINE), "2"),
    # -- cells
    "O-TRONG": cell("Tên hoạt động", " ", "x"),
    "O-GOP": (on_sheet(lambda sheet: (sheet.append(_with("Ngày", None)), sheet.merge_cells("B2:B3"))),
              SOUND_BOOK, "B3"),
    "O-CONGTHUC": (formula("=1+1"), formula(2), "H2"),
    "O-LOI": (formula("#N/A"), formula(2), "H2"),
    "O-KHONGLUU": (raw(ods_with("<text:p>2</text:p>"), "AN.ods"),
                   raw(ods_with('office:value-type="float" office:value="2"><text:p>2</text:p>'), "AN.ods"), "H2"),
    "O-SO": cell("Số lượng", "hai", "2"),
    "O-SOMAPMO": cell("Số lượng", "1,234", "123,0"),
    "O-NGUYEN": cell("Số lượng", 1.5, 2.0),
    "O-KHOANG": cell("Số lượng", 1001, 1000),
    "O-NGAY": cell("Ngày", "hôm qua", "1/10/25"),
    "O-NGAYSAI": cell("Ngày", "31/9/2025", "30/9/2025"),
    "O-MA": cell("Nội dung", "II.11", "II.10.a"),
    "O-MACHU": cell("Nội dung", "II.4 Chủ trương", "II.4 Thể chế"),
    "O-DAI": cell("Ghi chú", "a" * 201, "a" * 200),
    "O-PHONG": cell("Ghi chú", "Ngµy ®Ñp n¨m", "Ngày đẹp"),
    "O-CANHAN": cell("Ghi chú", "gọi 0912345678", "gọi 091234"),
    # -- activities
    "HD-NGAY-SAU": cell("Ngày", DAY + timedelta(days=5), DAY),
    "HD-NGAY-TRUOC": cell("Ngày", date(2025, 7, 9), date(2025, 7, 10)),
    "HD-NGAY-DAO": cell("Ngày", "10/1/2025", "1/10/2025"),
    "HD-NGAY-MUON": cell("Ngày", date(2025, 9, 14), date(2025, 9, 15)),
    "HD-KENH": cell("Kênh", None, "CH-10"),
    "HD-NGUON": cell("Nguồn kinh phí", None, "bổ sung"),
    "HD-TRUNG": (lines(activity()), lines(activity(Tên_hoạt_động="Khác")), at("Tên hoạt động", 3)),
    "HD-GANTRUNG": (lines(activity(Số_lượng=2)), lines(activity(Số_lượng=2, Ngày=date(2025, 10, 2))),
                    at("Tên hoạt động", 3)),
    "HD-TRUNGDONVI": (several(SOUND_BOOK, book(activity(Số_lượng=2), name="BINH.xlsx")),
                      several(SOUND_BOOK, book(activity(Ngày=date(2025, 10, 2)), name="BINH.xlsx")),
                      at("Tên hoạt động")),
    "HD-TRUNGKY": (months({}, {}, {}, LATE, last=LATE),
                   months({}, {}, {}, LATE, last=LATE | {"Ngày": date(2025, 9, 2)}),
                   at("Tên hoạt động")),
    "HD-DONVI": (book(activity(Nội_dung="II.10"), name="BINH.xlsx"), book(activity(Nội_dung="II.4"), name="BINH.xlsx"),
                 at("Nội dung")),
    "HD-HTKENH": cell("Kênh", "CH-01", "CH-16"),
    "HD-HTSANPHAM": cell("Sản phẩm", "tin bài", "sổ tay"),
    "HD-THAMDU": (book(activity(Hình_thức="III.1", Kênh="CH-01", Sản_phẩm="", Người_tham_dự=1)),
                  book(activity(Hình_thức="III.1", Kênh="CH-01", Sản_phẩm="", Người_tham_dự=0)), at("Người tham dự")),
    "HD-THIEUMINHCHUNG": cell("Minh chứng", None, "a.jpg"),
    "HD-MINHCHUNG": cell("Minh chứng", "có ảnh", "https://mau.example/2"),
    "HD-DOTBIEN": (months(*STEADY, last={"Người_tham_dự": 60}), months(*STEADY, last={"Người_tham_dự": 45}),
                   at("Người tham dự")),
    # -- target values
    "CT-CAP": target("B", ("UB-01", None, 2), ("UB-01", 1, 2)),
    "CT-MAU": target("C", ("UB-01", 0, 0), ("UB-01", 0, 1)),
    "CT-AM": target("B", ("UB-01", -1, 2), ("UB-01", 0, 2)),
    "CT-TRONG": target("D", ("UB-02",), ("UB-02", None, None, 0)),
    "CT-COKHONG": target("D", ("UB-04", None, None, "2"), ("UB-04", None, None, "1")),
    "CT-DINHTINH": target("D", ("UB-05", None, None, "đã nâng lên"), ("UB-05", None, None, "đạt")),
    "CT-PHANTRAM": target("D", ("UB-02", None, None, "12%"), ("UB-03", None, None, "12%")),
    "CT-TYLE": target("B", ("UB-01", 11, 10), ("UB-01", 10, 10)),
    "CT-CHIGIATRI": target("D", ("UB-01", None, None, 63.7), ("UB-01", 1, 2)),
    "CT-PHANSO": target("D", ("UB-01", None, None, 1), ("UB-01", None, None, 1.01)),
    "CT-LECH": target("D", ("UB-01", 1, 2, 50.06), ("UB-01", 1, 2, 50.05)),
    "CT-TUTINH": (rate("50,01%"), rate("50,00%"), "H2"),
    "CT-NGAYCHOT": target("E", ("UB-02", None, None, 4, DAY + timedelta(days=1)), ("UB-02", None, None, 4, DAY)),
    "CT-DONVI": target("A", ("UB-01", 1, 2), ("UB-01", 1, 2), name="BINH.xlsx"),
    "CT-TRUNG": (book(values=[value("UB-02", None, None, 4, DAY)] * 2),
                 book(values=[value("UB-02", None, None, 4, DAY), value("UB-02", None, None, 4, date(2025, 10, 1))]),
                 "A3"),
    "CT-TRUNGDONVI": (several(book(values=[value("UB-02", None, None, 4, DAY)]),
                              book(values=[value("UB-02", None, None, 5, DAY)], name="BINH.xlsx")),
                      several(book(values=[value("UB-02", None, None, 4, DAY)]),
                              book(values=[value("UB-02", None, None, 4, DAY)], name="BINH.xlsx")), "A2"),
    "CT-DOTBIEN": (months({}, {}, {}, {}, last={}, values=[4, 4, 4, 4, 7]),
                   months({}, {}, {}, {}, last={}, values=[4, 4, 4, 4, 6]), "D2"),
    # -- notes
    "KK-TRUNG": (book(notes=[["Khó khăn", "Ít máy"], ["Khó khăn", "ít  máy"]]),
                 book(notes=[["Khó khăn", "Ít máy"], ["Kiến nghị", "Ít máy"]]), "B3"),
}  # fmt: skip
NEEDS_ANOTHER_ACCOUNT = {"TEP-MO"}
"""A file that may not be opened: tested where the rights of files hold for the one who runs the tests."""


def read(inbox: Inbox) -> Records:
    earlier = [inbox.read(month) for month in HIST if (inbox.folder / str(month)).is_dir()]
    return inbox.read(earlier=earlier)


def test_each_code_has_a_case() -> None:
    assert set(CASES) | NEEDS_ANOTHER_ACCOUNT == set(CODES)


@pytest.mark.parametrize("code", CASES)
def test_just_outside_a_bound_the_check_speaks_and_names_the_cell(inbox: Inbox, code: str) -> None:
    outside, _, cell = CASES[code]
    outside(inbox)
    found = read(inbox).findings
    mine = found[found["code"] == code]
    assert len(mine), list(found["code"])
    first = mine.iloc[0]
    assert first["cell"] == cell
    assert first["severity"] == inbox.config.checks[code].severity
    if cell.isdigit():
        assert f"òng {cell}" in first["message"]
    elif cell:
        assert first["message"].startswith(f"Ô {cell} (cột ") or first["message"].startswith(f"Ô {cell}: ")
    assert first["file"]
    assert first["sheet"] or not cell or first["file"].endswith(".csv")
    assert first["allowed"]
    assert first["action"]
    assert not any("{" in text for text in first[["message", "allowed", "action"]])


@pytest.mark.parametrize("code", CASES)
def test_just_inside_a_bound_the_check_is_silent(inbox: Inbox, code: str) -> None:
    _, inside, _ = CASES[code]
    inside(inbox)
    assert code not in codes(read(inbox))


def one(inbox: Inbox, code: str) -> dict[str, str]:
    found = read(inbox).findings
    (mine,) = found[found["code"] == code].to_dict("records")
    return {str(key): str(value) for key, value in mine.items()}


@pytest.mark.parametrize(("rows", "speaks"), [(1, False), (5, True)])
def test_a_jump_in_the_number_of_activities_names_them(inbox: Inbox, rows: int, speaks: bool) -> None:
    months({}, {}, {}, {}, last={})(inbox)
    book(*(activity(Tên_hoạt_động=f"Việc {i}", Người_tham_dự=None, Số_lượng=1, **BARE) for i in range(rows)))(inbox)
    found = read(inbox).findings
    mine = found[(found["code"] == "HD-DOTBIEN") & found["message"].str.contains("Số hoạt động")]
    assert mine[["sheet", "cell"]].to_numpy().tolist() == [["Hoạt động", "F2, F3, F4, F5, F6"]] * speaks


def test_a_jump_in_a_total_names_its_largest_figure(inbox: Inbox) -> None:
    months(*STEADY, last={})(inbox)
    book(activity(Người_tham_dự=5), activity(Tên_hoạt_động="Khác", Người_tham_dự=90))(inbox)
    found = read(inbox).findings
    mine = found[(found["code"] == "HD-DOTBIEN") & found["message"].str.contains("người tham dự")]
    assert list(mine["cell"]) == [at("Người tham dự", 3)]


def test_rows_of_one_fault_are_named_together(inbox: Inbox) -> None:
    rows = [activity(Tên_hoạt_động=f"Việc {i}", Minh_chứng=None, Nội_dung="II.10") for i in range(3)]
    book(*rows, activity(Nội_dung="II.4"), name="BINH.xlsx")(inbox)
    assert one(inbox, "HD-THIEUMINHCHUNG")["cell"] == "M2, M3, M4"
    assert one(inbox, "HD-DONVI")["cell"] == "C2, C3, C4"


def test_hidden_rows_are_named_together(inbox: Inbox) -> None:
    def hide_rows(made: openpyxl.Workbook) -> None:
        for line in (3, 5):
            made["Hoạt động"].append(activity(Tên_hoạt_động=f"Việc {line}"))
            made["Hoạt động"].append(activity(Tên_hoạt_động=f"Việc {line + 1}"))
            made["Hoạt động"].row_dimensions[line].hidden = True

    changed(hide_rows)(inbox)
    assert one(inbox, "BANG-DONGAN")["cell"] == "3, 5"
    assert "(dòng 3, 5)" in one(inbox, "BANG-DONGAN")["message"]


def test_rows_that_a_message_does_not_name_stand_before_it(inbox: Inbox) -> None:
    lines = [["a", "b"]] * 10
    raw(office_files.xlsx(sheets() | {"Hoạt động": lines}))(inbox)
    assert one(inbox, "BANG-TIEUDE")["message"].startswith("Dòng 1, 2, 3, 4, 5, 6, 7, 8 và 2 dòng khác: Không tìm")


def test_a_report_without_rows_names_the_cell_for_the_mark(inbox: Inbox) -> None:
    inbox.put_book(info={"Không phát sinh hoạt động": None})
    assert [one(inbox, "TT-CHUARO")[name] for name in ("sheet", "cell")] == ["Thông tin", "B3"]


def test_the_mark_beside_rows_is_named_in_the_csv_that_holds_it(inbox: Inbox) -> None:
    csv(LINE)(inbox)
    raw("Đơn vị;AN\nKỳ báo cáo;10/2025\nKhông phát sinh hoạt động;x\n", "AN.thong-tin.csv")(inbox)
    found = one(inbox, "TT-KHONGVACO")
    assert (found["file"], found["cell"]) == ("2025-10/AN.thong-tin.csv", "B3")


def test_the_same_file_again_names_its_unit_though_nothing_of_it_could_be_read(inbox: Inbox) -> None:
    several(raw(b"%PDF"), raw(b"%PDF", "AN.v2.xlsx"))(inbox)
    assert one(inbox, "TEP-GIONG")["unit"] == "AN"


def test_a_file_that_may_not_be_opened_is_refused(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    book()(inbox)

    def refuse(path: object) -> bytes:
        raise PermissionError(path)

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    assert "TEP-MO" in codes(inbox.read())
