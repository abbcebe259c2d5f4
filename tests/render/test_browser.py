"""The fixture book in a real browser, from disk, with the network refused."""

from __future__ import annotations

import pytest

from baocao.book.builtin.render import render_builtin
from render.browser import DESKTOP, PHONE, open_page, open_window
from render.pages import pages

pytestmark = pytest.mark.browser
CHAPTER = "reports/chuong/tong-quan.html"


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_page_fails_a_request_complains_or_is_wider_than_the_window(browser, book, width, dark):
    visit = open_window(browser, book)
    for page in pages(book):
        visit.go(page.relative_to(book).as_posix(), width=width, dark=dark)
        assert visit.problems == []
        assert not visit.overflows(), page
        assert visit.hidden_charts() == 0
    visit.page.context.close()


def test_search_finds_words_typed_without_accents_and_leads_to_the_section(browser, book):
    page = open_page(browser, book, CHAPTER).page
    page.keyboard.press("/")
    page.keyboard.type("dich vu cong")
    results = page.locator(".tim-kiem li")
    assert results.count() == 2
    assert results.first.locator("mark").first.inner_text() == "dịch vụ công"
    assert "2. Chỉ tiêu › 2.1. Cấp phường" in results.first.inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chi-tieu.html#sec-chi-tieu-phuong")


@pytest.mark.parametrize(("typed", "found"), [("1580", "1.580"), ("hoạt động 12500", "12.500"), ("2045", "")])
def test_search_finds_a_number_typed_without_the_dots_between_its_thousands(browser, book, typed, found):
    page = open_page(browser, book, CHAPTER).page
    page.keyboard.press("/")
    page.keyboard.type(typed)
    assert found in page.locator(".tim-kiem ol").inner_text()
    assert (page.locator(".tim-kiem li").count() > 0) == bool(found)


def test_search_says_when_nothing_is_found_and_closes_with_escape(browser, book):
    page = open_page(browser, book, "index.html").page
    page.get_by_role("button", name="Tìm kiếm").click()
    page.keyboard.type("khongcotunao")
    assert page.locator(".tim-kiem [role=status]").inner_text() == "Không tìm thấy."
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def test_the_reader_can_choose_light_or_dark_and_the_next_page_remembers(browser, book):
    page = open_page(browser, book, CHAPTER, dark=True).page
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(20, 24, 31)"
    page.get_by_role("button", name="Nền tối").click()
    assert page.evaluate(background) == "rgb(255, 255, 255)"
    page.goto(page.url.replace("tong-quan", "chi-tieu"))
    assert page.evaluate(background) == "rgb(255, 255, 255)"


def test_on_a_phone_the_menu_opens_and_leads_to_a_chapter(browser, book):
    page = open_page(browser, book, CHAPTER, width=PHONE).page
    menu = page.locator("#quarto-sidebar")
    assert not menu.is_visible()
    page.get_by_role("button", name="Mục lục").click()
    menu.get_by_role("link", name="Phương pháp").click()
    page.wait_for_url("**/phuong-phap.html")


def test_escape_closes_the_menu_of_a_phone_and_goes_back_to_its_button(browser, book):
    page = open_page(browser, book, CHAPTER, width=PHONE).page
    button = page.get_by_role("button", name="Mục lục")
    button.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.locator("#quarto-sidebar").is_visible()
    assert button.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.innerText") == "Mục lục"


def test_a_wide_table_can_be_scrolled_with_the_keyboard(browser, book):
    page = open_page(browser, book, "reports/chuong/chi-tieu.html", width=PHONE).page
    box = page.locator("#tbl-chi-tieu-ket-qua .bang")
    assert box.get_attribute("tabindex") == "0"
    assert box.get_attribute("role") == "region"


