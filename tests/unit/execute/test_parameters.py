import nbformat
import pytest

from baocao.errors import UserError
from baocao.execute.parameters import check_parameters, declared


def notebook(folder, *sources, tag="parameters"):
    cells = [nbformat.v4.new_code_cell(text, metadata={"tags": [tag]}, id=f"c{i}") for i, text in enumerate(sources)]
    path = folder / "sample.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    declared.cache_clear()
    return path


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
    with pytest.raises(UserError, match=said) as error:
        check_parameters(notebook(tmp_path, 'month = ""'), given)
    assert error.value.where == "notebooks/sample.ipynb"


@pytest.mark.parametrize(("sources", "count"), [((), 0), (('a = ""', 'b = ""'), 2)])
def test_a_notebook_has_exactly_one_parameters_cell(tmp_path, sources, count):
    with pytest.raises(UserError, match=f"hiện có {count}"):
        declared(notebook(tmp_path, *sources))


@pytest.mark.parametrize("source", ["import os", "month = today()", "a = b = 1", "month ="])
def test_a_parameters_cell_holds_plain_values_only(tmp_path, source):
    with pytest.raises(UserError, match="chỉ được gồm"):
        declared(notebook(tmp_path, source))


def test_a_file_that_is_no_notebook_is_refused(tmp_path):
    path = tmp_path / "sample.ipynb"
    path.write_text("not json", "utf-8")
    declared.cache_clear()
    with pytest.raises(UserError, match="không đọc được sổ tay"):
        declared(path)
