"""What Quarto's own command tells where a step of the project cannot be done."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from baocao import files
from baocao.cli.quarto_hooks import OUTPUT_VARIABLE, post_render, pre_render
from baocao.workspace import Workspace
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


def test_a_book_that_quarto_puts_elsewhere_is_finished_there(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"book": {"output-file": "bao-cao-2026-01"}, "baocao": {"month": "2026-01"}}
    for name, text in {
        "reports/chuong/_book.yml": yaml.safe_dump(settings),
        "build/2026-01/run.json": '{"failed": []}',
        "khac/index.html": '<body>\n<script src="a.js" type="module"></script>\n</body>',
    }.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def official(space: Workspace, *_: object, **__: object) -> tuple[Path, ...]:
        files.write_text(space.book / "bao-cao-chinh-thuc.docx", "x")
        return (space.book / "bao-cao-chinh-thuc.docx",)

    monkeypatch.setattr("baocao.pipeline.official", official)
    monkeypatch.setenv(OUTPUT_VARIABLE, str(site / "khac"))
    assert post_render(site) == 0
    assert "module" not in (site / "khac" / "index.html").read_text("utf-8")
    assert (site / "khac" / "bao-cao-chinh-thuc.docx").read_text("utf-8") == "x"
