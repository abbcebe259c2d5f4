"""The official report against every number of Decree 30/2020/NĐ-CP, Appendix I, as the design gives them.

Measured twice: in the PDF that Typst makes, and in the one that LibreOffice makes of the Word file.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import docx
import pytest

from baocao.months import Month
from baocao.official.label import Label, label_of
from baocao.official.make import make_official
from baocao.present.words import bound
from baocao.report import Report
from baocao.text import day_short, number
from baocao.workspace import Workspace, load_report
from projects import copy_project
from render.official_pages import MM, Pages, through_libreoffice

CM = 10 * MM
_NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Label, tuple[Path, ...]]:
    space = Workspace.find(copy_project(tmp_path_factory.mktemp("pages") / "site").root)
    report = load_report(space, Month(2025, 10))
    return report, label_of(report), make_official(space, report, label_of(report))


@pytest.fixture(scope="module", params=["typst", "libreoffice"])
def pages(request: pytest.FixtureRequest, made, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    word, pdf, _ = made[2]
    if request.param == "typst":
        return Pages(pdf)
    return Pages(through_libreoffice(word, tmp_path_factory.mktemp("libreoffice")))


def body(pages: Pages) -> list:
    """The lines of the running text: between the addressee and the signature, page numbers and notices left out."""
    start = pages.lines.index(pages.line("Kính gửi:"))
    end = pages.lines.index(pages.line("Nơi nhận:"))
    return [line for line in pages.lines[start + 1 : end] if line.sizes == {14.0} and not line.text.isdigit()]


def right_edge(pages: Pages) -> float:
    return max(line.right for line in body(pages))


def paragraphs(pages: Pages) -> list[list]:
    """Body lines by paragraph: a line that is indented begins one."""
    edge = min(line.left for line in body(pages))
    found: list[list] = []
    for line in body(pages):
        if line.left > edge + 5 or not found:
            found.append([])
        found[-1].append(line)
    return found


def test_pages_are_a4(pages):
    assert pages.sizes == {(210, 297)}


def test_margins_are_20_to_25_30_to_35_and_15_to_20_millimetres(pages):
    left = min(line.left for line in body(pages)) / MM
    right = 210 - right_edge(pages) / MM
    assert 30 <= round(left, 1) <= 35
    assert 15 <= round(right, 1) <= 20
    inner = [line for line in pages.of(2) if not line.text.isdigit() and "minh họa" not in line.text]
    assert 20 <= min(line.top for line in inner) / MM <= 25.5
    assert max(line.top + max(line.sizes) for line in inner) / MM <= 297 - 20


def test_the_face_is_that_of_times(pages):
    assert pages.faces == {"LiberationSerif"}


def test_running_text_is_13_to_14_points_and_justified(pages):
    assert {size for line in body(pages) for size in line.sizes} == {14.0}
    edge = right_edge(pages)
    inner = [line for lines in paragraphs(pages) for line in lines[:-1]]
    assert len(inner) > 30
    assert all(edge - line.right < 2 for line in inner), [line.text for line in inner if edge - line.right >= 2]


def test_the_first_line_is_indented_by_1_or_1_27_centimetres(pages):
    edge = min(line.left for line in body(pages))
    indents = {round((lines[0].left - edge) / CM, 2) for lines in paragraphs(pages)}
    assert indents <= {1.0, 1.27, 1.26, 1.28}


def test_lines_are_single_to_one_and_a_half_and_paragraphs_6_points_apart(pages):
    pitches = [b.top - a.top for p in paragraphs(pages) for a, b in pairwise(p) if a.page == b.page]
    single = 1.149 * 14
    assert all(single <= pitch + 0.1 and pitch <= 1.5 * single for pitch in pitches)
    pitch = Counter(round(one, 1) for one in pitches).most_common(1)[0][0]
    found = paragraphs(pages)
    gaps = [b[0].top - a[-1].top - pitch for a, b in pairwise(found) if a[-1].page == b[0].page]
    assert len(gaps) > 20
    assert min(gaps) >= 5.9


def numbered(pages: Pages) -> list[int]:
    """The number of each page: the annex has its own."""
    report = pages.line("Phụ lục").page - 1
    return [*range(1, report + 1), *range(1, pages.count - report + 1)]


def test_page_numbers_stand_centred_in_the_top_margin_and_not_on_the_first_page_of_report_or_annex(pages):
    margin = 22 * MM
    middle = (30 + (210 - 18)) / 2 * MM
    numbers = numbered(pages)
    assert numbers.count(2) == 2
    for page, number_ in enumerate(numbers, start=1):
        above = [line for line in pages.of(page) if line.top < margin - 10]
        if number_ == 1:
            assert above == []
        else:
            (line,) = above
            assert line.text == str(number_)
            assert abs(line.middle - middle) < 1
            assert line.sizes == {14.0}
            assert line.top > 0


def test_the_nations_name_is_in_bold_capitals_of_12_to_13_points(pages):
    line = pages.line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert line.text == line.text.upper()
    assert line.bold
    assert line.sizes <= {12.0, 13.0}


def test_the_motto_is_bold_13_to_14_points_with_a_rule_of_its_length_below(pages):
    line = pages.line("Độc lập - Tự do - Hạnh phúc")
    assert line.bold
    assert line.sizes <= {13.0, 14.0}
    rule = next(rule for rule in pages.rules if abs((rule.left + rule.right) / 2 - line.middle) < 2)
    assert rule.length == pytest.approx(line.right - line.left, rel=0.02)
    assert 0 < rule.top - line.top < 24


def test_the_issuing_body_is_in_bold_capitals_with_a_rule_a_third_to_a_half_as_long(pages):
    first, last = pages.line("ỦY BAN NHÂN DÂN"), pages.line("PHƯỜNG UÔNG BÍ")
    for line in (first, last):
        assert line.bold
        assert line.sizes <= {12.0, 13.0}
        assert line.text == line.text.upper()
    assert abs(first.middle - last.middle) < 2
    rule = next(rule for rule in pages.rules if abs((rule.left + rule.right) / 2 - last.middle) < 2)
    assert 1 / 3 <= rule.length / (last.right - last.left) <= 1 / 2
    assert 0 < rule.top - last.top < 24


def test_number_and_date_are_left_blank_place_and_date_in_italics_of_13_to_14_points(pages):
    text = next(line for line in pages.lines if line.text.startswith("Số:"))
    assert text.sizes <= {13.0}
    place = pages.line("Uông Bí, ngày")
    assert place.italic
    assert place.sizes <= {13.0, 14.0}
    joined = " ".join(line.text for line in pages.of(1) if abs(line.top - place.top) < 4)
    assert re.search(r"Số:\s+/BC-UBND", joined)
    assert re.search(r"ngày\s+tháng\s+năm\s*$", joined.replace("/BC-UBND", ""))


def test_type_and_summary_are_bold_13_to_14_points_in_the_middle(pages):
    for start in ("BÁO CÁO", "Kết quả thực hiện"):
        line = pages.line(start)
        assert line.bold
        assert line.sizes <= {13.0, 14.0}
        assert abs(line.middle - (30 + 192) / 2 * MM) < 2
    assert pages.line("BÁO CÁO").text == "BÁO CÁO"


def test_the_addressee_is_named(pages):
    assert pages.line("Kính gửi:").text == "Kính gửi: Ủy ban nhân dân tỉnh Quảng Ninh."


def test_the_signature_block_is_in_bold_capitals_with_room_and_nothing_drawn(pages):
    lines = [pages.line(start) for start in ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")]
    for line in lines:
        assert line.bold
        assert line.text == line.text.upper()
        assert line.sizes <= {13.0, 14.0}
        assert abs(line.middle - lines[0].middle) < 2
    assert pages.images == []


def test_recipients_are_12_points_bold_italic_and_their_list_11(pages):
    heading = pages.line("Nơi nhận:")
    assert heading.bold
    assert heading.italic
    assert heading.sizes == {12.0}
    listed = [
        line for line in pages.lines if line.page == heading.page and line.sizes == {11.0} and line.text[0] == "-"
    ]
    assert (listed[0].text, listed[-1].text) == ("- Như trên;", "- Lưu: VT, VHXH.")
    assert all(abs(line.left - heading.left) < 2 for line in listed)


def test_a_long_table_repeats_its_heading_on_each_page(pages):
    starts = [line for line in pages.lines if line.text == "Mã" and line.bold]
    tables = [line for line in pages.lines if line.text.startswith("Bảng ") and "Chỉ tiêu cấp" in line.text]
    assert len(starts) > len(tables) == 2


def test_the_notice_of_a_demonstration_stands_on_every_page(pages):
    noted = {line.page for line in pages.lines if line.text == "Số liệu minh họa, không phải số liệu thật"}
    assert noted == set(range(1, pages.count + 1))


# -- numbers ---------------------------------------------------------------------------------------------------------


def word_text(path: Path) -> list[str]:
    """The paragraphs of a Word file and of its tables' cells."""
    word = docx.Document(str(path))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return [" ".join(text.split()) for text in [*(p.text for p in word.paragraphs), *cells] if text.strip()]


