"""What a warm process imports before a notebook comes, and calls that it makes so that later ones are fast."""

from __future__ import annotations

import builtins
import contextlib
import importlib
import os
import pkgutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

from baocao.process import uncollected

PRELOADED = (
    "ipykernel.kernelapp", "ipykernel.debugger", "IPython.core.completer", "IPython.core.completerlib", "comm",
    "IPython.core.debugger", "IPython.core.logger", "IPython.core.oinspect", "IPython.extensions.storemagic",
    "IPython.utils.capture", "pdb", "sqlite3", "stack_data", "pygments.console", "pygments.formatters.terminal256",
    "tornado.platform.asyncio", "resource", "faulthandler", "xml.dom.expatbuilder",
    "numpy", "pandas", "pandas.io.formats.html", "pandas.core.reshape.reshape", "vl_convert", "tabulate", "yaml",
    "baocao.execute.warm.kernel", "baocao.execute.warm.charts", "baocao.workspace", "baocao.present.charts",
)  # fmt: skip
"""Modules imported ahead, if they are installed."""

SHARED = ("pandas", "tabulate", "jupyter_client", "tornado.platform.asyncio", "baocao.workspace")
"""Modules imported before a warm process is forked from a command, which needs them, too."""

PACKAGES = ("baocao.present.chapters",)
"""Packages of which every module is imported."""

SELDOM = ("IPython.core.completerlib", "sqlite3")
"""Modules that few notebooks need: not worth waiting for if every notebook gets a new interpreter."""

CHARTS = ("altair",)
"""Modules for drawing charts, which take a quarter of the import time."""


def warm_up(without: Collection[str] = ()) -> dict[str, str]:
    """Import what notebooks need.

    Parameters
    ----------
    without
        Modules to leave out, such as those for charts.

    Returns
    -------
    dict
        Environment variables that modules set while they are imported, as they do in any kernel.
    """
    names = [name for name in PRELOADED if name not in without]
    with _noting() as added:
        for package in PACKAGES:
            with contextlib.suppress(ImportError):
                found = pkgutil.iter_modules(importlib.import_module(package).__path__, f"{package}.")
                names += [module.name for module in found]
        _import(names)
    return added


def warm_up_shared() -> dict[str, str]:
    """Import what both a command and its notebooks need.

    Returns
    -------
    dict
        As for :func:`warm_up`.
    """
    with _noting() as added:
        _import(SHARED)
    return added


def warm_up_charts() -> dict[str, str]:
    """Import what draws charts, and make first calls, which are known to be safe before a fork.

    Returns
    -------
    dict
        As for :func:`warm_up`.
    """
    with _noting() as added:
        _import(CHARTS)
        with contextlib.suppress(ImportError):
            _warm_altair()
    return added


@contextlib.contextmanager
def _noting() -> Iterator[dict[str, str]]:
    added: dict[str, str] = {}
    before = dict(os.environ)
    with (
        Path(os.devnull).open("w") as nothing,
        contextlib.redirect_stderr(nothing),  # the debugger that a kernel brings has remarks on Python itself
        _as_in_a_kernel(),
        uncollected(),  # imported modules never become garbage
    ):
        yield added
    added.update({name: value for name, value in os.environ.items() if before.get(name) != value})


@contextlib.contextmanager
def _as_in_a_kernel() -> Iterator[None]:
    """Pretend to be in a kernel, which pandas checks on import; elsewhere it would cut tables to fit a terminal."""
    vars(builtins)["get_ipython"] = lambda: SimpleNamespace(kernel=None)
    yield
    del vars(builtins)["get_ipython"]


def _import(names: Iterable[str]) -> None:
    for name in names:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def _warm_altair() -> None:
    """Make a first chart: for this Altair builds its schema checker and imports its table readers."""
    import altair  # noqa: PLC0415
    import pandas  # noqa: PLC0415

    altair.Chart(pandas.DataFrame({"a": [1]})).mark_bar().encode(x="a:Q").to_dict()
