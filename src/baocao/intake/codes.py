"""Every finding that intake can make: stable code, severity and Vietnamese texts, in one table.

The codes' first part says what is meant: ``TEP`` a file, ``TT`` the sheet of keys and values, ``BANG`` a sheet or a
table as a whole, ``DONG`` a row, ``O`` a cell of any table, ``HD``, ``CT`` and ``KK`` a cell or row of activities,
target values and notes. Texts may use the placeholders that :func:`baocao.intake.findings.found` fills.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Check:
    """One kind of finding.

    Attributes
    ----------
    severity
        ``error`` rejects the row, the sheet or the file; ``warning`` keeps it and asks.
    message, allowed, action
        What is wrong, what is allowed, what to do. An empty ``allowed`` takes that of the column.
    """

    code: str
    severity: Severity
    message: str
    allowed: str
    action: str


_RESEND = "Sửa trong tệp gốc rồi gửi lại."
_FORMATS = "Tệp .xlsx, .ods, .xls, hoặc .csv mã hóa UTF-8"
_SAVE_AS = "Mở tệp bằng phần mềm bảng tính, chọn “Lưu thành” (Save As) kiểu .xlsx rồi gửi lại."
_CSV_UTF8 = "Mở tệp gốc, chọn “Lưu thành” (Save As) kiểu .xlsx hoặc “CSV UTF-8”, phông chữ Unicode, rồi gửi lại."
_NAMES = "MÃĐƠNVỊ.xlsx (.ods, .xls) hoặc MÃĐƠNVỊ.hoat-dong.csv, .chi-tieu.csv, .kho-khan.csv, .thong-tin.csv"

_ERRORS = (
    # -- a file ---------------------------------------------------------------------------------------------------
    ("TEP-LA", "Tệp “{given}” không mang tên theo mẫu nên không được đọc.", _NAMES + "; bản gửi lại thêm .v2, .v3",
     "Đổi tên tệp theo mẫu, hoặc đưa tệp ra khỏi thư mục."),
    ("TEP-MACRO", "Tệp “{given}” là sổ tính có macro nên không được đọc.", _FORMATS, _SAVE_AS),
    ("TEP-THUMUC", "“{given}” là thư mục hoặc tệp đặc biệt nên không được đọc.", _NAMES,
     "Đặt các tệp ngay trong thư mục của tháng."),
    ("TEP-NGOAI", "“{given}” là liên kết dẫn ra ngoài thư mục báo cáo nên không được đọc.", "Tệp nằm trong thư mục",
     "Chép chính tệp đó vào thư mục của tháng."),
    ("TEP-TRUNG", "Cùng một bản của đơn vị {unit} có nhiều tệp chồng nhau: {given}; không tệp nào được đọc.",
     "Một sổ tính, hoặc một bộ CSV, cho mỗi bản", "Giữ lại một tệp; bản gửi lại thì thêm .v2 vào tên."),
    ("TEP-DONVI", "Mã đơn vị “{given}” trong tên tệp không có trong danh sách đơn vị.", "Mã trong danh sách đơn vị",
     "Đổi tên tệp theo đúng mã đơn vị."),
    ("TEP-HIEULUC", "Đơn vị “{given}” không thuộc danh sách đơn vị của kỳ này.", "Đơn vị còn hiệu lực trong kỳ báo cáo",
     "Kiểm tra mã đơn vị và tháng của thư mục."),
    ("TEP-MO", "Không mở được tệp để đọc.", "Tệp mà máy này được phép đọc", "Kiểm tra quyền đọc của tệp."),
    ("TEP-RONG", "Tệp rỗng (0 byte).", _FORMATS, "Gửi lại tệp; lần gửi này có thể đã bị ngắt giữa chừng."),
    ("TEP-MATKHAU", "Tệp được đặt mật khẩu nên không đọc được.", "Tệp không đặt mật khẩu",
     "Bỏ mật khẩu (Tệp → Thông tin → Bảo vệ sổ tính) rồi gửi lại."),
    ("TEP-SAILOAI", "Bên trong tệp là {given}, không phải bảng tính, dù tên tệp ghi khác.", _FORMATS, _SAVE_AS),
    ("TEP-HONG", "Tệp bị hỏng hoặc bị cắt ngang nên không đọc được.", _FORMATS,
     "Mở tệp gốc bằng phần mềm bảng tính, lưu lại và gửi lại."),
    ("TEP-LON", "Tệp nặng {given}, vượt mức cho phép.", "Tệp không quá {limit} MB",
     "Xóa hình ảnh và các trang không thuộc mẫu rồi gửi lại."),
    ("TEP-NEN", "Tệp nén bất thường: khi mở ra lớn gấp nhiều lần, có thể làm treo máy, nên không được đọc.",
     "Tệp do phần mềm bảng tính lưu ra", _SAVE_AS),
    ("TEP-DONG", "Trang “{given}” có số liệu vượt quá số dòng, số cột cho phép.", "Không quá {limit} dòng số liệu",
     "Xóa các ô thừa ở cuối trang (kể cả ô nằm rất xa bảng) rồi gửi lại."),
    ("TEP-MAHOA", "Tệp CSV không phải mã UTF-8 hay UTF-16; có vẻ là {given}. Tệp không được tự chuyển mã.",
     "CSV mã hóa UTF-8 (có hoặc không có BOM) hoặc UTF-16", _CSV_UTF8),
    ("TEP-CSV", "Tệp CSV có dấu nháy kép mở mà không đóng (gần dòng {given}), các dòng có thể bị dính vào nhau.",
     "Mỗi dòng số liệu một dòng; ô có dấu nháy kép phải được phần mềm tự đặt trong nháy", _CSV_UTF8),
    ("TEP-TRONG", "Tệp không có trang nào theo mẫu.",
     "Các trang Thông tin, Hoạt động, Chỉ tiêu, Khó khăn, kiến nghị",
     "Điền số liệu vào tệp mẫu của tháng rồi gửi lại."),
    # -- keys and values --------------------------------------------------------------------------------------------
    ("TT-DONVI", "Trang Thông tin ghi đơn vị “{given}”, tên tệp ghi {unit}; cả tệp không được tính.",
     "Mã đơn vị trùng với tên tệp", "Kiểm tra tệp của đơn vị nào rồi sửa mã hoặc tên tệp."),
    ("TT-THANG", "Kỳ báo cáo “{given}” không phải kỳ {period} của thư mục; cả tệp không được tính.",
     "{period}", "Kiểm tra tệp của tháng nào, sửa Kỳ báo cáo hoặc chuyển tệp sang thư mục đúng tháng."),
    # -- a sheet or table -------------------------------------------------------------------------------------------
    ("BANG-TIEUDE", "Không tìm thấy dòng tiêu đề của bảng {table}; {rows} dòng có chữ đều không được tính.",
     "Dòng tiêu đề có đủ các cột: {needed}", "Chép lại dòng tiêu đề từ tệp mẫu."),
    ("BANG-PHONG", "Chữ trong bảng {table} có vẻ là phông cũ (TCVN3, VNI); {rows} dòng đều không được tính.",
     "Chữ Unicode", "Chuyển phông chữ sang Unicode rồi gửi lại."),
    ("BANG-THIEUCOT", "Bảng {table} thiếu cột {given}; {rows} dòng của bảng đều không được tính.",
     "Có đủ các cột: {needed}", "Thêm cột còn thiếu theo tệp mẫu."),
    ("BANG-COTTRUNG", "Bảng {table} có hai cột cùng tiêu đề “{given}”; {rows} dòng của bảng đều không được tính.",
     "Mỗi tiêu đề một cột", "Bỏ cột thừa."),
    ("BANG-DONVITINH", "Tiêu đề “{given}” khác đơn vị tính của mẫu ({needed}); {rows} dòng của bảng không được tính.",
     "{needed}", "Đổi số liệu về đúng đơn vị tính và ghi tiêu đề như tệp mẫu."),
    ("BANG-TENTRANG", "Trang “{given}” có bảng {table} nhưng không mang tên “{table}” hoặc trùng với một trang khác; "
     "{rows} dòng không được tính.", "Một trang tên “{table}”", "Gộp số liệu vào trang “{table}”."),
    ("BANG-THIEU", "Sổ tính không có trang {table}.", "Trang “{table}”, có thể chỉ có dòng tiêu đề",
     "Thêm trang “{table}” theo tệp mẫu."),
    ("BANG-QUADONG", "Bảng {table} có {rows} dòng, quá số dòng cho phép; không dòng nào được tính.",
     "Không quá {limit} dòng", "Chia số liệu, xóa các dòng thừa rồi gửi lại."),
    # -- a row ------------------------------------------------------------------------------------------------------
    ("DONG-TONG", "Dòng {line} là dòng cộng, không phải một dòng số liệu.", "Mỗi dòng một hoạt động, chỉ tiêu hoặc ý",
     "Xóa dòng cộng; báo cáo tự cộng."),
    ("DONG-TIEUDE", "Dòng {line} lặp lại dòng tiêu đề.", "Chỉ một dòng tiêu đề", "Xóa dòng tiêu đề lặp lại."),
    ("DONG-LAC", "Dòng {line} không phải dòng số liệu của bảng: “{given}”.", "Mỗi dòng một hoạt động, chỉ tiêu hoặc ý",
     "Xóa dòng này, hoặc điền đủ các cột."),
    ("DONG-TRENTIEUDE", "Dòng {line} có số liệu nhưng nằm trên dòng tiêu đề.", "Số liệu nằm dưới dòng tiêu đề",
     "Chuyển dòng này xuống dưới dòng tiêu đề."),
    ("DONG-THUAO", "Dòng {line} có nhiều ô hơn số cột, số liệu có thể bị lệch cột.", "Mỗi dòng đúng số cột",
     "Đặt ô có dấu phân cách trong nháy kép, hoặc gửi tệp .xlsx."),
    # -- a cell of any table ----------------------------------------------------------------------------------------
    ("O-TRONG", "Ô bắt buộc còn để trống.", "", "Điền ô này."),
    ("O-GOP", "Ô nằm trong vùng gộp ô nên không rõ giá trị.", "", "Bỏ gộp ô và điền từng dòng."),
    ("O-CONGTHUC", "Công thức chưa có kết quả được lưu trong tệp.", "", "Mở tệp bằng Excel hoặc LibreOffice, lưu lại; "
     "hoặc dán giá trị thay cho công thức."),
    ("O-LOI", "Ô báo lỗi công thức ({given}).", "", "Sửa công thức hoặc gõ giá trị."),
    ("O-SO", "“{given}” không phải là một số.", "", "Gõ lại bằng chữ số."),
    ("O-SOMAPMO", "“{given}” có thể là số hàng nghìn hoặc số thập phân, không rõ là số nào.", "",
     "Hàng nghìn viết liền (1234); thập phân không viết đúng ba chữ số sau dấu phẩy (1,23 hoặc 1,2340)."),
    ("O-NGUYEN", "“{given}” không phải là số nguyên.", "", "Gõ số nguyên."),
    ("O-KHOANG", "“{given}” nằm ngoài khoảng cho phép.", "Từ {low} đến {high}", "Kiểm tra và gõ lại số."),
    ("O-NGAY", "“{given}” không phải là ngày viết theo mẫu.", "", "Gõ lại theo mẫu ngày/tháng/năm."),
    ("O-NGAYSAI", "“{given}” không có trong lịch (viết ngày trước, tháng sau).", "",
     "Gõ lại ngày, đúng thứ tự ngày/tháng/năm."),
    ("O-MA", "“{given}” không có trong danh mục.", "{known}", "Chọn một mã trong danh mục."),
    ("O-MACHU", "“{given}”: mã và phần chữ đi kèm nói về hai mục khác nhau.", "Mã, hoặc mã với đúng tên của nó",
     "Chỉ ghi mã."),
    ("O-DAI", "Nội dung ô dài {given} ký tự, vượt mức cho phép.", "Không quá {limit} ký tự", "Rút gọn nội dung."),
    # -- activities -------------------------------------------------------------------------------------------------
    ("HD-NGAY-SAU", "Ngày {given} sau ngày cuối của kỳ báo cáo.", "{window}",
     "Kiểm tra ngày; hoạt động của kỳ sau thì báo cáo vào kỳ sau."),
    ("HD-NGAY-TRUOC", "Ngày {given} trước ngày kế hoạch có hiệu lực.", "{window}", "Kiểm tra lại ngày."),
    ("HD-NGAY-DAO", "Ngày {given} nằm ngoài kỳ báo cáo, nhưng đảo ngày với tháng thì lại trong kỳ: không rõ ngày nào.",
     "{window}", "Gõ lại ngày; nếu đúng là ngày đó thì viết bằng chữ: ngày 05 tháng 9 năm 2025."),
    # -- target values ----------------------------------------------------------------------------------------------
    ("CT-CAP", "Chỉ có {given}: tử số và mẫu số phải đi cùng nhau.", "Cả tử số và mẫu số", "Điền ô còn thiếu."),
    ("CT-MAU", "Mẫu số phải lớn hơn 0.", "Số lớn hơn 0", "Kiểm tra lại mẫu số."),
    ("CT-AM", "“{given}” là số âm.", "Số từ 0 trở lên", "Kiểm tra lại số."),
    ("CT-TRONG", "Dòng chỉ tiêu {given} không có giá trị nào.", "{needed}",
     "Điền số liệu; nếu chưa có số liệu thì xóa dòng này."),
    ("CT-COKHONG", "“{given}” không phải là có hoặc không.", "“có” hoặc “không” (1 hoặc 0)", "Ghi có hoặc không."),
    ("CT-PHANTRAM", "“{given}” viết theo phần trăm, nhưng chỉ tiêu tính bằng {needed}.", "Số, tính bằng {needed}",
     "Gõ lại số theo đơn vị tính của chỉ tiêu."),
    ("CT-TRUNG", "Chỉ tiêu {given} đã có ở dòng {first} với cùng ngày chốt.", "Mỗi chỉ tiêu một dòng cho mỗi ngày chốt",
     "Giữ lại dòng đúng."),
)  # fmt: skip

_WARNINGS = (
    ("SO-TIEPNHAN", "Sổ tiếp nhận có dòng không đọc được: {given}.", "Thời điểm theo mẫu 2025-10-13T16:30:00+07:00",
     "Sửa dòng đó trong sổ tiếp nhận."),
    ("SO-KHACTEP", "Tệp khác với tệp đã ghi trong sổ tiếp nhận (mã băm không khớp).", "Tệp đúng như khi nhận",
     "Tiếp nhận lại tệp; không sửa tệp đã nhận."),
    ("TEP-THIEUBANG", "Bản {version} không có {given} mà bản trước có; phần đó của bản trước không còn được tính.",
     "Mỗi lần gửi lại đủ các bảng", "Gửi lại đủ bộ nếu phần đó vẫn cần tính."),
    ("TT-THIEU", "Trang Thông tin thiếu {given}, nên chỉ dựa vào tên tệp và thư mục.", "Có đủ Đơn vị và Kỳ báo cáo",
     "Điền trang Thông tin."),
    ("TT-KHOA", "Không rõ mục “{given}” của trang Thông tin; mục này không được dùng.", "Các mục của tệp mẫu",
     "Xóa hoặc sửa mục này."),
    ("TT-KHONGRO", "“{given}” ở mục Không phát sinh hoạt động không rõ là có hay không; coi như để trống.",
     "“x” hoặc để trống", "Ghi “x” nếu không phát sinh hoạt động."),
    ("TT-KHONGVACO", "Có dấu Không phát sinh hoạt động nhưng bảng Hoạt động có {rows} dòng; các dòng vẫn được tính.",
     "Hoặc dấu “x”, hoặc các dòng hoạt động", "Bỏ dấu “x”, hoặc xóa các dòng nếu không phát sinh."),
    ("TT-CHUARO", "Không có hoạt động nào, cũng không có dấu Không phát sinh hoạt động.",
     "Ít nhất một hoạt động, hoặc dấu “x” ở mục Không phát sinh hoạt động",
     "Ghi “x” nếu không phát sinh, hoặc bổ sung hoạt động."),
    ("BANG-VANG", "Sổ tính không có trang {table}.", "Trang “{table}”, có thể chỉ có dòng tiêu đề",
     "Thêm trang nếu có số liệu cần báo cáo."),
    ("BANG-COTVANG", "Bảng {table} không có cột {given}; coi như để trống.", "Có đủ các cột của tệp mẫu",
     "Thêm cột nếu có số liệu cần báo cáo."),
    ("BANG-COTTHUA", "Cột “{given}” không thuộc mẫu nên không được đọc.", "Các cột của tệp mẫu",
     "Xóa cột, hoặc chuyển nội dung vào Ghi chú."),
    ("BANG-TRANGTHUA", "Trang “{given}” không thuộc mẫu nên không được đọc.", "Các trang của tệp mẫu",
     "Xóa trang nếu không cần."),
    ("BANG-AN", "Trang {table} đang bị ẩn nhưng có {rows} dòng số liệu; các dòng vẫn được tính.", "Trang không ẩn",
     "Bỏ ẩn trang và kiểm tra lại số liệu."),
    ("BANG-DONGAN", "Bảng {table} có {rows} dòng số liệu đang bị ẩn hoặc bị lọc; các dòng vẫn được tính.",
     "Không có dòng ẩn", "Bỏ lọc, bỏ ẩn dòng và kiểm tra lại số liệu."),
    ("O-PHONG", "Chữ trong ô có vẻ là phông cũ (TCVN3, VNI): “{given}”.", "Chữ Unicode",
     "Chuyển phông chữ sang Unicode."),
    ("O-CANHAN", "Ô có thể chứa thông tin cá nhân ({given}).", "Không ghi thông tin cá nhân",
     "Xóa thông tin cá nhân; báo cáo sẽ che phần này."),
    ("HD-NGAY-MUON", "Ngày {given} thuộc kỳ trước, được tính vào kỳ này (báo cáo muộn).", "{window}",
     "Kiểm tra ngày và xem hoạt động đã báo cáo ở kỳ trước chưa."),
    ("HD-KENH", "Chưa ghi kênh.", "Mã hoặc tên kênh trong danh mục", "Bổ sung kênh."),
    ("HD-NGUON", "Có kinh phí {given} đồng nhưng chưa ghi nguồn kinh phí.", "Tên nguồn kinh phí trong danh mục",
     "Bổ sung nguồn kinh phí."),
    ("HD-TRUNG", "Dòng giống hệt dòng {first}; cả hai vẫn được tính.", "Mỗi hoạt động một dòng",
     "Xóa một dòng nếu ghi trùng."),
    ("CT-TYLE", "Tử số {given} lớn hơn mẫu số {first}.", "Tử số không lớn hơn mẫu số", "Kiểm tra lại hai số."),
    ("CT-CHIGIATRI", "Chỉ tiêu tỷ lệ chỉ có giá trị {given}, không có tử số và mẫu số.", "Cả tử số và mẫu số",
     "Bổ sung tử số và mẫu số."),
    ("CT-PHANSO", "Giá trị {given} của chỉ tiêu tính bằng % không lớn hơn 1; có thể là {first}%.",
     "Số phần trăm, ví dụ 63,7", "Kiểm tra giá trị, tốt nhất là ghi tử số và mẫu số."),
    ("CT-LECH", "Giá trị {given} khác với tử số chia mẫu số ({first}); báo cáo tính theo tử số và mẫu số.",
     "Để trống giá trị khi đã có tử số và mẫu số", "Kiểm tra lại ba số."),
    ("CT-NGAYCHOT", "Ngày chốt {given} nằm ngoài khoảng từ ngày kế hoạch có hiệu lực đến cuối kỳ báo cáo.", "{window}",
     "Kiểm tra lại ngày chốt."),
    ("CT-DONVI", "Đơn vị {unit} không phải đơn vị được giao báo cáo chỉ tiêu {given}.", "{needed}",
     "Kiểm tra mã chỉ tiêu."),
)  # fmt: skip

CHECKS = {
    **{code: Check(code, "error", *texts) for code, *texts in _ERRORS},
    **{code: Check(code, "warning", *texts) for code, *texts in _WARNINGS},
}
"""Code → what the finding says, errors first."""
