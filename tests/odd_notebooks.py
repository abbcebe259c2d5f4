"""Notebooks with odd cells, run by papermill in an ordinary kernel and in a forked child."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import nbformat
import papermill
from nbformat.v4 import new_code_cell, new_notebook

from baocao.execute.normalise import normalised
from baocao.execute.warm.engine import register

GRADIENT = {"gradient": "linear", "stops": [{"offset": 0, "color": "red"}, {"offset": 1, "color": "blue"}]}
CHART = {
    "data": {"values": [{"a": 1, "b": 2}, {"a": 2, "b": 5}]},
    "mark": {"type": "area", "clip": True, "color": GRADIENT},
    "encoding": {"x": {"field": "a", "type": "quantitative"}, "y": {"field": "b", "type": "quantitative"}},
}

CALM = (
    "x = 1\nx + 1",
    "import threading\nthreading.Thread().name",
    "print('a')\nx",
    "import sys\nfor i in range(200_000):\n    print(i)",
    "print('one', flush=True)\nprint('two', file=sys.stderr)\nprint('three')",
    "import warnings\nwarnings.warn('careful')",
    "import logging\nlogging.getLogger('some').warning('logged')",
    "from IPython.display import HTML, Markdown, clear_output, display, update_display",
    "h = display('a', display_id='k')",
    "update_display('b', display_id='k')",
    "display(1)\nclear_output(wait=True)\ndisplay(HTML('<b>x</b>'))",
    "display(2)\nclear_output(wait=True)",
    "Markdown('*m*')",
    "display({'text/plain': 'p', 'image/svg+xml': '<svg/>'}, raw=True, metadata={'m': 1})",
    "%%capture caught\nprint('z')",
    "caught.stdout",
    "!echo from a shell",
    "%pwd",
    "import os\nsorted(set(os.environ) - {'PYTEST_CURRENT_TEST'})",
    "sys.path, sys.flags.hash_randomization, __name__",
    "sorted(name for name in globals() if not name.startswith('_'))",
    "import asyncio\nawait asyncio.sleep(0.01)\n'waited'",
    "async def later():\n    return 5\ntask = asyncio.create_task(later())",
    "await task",
    "import threading\nt = threading.Thread(target=lambda: print('in a thread'))\nt.start()\nt.join()",
    "import ipywidgets\nipywidgets.IntSlider(value=3).value",
    "out = ipywidgets.Output()\nwith out:\n    print('inside')\nout.outputs",
    "slider = ipywidgets.IntSlider(value=3)\nslider.observe(lambda change: None)\nslider.value = 4\nslider.value",
    "import pandas\npandas.DataFrame({'a': [1, 2]})",
    "wide = pandas.DataFrame({f'cột {i}': ['x' * 9] for i in range(30)})\nprint(wide)\nwide",
    "pandas.DataFrame({'a': [1, 2]}).style.highlight_max()",
    "import altair\naltair.Chart(pandas.DataFrame({'a': [1, 2]})).mark_bar().encode(x='a')",
    "from matplotlib import pyplot\n_ = pyplot.plot([1, 3, 2])",
    "%matplotlib inline\nimport matplotlib\nfrom matplotlib import pyplot\nmatplotlib.get_backend()",
    "pyplot.rcParams['svg.hashsalt'] = 'a'\nfigure = pyplot.figure()\n_ = figure.gca().plot([1, 3, 2])",
    "figure",
    f"import vl_convert\nprint(vl_convert.vegalite_to_svg({CHART!r}))",
    f"print(vl_convert.vegalite_to_svg({CHART!r}))",
    "vl_convert.vegalite_to_svg({'mark': 'nothing of the kind'})",
    "try:\n    vl_convert.vegalite_to_svg({'mark': 'no'})\nexcept ValueError as error:\n    kept = error\n    1/0",
    "raise KeyError('of a chart') from kept",
    "raise ExceptionGroup('of charts', [kept])",
    "sys.stdout.write(3)",
    "1 / 0",
    "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    raise ValueError('b') from error",
    "x = = 1",
    "print(sys.argv[1:], os.path.basename(sys.argv[0]), os.path.isfile(sys.argv[0]))",
    "import argparse\nargparse.ArgumentParser().parse_args()",
    "from ipykernel import connect\nsorted(connect.get_connection_info(unpack=True))",
    "os.path.isfile(connect.get_connection_file())",
    "sys.exit(3)",
    "raise KeyboardInterrupt",
    "input('asked')",
    "sys.stdout.no_such_thing",
    "sys.stdout, type(sys.stderr)",
)
"""Cells of one notebook, in order; they may raise errors."""


HUNG, TRIES = 15, 4
"""Seconds and number of tries for cells in which a widget captures output: an ordinary kernel sometimes loses a message
then (nbclient and ipywidgets.Output), and the cell never ends."""
PATIENCE = 60
"""Seconds for any other cell of an ordinary kernel."""


def patience(cell: nbformat.NotebookNode) -> int:
    """Seconds to wait for a cell of an ordinary kernel."""
    return HUNG if "widgets.Output" in cell.source else PATIENCE


def write(path: Path, sources: Sequence[str], tags: Sequence[str] = ("raises-exception",)) -> None:
    """Write a notebook with these cells."""
    cells = [new_code_cell(text, id=f"c{i}", metadata={"tags": list(tags)}) for i, text in enumerate(sources)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)


def executed(
    source: Path, output: Path, *, warm: bool, by_chance: str = "CellTimeoutError", **settings: object
) -> tuple[str, nbformat.NotebookNode]:
    """The name of the exception that papermill raised (empty if none), and the executed notebook.

    ``by_chance`` is an exception that an ordinary kernel sometimes raises wrongly: the run is then repeated.
    """
    limits = {} if warm or "execution_timeout" in settings else {"timeout_func": patience}
    for _ in range(TRIES if limits else 1):
        raised, notebook = _executed(source, output, warm=warm, **limits, **settings)
        if raised != by_chance:
            break
    return raised, notebook


def _executed(source: Path, output: Path, *, warm: bool, **settings: object) -> tuple[str, nbformat.NotebookNode]:
    raised = ""
    try:
        papermill.execute_notebook(
            str(source), str(output), engine_name=register() if warm else "nbclient", kernel_name="python3",
            progress_bar=False, **settings,
        )  # fmt: skip
    except Exception as error:
        raised = type(error).__name__
    return raised, kept(output)


def kept(output: Path) -> nbformat.NotebookNode:
    """An executed notebook without what differs from run to run."""
    return normalised(nbformat.read(output, as_version=4))
