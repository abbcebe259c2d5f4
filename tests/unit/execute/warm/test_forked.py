"""A zygote that cannot be forked leaves the process as it was."""

from __future__ import annotations

import errno
import os
import signal
import socket

import pytest

from baocao.execute.warm import forked, preload


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
