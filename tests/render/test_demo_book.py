"""The demonstration month's whole book, by either renderer: offline, Vietnamese, and equal to its ledger."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from baocao.book.quarto import find_quarto
from baocao.measures.ledger import Ledger
from baocao.text import number
from projects import Done, Project, built_once
from render import numbers, pages, pdfs
from render.browser import DESKTOP, PHONE, open_window

MONTH = "2025-10"
NOTICE = "Số liệu minh họa, không phải số liệu thật"
SHARES = 2
"""Parts in which a browser goes through a book, so that several processes can: it takes minutes."""
MORE_ROWS = "tbody tr:nth-child(n+6)"
"""Rows after the first five of a measure in the ledger's pages: they are made alike, and are hundreds."""
ENGLISH = re.compile(r"\b(Table of contents|Figure|Table \d|Chapter|Next|Previous|Search|Warning|Note|Page|Source)\b")


@pytest.fixture(scope="session")
def demo(shared_folder: Path) -> tuple[Project, Done]:
    return built_once(
        shared_folder, "demo", "", lambda project: project.baocao("report", MONTH, "--engine", "pandoc", anew=True)
    )


RUN_BY_QUARTO = ("chi-tieu", "don-vi-kdc01")
"""Notebooks that ``quarto render`` runs; the others' results are those that the built-in renderer was given."""


@pytest.fixture(scope="session")
def by_quarto(shared_folder: Path, demo: tuple[Project, Done]) -> tuple[Project, Done]:
    found = find_quarto()
    if not found.usable:
        pytest.skip(found.problem)

    def render(project: Project) -> Done:
        for name in ("_book", "reports/chuong"):
            shutil.rmtree(project.root / name)
        for name in RUN_BY_QUARTO:
            (project.root / "build" / MONTH / "notebooks" / f"{name}.ipynb").unlink()
        return project.quarto(found.path, REPORT_MONTH=MONTH)

    return built_once(shared_folder, "demo-quarto", demo[0], render)


@pytest.fixture(params=["demo", pytest.param("by_quarto", marks=[pytest.mark.quarto, pytest.mark.slow])])
def made(request: pytest.FixtureRequest) -> tuple[Project, Done]:
    return request.getfixturevalue(request.param)


def ledger(project):
    return Ledger.from_csv((project.root / "build" / MONTH / "data" / "ledger.csv").read_text("utf-8"))


def test_the_book_is_made(made):
    project, done = made
    assert done.code == 0, done.out + done.err
    assert (project.root / "_book" / "index.html").is_file()
    assert (project.root / "_book" / f"bao-cao-{MONTH}.pdf").is_file()
    assert all((project.root / "build" / MONTH / "notebooks" / f"{name}.ipynb").is_file() for name in RUN_BY_QUARTO)


def test_no_page_loads_anything_from_outside_and_every_link_leads_somewhere(made):
    book = made[0].root / "_book"
    assert len(pages.pages(book)) == 18 + 8
    assert pages.outside_addresses(book) == []
    assert pages.broken_links(book) == []


def of_units(book: Path) -> set[Path]:
    """The pages of units and the ledgers of units, but for the largest page of either kind."""
    kinds = [sorted((book / "reports" / "chuong").glob(name)) for name in ("don-vi-*.html", "so-lieu/so-cai-*.html")]
    return {page for kind in kinds for page in kind if page != max(kind, key=lambda one: one.stat().st_size)}


