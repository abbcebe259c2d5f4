"""Runs notebooks in one way, in a separate process: ``python -m benchmarks.ways WAY FOLDER COUNT``."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.material import CELLS

Names = list[str]


def command(folder: Path, names: Names) -> None:
    """papermill's command, one process for each notebook."""
    for name in names:
        given = ["-p", "path", str(folder / "table.csv"), "-p", "unit", name]
        files = [str(folder / "in.ipynb"), str(folder / f"command-{name}.ipynb")]
        line = [sys.executable, "-m", "papermill", *files, *given, "--no-progress-bar", "--log-level", "ERROR"]
        subprocess.run(line, check=True, stderr=subprocess.DEVNULL)


def _papermill(folder: Path, name: str, engine: str) -> None:
    import papermill  # noqa: PLC0415

    logging.getLogger("papermill").setLevel(logging.ERROR)
    papermill.execute_notebook(
        str(folder / "in.ipynb"),
        str(folder / f"{engine}-{name}.ipynb"),
        parameters={"path": str(folder / "table.csv"), "unit": name},
        engine_name=engine,
        kernel_name="python3",
        progress_bar=False,
    )


def process(folder: Path, names: Names, engine: str = "nbclient") -> None:
    """papermill in one process, one kernel for each notebook."""
    for name in names:
        _papermill(folder, name, engine)


def process2(folder: Path, names: Names) -> None:
    """The same in two processes."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(process, [folder, folder], [names[::2], names[1::2]]))


def _warm(folder: Path, names: Names, workers: int) -> None:
    from baocao.execute.warm import control  # noqa: PLC0415
    from baocao.execute.warm.children import Expected  # noqa: PLC0415

    # First, as baocao does: the warm process imports while this one imports papermill.
    control.start(workers, Expected(len(names), len(names)))
    import papermill  # noqa: F401, PLC0415  # before the engine, which papermill loads itself

    from baocao.execute.warm import engine  # noqa: PLC0415

    known = engine.register()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda name: _papermill(folder, name, known), names))
    control.stop()


def warm1(folder: Path, names: Names) -> None:
    """This engine, one worker."""
    _warm(folder, names, 1)


def warm2(folder: Path, names: Names) -> None:
    """This engine, two workers."""
    _warm(folder, names, 2)


def spawn1(folder: Path, names: Names) -> None:
    """This engine as used if forking is not safe: interpreters started ahead, one worker."""
    os.environ["BAOCAO_PAPERMILL_ENGINE"] = "spawn"
    _warm(folder, names, 1)


def ploomber(folder: Path, names: Names) -> None:
    """ploomber-engine, embedded."""
    process(folder, names, "embedded")


def bare(folder: Path, names: Names) -> None:
    """The notebooks' code in one process."""
    from IPython.core.interactiveshell import InteractiveShell  # noqa: PLC0415

    form = InteractiveShell.instance().display_formatter.format
    for name in names:
        given: dict[str, object] = {"path": str(folder / "table.csv"), "unit": name}
        for source in CELLS:
            *before, last = source.split("\n")
            if last[0].isupper() or last.startswith("frame."):
                exec(compile("\n".join(before), name, "exec"), given)
                form(eval(compile(last, name, "eval"), given))
            else:
                exec(compile(source, name, "exec"), given)


def bare2(folder: Path, names: Names) -> None:
    """The same in two processes."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(bare, [folder, folder], [names[::2], names[1::2]]))


WAYS = {one.__name__: one for one in (command, process, process2, warm1, warm2, spawn1, ploomber, bare, bare2)}

if __name__ == "__main__":
    WAYS[sys.argv[1]](Path(sys.argv[2]), [str(i) for i in range(int(sys.argv[3]))])
