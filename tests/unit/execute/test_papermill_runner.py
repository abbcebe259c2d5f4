"""One notebook through papermill: where it works, and what becomes of one that does not end well."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import papermill
import pytest

from baocao.execute import papermill_runner
from baocao.execute.jobs import Job
from baocao.execute.papermill_runner import execute
from baocao.execute.warm import control
from baocao.execute.warm.client import PipeClient
from baocao.execute.work import Failure
from odd_notebooks import write


@pytest.fixture(scope="module", autouse=True)
def _ended() -> Iterator[None]:
    control.stop()
    yield
    control.stop()


@pytest.fixture
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """How children are made; what they came from serves no other test."""
    monkeypatch.setenv(control.ENGINE_VARIABLE, request.param)
    control.stop()
    yield request.param
    control.stop()  # with that, nobody is refused any more


def job(folder: Path, *sources: str) -> Job:
    """A job whose notebook has these cells."""
    write(folder / "in.ipynb", sources, ())
    return Job("so-tay", folder / "in.ipynb", "Sổ tay")


@pytest.mark.parametrize("way", ["", "spawn", "nbclient"], indirect=True)
def test_a_notebook_works_in_its_folder_and_this_process_stays_in_its_own(tmp_path, monkeypatch, way):
    here, entered, enter = Path.cwd(), set(), os.chdir
    monkeypatch.setattr(os, "chdir", lambda path: (entered.add(Path(path)), enter(path)))
    (tmp_path / "site").mkdir()
    done = execute(job(tmp_path, "import os\nprint(os.getcwd())"), tmp_path / "out.ipynb", tmp_path / "site")
    assert done.failure is None
    (cell,) = nbformat.read(tmp_path / "out.ipynb", 4).cells
    assert cell.outputs[0].text == f"{tmp_path / 'site'}\n"
    assert entered <= {here}, "several notebooks run at once, and of a process there is one folder"


@pytest.mark.parametrize("way", ["", "spawn"], indirect=True)
def test_a_notebook_of_a_run_that_was_stopped_leaves_the_earlier_one_as_it_was(tmp_path, way):
    output, begun = tmp_path / "out.ipynb", tmp_path / "begun"
    output.write_text("earlier", "utf-8")
    sleeps = job(tmp_path, "print('half')", f"import time\nopen({str(begun)!r}, 'w')\ntime.sleep(3600)")

    def stop() -> None:
        deadline = time.monotonic() + 300
        while not begun.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        control.stop(refuse=True)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(stop)
        assert execute(sleeps, output, tmp_path).failure
    assert output.read_text("utf-8") == "earlier"


@pytest.mark.filterwarnings("ignore::nbformat.warnings.MissingIDFieldWarning")
@pytest.mark.filterwarnings("ignore::nbformat.warnings.DuplicateCellId")
@pytest.mark.parametrize("kind", ["twice", "missing", "old"])
def test_cells_without_an_id_of_their_own_give_the_same_bytes_each_time(tmp_path, kind):
    asked = job(tmp_path, "a = 1", "print(a)")
    content = json.loads(asked.notebook.read_text("utf-8"))
    content["metadata"] = {}  # nor is a language named
    for cell in content["cells"]:
        cell["id"] = "same"
        if kind != "twice":
            del cell["id"]
    content["nbformat_minor"] = 4 if kind == "old" else 5
    asked.notebook.write_text(json.dumps(content), "utf-8")
    first, second = tmp_path / "a.ipynb", tmp_path / "b.ipynb"
    assert [execute(asked, path, tmp_path).failure for path in (first, second)] == [None, None]
    assert first.read_bytes() == second.read_bytes()
    nbformat.validate(nbformat.read(first, 4))


def test_a_notebook_that_fails_is_kept_with_its_error(tmp_path):
    done = execute(job(tmp_path, "1 / 0"), tmp_path / "out.ipynb", tmp_path)
    assert done.failure
    assert (done.failure.cell, done.failure.error) == (1, "ZeroDivisionError")
    assert "ZeroDivisionError" in (tmp_path / "out.ipynb").read_text("utf-8")


def test_whatever_papermill_raises_is_a_failure_of_the_notebook(tmp_path, monkeypatch):
    def fail(*_, **__):
        raise AssertionError

    monkeypatch.setattr(papermill, "execute_notebook", fail)
    done = execute(job(tmp_path, "1"), tmp_path / "out.ipynb", tmp_path)
    assert done.failure == Failure(0, "AssertionError", "", died=True)


@pytest.mark.parametrize("way", ["", "nbclient"], indirect=True)
def test_the_cell_at_which_a_process_died_is_named(tmp_path, way):
    asked = job(tmp_path, "1", "import os, time\ntime.sleep(0.5)\nos._exit(0)", "2")
    failure = execute(asked, tmp_path / "out.ipynb", tmp_path).failure
    assert failure
    assert (failure.cell, failure.error, failure.died) == (2, "DeadKernelError", True)
    assert failure.message.startswith("tiến trình của sổ tay dừng đột ngột")


def test_a_cell_that_takes_too_long_is_named_with_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(papermill_runner, "CELL_TIMEOUT", 1)
    failure = execute(job(tmp_path, "1", "import time\ntime.sleep(30)"), tmp_path / "out.ipynb", tmp_path).failure
    assert failure == Failure(2, "CellTimeoutError", "ô chạy quá 1 giây nên bị dừng", died=True)


def test_want_of_memory_is_told_in_vietnamese_with_what_a_library_says_of_it(tmp_path):
    asked = job(tmp_path, "raise MemoryError('Unable to allocate 8.00 MiB')")
    failure = execute(asked, tmp_path / "out.ipynb", tmp_path).failure
    assert failure
    assert failure.message == "hết bộ nhớ dành cho một sổ tay; xem tùy chọn --memory (Unable to allocate 8.00 MiB)"


def test_ctrl_c_is_no_failure_of_a_notebook(tmp_path, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(papermill, "execute_notebook", stop)
    with pytest.raises(KeyboardInterrupt):
        execute(job(tmp_path, "1"), tmp_path / "out.ipynb", tmp_path)


def test_a_cell_that_failed_is_told_also_where_its_kernel_no_longer_answers(tmp_path, monkeypatch):
    def lost(*_, **__):
        raise AssertionError

    monkeypatch.setattr(PipeClient, "kernel_info", lost)
    done = execute(job(tmp_path, "1", "raise MemoryError"), tmp_path / "out.ipynb", tmp_path)
    assert done.failure == Failure(2, "MemoryError", "hết bộ nhớ dành cho một sổ tay; xem tùy chọn --memory")
    assert "MemoryError" in (tmp_path / "out.ipynb").read_text("utf-8")
