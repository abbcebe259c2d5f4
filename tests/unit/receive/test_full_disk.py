"""A disk that takes no more amid a receipt of several submissions: what came in stands, and the rest is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from baocao import files
from baocao.cli import show_receive
from baocao.errors import UserError
from baocao.receive import store as store_module
from baocao.receive.store import is_pending
from receiving import Desk, book, line

UNITS = ("VP", "BanMay", "BanGio")


@pytest.fixture
def sent(desk: Desk) -> Desk:
    for unit in UNITS:
        desk.put(f"{unit}.xlsx", book([line(f"Họp {unit}")], unit=unit))
    return desk


def full_at(patch: pytest.MonkeyPatch, owner: object, name: str, number: int) -> None:
    """Let a function find the submissions' disk full at its call of that number there, and from then on."""
    calls, real = 0, getattr(owner, name)

    def write(*arguments: object, **options: object) -> object:
        nonlocal calls
        calls += any("submissions" in Path(str(one)).parts for one in arguments)
        if calls >= number:
            raise OSError(28, "No space left on device")
        return real(*arguments, **options)

    patch.setattr(owner, name, write)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_what_came_in_stands_and_what_did_not_is_named(sent, monkeypatch, capsys, number):
    with monkeypatch.context() as patch:
        full_at(patch, store_module.shutil, "copyfile", number)
        done = sent.receive()
    kept, left = UNITS[: number - 1], UNITS[number - 1 :]
    assert set(sent.kept()) == {f"2026-01/{unit}.xlsx" for unit in kept}
    assert [row["unit"] for row in sent.register()] == list(kept)
    assert show_receive.received(done, as_json=False) == 1
    told = capsys.readouterr()
    assert [text for text in told.out.splitlines() if text] == [
        *(f"Đã nhận: data/submissions/2026-01/{unit}.xlsx" for unit in kept),
        f"Chưa nhận vì không ghi được: {'; '.join(f'sent/{unit}.xlsx' for unit in left)}",
    ]
    assert "không ghi được tệp (đĩa đã đầy)" in told.err
    assert show_receive.received(done, as_json=True) == 1
    said = json.loads(capsys.readouterr().out)
    assert [one["unit"] for one in said["submissions"] if one["stored"]] == list(kept)
    assert said["failure"] == {
        "message": "không ghi được tệp (đĩa đã đầy).",
        "action": "Kiểm tra dung lượng đĩa và quyền ghi rồi nhận lại.",
        "unfinished": [],
        "not_stored": [f"sent/{unit}.xlsx" for unit in left],
    }
    assert sent.receive().complete
    assert len(sent.kept()) == len(sent.register()) == len(UNITS)


def test_what_counts_and_is_not_put_away_is_told_as_that_until_it_is(sent, monkeypatch, capsys):
    folder: Path = sent.space.submissions
    with monkeypatch.context() as patch:
        full_at(patch, files, "write_bytes", 4)  # plan and register of the first, plan of the second
        done = sent.receive()
        assert (is_pending(folder), done.unfinished) == (True, done.stored[1])
        with pytest.raises(UserError, match=r"chưa cất xong tệp \(đĩa đã đầy\)"):
            sent.receive()
    show_receive.received(done, as_json=False)
    assert (
        "2026-01/BanMay.xlsx (chưa cất xong)\nChưa nhận vì không ghi được: sent/BanGio.xlsx\n"
        in capsys.readouterr().out
    )
    assert done.failure is not None
    assert "lệnh sau sẽ cất nốt" in done.failure.hint
    assert sent.receive().dry_run.recovered == ("2026-01/BanMay.xlsx",)
    assert len(sent.kept()) == len(sent.register()) == len(UNITS)


def test_a_submission_with_rejected_rows_is_not_advised_to_be_accepted_where_it_was(sent, monkeypatch, capsys):
    sent.put("VP.xlsx", book([line("Họp"), line("Sai", Số_lượng="hai")]))
    full_at(monkeypatch, store_module.shutil, "copyfile", 1)
    show_receive.received(sent.receive(accept_rejections=True), as_json=False)
    assert "--accept-rejections" not in capsys.readouterr().out
