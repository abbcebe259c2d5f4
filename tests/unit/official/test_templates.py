"""Templates: what an analyst may write, and what a broken one says."""

from __future__ import annotations

import shutil

import pytest

from baocao.config.months import Additions
from baocao.errors import UserError
from baocao.official.content import Heading, Item, Paragraph, Run, Table
from baocao.official.documents import documents
from baocao.official.figures import Figures
from baocao.official.items import words
from baocao.official.label import label_of
from baocao.official.templates import Templates

NASTY = "# I. **đậm** *nghiêng* - {{ so('cost') }} {% raw %} \ue0000\ue001 <script> #raw[x] \\n"


def text(block) -> str:
    return "".join(run.text for run in block.runs)


def test_a_blank_line_parts_paragraphs_and_lines_that_follow_join(rendered):
    assert [text(block) for block in rendered("một\nhai\n\nba")] == ["một hai", "ba"]


def test_headings_items_bold_and_italic_are_told_from_text(rendered):
    blocks = rendered("# I. MỤC\n## 1. Tiểu mục\n- gạch **đậm** và *nghiêng*\n+ cộng\nnối\n\n\\- không phải gạch")
    assert [type(block) for block in blocks] == [Heading, Heading, Item, Item, Paragraph]
    assert blocks[2].runs == (Run("gạch "), Run("đậm", bold=True), Run(" và "), Run("nghiêng", italic=True))
    assert text(blocks[3]) == "cộng nối"
    assert text(blocks[4]) == "- không phải gạch"


def test_a_figure_carries_the_id_of_its_ledger_row(rendered, report):
    (paragraph,) = rendered('Có {{ so("activities") }} hoạt động.')
    (figure,) = [run for run in paragraph.runs if run.ref]
    row = report.ledger.row("2026-01", "activities")
    assert (figure.ref, figure.text) == (row.id, row.value)


def test_a_name_within_a_sentence_keeps_an_abbreviation(rendered):
    (paragraph,) = rendered('Về {{ giua_cau("OCOP và đặc sản") }}, {{ giua_cau("Hợp tác xã") }}.')
    assert text(paragraph) == "Về OCOP và đặc sản, hợp tác xã."


def test_a_table_stands_by_itself(rendered):
    before, table, after = rendered('trước\n{{ bang("noi-dung") }}\nsau')
    assert isinstance(table, Table)
    assert (text(before), text(after)) == ("trước", "sau")


def test_inserted_text_is_only_text(rendered, figures):
    literal = NASTY.replace("\\", "\\\\").replace('"', '\\"')
    (paragraph,) = rendered('{{ "' + literal + '" }}')
    assert isinstance(paragraph, Paragraph)
    assert [(run.bold, run.italic) for run in paragraph.runs] == [(False, False)]
    assert text(paragraph) == NASTY.replace("\ue0000\ue001", "")


def test_a_block_kept_in_a_variable_keeps_its_figures_text(rendered, report):
    (paragraph,) = rendered('{% set cau %}{{ so("activities") }} hoạt động{% endset %}{{ cau }}, **{{ cau }}**')
    count = report.ledger.row("2026-01", "activities").value
    assert text(paragraph) == f"{count} hoạt động, {count} hoạt động"


@pytest.mark.parametrize("kept", ["{% set b %}%s{% endset %}{{ b }}", "{% macro b() %}%s{% endmacro %}{{ b() }}"])
def test_a_table_in_a_variable_is_refused_not_printed_as_python(rendered, kept):
    with pytest.raises(UserError, match=r"bang\(…\) phải đứng riêng một dòng của mẫu"):
        rendered(kept.replace("%s", '{{ bang("chi-so") }}'))


def test_submitted_words_reach_the_document_as_they_are_with_personal_data_masked(space, with_notes):
    report = with_notes(("VP", "difficulty", NASTY + " 0912345678"))
    official, _ = documents(space.root, report, label_of(report), Additions())
    (said,) = [item for item in official.body if isinstance(item, Item) and "<script>" in text(item)]
    assert "{{ so('cost') }} {% raw %}" in text(said)
    assert "0912345678" not in text(said)
    assert not [run for run in said.runs if run.bold or run.italic]


def test_the_same_words_of_several_units_are_said_once(with_notes):
    report = with_notes(("BanMay", "difficulty", "Thiếu sách."), ("VP", "difficulty", "Thiếu sách"))
    (one,) = words(Figures(report, label_of(report)), "difficulty")
    assert (one.noi_dung, one.don_vi) == ("Thiếu sách", "Văn phòng xã; Thôn Bản Mây")


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("một\n{{ khong_co }}", 2, "không có tên “khong_co”"),
        ("một\n\n{{ ky.sai }}", 3, "không có"),
        ("một\n{% if ky %}\nhai", 2, "thiếu lệnh đóng"),
        ("{% nhan %}", 1, "không có lệnh “nhan”"),
        ("{{ so('activites') }}", 1, "không có số liệu “activites”"),
        ("\n{{ so('reports', state='sai') }}", 2, "không có mã “sai”"),
        ("{{ so('activities', mau='x') }}", 1, "không có cách phân loại “mau”"),
        ("{{ so('activities', don_vi='sai') }}", 1, "không có đơn vị mã “sai”"),
        ("{{ so('activities', ky='sai') }}", 1, "không có kỳ “sai”"),
        ("{{ bang('sai') }}", 1, "không có bảng “sai”"),
        ("{{ so() }}", 1, "gọi không đúng cách"),
        ("{{ 1 // 0 }}", 1, "phép tính không thực hiện được"),
        ("{{ ky|sai }}", 1, "không có bộ lọc “sai”"),
        ("{{ so.__globals__ }}", 1, "không được phép"),
        ("{{ ''.__class__.__mro__ }}", 1, "không được phép"),
    ],
)
def test_a_broken_template_is_told_by_file_line_and_what_is_wrong(rendered, source, line, said):
    with pytest.raises(UserError) as caught:
        rendered(source)
    assert caught.value.where == f"reports/chinh-thuc/mau.md, dòng {line}"
    assert said in caught.value.what


def test_a_table_inside_a_sentence_is_refused(rendered):
    with pytest.raises(UserError, match="đứng riêng một dòng"):
        rendered('xem {{ bang("noi-dung") }}')


def test_a_template_cannot_read_a_file_outside_its_folder(rendered):
    with pytest.raises(UserError, match="không có tệp mẫu"):
        rendered('{% include "../../params/site.yml" %}')


def test_a_file_that_is_no_utf_8_is_told(tmp_path, figures, rendered):
    rendered("một")
    (tmp_path / "reports" / "chinh-thuc" / "mau.md").write_bytes("một".encode("utf-16"))
    with pytest.raises(UserError, match="UTF-8"):
        Templates(tmp_path, {}).blocks("mau.md")


@pytest.mark.parametrize("source", ["", "{# ghi chú #}\n# Một mục\n"])
def test_a_report_whose_template_leaves_it_without_its_summary_is_told(tmp_path, space, report, source):
    shutil.copytree(space.root / "reports" / "chinh-thuc", tmp_path / "reports" / "chinh-thuc")
    (tmp_path / "reports" / "chinh-thuc" / "trich-yeu.md").write_text(source, "utf-8")
    with pytest.raises(UserError, match="không có đoạn chữ nào làm trích yếu") as caught:
        documents(tmp_path, report, label_of(report), Additions())
    assert caught.value.where == "reports/chinh-thuc/trich-yeu.md"
