"""What is refused to the warm process, or fails in it, is no end of the command, and no work without end."""

from __future__ import annotations

import errno
import os
import select
import signal
import socket
from pathlib import Path
from typing import NoReturn

import pytest

from baocao.execute.warm import forked, preload, renderer, zygote
from baocao.execute.warm.children import WarmUnavailableError


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process is forked here")
def test_a_fork_that_the_system_refuses_leaves_ctrl_c_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(preload, "warm_up_shared", dict)
    monkeypatch.setattr(os, "fork", refused)
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.raises(BlockingIOError):
        forked._fork(theirs, 1)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no disk that is always full")
def test_a_helper_whose_arguments_find_no_room_is_as_one_that_came_to_grief(monkeypatch: pytest.MonkeyPatch) -> None:
    def born() -> NoReturn:
        raise WarmUnavailableError

    monkeypatch.setattr(forked.tempfile, "TemporaryFile", lambda: Path("/dev/full").open("wb"))  # noqa: SIM115
    helper = forked.Helper(born)
    helper.call("x" * 100_000)
    helper.wait()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="no process is forked here")
@pytest.mark.parametrize("ends", [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: 1 / 0])
def test_where_each_renderer_of_charts_fails_there_are_no_more_after_a_few(monkeypatch, ends) -> None:
    monkeypatch.setattr(renderer, "serve", lambda _: ends())
    monkeypatch.setattr(zygote.sys, "excepthook", lambda *_: None)
    charts, address = renderer.listener()
    control, theirs = socket.socketpair()
    with control, theirs, charts:
        state = zygote.State(control, charts, address)
        zygote._start_renderer(state)
        for _ in range(zygote.MOST_FAILED):
            (file,) = select.select(list(state.renderers), [], [])[0]
            zygote._ended(state, file)
        assert not state.renderers
        with socket.socket(socket.AF_UNIX) as asks, pytest.raises(ConnectionRefusedError):
            asks.connect(address)
