"""Frames over a socket arrive whole, however they are cut on the way."""

from __future__ import annotations

import socket

import pytest

from baocao.execute.warm import wire

MESSAGES = [[b""], [], [b"a", b"", b"bc" * 1000]]


@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_messages_cut_anywhere_are_put_together_again(step):
    data = b"".join(wire.pack(message) for message in MESSAGES)
    unpacker = wire.Unpacker()
    found = [m for start in range(0, len(data), step) for m in unpacker.feed(data[start : start + step])]
    assert found == MESSAGES


def test_a_closed_socket_is_an_end_and_not_a_wait():
    ours, theirs = socket.socketpair()
    with ours:
        theirs.close()
        with pytest.raises(EOFError):
            wire.receive(ours)
