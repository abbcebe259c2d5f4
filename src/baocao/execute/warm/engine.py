"""The papermill engine: papermill's own loop over cells, with a forked child in place of a kernel.

Use it by name: ``papermill --engine baocao in.ipynb out.ipynb``.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args

from baocao.execute.warm.client import ForkManager
from baocao.execute.warm.control import WarmUnavailableError, start, unsupported

NAME = "baocao"
SAVE_EVERY = 1.0
"""Seconds between two saves of a notebook that runs; papermill saves it twice a cell."""

_LAST_STEPS = 100_000
"""Steps of the event loop in which the messages of a dead child are worked off; far more than it takes."""

_log = logging.getLogger(__name__)


class Manager(NotebookExecutionManager):  # type: ignore[misc]
    """papermill's keeper of a notebook, saving at most once a second; nothing is lost, as the notebook lives here."""

    _next_save = 0.0

    def save(self, **kwargs: Any) -> None:
        """Save, unless that was done just now."""
        if time.monotonic() >= self._next_save:
            super().save(**kwargs)
            self._next_save = time.monotonic() + SAVE_EVERY

    def notebook_complete(self, **kwargs: Any) -> None:
        """As papermill does, and save in any case."""
        self._next_save = 0.0
        super().notebook_complete(**kwargs)


class WarmClient(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client, given a forked child."""

    def create_kernel_manager(self) -> ForkManager:
        """A stand-in for the kernel manager."""
        self.km = ForkManager()
        return self.km

    async def _async_poll_kernel_alive(self) -> None:
        """Notice the end of the child at once; nbclient asks each second."""
        kernel = self.kc
        await kernel.ended.wait()
        for _ in range(_LAST_STEPS):
            await asyncio.sleep(0)
            if kernel.iopub_channel.worked_off:
                break
        self.log.error("Kernel died while waiting for execute reply.")
        self.task_poll_for_reply.cancel()


class WarmEngine(NBClientEngine):  # type: ignore[misc]
    """Runs a notebook in a forked child; where that cannot be done, in an ordinary kernel."""

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
        """As papermill's, with fewer saves."""
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
        """Run the cells; the arguments are those of papermill's own engine."""
        if reason := unavailable():
            _log.warning("Chạy sổ tay bằng kernel thường: %s.", reason)
            options = (log_output, stdout_file, stderr_file, start_timeout, execution_timeout)
            super().execute_managed_notebook(nb_man, kernel_name, *options, **kwargs)
            return
        settings = merge_kwargs(
            remove_args(["timeout", "startup_timeout", "input_path"], **kwargs),
            timeout=execution_timeout or kwargs.get("timeout"),
            startup_timeout=start_timeout,
            kernel_name=kernel_name,
            log=logger,
            log_output=log_output,
            stdout_file=stdout_file,
            stderr_file=stderr_file,
        )
        WarmClient(nb_man, **settings).execute()


def unavailable() -> str:
    """Why notebooks cannot run in forked children here, in Vietnamese; empty if they can."""
    if reason := unsupported():
        return reason
    try:
        start()
    except (WarmUnavailableError, OSError) as error:
        return f"không khởi động được tiến trình nền ({error})"
    return ""


def register() -> str:
    """Make the engine known to papermill also where the package is not installed; returns its name."""
    papermill_engines.register(NAME, WarmEngine)
    return NAME
