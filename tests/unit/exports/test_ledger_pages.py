"""The ledger pages that figures lead to."""

import re

from baocao.exports.ledger_pages import ledger_files, ledger_pages

USED = ["2026-02|*|target_value|target=SM-1", "2026-02|VP|activities|"]


def test_each_unit_has_a_page_and_a_script_with_the_rows_in_use_only(report):
    files = ledger_files(ledger_pages(report, USED), report, "<p>đầu</p>", "<p>cuối</p>")
    assert sorted(files) == ["so-cai-vp.html", "so-cai-vp.js", "so-cai.html", "so-cai.js"]
    assert re.findall(r'<tr id="([^"]+)"', files["so-cai.html"]) == ["2026-02:*:target_value:target=SM-1"]
    assert '"2026-02:VP:activities:"' in files["so-cai-vp.js"]


def test_a_row_says_definition_value_ratio_day_and_rows_behind(report):
    page = ledger_files(ledger_pages(report, USED), report, "", "")["so-cai.html"]
    for words in ("Giá trị mới nhất của chỉ tiêu", "63,709677 %", "79 / 124", "28/02/2026", "tệp VP.xlsx"):
        assert words in page


def test_a_month_without_figures_has_a_page_that_says_so(empty_report):
    assert "chưa có con số nào" in ledger_files(ledger_pages(empty_report, []), empty_report, "", "")["so-cai.html"]


def test_a_page_is_named_marked_among_the_others_and_ordered_by_measure(report):
    rows = ["2026-02|VP|cost|", "2026-02|VP|activities|", *USED[:1]]
    files = ledger_files(ledger_pages(report, rows), report, "", "")
    assert re.findall(r'<tr id="[^"]+:VP:(\w+):', files["so-cai-vp.html"]) == ["activities", "cost"]
    for name, said, other in (
        ("so-cai.html", "Toàn địa bàn", "Văn phòng"),
        ("so-cai-vp.html", "Văn phòng", "Toàn địa bàn"),
    ):
        current = re.findall(r'aria-current="page"[^>]*>([^<]*)<', files[name])
        assert len(current) == 1
        assert current[0].startswith(said)
        assert other in files[name]
