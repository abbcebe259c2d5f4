"""What is refused to the warm process, or fails in it, is no end of the command, and no work without end."""

from __future__ import annotations

import errno
import os
import select
import signal
import socket
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import pytest

from baocao.execute.warm import early, forked, preload, renderer, zygote
from baocao.execute.warm.children import Expected, WarmUnavailableError


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process is forked here")
def test_a_fork_that_the_system_refuses_leaves_ctrl_c_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(preload, "warm_up_shared", dict)
    monkeypatch.setattr(os, "fork", refused)
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.raises(BlockingIOError):
        forked._fork(theirs, 1, 1)
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
    monkeypatch.setattr(renderer, "serve", lambda *_: ends())
    monkeypatch.setattr(zygote.sys, "excepthook", lambda *_: None)
    charts, address = renderer.listener()
    control, theirs = socket.socketpair()
    with control, theirs, charts:
        state = zygote.State(control, charts, address, 1)
        zygote._start_renderer(state)
        for _ in range(zygote.MOST_FAILED):
            (file,) = select.select(list(state.renderers), [], [])[0]
            zygote._ended(state, file)
        assert not state.renderers
        with socket.socket(socket.AF_UNIX) as asks, pytest.raises(ConnectionRefusedError):
            asks.connect(address)


@pytest.mark.parametrize(("asks_after", "drawn"), [(None, renderer.PRACTICE), (3, 3)])
def test_a_renderer_practises_until_it_is_asked(monkeypatch, asks_after: int | None, drawn: int) -> None:
    sock, address = renderer.listener()
    charts: list[object] = []
    with sock, socket.socket(socket.AF_UNIX) as asks:

        def draw(chart: object) -> str:
            charts.append(chart)
            if len(charts) == asks_after:
                asks.connect(address)
            return "<svg/>"

        monkeypatch.setitem(sys.modules, "vl_convert", SimpleNamespace(vegalite_to_svg=draw))
        monkeypatch.setattr(renderer, "RECYCLED_AFTER", 0)
        before = signal.getsignal(signal.SIGINT)
        try:
            renderer.serve(sock, renderer.PRACTICE)
        finally:
            signal.signal(signal.SIGINT, before)
    assert charts == [renderer.WARM] * drawn


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="no process is forked here")
@pytest.mark.parametrize(("settings", "asked"), [({}, (1, 1)), ({"few": True}, (0, 1)), ({"soon": False}, (1, 10))])
def test_only_where_notebooks_do_not_come_at_once_charts_are_drawn_for_practice(
    tmp_path, monkeypatch, settings: dict[str, bool], asked: tuple[int, int]
) -> None:
    """Number of renderers, and of charts that each draws before."""
    seen: list[tuple[int, ...]] = []

    def start(workers: int, expected: Expected | None, *, share: bool) -> None:
        forked.Zygote(workers, expected, share=share)._socket.close()

    def started(_: socket.socket, *numbers: int) -> None:
        seen.append(numbers)

    monkeypatch.setattr(early.control, "start", start)
    for name in ("_start", "_fork"):
        monkeypatch.setattr(forked, name, started)
    early.warm(tmp_path, "Asia/Ho_Chi_Minh", 2, **settings)
    assert seen == [asked]
