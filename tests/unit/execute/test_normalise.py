import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from baocao.execute.normalise import ids, normalised, to_text


def executed(start, folder, pid, cell_id, address, chunks):
    """What papermill leaves behind, with the parts that differ from run to run as arguments."""
    outputs = [new_output("stream", name="stdout", text=chunk) for chunk in chunks]
    outputs.append(new_output("stream", name="stderr", text=f"/tmp/ipykernel_{pid}/{pid}99.py:1: UserWarning: x"))
    outputs.append(new_output("execute_result", {"text/plain": f"<A at {address}>"}, execution_count=1))
    injected = new_code_cell('month = "2025-10"', id=cell_id, metadata={"tags": ["injected-parameters"]})
    code = new_code_cell("a", id="a", outputs=outputs, metadata={"papermill": {"start_time": start}})
    code.metadata["execution"] = {"iopub.status.busy": start}
    metadata = {"papermill": {"start_time": start, "output_path": folder, "parameters": {"month": "2025-10"}}}
    widgets = {"widgets": {"application/vnd.jupyter.widget-state+json": {"state": {address: {}}}}}
    return new_notebook(cells=[injected, code, new_markdown_cell("b", id="b")], metadata=metadata | widgets)


def test_two_runs_of_one_notebook_are_the_same_text():
    one = executed("2025-01-01", "/a", 11, "f00", "0x7f01", ["a\n", "b\n"])
    two = executed("2026-02-02", "/b", 222, "ba4", "0x7fff", ["a\nb\n"])
    assert to_text(normalised(one)) == to_text(normalised(two))


def test_what_was_computed_stays():
    notebook = normalised(executed("2025-01-01", "/a", 11, "f00", "0x7f01", ["a\n", "b\n"]))
    assert notebook.metadata["papermill"] == {"parameters": {"month": "2025-10"}}
    assert notebook.cells[1].outputs[0].text == "a\nb\n"
    assert notebook.cells[0].id == "injected-parameters-0"
    nbformat.validate(notebook)


def test_a_cell_whose_file_gives_it_no_id_is_counted(tmp_path):
    read = new_notebook(cells=[new_code_cell("a", id="a"), new_code_cell("b", id="b")])
    cells = [{"id": "a", "cell_type": "code"}, {"cell_type": "code"}]
    (tmp_path / "n.ipynb").write_text(json.dumps({"cells": cells}), "utf-8")
    assert ids(tmp_path / "n.ipynb") == {"a"}
    assert [cell.id for cell in normalised(read, ids(tmp_path / "n.ipynb")).cells] == ["a", "cell-without-id-1"]


def test_streams_of_two_names_are_not_joined():
    notebook = normalised(executed("2025-01-01", "/a", 11, "f00", "0x7f01", ["a"]))
    assert [output.get("name") for output in notebook.cells[1].outputs] == ["stdout", "stderr", None]


@pytest.mark.parametrize("order", ["oeo", "eoo", "ooe"])
def test_the_order_in_which_a_kernel_sent_two_streams_is_not_kept(order):
    texts = {"o": iter(["a\n", "b\n"]), "e": iter(["careful"])}
    names = {"o": "stdout", "e": "stderr"}
    outputs = [new_output("stream", name=names[one], text=next(texts[one])) for one in order]
    outputs += [new_output("display_data", {}), new_output("stream", name="stdout", text="c")]
    notebook = normalised(new_notebook(cells=[new_code_cell(id="a", outputs=outputs)]))
    said = [(output.get("name"), output.get("text")) for output in notebook.cells[0].outputs]
    assert said == [("stdout", "a\nb\n"), ("stderr", "careful"), (None, None), ("stdout", "c")]


def test_a_widget_is_kept_as_text_for_its_id_is_random():
    def shown(model: str) -> str:
        data = {"text/plain": "Button()", "application/vnd.jupyter.widget-view+json": {"model_id": model}}
        notebook = normalised(new_notebook(cells=[new_code_cell(id="a", outputs=[new_output("display_data", data)])]))
        nbformat.validate(notebook)
        return to_text(notebook)

    assert shown("f00") == shown("ba4")
    assert "Button()" in shown("f00")


def test_ids_that_libraries_draw_at_random_are_counted_through_the_notebook():
    styled = "<style>#T_{0} td {{}} </style><table id='T_{0}'><td id='T_{0}_row0_col0'>T_{0}0</td></table>"
    chart = '<div id="altair-viz-{1}"></div><script>f("altair-viz-{1}")</script>'
    other = '<div id="{2}" class="row-20251014"></div><p id="T_abcde_x"></p>'

    def shown(*ids: str) -> str:
        outputs = [new_output("display_data", {"text/html": page.format(*ids)}) for page in (styled, chart, other)]
        notebook = normalised(new_notebook(cells=[new_code_cell(id="a", outputs=outputs)]))
        nbformat.validate(notebook)
        return to_text(notebook)

    one = shown("1a2b3", "0123456789abcdef" * 2, "01234567-89ab-cdef-0123-456789abcdef")
    assert one == shown("fffff", "f" * 32, "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee").replace("fffff0", "1a2b30")
    assert "T_00001 td" in one
    assert "T_00001_row0_col0" in one
    assert "T_1a2b30" in one  # words, not the id
    assert "row-20251014" in one


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("{root}/notebooks/a.py:3: UserWarning: x", "notebooks/a.py:3: UserWarning: x"),
        ("File \x1b[0;32m{root}/a.py:3\x1b[0m, in f()", "File \x1b[0;32ma.py:3\x1b[0m, in f()"),
        ("File ~/site/a.py:3, in f()", "File a.py:3, in f()"),
        ("open('{root}/a.csv')", "open('a.csv')"),
        ("{root}", "{root}"),
        ("{root}s/a.py", "{root}s/a.py"),
        ("/mnt{root}/a.py", "/mnt{root}/a.py"),
        ("a~/site/a.py", "a~/site/a.py"),
    ],
)
def test_files_of_the_project_are_named_from_its_folder(tmp_path, monkeypatch, said, kept):
    monkeypatch.setenv("HOME", str(tmp_path))
    root = tmp_path / "site"
    output = new_output("error", ename="E", evalue=said.format(root=root), traceback=[said.format(root=root)])
    notebook = normalised(new_notebook(cells=[new_code_cell(id="a", outputs=[output])]), folder=root)
    (cleaned,) = notebook.cells[0].outputs
    assert cleaned.evalue == kept.format(root=root)
    assert cleaned.traceback == [kept.format(root=root)]


def test_files_of_a_project_behind_a_link_are_named_from_its_folder(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "link").symlink_to("site")
    output = new_output("stream", name="stderr", text=f"{tmp_path}/site/a.py {tmp_path}/link/b.py")
    notebook = normalised(new_notebook(cells=[new_code_cell(id="a", outputs=[output])]), folder=tmp_path / "link")
    assert notebook.cells[0].outputs[0].text == "a.py b.py"


@pytest.mark.parametrize("said", ["unrecognized arguments: -f /tmp/{}.json --x", "['a', '-f', '/tmp/{}.json', '--x']"])
def test_the_file_of_a_kernels_connection_has_one_name(said):
    def kept(name: str) -> str:
        output = new_output("stream", name="stdout", text=said.format(name))
        return to_text(normalised(new_notebook(cells=[new_code_cell(id="a", outputs=[output])])))

    assert kept("tmp1") == kept("tmp2")
    assert "kernel.json" in kept("tmp1")
