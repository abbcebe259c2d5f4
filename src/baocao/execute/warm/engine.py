"""The papermill engine: papermill's own loop over cells, with a warm child in place of an ordinary kernel.

It can be used by name: ``papermill --engine baocao in.ipynb out.ipynb``.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, NoSuchKernel, get_kernel_spec
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args

from baocao.execute.memory import lend_share, memory_at_bound
from baocao.execute.warm import control
from baocao.execute.warm.children import Child, WarmUnavailableError
from baocao.execute.warm.client import ForkManager

NAME = "baocao"
PEAK = "peak_mib"
"""Entry of a notebook's papermill metadata: peak memory of its process, in MiB."""

SAVE_EVERY = 1.0
"""Seconds between two saves of a running notebook; papermill itself saves twice for each cell."""

LOOK_SECONDS = 1.0
"""Seconds between two checks whether a child that runs a cell is out of memory."""

_LAST_STEPS = 100_000
"""Most steps of the event loop to deal with the messages of a dead child; far more than needed."""

_log = logging.getLogger(__name__)


class Manager(NotebookExecutionManager):  # type: ignore[misc]
    """papermill's manager of a notebook, saving at most once a second; the notebook itself is in this process."""

    _next_save = 0.0

    def save(self, **kwargs: Any) -> None:
        """Save, unless the notebook was saved just before."""
        if time.monotonic() >= self._next_save:
            super().save(**kwargs)
            self._next_save = time.monotonic() + SAVE_EVERY

    def notebook_complete(self, **kwargs: Any) -> None:
        """As papermill does, but save in any case."""
        self._next_save = 0.0
        super().notebook_complete(**kwargs)


class WarmClient(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client for a given child."""

    child: Child

    def create_kernel_manager(self) -> ForkManager:
        """The replacement for the kernel manager."""
        self.km = ForkManager(self.child)
        return self.km

    async def _async_poll_kernel_alive(self) -> None:
        """Notice at once that the child has ended (nbclient asks every second), or is out of memory."""
        kernel, before = self.kc, 0
        while not await kernel.ends_within(LOOK_SECONDS):
            # Without memory to enter an exception handler, CPython 3.11 may loop for ever and ignore signals.
            if (held := memory_at_bound(self.child.process)) and held == before:
                lend_share(self.child.process)
            before = held
        for _ in range(_LAST_STEPS):
            await asyncio.sleep(0)
            if kernel.iopub_channel.worked_off:
                break
        self.log.error("Kernel died while waiting for execute reply.")
        self.task_poll_for_reply.cancel()


class WarmEngine(NBClientEngine):  # type: ignore[misc]
    """Runs a notebook in a forked child or a new interpreter; if neither is possible, in an ordinary kernel.

    An ordinary kernel is also used if the notebook needs another kernel than this Python's.
    """

    @classmethod
    def execute_notebook(
        cls,
        nb: NotebookNode,
        kernel_name: str,
        output_path: str | None = None,
        progress_bar: bool | dict[str, Any] = True,
        log_output: bool = False,
        autosave_cell_every: int = 30,
        **kwargs: Any,
    ) -> NotebookNode:
        """As papermill's own method, with fewer saves."""
        manager = Manager(nb, output_path, log_output, progress_bar, autosave_cell_every)
        manager.notebook_start()
        try:
            cls.execute_managed_notebook(manager, kernel_name, log_output=log_output, **kwargs)
        finally:
            manager.cleanup_pbar()
            manager.notebook_complete()
        done: NotebookNode = manager.nb
        return done

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        log_output: bool = False,
        stdout_file: Any = None,
        stderr_file: Any = None,
        start_timeout: float = 60,
        execution_timeout: float | None = None,
        **kwargs: Any,
    ) -> None:
        """Run the cells; arguments as for papermill's own engine."""
        child = born(_folder(kwargs)) if is_own_kernel(kernel_name) else None
        if child is None:
            options = (log_output, stdout_file, stderr_file, start_timeout, execution_timeout)
            super().execute_managed_notebook(nb_man, kernel_name, *options, **kwargs)
            return
        executed = _executed(child, kwargs.pop("on_cell_executed", None))
        settings = merge_kwargs(
            remove_args(["timeout", "startup_timeout", "input_path"], **kwargs),
            timeout=execution_timeout or kwargs.get("timeout"),
            startup_timeout=start_timeout,
            kernel_name=kernel_name,
            log=logger,
            log_output=log_output,
            stdout_file=stdout_file,
            stderr_file=stderr_file,
            on_cell_executed=executed,
        )
        client = WarmClient(nb_man, **settings)
        client.child = child
        try:
            client.execute()
        finally:
            nb_man.nb.metadata.papermill[PEAK] = round(child.peak, 1)


def _executed(child: Child, asked: Callable[..., Any] | None) -> Callable[..., Any]:
    """A callback for each executed cell that notes the child's memory, then calls the user's callback, if any."""

    def executed(**about: Any) -> Any:
        child.note_peak()
        return asked(**about) if asked else None

    return executed


@cache
def is_own_kernel(name: str) -> bool:
    """Whether a kernel name means this Python, as in a child; not R, another Python, or an unknown kernel."""
    if name == NATIVE_KERNEL_NAME:
        return True
    try:
        found = get_kernel_spec(name)
    except NoSuchKernel:
        return False
    return found.argv[:3] == [sys.executable, "-m", "ipykernel_launcher"] and not found.env


def in_folder(folder: Path) -> dict[str, Any]:
    """nbclient's ``resources`` for a notebook whose kernel works in this folder; this engine uses them, too."""
    return {"metadata": {"path": str(folder.resolve())}}


def _folder(settings: Mapping[str, Any]) -> str:
    """The kernel's folder in a notebook's settings; empty if there is none."""
    return str(settings.get("resources", {}).get("metadata", {}).get("path", ""))


def born(folder: str = "") -> Child | None:
    """A child to run a notebook in; None if an ordinary kernel must be used. The user is told once if not forked.

    Without a folder, the child works in this process's.
    """
    how, reason = control.way()
    try:
        child = control.child(folder)
    except WarmUnavailableError as error:
        _say("Chạy sổ tay bằng kernel thường: %s.", reason or f"không khởi động được tiến trình nền ({error})")
        return None
    if how == "spawn":
        _say("Chạy sổ tay bằng trình thông dịch mở sẵn: %s.", reason)
    return child


_said: set[str] = set()


def _say(text: str, reason: str) -> None:
    if text not in _said:
        _said.add(text)
        _log.warning(text, reason)


def register() -> str:
    """Register the engine with papermill, even if the package is not installed; returns its name."""
    papermill_engines.register(NAME, WarmEngine)
    return NAME