@pytest.mark.parametrize(
    ("given", "sorted_up"),
    [
        (["+1,3; 9/2025: 2", "2", "0,7; 8/2025: 9", "0,72"], ["0,7; 8/2025: 9", "0,72", "+1,3; 9/2025: 2", "2"]),
        (["10/2025", "9/2025", "01/2026"], ["9/2025", "10/2025", "01/2026"]),
        (["Chốt 02/10/2025", "14/09/2025", "1/2026"], ["14/09/2025", "Chốt 02/10/2025", "1/2026"]),
        (
            ["09:05 ngày 12/10/2025", "10:00 ngày 11/10/2025", "08:00 ngày 12/10/2025"],
            ["10:00 ngày 11/10/2025", "08:00 ngày 12/10/2025", "09:05 ngày 12/10/2025"],
        ),
        (["12/124", "\u22123", "1.234"], ["\u22123", "12/124", "1.234"]),
    ],
)
def test_a_column_sorts_by_what_its_cells_begin_with(browser, book, given, sorted_up):
    page = open_page(browser, book, CHAPTER).page
    column = page.evaluate(
        """given => {
          document.querySelector("main").innerHTML = "<table><thead><tr><th>STT</th><th>Số</th></tr></thead><tbody>"
            + given.map(text => `<tr><td>x</td><td>${text}</td></tr>`).join("") + "</tbody></table>";
          const script = document.createElement("script");
          script.src = document.querySelector("script[src$='bang-bieu.js']").src;
          return new Promise(done => { script.onload = done; document.body.append(script); }).then(() => {
            document.querySelectorAll("main th button")[1].click();
            return [...document.querySelectorAll("main td:last-child")].map(cell => cell.textContent);
          });
        }""",
        given,
    )
    assert column == sorted_up


def test_headings_are_repeated_with_their_words_on_paper_and_sort_again_after_it(browser, book, tmp_path):
    from render.pdfs import page_texts  # noqa: PLC0415

    page = open_page(browser, book, CHAPTER).page
    buttons = page.locator("#tbl-tong-quan-don-vi th button")
    before = buttons.all_inner_texts()
    assert len(before) == 4
    page.evaluate(
        """() => {
          const row = document.querySelector("#tbl-tong-quan-don-vi tbody tr");
          for (let i = 0; i < 120; i++) row.before(row.cloneNode(true));
        }"""
    )
    page.pdf(path=tmp_path / "print.pdf", prefer_css_page_size=True)
    pages = [text for text in page_texts(tmp_path / "print.pdf") if text.count("12.500.000") > 5]
    assert len(pages) >= 3
    assert all("Tình trạng" in text for text in pages)
    assert buttons.all_inner_texts() == before
    buttons.nth(1).click()
    assert page.locator("#tbl-tong-quan-don-vi th").nth(1).get_attribute("aria-sort") == "ascending"


def test_printed_from_the_browser_the_page_has_no_menu_and_says_that_figures_are_a_demonstration(
    browser, book, tmp_path
):
    from render.pdfs import page_texts  # noqa: PLC0415

    page = open_page(browser, book, CHAPTER).page
    path = tmp_path / "print.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    texts = page_texts(path)
    assert all("Số liệu minh họa" in text for text in texts)
    assert "Tìm kiếm" not in "".join(texts)
    assert "Việc thứ hai" in "".join(texts)


def test_on_paper_a_caption_above_stays_with_its_table_and_after_a_caption_below_a_page_may_begin(browser, book):
    page = open_page(browser, book, CHAPTER).page
    page.emulate_media(media="print")
    breaks = "all => [...new Set(all.map(one => getComputedStyle(one).breakAfter))]"
    assert page.locator("figcaption.quarto-float-caption-top").evaluate_all(breaks) == ["avoid"]
    assert page.locator("figcaption.quarto-float-caption-bottom").evaluate_all(breaks) == ["auto"]


@pytest.mark.parametrize("chosen", ["", "toi"], ids=["by the system", "by the reader"])
def test_a_dark_page_is_light_on_paper(browser, book, chosen):
    page = open_page(browser, book, CHAPTER, dark=not chosen).page
    page.evaluate("chosen => { if (chosen) document.documentElement.dataset.giaoDien = chosen }", chosen)
    page.emulate_media(media="print")
    colours = "one => { const style = getComputedStyle(one); return [style.backgroundColor, style.color] }"
    assert page.locator(".minh-hoa").evaluate(colours) == ["rgb(253, 238, 238)", "rgb(155, 28, 28)"]
    assert page.locator("body").evaluate(colours) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_the_letters_of_a_chart_can_be_read_on_a_phone_and_its_title_is_in_sight(browser, book):
    page = open_page(browser, book, CHAPTER, width=PHONE).page
    sizes = page.evaluate(
        """() => [...document.querySelectorAll('.bieu-do svg text')].map(
          one => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a)"""
    )
    assert min(sizes) >= 10


