"""What Quarto's own command tells where a step of the project cannot be done."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao.cli.quarto_hooks import post_render, pre_render
from projects import copy_project


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "site", "tiny").root


def test_a_place_that_cannot_be_written_is_one_message_before_quarto_renders(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "build").write_text("", "utf-8")  # a file where a folder is wanted
    assert pre_render(site) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"Lỗi: {site / 'build'}")
    assert "ở đây đã có tệp hoặc thư mục khác" in told


def test_a_place_that_cannot_be_read_is_one_message_after_quarto_has_rendered(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = site / "reports" / "chuong" / "_book.yml"
    settings.mkdir(parents=True)
    assert post_render(site) == 2
    assert capsys.readouterr().err.startswith(f"Lỗi: {settings}: không đọc hoặc ghi được (đây là thư mục")
