"""What a warm process imports before a notebook comes, and the calls that it makes so that the first one is fast."""

from __future__ import annotations

import builtins
import contextlib
import gc
import importlib
import os
import pkgutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

PRELOADED = (
    "ipykernel.kernelapp", "ipykernel.debugger", "IPython.core.completer", "IPython.core.completerlib", "comm",
    "IPython.core.debugger", "IPython.core.logger", "IPython.core.oinspect", "IPython.extensions.storemagic",
    "IPython.utils.capture", "pdb", "sqlite3", "stack_data", "pygments.console", "pygments.formatters.terminal256",
    "tornado.platform.asyncio", "resource", "faulthandler", "xml.dom.expatbuilder",
    "numpy", "pandas", "pandas.io.formats.html", "pandas.core.reshape.reshape", "vl_convert", "tabulate", "yaml",
    "baocao.execute.warm.kernel", "baocao.execute.warm.charts", "baocao.workspace", "baocao.present.charts",
)  # fmt: skip
"""Imported ahead; one that is not installed is left to the notebook."""

SHARED = ("pandas", "tabulate", "jupyter_client", "tornado.platform.asyncio", "baocao.workspace")
"""Imported before a warm process is forked from a command: what the command itself needs."""

PACKAGES = ("baocao.present.chapters",)
"""Packages of which every module is imported."""

SELDOM = ("IPython.core.completerlib", "sqlite3")
"""Of these, what few notebooks need: not worth waiting for where each notebook has an interpreter of its own."""

CHARTS = ("altair",)
"""What draws charts; it takes a quarter of all the time."""


def warm_up(without: Collection[str] = ()) -> dict[str, str]:
    """Import what notebooks need, with charts or without.

    Parameters
    ----------
    without
        What is not imported.

    Returns
    -------
    dict
        Variables that modules set in the environment while they are imported, as they do in any kernel.
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
    """Import what a command and its notebooks need.

    Returns
    -------
    dict
        As for :func:`warm_up`.
    """
    with _noting() as added:
        _import(SHARED)
    return added


def warm_up_charts() -> dict[str, str]:
    """Import what draws charts, and make the first calls, which are known to be safe before a fork.

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
    with Path(os.devnull).open("w") as nothing, contextlib.redirect_stderr(nothing), _as_in_a_kernel():
        # The debugger that a kernel brings has remarks on Python itself.
        gc.disable()  # nothing of what is imported ever becomes garbage
        yield added
        gc.enable()
    added.update({name: value for name, value in os.environ.items() if before.get(name) != value})


@contextlib.contextmanager
def _as_in_a_kernel() -> Iterator[None]:
    """pandas asks, when it is imported, whether it is in a kernel; anywhere else it cuts tables to fit a terminal."""
    vars(builtins)["get_ipython"] = lambda: SimpleNamespace(kernel=None)
    yield
    del vars(builtins)["get_ipython"]


def _import(names: Iterable[str]) -> None:
    for name in names:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def _warm_altair() -> None:
    """At its first chart Altair builds the checker of charts and imports what reads a table."""
    import altair  # noqa: PLC0415
    import pandas  # noqa: PLC0415

    altair.Chart(pandas.DataFrame({"a": [1]})).mark_bar().encode(x="a:Q").to_dict()