@pytest.mark.browser
@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_opens_from_disk_at_desk_and_phone_width_without_a_complaint_or_a_barrier(
    made, demo, browser, share
):
    book, builtin = made[0].root / "_book", demo[0].root / "_book"
    repeated = of_units(book)
    assert len(repeated) == 2 * 6
    visit = open_window(browser, book)
    for place, page in list(enumerate(pages.pages(book)))[share::SHARES]:
        name = page.relative_to(book).as_posix()
        known = book != builtin and page.read_bytes() == (builtin / name).read_bytes()
        # Each other page opens at this width and becomes that wide, by the other renderer the other way round.
        first, then = (PHONE, DESKTOP) if (place // SHARES + (book == builtin)) % 2 else (DESKTOP, PHONE)
        # A chapter by Quarto has the built-in one's contents, and what is Quarto's own stands in every page; units'
        # pages are made alike. axe-core takes longer than all else: it sees half of Quarto's pages at this width and
        # half at that, so also most units' by the built-in renderer, and their like at both.
        checked = () if known else (first, then)[: (book == builtin) + (page not in repeated)]
        visit.go(name, width=first, dark=first == PHONE)
        for width in (first, then):
            visit.become(width=width, dark=width == PHONE)
            assert visit.problems == []
            assert not visit.overflows(), page
            assert width < DESKTOP or visit.scrolling() == 0, page
            assert visit.hidden_charts() == 0
            assert width not in checked or visit.barriers(without=MORE_ROWS if "so-lieu" in name else "") == [], page
    visit.page.context.close()


@pytest.mark.browser
def test_a_figures_link_leads_to_its_row_with_what_the_row_measures_in_sight(demo, browser):
    # The last row of the first measure: its heading is some screens above.
    name = "reports/chuong/so-lieu/so-cai.html"
    keys = re.findall(r'<tr id="([^"]+:activities:[^"]*)"', (demo[0].root / "_book" / name).read_text("utf-8"))
    places = "[document.querySelector('tr:target'), document.querySelector('tbody:has(tr:target) th')]"
    visit = open_window(browser, demo[0].root / "_book")
    visit.go(f"{name}#{keys[-1]}")
    row, heading = visit.page.evaluate(f"{places}.map(one => one.getBoundingClientRect().toJSON())")
    assert 0 <= heading["top"] < heading["bottom"] <= row["top"] < row["bottom"] < 900
    assert not visit.page.locator(".do-gi").is_visible()
    # In a narrow window the table scrolls sideways, so that no heading can stay: the row says it.
    visit.become(width=PHONE)
    assert visit.page.locator("tr:target .do-gi").inner_text().startswith("Số hoạt động (số dòng hợp lệ")
    visit.page.evaluate(f"location.hash = '#{keys[0]}'")
    assert visit.page.locator(".do-gi").count() == 1
    assert visit.page.locator("tr:target .do-gi").is_visible()
    visit.page.context.close()


def test_every_page_says_that_the_figures_are_a_demonstration_and_speaks_vietnamese(made):
    for page in pages.pages(made[0].root / "_book"):
        text = page.read_text("utf-8")
        assert NOTICE in text
        assert '<html xmlns="http://www.w3.org/1999/xhtml" lang="vi"' in text or '<html lang="vi"' in text
        assert not ENGLISH.findall(pages.facts(page).main), page


def test_the_pdf_is_a4_archivable_with_its_fonts_inside_and_the_notice_on_every_page(made):
    path = made[0].root / "_book" / f"bao-cao-{MONTH}.pdf"
    assert pdfs.page_sizes(path) == {pdfs.A4}
    assert pdfs.standards(path) == ("2", "B", "1")
    assert pdfs.tag_faults(path) == []
    assert pdfs.fonts(path)
    assert all(pdfs.fonts(path).values())
    texts = pdfs.page_texts(path)
    assert all(NOTICE.casefold() in " ".join(text.split()).casefold() for text in texts)


def test_the_pdfs_overview_prints_the_ledgers_figures(made):
    project = made[0]
    text = " ".join(" ".join(pdfs.page_texts(project.root / "_book" / f"bao-cao-{MONTH}.pdf")).split())
    for measure in ("activities", "quantity", "attendees", "reach", "cost"):
        for period in (MONTH, f"2025-01..{MONTH}"):
            figure = ledger(project).value(period, measure)
            assert figure is not None
            assert f" {number(figure)} " in text, (measure, period)


def test_each_units_page_prints_its_own_figures(made):
    project = made[0]
    figures = ledger(project)
    units = {row.unit for row in figures.rows if row.unit != "*"}
    assert len(units) == 7
    for unit in units:
        text = pages.facts(project.root / "_book" / "reports" / "chuong" / f"don-vi-{unit.lower()}.html").main
        figure = figures.value(MONTH, "activities", unit)
        if figure:
            assert re.search(rf"\b{re.escape(number(figure))}\b", text), unit
        else:
            assert "không phát sinh" in text.lower()


def test_every_figure_has_its_numbers_as_a_table_one_click_away_and_marks_that_say_them(made):
    found = 0
    for page in pages.pages(made[0].root / "_book"):
        text = page.read_text("utf-8")
        figures = len(re.findall(r'class="bieu-do"', text))
        assert len(re.findall(r'<details class="so-lieu-hinh"[^>]*>\s*<summary>[^<]+</summary>', text)) == figures, page
        assert all("data-tip=" in svg for svg in re.findall(r"<svg role=.*?</svg>", text, re.S)), page
        found += figures
    assert found >= 12


def test_the_front_page_leads_to_every_chapter_on_screens_and_on_paper(made):
    project = made[0]
    book = project.root / "_book"
    front = (book / "index.html").read_text("utf-8")
    main = front[front.index("<main") :]
    for chapter in sorted((project.root / "reports" / "chuong").glob("*.qmd")):
        assert f"reports/chuong/{chapter.stem}.html" in main
    assert pdfs.outside_links(book / f"bao-cao-{MONTH}.pdf") == []


@pytest.mark.quarto
@pytest.mark.slow
def test_both_renderers_give_the_same_chapters_numbers_and_text(demo, by_quarto):
    ours, theirs = demo[0].root / "_book", by_quarto[0].root / "_book"
    names = [page.relative_to(ours) for page in pages.pages(ours)]
    assert [page.relative_to(theirs) for page in pages.pages(theirs)] == names
    for name in names:
        one, other = pages.facts(ours / name), pages.facts(theirs / name)
        assert other.sidebar == one.sidebar
        assert other.captions == one.captions
        text = re.sub(r"\s+", "", other.main).removeprefix(re.sub(r"\s+", "", NOTICE))
        assert text == re.sub(r"\s+", "", one.main), name
        assert pages.tables(theirs / name) == pages.tables(ours / name)
    assert [t.split() for t in pdfs.page_texts(theirs / f"bao-cao-{MONTH}.pdf")] == [
        t.split() for t in pdfs.page_texts(ours / f"bao-cao-{MONTH}.pdf")
    ]


def test_every_figure_of_every_page_is_what_the_ledger_row_says_that_it_leads_to(made):
    project, known = made[0], ledger(made[0])
    listed = [one for page in numbers.chapter_pages(project.root / "_book") for one in numbers.printed(page).figures]
    assert len(listed) > 500
    assert [one for one in listed if not numbers.is_of(*one, known)] == []


def test_no_page_prints_a_number_that_is_neither_a_figure_nor_told_apart(made):
    assert list(numbers.loose(made[0].root / "_book")) == []


def test_every_number_written_in_a_chart_is_in_the_ledger(made):
    known = numbers.all_values(ledger(made[0]))
    written = [text for page in numbers.chapter_pages(made[0].root / "_book") for text in numbers.chart_figures(page)]
    assert len(written) > 50
    assert [text for text in written if not set(numbers.other_numbers(text)) <= known] == []


def test_every_number_cell_of_the_months_workbook_is_in_the_ledger(made):
    known, changes = numbers.exact_values(ledger(made[0])), numbers.exact_changes(ledger(made[0]))
    (path,) = (made[0].root / "_book").rglob(f"*{MONTH}*.xlsx")
    unknown, count = [], 0
    for sheet in openpyxl.load_workbook(path).worksheets:
        heads: dict[int, str] = {}
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, str):
                heads[cell.column] = heads.get(cell.column, "") + cell.value
            elif isinstance(cell.value, int | float):
                count += 1
                allowed = changes if "So với" in heads.get(cell.column, "") else known
                if Decimal(str(cell.value)) not in allowed:
                    unknown.append((sheet.title, cell.coordinate, cell.value))
    assert count > 500
    assert unknown == []
