"""The book project as the built-in renderer reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao.book.builtin.project import Part, merge, read_project
from baocao.errors import UserError

SETTINGS = """
metadata-files: [extra.yml, not-there.yml]
lang: vi
book: {title: Tên cũ, chapters: [index.qmd]}
"""


def write(root: Path, **texts: str) -> Path:
    """A project folder; ``a__b`` stands for ``a.b``."""
    defaults = {
        "_quarto__yml": SETTINGS,
        "extra__yml": "book: {title: Tên sách, chapters: [one.qmd]}\nbaocao: {month: 2025-10, date: 2025-10-14}\n",
        "index__qmd": "# Đầu {.unnumbered}\n",
        "one__qmd": "# Một\n",
    }
    for name, text in (defaults | texts).items():
        (root / name.replace("__", ".")).write_text(text, "utf-8")
    return root


def test_lists_are_appended_maps_merged_and_the_rest_replaced():
    base = {"a": [1], "b": {"x": 1, "y": 2}, "c": 1}
    assert merge(base, {"a": [2], "b": {"y": 3}, "c": 4}) == {"a": [1, 2], "b": {"x": 1, "y": 3}, "c": 4}


def test_metadata_files_add_their_chapters_and_a_missing_one_is_passed_over(tmp_path):
    project = read_project(write(tmp_path))
    assert [chapter.source for chapter in project.chapters] == ["index.qmd", "one.qmd"]
    assert project.title == "Tên sách"


def test_a_date_stays_the_text_that_it_was(tmp_path):
    assert read_project(write(tmp_path)).meta["baocao"]["date"] == "2025-10-14"


def test_parts_come_before_their_chapters(tmp_path):
    extra = "book: {chapters: [{part: Phần một, chapters: [one.qmd]}]}\n"
    project = read_project(write(tmp_path, extra__yml=extra))
    assert project.items[1] == Part("Phần một")
    assert project.chapters[1].part == "Phần một"


def test_a_chapter_may_be_listed_as_a_file_with_a_text_of_its_own(tmp_path):
    extra = "book: {chapters: [{file: one.qmd, text: Một}, {part: Phần, chapters: [{href: two.qmd}]}]}\n"
    project = read_project(write(tmp_path, extra__yml=extra, two__qmd="# Hai\n"))
    assert [chapter.source for chapter in project.chapters] == ["index.qmd", "one.qmd", "two.qmd"]


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ("{part: one.qmd, chapters: []}", "part: “one.qmd” là một tệp, mà trình dựng sẵn cần tên của phần."),
        ("{text: Một}", "book: chapters: không hiểu “{'text': 'Một'}”."),
    ],
)
def test_what_the_built_in_renderer_cannot_list_is_told_and_printed_nowhere(tmp_path, listed, told):
    with pytest.raises(UserError) as refused:
        read_project(write(tmp_path, extra__yml=f"book: {{chapters: [{listed}]}}\n"))
    assert told in str(refused.value)
    assert "_quarto.yml" in str(refused.value)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("book:\n", "chưa có chương nào của tháng để dựng sách."),
        ("book: Sách\n", "book: phải là các khóa và giá trị."),
        ("book: {chapters: index.qmd}\n", "book: chapters: phải là danh sách tên tệp."),
        ("metadata-files: extra.yml\n", "metadata-files: phải là danh sách tên tệp."),
        ("language: [a]\n", "language: phải là tên tệp, hoặc các khóa và giá trị."),
        ("- a\n", "tệp phải gồm các khóa và giá trị."),
    ],
)
def test_settings_broken_by_hand_are_told_with_their_file(tmp_path, settings, told):
    with pytest.raises(UserError) as refused:
        read_project(write(tmp_path, _quarto__yml=settings))
    assert told in str(refused.value)


def test_keys_without_a_value_count_as_missing_and_labels_may_stand_in_place(tmp_path):
    settings = "book: {chapters: [index.qmd, one.qmd], title: T}\nmetadata-files:\nlanguage: {toc-title: Mục lục}\n"
    project = read_project(write(tmp_path, _quarto__yml=settings))
    assert (project.title, project.labels) == ("T", {"toc-title": "Mục lục"})


def test_appendices_stand_at_the_end_under_a_part_of_their_own(tmp_path):
    """They were left out without a word."""
    settings = f"{SETTINGS}language: words.yml\n".replace("[index.qmd]", "[index.qmd], appendices: [more.qmd]")
    words = "section-title-appendices: Phần thêm\n"
    project = read_project(write(tmp_path, _quarto__yml=settings, more__qmd="# Thêm\n", words__yml=words))
    assert [chapter.source for chapter in project.chapters] == ["index.qmd", "one.qmd", "more.qmd"]
    assert project.items[-2] == Part("Phần thêm")
    assert project.chapters[-1].part == "Phần thêm"


def test_a_generated_text_comes_from_the_generated_folder_and_from_nowhere_else(tmp_path):
    root = write(tmp_path, index__qmd='# Đầu\n\n::: {.generated file="../_mo-dau.md"}\n:::\n', _more__md="Khác.")
    (root / "reports" / "chuong").mkdir(parents=True)
    (root / "reports" / "chuong" / "_mo-dau.md").write_text("Thêm **chữ**.", "utf-8")
    assert "Thêm **chữ**." in read_project(root).chapters[0].text


def test_an_include_on_its_own_line_is_filled_in(tmp_path):
    root = write(tmp_path, index__qmd="# Đầu\n\n{{< include _more.md >}}\n", _more__md="Thêm **chữ**.")
    assert read_project(root).chapters[0].text == "# Đầu\n\nThêm **chữ**.\n"


def test_metadata_is_filled_in_as_plain_text(tmp_path):
    extra = "book: {title: '*Tên*', chapters: [one.qmd]}\nbaocao: {month-label: tháng 10}\n"
    root = write(tmp_path, extra__yml=extra, index__qmd="{{< meta title >}}, {{< meta baocao.month-label >}}\n")
    assert read_project(root).chapters[0].text == "\\*Tên\\*, tháng 10\n"


@pytest.mark.parametrize(
    "text",
    [
        r"\{\{\< include \/etc\/passwd \>\}\}",
        r"\{\{\< meta title \>\}\}",
        r"{{\< include extra.yml >}}",
        "chữ {{< include extra.yml >}} giữa dòng",
    ],
)
def test_what_is_escaped_or_in_running_text_is_never_included(tmp_path, text):
    assert read_project(write(tmp_path, one__qmd=f"{text}\n")).chapters[1].text == f"{text}\n"


@pytest.mark.parametrize("name", ["../secret.md", "/../secret.md"])
def test_nothing_outside_the_project_is_included(tmp_path, name):
    (tmp_path / "secret.md").write_text("bí mật", "utf-8")
    (tmp_path / "project").mkdir()
    root = write(tmp_path / "project", one__qmd=f"{{{{< include {name} >}}}}\n")
    with pytest.raises(UserError, match="nằm ngoài thư mục dự án"):
        read_project(root)


@pytest.mark.parametrize(
    ("chapters", "text", "name"),
    [
        ("one.qmd", "{{< include them/loi.md >}}\n", "them/loi.md"),
        ("one.qmd", "{{< include reports/../them/loi.md >}}\n", "reports/../them/loi.md"),
        ("them/chuong.qmd", "", "them/chuong.qmd"),
        ("one.qmd]}\nlanguage: them/nhan.yml\n#", "", "them/nhan.yml"),
    ],
)
def test_nothing_is_read_of_which_nobody_would_see_that_it_changed(tmp_path, chapters, text, name):
    root = write(tmp_path, extra__yml=f"book: {{chapters: [{chapters}]}}\n", one__qmd=text)
    (root / "them").mkdir()
    (root / "reports").mkdir()
    for one in ("loi.md", "chuong.qmd", "nhan.yml"):
        (root / "them" / one).write_text("", "utf-8")
    with pytest.raises(UserError, match=f"tệp “{name}” nằm ở nơi mà tháng đã khóa không giữ"):
        read_project(root)


def test_a_file_that_includes_itself_is_refused(tmp_path):
    with pytest.raises(UserError, match="lồng nhau"):
        read_project(write(tmp_path, one__qmd="{{< include one.qmd >}}\n"))


def test_a_missing_generated_chapter_is_named_with_the_command_to_run(tmp_path):
    write(tmp_path, extra__yml="book: {chapters: [reports/chuong/one.qmd]}\n")
    with pytest.raises(UserError, match=r"reports/chuong/one\.qmd(.|\n)*baocao run"):
        read_project(tmp_path)


def test_of_an_analysts_own_text_that_is_missing_it_is_told_where_it_is_named(tmp_path):
    write(tmp_path, index__qmd="# Đầu\n\n{{< include _own.md >}}\n")
    with pytest.raises(UserError, match=r"“_own\.md”(.|\n)*bỏ chỗ nêu tên tệp trong index\.qmd\.") as caught:
        read_project(tmp_path)
    assert "baocao run" not in str(caught.value)
    (tmp_path / "index.qmd").unlink()
    with pytest.raises(UserError, match=r"“index\.qmd”(.|\n)*trong _quarto\.yml\."):
        read_project(tmp_path)


def test_without_generated_chapters_the_command_to_run_is_named(tmp_path):
    root = write(tmp_path)
    (root / "extra.yml").unlink()
    with pytest.raises(UserError, match="baocao run"):
        read_project(root)