def known_texts(report: Report, label: Label) -> list[str]:
    """What is printed and is no figure: names, dates and numbers of the plan, the period, units and their words."""
    config = report.config
    plan = config.plan
    days = (label.days.start, label.days.end, date(2025, 10, 13))
    texts = [label.name, label.short, label.previous_name, label.following, *map(day_short, days)]
    texts += [plan.document.short_title, plan.document.title, plan.document.title[1:]]
    for item in (*plan.areas, *plan.forms, *config.targets.targets):
        texts += [item.code, getattr(item, "short_title", ""), getattr(item, "name", "")]
    texts += [unit.name for unit in config.units.units]
    texts += [text.rstrip(" .;") for text in report.records.notes["text"]]
    texts += [bound(target) for target in config.targets.targets]
    texts += [text.upper() for text in texts]
    return sorted({" ".join(text.split()) for text in texts if any(c.isdigit() for c in text)}, key=len, reverse=True)


def ledger_numbers(report: Report) -> set[str]:
    values = {getattr(row, name) for row in report.ledger.rows for name in ("value", "numerator", "denominator")}
    days = {row.as_of for row in report.ledger.rows if row.as_of}
    shown = {number(value) for value in values if re.fullmatch(r"-?\d+(\.\d+)?", value)}
    return shown | {value.replace(".", ",") for value in values} | {day_short(date.fromisoformat(day)) for day in days}


def test_every_number_printed_in_the_word_files_is_in_the_ledger(made):
    report, label, (official, _, extract) = made
    allowed, texts = ledger_numbers(report), known_texts(report, label)
    unknown = []
    count = 0
    for line in [*word_text(official), *word_text(extract)]:
        rest = re.sub(r"^(\d\.|Bảng \d+\.) ", "", line, flags=re.I)
        rest = re.sub(r"\d{2}/\d{1,2}/\d{4}", lambda m: "" if m[0] in allowed else m[0], rest)
        for text in texts:
            rest = re.sub(re.escape(text), " ", rest, flags=re.I)
        for found in _NUMBER.findall(rest):
            count += 1
            if found.rstrip(".") not in allowed:
                unknown.append((found, line))
    assert unknown == []
    assert count > 300


def test_the_pdf_prints_the_numbers_of_the_word_file_and_no_others(made, pages):
    word = Counter(_digits(" ".join(word_text(made[2][0]))))
    printed = Counter(_digits(pages.text)) - Counter(str(one) for one in numbered(pages) if one > 1)
    assert printed == word


def _digits(text: str) -> list[str]:
    # Groups of digits and not whole numbers: a narrow cell may break a number after its dot.
    return re.findall(r"\d+", text)
