"""The tiny site's report as the pipeline makes it, and templates of a test's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from baocao.config.models import OfficialForm
from baocao.config.months import Additions
from baocao.intake.schema import frame_of
from baocao.months import Month
from baocao.official.content import Document
from baocao.official.documents import documents
from baocao.official.figures import Figures
from baocao.official.label import label_of
from baocao.official.templates import Templates
from baocao.official.vocabulary import vocabulary
from baocao.report import Report
from baocao.workspace import Workspace, load_report
from projects import copy_project

Blocks = Callable[[str], tuple[object, ...]]


@pytest.fixture(scope="session")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A copy of the tiny site. Not to be written to."""
    return Workspace.find(copy_project(tmp_path_factory.mktemp("official") / "site", site="tiny").root)


@pytest.fixture(scope="session")
def report(space: Workspace) -> Report:
    return load_report(space, Month(2026, 1))


@pytest.fixture(scope="session")
def bare_report(space: Workspace) -> Report:
    """A month from which nobody reported."""
    return load_report(space, Month(2026, 2))


@pytest.fixture(scope="session")
def figures(report: Report) -> Figures:
    return Figures(report, label_of(report))


@pytest.fixture(scope="session")
def both(space: Workspace, report: Report) -> tuple[Document, Document]:
    """The official report and the extract."""
    return documents(space.root, report, label_of(report), Additions())


@pytest.fixture(scope="session")
def form(report: Report) -> OfficialForm:
    return report.config.official


@pytest.fixture
def rendered(tmp_path: Path, figures: Figures) -> Blocks:
    """What a template text becomes, with the vocabulary of the tiny site."""

    def render(text: str) -> tuple[object, ...]:
        folder = tmp_path / "reports" / "chinh-thuc"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "mau.md").write_text(text, "utf-8")
        return Templates(tmp_path, vocabulary(figures, Additions())).blocks("mau.md")

    return render


@pytest.fixture
def with_notes(report: Report) -> Callable[..., Report]:
    """The report with notes of one's own: (unit, kind, text) each."""

    def make(*notes: tuple[str, str, str]) -> Report:
        rows = [(unit, "2026-01", i, kind, text, "f", "s", i) for i, (unit, kind, text) in enumerate(notes, 1)]
        return replace(report, records=replace(report.records, notes=frame_of("notes", rows)))

    return make
