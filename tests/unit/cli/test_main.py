"""What the entry point tells before any command begins."""

from __future__ import annotations

import sys

import pytest

from baocao.cli import main


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder where somebody stands")
def test_a_folder_that_is_gone_is_one_message(tmp_path, monkeypatch, capsys):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(SystemExit) as ended:
        main.main(["--root", str(tmp_path), "check"])
    assert (ended.value.code, capsys.readouterr().err) == (
        2,
        "Lỗi: thư mục đang đứng không còn nữa.\n→ Chuyển (cd) vào thư mục dự án rồi chạy lại.\n",
    )
