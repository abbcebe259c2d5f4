"""What Quarto's own command tells where a step of the project cannot be done."""

from __future__ import annotations

import shutil
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


@pytest.fixture
def rendered(site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project as it is when Quarto has rendered it; the official report is one file."""
    settings = {"book": {"output-file": "bao-cao-2026-01"}, "baocao": {"month": "2026-01"}}
    files.write_text(site / "reports/chuong/_book.yml", yaml.safe_dump(settings))
    files.write_text(site / "reports/chuong/tong-quan.qmd", "# Tháng 01")
    files.write_text(site / "build/2026-01/run.json", '{"failed": []}')

    def official(space: Workspace, *_: object, **__: object) -> tuple[Path, ...]:
        files.write_text(space.book / "bao-cao-chinh-thuc.docx", "x")
        return (space.book / "bao-cao-chinh-thuc.docx",)

    monkeypatch.setattr("baocao.pipeline.official", official)
    return site


def test_a_book_that_quarto_puts_elsewhere_is_finished_there(rendered: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.write_text(rendered / "khac/index.html", '<body>\n<script src="a.js" type="module"></script>\n</body>')
    monkeypatch.setenv(OUTPUT_VARIABLE, str(rendered / "khac"))
    assert post_render(rendered) == 0
    assert "module" not in (rendered / "khac" / "index.html").read_text("utf-8")
    assert (rendered / "khac" / "bao-cao-chinh-thuc.docx").read_text("utf-8") == "x"


@pytest.mark.parametrize(("output", "kept"), [("_book", True), ("khac", False)])
def test_a_month_that_cannot_be_meant_does_not_cost_the_book_that_quarto_has_cleared_away(
    rendered: Path,
    output: str,
    kept: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = rendered / "_book" / "index.html"
    files.write_text(page, "<body>\n</body>")
    assert post_render(rendered) == 0
    stood = page.read_text("utf-8")
    shutil.rmtree(rendered / "_book")
    monkeypatch.setenv(OUTPUT_VARIABLE, str(rendered / output))
    monkeypatch.setenv("REPORT_MONTH", "2026-13")
    assert pre_render(rendered) == 2
    assert page.exists() == ("vẫn còn trong _book/" in capsys.readouterr().err) == kept
    if kept:
        assert page.read_text("utf-8") == stood
        assert (rendered / "_book" / "bao-cao-chinh-thuc.docx").is_file()


@pytest.mark.parametrize(("meanwhile", "status"), [("# Tháng 01", 0), ("# Tháng 02", 1)])
def test_chapters_that_another_command_wrote_while_quarto_worked_are_told(
    rendered: Path,
    meanwhile: str,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("baocao.pipeline.run", lambda *_, **__: None)
    monkeypatch.setattr("baocao.cli.show.run_summary", lambda _: None)
    assert pre_render(rendered) == 0
    files.write_text(rendered / "reports/chuong/tong-quan.qmd", meanwhile)
    assert post_render(rendered) == status
    assert ("lệnh khác đã ghi lại các chương" in capsys.readouterr().err) == bool(status)
