import json
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest

from baocao.errors import UserError
from baocao.execute.parameters import check_parameters, declared


def notebook(folder, *sources, tag="parameters"):
    cells = [nbformat.v4.new_code_cell(text, metadata={"tags": [tag]}, id=f"c{i}") for i, text in enumerate(sources)]
    cells.append(nbformat.v4.new_code_cell("import os", id="other"))
    path = folder / "sample.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    declared.cache_clear()
    return path


@contextmanager
def refused(said):
    """The notebook is refused with these words, which name it, and a hint."""
    with pytest.raises(UserError, match=said) as error:
        yield
    assert error.value.where == "notebooks/sample.ipynb"
    assert error.value.hint


def test_the_parameters_of_a_notebook_are_its_tagged_assignments(tmp_path):
    assert declared(notebook(tmp_path, 'month = "2025-10"\ntop = 5')) == {"month": "2025-10", "top": 5}


def test_right_parameters_pass(tmp_path):
    check_parameters(notebook(tmp_path, 'month = ""'), {"month": "2025-10"})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"month": "2025-10", "mnoth": "2025-10"}, "tham số lạ “mnoth”"),
        ({}, "thiếu tham số “month”"),
        ({"month": 202510}, "phải là kiểu str, không phải int"),
        ({"month": True}, "phải là kiểu str, không phải bool"),
    ],
)
def test_an_unknown_missing_or_mistyped_parameter_is_refused(tmp_path, given, said):
    with refused(said):
        check_parameters(notebook(tmp_path, 'month = ""'), given)


@pytest.mark.parametrize(("sources", "count"), [((), 0), (('a = ""', 'b = ""'), 2)])
def test_a_notebook_has_exactly_one_parameters_cell(tmp_path, sources, count):
    with refused(rf"hiện có {count}\.\n→ .*Cell Tags: gắn thẻ “parameters”"):
        declared(notebook(tmp_path, *sources))


@pytest.mark.parametrize("source", ["import os", "month = today()", "a = b = 1", "month =", 'a.b = ""', "a = {{}}"])
def test_a_parameters_cell_holds_plain_values_only(tmp_path, source):
    with refused("chỉ được gồm"):
        declared(notebook(tmp_path, source))


NO_NOTEBOOKS = ["not json", "", "null", "[]", "{}", '{"nbformat": 4}', '{"nbformat": 2}', "[" * 100_000]


@pytest.mark.parametrize("text", NO_NOTEBOOKS, ids=range(len(NO_NOTEBOOKS)))
def test_a_file_that_is_no_notebook_is_refused(tmp_path, text):
    path = tmp_path / "sample.ipynb"
    path.write_text(text, "utf-8")
    declared.cache_clear()
    with refused("không đọc được sổ tay"):
        declared(path)


def edited(folder, change) -> Path:
    path = notebook(folder, 'month = ""')
    content = json.loads(path.read_text("utf-8"))
    change(content, content["cells"][0])
    path.write_text(json.dumps(content), "utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _, cell: cell.pop("metadata"), "không đọc được sổ tay"),
        (lambda _, cell: cell.pop("source"), "ô 1 không có nội dung"),
        (lambda _, cell: cell["metadata"].update(tags=None), "ô 1: thẻ .* phải là danh sách"),
        (lambda _, cell: cell["metadata"].update(tags="parameters"), "ô 1: thẻ .* phải là danh sách"),
        (lambda _, cell: cell["metadata"].update(tags=["parameters", 1]), "ô 1: thẻ .* phải là danh sách"),
        (lambda whole, _: whole["metadata"].update(kernelspec={"language": "R"}), "ngôn ngữ “R”"),
        (lambda whole, _: whole["metadata"].update(language_info={"name": "julia"}), "ngôn ngữ “julia”"),
    ],
    ids=["no-metadata", "no-source", "no-tags", "tags-text", "tags-number", "kernel", "language"],
)
def test_a_notebook_that_could_not_run_as_what_it_is_is_refused(tmp_path, change, said):
    with refused(said):
        declared(edited(tmp_path, change))


@pytest.mark.parametrize("name", ["python2", "a-venv"])
def test_the_name_of_a_python_kernel_does_not_matter(tmp_path, name):
    kernel = {"name": name, "display_name": "Python", "language": "python"}
    assert declared(edited(tmp_path, lambda whole, _: whole["metadata"].update(kernelspec=kernel))) == {"month": ""}


def test_a_notebook_that_is_run_per_unit_without_that_parameter_is_told_the_line_to_add(tmp_path):
    with pytest.raises(UserError) as caught:
        check_parameters(notebook(tmp_path, 'month = ""'), {"month": "2025-10", "unit": "VP"})
    assert caught.value.hint.endswith('cần thêm vào ô “parameters”: unit = "".')
