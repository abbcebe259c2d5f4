"""When a watched book is made again, and what of: rounds without what they make."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from baocao.cli import rebuild
from baocao.errors import ExitCode

DATA = "data/submissions/2026-01/VP.hoat-dong.csv"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("_quarto.yml", "params/site.yml", DATA):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("a", "utf-8")
    return tmp_path


class Rounds:
    """What became of rounds: which were started and how, which were run; each does what is set for it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.started: list[tuple[bool, bool]] = []
        self.does: list[Callable[[], int]] = []
        self.waits: list[Callable[[], None]] = []
        self.holding = True
        self.open = self.prepared = 0

    def made(self, asked: dict[str, object], *, ahead: bool) -> _Round:
        assert asked["start"] == str(self.root)
        self.started.append((ahead, bool(asked["force"])))
        return _Round(self)

    def change(self, text: str) -> None:
        (self.root / DATA).write_text(text, "utf-8")


class _Round:
    def __init__(self, rounds: Rounds) -> None:
        self._rounds = rounds
        rounds.open += 1

    def holds(self) -> bool:
        return self._rounds.holding

    def prepare(self) -> None:
        self._rounds.prepared += 1

    def run(self) -> int:
        return self._rounds.does.pop(0)()

    def end(self) -> None:
        self._rounds.open -= 1


@pytest.fixture
def rounds(root: Path, monkeypatch: pytest.MonkeyPatch) -> Rounds:
    """Rounds of a project; whoever waits for a change makes the next one that is set, or is stopped."""
    rounds = Rounds(root)
    monkeypatch.setattr(rebuild, "_Round", rounds.made)

    def wait(watched: rebuild.Watched, before: object, noticed: Callable[[], None]) -> object:
        if not rounds.waits:
            raise KeyboardInterrupt
        rounds.waits.pop(0)()
        noticed()
        assert watched.glance() != before
        return watched.glance()

    monkeypatch.setattr(rebuild.Watched, "wait_for_change", wait)
    return rounds


def watch(rounds: Rounds, *, force: bool = False) -> None:
    with pytest.raises(KeyboardInterrupt):
        rebuild.watch(rounds.root, {"force": force})


def test_the_next_round_stands_by_and_is_not_forced(rounds, capsys):
    rounds.does = [lambda: 0, lambda: 1]
    rounds.waits = [lambda: rounds.change("bb")]
    watch(rounds, force=True)
    assert rounds.started == [(False, True), (True, False), (True, False)]
    assert rounds.prepared == 1
    assert f"Có thay đổi: {DATA}." in capsys.readouterr().err


def changing(rounds: Rounds, text: str) -> Callable[[], int]:
    def do() -> int:
        rounds.change(text)
        return 0

    return do


@pytest.mark.skipif(sys.platform == "win32", reason="there it is told of their end only")
def test_a_round_that_stands_by_is_told_of_changes_under_way_of_their_end_and_of_the_end_of_all(root, monkeypatch):
    told = BytesIO()
    monkeypatch.setattr(rebuild.subprocess, "Popen", lambda *_, **__: SimpleNamespace(stdin=told, wait=lambda: 0))
    started = rebuild._Round({"start": str(root)}, ahead=True)
    started.prepare()
    assert started.run() == 0
    monkeypatch.setattr(rebuild.sys, "stdin", SimpleNamespace(buffer=BytesIO(told.getvalue())))
    assert [rebuild._wait(), rebuild._wait()] == [False, True]
    with pytest.raises(KeyboardInterrupt):
        rebuild._wait()


def test_what_changes_during_a_round_is_followed_by_another_one_at_once(rounds):
    rounds.does = [changing(rounds, "bb"), lambda: 0]
    watch(rounds)
    assert rounds.started == [(False, False), (False, False), (True, False)]


def test_rounds_that_change_what_they_rest_on_come_to_an_end(rounds):
    rounds.does = [changing(rounds, "b" * n) for n in (2, 3, 4)]
    watch(rounds)
    assert [ahead for ahead, _ in rounds.started] == [False, False, True]


def test_a_round_that_stands_by_with_another_program_is_ended_unused(rounds):
    rounds.does = [lambda: 0, lambda: 0]
    rounds.waits = [lambda: rounds.change("bb")]
    rounds.holding = False
    watch(rounds)
    assert [ahead for ahead, _ in rounds.started] == [False, True, False, True]
    assert rounds.open == 2, "those that ran end by themselves"


def test_after_settings_that_cannot_be_used_nothing_stands_by(rounds, capsys):
    rounds.does = [lambda: 0, lambda: ExitCode.USAGE, lambda: 0]
    rounds.waits = [lambda: rounds.change("bb"), lambda: rounds.change("ccc")]
    watch(rounds)
    assert [ahead for ahead, _ in rounds.started] == [False, True, False, True]
    assert "dừng bất thường" not in capsys.readouterr().err


def test_a_first_round_that_cannot_begin_is_the_last(rounds):
    rounds.does = [lambda: ExitCode.USAGE]
    assert rebuild.watch(rounds.root, {"force": False}) == ExitCode.USAGE


def test_an_accident_is_told_and_the_next_change_waited_for(rounds, capsys):
    rounds.does = [lambda: -9, lambda: 0]
    rounds.waits = [lambda: rounds.change("bb")]
    watch(rounds)
    assert "dừng bất thường (mã -9)" in capsys.readouterr().err
