"""Method and provenance: what each figure means, and what the month's figures rest on."""

from __future__ import annotations

from baocao.measures.ledger import MEASURES
from baocao.months import Month
from baocao.present.blocks import Column, Prose, Table, bullets
from baocao.present.common import Place, month_name, unit_name
from baocao.present.words import ZERO, setting, submitted, verbatim
from baocao.report import Report
from baocao.text import markdown, month_short, number, period_long, term_before

NOTEBOOK = "method"
_PROVENANCE = {
    "month": "Kỳ báo cáo",
    "inputs": "Mã băm của toàn bộ đầu vào",
    "params": "Mã băm của tham số (params/)",
    "code": "Mã băm của mã nguồn",
    "baocao": "Phiên bản baocao",
    "python": "Phiên bản Python",
}


def summary(report: Report) -> Prose:
    """Where figures come from."""
    plan = verbatim(report.config.plan.document.short_title)
    months = ", ".join(month_short(month) for month in report.history)
    return Prose(
        f"Sách lập cho {month_name(report)} từ báo cáo của các đơn vị thực hiện {plan}. "
        f"Các tháng được đưa vào so sánh: {months}. Mọi số tổng hợp trong bảng, biểu đồ và câu chữ lấy từ sổ cái "
        "số liệu (ledger.csv) hoặc là hiệu của hai số trong đó; danh sách hoạt động và phát hiện lấy từ tệp đơn vị. "
        "Số của toàn địa bàn bằng tổng số của các đơn vị."
    )


def definitions(report: Report) -> Table | Prose:
    """Every measure of the ledger."""
    columns = [Column("Chỉ số", 18), Column("Định nghĩa", 60), Column("Đơn vị tính", 14)]
    rows = [(markdown(code), markdown(text), markdown(unit) or "–") for code, (text, unit) in MEASURES.items()]
    caption = "Định nghĩa các chỉ số trong sổ cái số liệu."
    return Place(report, NOTEBOOK).table("dinh-nghia", caption, columns, rows)


def rules(report: Report) -> Prose:
    """How blanks, nil and missing reports, periods and targets are read."""
    both = "cả hai tháng" if isinstance(report.month, Month) else "mọi tháng của cả hai kỳ"
    items = (
        f"Chưa nộp báo cáo, báo cáo không phát sinh, ô để trống và số {ZERO} là bốn việc khác nhau. Đơn vị chưa nộp "
        f"thì chưa có số liệu; đơn vị không phát sinh có số liệu bằng {ZERO}; ô để trống là “không nêu” và không được "
        "cộng.",
        f"Kỳ số liệu của {month_name(report)}: {period_long(report.period)}. "
        "Năm báo cáo gồm các tháng báo cáo từ 1 đến 12.",
        "Chỉ tiêu lấy giá trị mới nhất đã báo cáo đến hết kỳ; giữ cả tử số và mẫu số. "
        f"“Trên” một mức là lớn hơn hẳn mức ấy. Tăng trưởng trên giá trị gốc bằng {ZERO} là không tính được.",
        f"Thay đổi so với {term_before(report.month)} chỉ tính khi {both} đều có số liệu.",
        "Số lẻ được in với nhiều nhất hai chữ số thập phân, trừ khi in như vậy thì đọc sai; đánh giá và thay đổi tính "
        "trên số chưa làm tròn, nên có thể lệch đôi chút với phép trừ hai số đã in.",
        "Chữ do đơn vị viết được giữ nguyên, trừ thông tin cá nhân bị che.",
    )
    return Prose(bullets(items))


def parameters(report: Report) -> Table | Prose:
    """Thresholds of the checks."""
    thresholds = report.config.thresholds
    names = {
        "max_quantity": "Số lượng lớn nhất của một dòng",
        "max_people": "Số người, lượt tiếp cận lớn nhất của một dòng",
        "max_cost": "Kinh phí lớn nhất của một dòng (đồng)",
        "max_text": "Số ký tự lớn nhất của một ô",
        "max_rows": "Số dòng lớn nhất của một bảng",
        "max_file_mb": "Dung lượng lớn nhất của một tệp (MB)",
        "history_months": "Số tháng đưa vào so sánh",
        "duplicate_months": "Số tháng trước được tìm hoạt động báo cáo lại",
        "jump_min_months": "Số tháng trước cần có số liệu để xét tăng giảm đột biến",
        "jump_score": "Điểm z bền vững, trên mức này là tăng giảm đột biến",
        "jump_min_percent": "Thay đổi nhỏ nhất được coi là đột biến (% của trung vị)",
    }
    rows = [(markdown(name), setting(number(getattr(thresholds, key)))) for key, name in names.items()]
    columns = [Column("Ngưỡng", 50), Column("Giá trị", 20, right=True)]
    return Place(report, NOTEBOOK).table("nguong", "Ngưỡng kiểm tra số liệu.", columns, rows)


def files(report: Report) -> Table | Prose:
    """The month's files with their hashes."""
    listed = report.records.files.drop_duplicates("file")
    columns = [Column("Tệp", 26), Column("Đơn vị", 26), Column("SHA-256", 48)]
    rows = [
        (submitted(name), markdown(unit_name(report, str(unit))) or "–", markdown(str(sha)))
        for name, unit, sha in zip(listed["file"], listed["unit"], listed["sha256"], strict=True)
    ]
    caption = f"Tệp của các đơn vị, {month_name(report)}, và mã băm {verbatim('SHA-256')}."
    return Place(report, NOTEBOOK).table("tep", caption, columns, rows, "Chưa nhận được tệp nào.")


def provenance(report: Report) -> Table | Prose:
    """Hashes, versions and parameters behind the month."""
    columns = [Column("Mục", 30), Column("Giá trị", 60)]
    rows = [
        (markdown(_PROVENANCE.get(name, f"Phiên bản {name}")), markdown(text))
        for name, text in report.provenance.items()
    ]
    caption = f"Nguồn gốc của số liệu, {month_name(report)}."
    return Place(report, NOTEBOOK).table("nguon-goc", caption, columns, rows, "Không có thông tin nguồn gốc.")


def legal_bases(report: Report) -> Table | Prose:
    """Documents that the plan rests on."""
    columns = [Column("Văn bản", 34), Column("Cơ quan ban hành", 28), Column("Về việc", 40)]
    rows = [
        (
            markdown(f"{one.kind} số {one.number_corrected or one.number}"),
            markdown(one.issuer),
            markdown(one.about) or "–",
        )
        for one in report.config.plan.legal_bases
    ]
    empty = "Chưa ghi văn bản nào mà kế hoạch viện dẫn."
    return Place(report, NOTEBOOK).table("can-cu", "Văn bản được viện dẫn trong kế hoạch.", columns, rows, empty)
