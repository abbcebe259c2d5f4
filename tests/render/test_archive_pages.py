"""The pages of an audit and of an export in a real browser: without a barrier, at phone and desk width."""

from __future__ import annotations

from dataclasses import replace

import pytest

from baocao.archive.audit import Audit
from baocao.archive.chain import Link
from baocao.archive.compare import CHANGED, Comparison, TextDifference
from baocao.archive.integrity import Integrity
from baocao.archive.report import write_reports
from baocao.config.load import load_config
from baocao.html import page_template
from baocao.measures.differences import Difference
from baocao.measures.ledger import Row
from baocao.months import Month
from projects import REPOSITORY
from render.browser import DESKTOP, PHONE, open_window
from render.pdfs import page_texts

pytestmark = pytest.mark.browser
CLOSED = {"at": "2025-11-21T09:00:00+07:00", "approved_by": "Chủ tịch", "note": "", "early": "", "missing": ["KDC01"]}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """A folder with the report of a sealed month that differs and of one that is broken, and with an export's page."""
    folder, config = tmp_path_factory.mktemp("archive") / "pages", load_config(REPOSITORY)
    then = Row("2025-10", "*", "activities", "form=III.1", "46", rows=" ".join(f"KDC01@2025-10#{i}" for i in range(40)))
    compared = Comparison(
        9,
        (("_book/index.html", CHANGED),),
        (Difference(then, then._replace(value="47")),),
        (TextDifference("reports/chuong/tong-quan.qmd", ("Câu cũ " * 30,), ("Câu mới",)),),
    )
    other = Audit(Month(2025, 10), 1, "a" * 64, CLOSED, Integrity(()), config=config, comparison=compared)
    other = replace(other, tools=(("typst 1", "typst 2"),))
    broken = Audit(Month(2025, 9), 1, "b" * 64, CLOSED, Integrity((("2025-09/r1/inputs.json", "nội dung đã đổi"),)))
    write_reports((other, broken), config.site, folder, REPOSITORY)
    page = page_template("baocao.archive", "export.html.j2").render(
        month="tháng 10 năm 2025", link=Link("2025-10", 1, "a" * 64), closed=CLOSED, at="09:00", wheels=True,
        inputs="b" * 64, commands=["report 2025-10 --engine quarto"], count=9, program="Quarto 1.10.18", signed=True,
    )  # fmt: skip
    (folder / "HUONG-DAN.html").write_text(page, "utf-8")
    return folder


@pytest.mark.parametrize("name", ["kiem-tra.html", "HUONG-DAN.html"])
@pytest.mark.parametrize(("width", "dark"), [(PHONE, True), (DESKTOP, False)])
def test_a_page_has_no_barrier_and_is_no_wider_than_the_window(pages, browser, name, width, dark):
    visit = open_window(browser, pages)
    visit.go(name, width=width, dark=dark)
    assert visit.barriers() == []
    assert not visit.overflows()
    assert visit.problems == []
    visit.page.context.close()


def test_on_paper_too_a_figure_that_differs_is_told_in_words(pages):
    text = " ".join(" ".join(page_texts(pages / "kiem-tra.pdf")).split())
    assert "hình thức: III.1" in text
    assert "form=" not in text
