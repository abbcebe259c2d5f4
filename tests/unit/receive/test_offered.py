"""What is found behind offered paths: each file once, by its name, and nothing that hangs or leads away."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from baocao.errors import UserError
from baocao.receive import offered as module
from baocao.receive.offered import gather
from patience import ends


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    (tmp_path / "gửi").mkdir()
    return tmp_path / "gửi"


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")


def found(sent: Path, *paths: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """What is shown of the files, and of the refusals with their reason."""
    files, refusals = gather(paths or (sent,), sent.with_name("work"))
    return [one.shown for one in files], [(one.shown, one.what) for one in refusals]


def test_each_file_is_offered_once_sorted_and_without_what_systems_leave(sent):
    put(sent, "b.csv", "a.csv", "c/d.csv", "register.csv", "__MACOSX/e.csv", ".git/f.csv", "~$a.csv")
    given = (sent / "b.csv", sent, sent / "a.csv")
    assert found(sent, *given) == (["b.csv", "gửi/a.csv", "gửi/c/d.csv"], [])


def test_names_are_in_normal_form_c_whatever_the_system_makes_of_them(sent):
    put(sent, unicodedata.normalize("NFD", "Phú Lợi/Tổ 1.csv"), "z.csv ")
    files, _ = gather([sent, sent / unicodedata.normalize("NFD", "Phú Lợi")], sent.with_name("work"))
    names = [(one.shown, one.name, one.folder) for one in files]
    assert names == [("gửi/Phú Lợi/Tổ 1.csv", "Tổ 1.csv", "Phú Lợi"), ("gửi/z.csv ", "z.csv", "gửi")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes")
def test_a_pipe_is_named_and_not_waited_for(sent):
    os.mkfifo(sent / "VP.xlsx")
    with ends():
        assert found(sent) == ([], [("gửi/VP.xlsx", "Đây không phải là tệp thường.")])


@pytest.mark.parametrize("name", ["a.zip", "a.ZIP", "a.zip "])
def test_a_zip_is_known_by_its_ending(sent, name):
    put(sent, name)
    assert found(sent) == ([], [(f"gửi/{name}", "Tệp nén hỏng hoặc chưa tải về hết.")])


def test_an_unreasonable_number_of_files_is_refused_and_one_less_is_not(sent, monkeypatch):
    monkeypatch.setattr(module, "MOST_FILES", 2)
    put(sent, "a.csv", "b.csv")
    assert len(found(sent)[0]) == 2
    put(sent, "c.csv")
    with pytest.raises(UserError, match="có hơn 2 tệp"):
        found(sent)


def test_a_path_that_leads_nowhere_is_named(sent):
    with pytest.raises(UserError, match="không có tệp hay thư mục này"):
        found(sent, sent / "a.csv")