def test_a_chart_turns_dark_with_the_page_and_light_again_on_paper(browser, book):
    page = open_page(browser, book, CHAPTER, dark=True).page
    looks = "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one.querySelector('svg')).filter]"
    assert page.locator(".bieu-do").first.evaluate(looks) == ["rgb(18, 18, 18)", "invert(0.93) hue-rotate(180deg)"]
    page.emulate_media(media="print")
    assert page.locator(".bieu-do").first.evaluate(looks)[1] == "none"


def test_codes_and_numbers_of_documents_stay_on_one_line(browser, own_project):
    codes = ["UB-06", "57-NQ/TW", "11/KH-UBND", "QN-12", "10/2025/NĐ-CP"]
    others = ["2025-10/VHXH.xlsx", "kinh tế-xã hội", "và-vân-vân", "A1-" + "dai" * 9]
    words = " ".join(f"Theo {'chữ ' * n}{one}, rồi {one}." for n in range(9) for one in codes + others)
    with (own_project / "reports/chuong/phuong-phap.qmd").open("a", encoding="utf-8") as file:
        file.write(f"\n## Mã\n\n{words}\n")
    render_builtin(own_project, "html", own_project / "_book")
    page = open_page(browser, own_project / "_book", "reports/chuong/phuong-phap.html", width=PHONE).page
    lines = "all => all.map(one => [one.textContent, one.getClientRects().length])"
    whole = page.locator("#mã .nowrap, section:last-of-type p .nowrap").evaluate_all(lines)
    assert {text for text, _ in whole} == {*codes}
    assert {count for _, count in whole} == {1}
    assert words.replace("  ", " ") in " ".join(page.locator("main").text_content().split())


def test_a_figure_in_bold_is_bold_whatever_quartos_styles_say_of_links(browser, book):
    page = open_page(browser, book, CHAPTER).page
    page.evaluate("document.head.insertAdjacentHTML('afterbegin', '<style>a { font-weight: 400 }</style>')")
    page.evaluate("document.querySelector('main').innerHTML = '<strong><a class=so-lieu href=#>14</a></strong>'")
    assert page.locator("a.so-lieu").evaluate("one => getComputedStyle(one).fontWeight") == "700"


WIDE_PICTURE = """async () => {
    const drawn = Object.assign(document.createElement("canvas"), {width: 900, height: 90});
    const picture = Object.assign(new Image(), {src: drawn.toDataURL()});
    await picture.decode();
    document.querySelector("main").appendChild(document.createElement("p")).append(picture);
}"""
"""Puts a picture without a caption into the page, as one that a notebook draws with another library."""


def test_a_picture_without_a_caption_is_no_wider_than_a_phone(browser, book):
    visit = open_page(browser, book, CHAPTER, width=PHONE)
    visit.page.evaluate(WIDE_PICTURE)
    assert not visit.overflows()


def test_no_table_is_wider_than_the_paper(browser, own_project):
    words = "Chỉ tiêu chưa tính được vì chưa có giá trị gốc để so sánh"
    heads = ["Mã", "Chỉ tiêu", "Đánh giá", "Kết quả", "Mức phải đạt", "Thay đổi", "Giá trị trước", "Nguồn", "Mã băm"]
    rows = f"| {' | '.join(heads)} |\n|{':--|' * 9}\n| UB-10 {f'| {words} ' * 7}| {'7b69ceb9' * 8} |\n"
    with (own_project / "reports/chuong/phuong-phap.qmd").open("a", encoding="utf-8") as file:
        file.write(f"\n## Rộng\n\n{rows}")
    render_builtin(own_project, "html", own_project / "_book")
    page = open_page(browser, own_project / "_book", "reports/chuong/phuong-phap.html").page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round(170 / 25.4 * 96), "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
