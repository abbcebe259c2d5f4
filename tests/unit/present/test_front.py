"""The front page."""

from baocao.present.front import front_page
from baocao.present.traced import plain


def test_the_front_page_answers_first(report):
    assert plain(front_page(report).markdown) == (
        "::: {.so-chinh}\n"
        "- [3]{.so} hoạt động (−2 so với tháng 01/2026)\n"
        "- [không nêu]{.so} lượt tiếp cận (chưa có số liệu tháng trước để so sánh)\n"
        "- [2.500.000]{.so} đồng kinh phí (+1.500.000 so với tháng 01/2026)\n"
        "- [1]{.so} trong 3 đơn vị đã nộp báo cáo có hoạt động, 1 đơn vị báo không phát sinh\n"
        ":::\n\n"
        "Tháng 02 năm 2026 (kỳ báo cáo từ ngày 01/02/2026 đến ngày 28/02/2026): các đơn vị thực hiện 3 hoạt động, "
        "giảm 2 so với tháng 01/2026 (5); thuộc 2 trong số 3 nội dung của kế hoạch; 40 lượt người tham dự; "
        "2.500.000 đồng kinh phí. Số so sánh chỉ để tham khảo, vì tháng 01/2026 thiếu 2 và tháng 02/2026 thiếu 1 "
        "báo cáo. Trong 3 đơn vị phải báo cáo có 1 đơn vị đã nộp báo cáo có hoạt động, 1 đơn vị báo không phát sinh "
        "và 1 đơn vị chưa nộp. Trong các chỉ tiêu cấp xã có chấm điểm, 0 chỉ tiêu đạt, 1 chưa đạt, 1 chưa có số liệu."
        "\n\n"
        '::: {.callout-warning title="Việc cần xử lý"}\n'
        "- Chưa nộp báo cáo (không có nghĩa là bằng 0): Thôn Bản Gió.\n"
        "- Thôn Bản Mây chủ trì nội dung ND2 Ngày đọc sách nhưng không có hoạt động nào.\n"
        "- Thôn Bản Mây chủ trì nội dung ND3 Văn hóa đọc nhưng không có hoạt động nào.\n"
        "- 1 dòng số liệu bị trả lại, chưa được tính.\n"
        ":::"
    )


def test_a_month_without_reports_has_no_figures_and_says_so(empty_report):
    text = plain(front_page(empty_report).markdown)
    assert "[0]{.so} trong 3 đơn vị đã nộp" in text
    assert "chưa có số liệu vì chưa đơn vị nào có báo cáo đọc được" in text
    assert "hoạt động (" not in text
