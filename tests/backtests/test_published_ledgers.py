"""Published figures do not move: the ledgers of the closed demonstration months, row by row."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from baocao import files
from baocao.measures.ledger import Ledger, Row

ROOT = Path(__file__).resolve().parents[2]


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("backtests_tool", ROOT / "tools" / "backtests.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


TOOL = _tool()
PUBLISHED = TOOL.published()
THEN = Ledger(
    [Row("2025-08", "*", "activities", value="12"), Row("2025-08", "*", "reach", value="5", rows="A@2025-08#1")]
)


def test_every_demonstration_month_is_published() -> None:
    assert sorted(PUBLISHED) == sorted(path.name for path in (ROOT / "data" / "submissions").iterdir() if path.is_dir())


@pytest.mark.parametrize("month", PUBLISHED)
def test_no_published_figure_moved(month: str) -> None:
    found = TOOL.moved(TOOL.ledger_then(month), TOOL.ledger_now(ROOT, month))
    lines = [f"{one.row.id}: {one.then and one.then.value} -> {one.now and one.now.value}" for one in found[:20]]
    assert not lines, f"explain them in CHANGELOG.md under “Figures”, then: make backtests ({len(found)} figures)"


@pytest.mark.parametrize("month", PUBLISHED)
def test_no_figure_of_today_is_unpublished(month: str) -> None:
    text = (TOOL.FOLDER / f"{month}.csv").read_text("utf-8")
    assert text == TOOL.figures_text(TOOL.ledger_now(ROOT, month)), "figures are new: make backtests"
    assert PUBLISHED[month]["sha256"] == files.digest([text]), "changed by hand: make backtests"


def test_the_changelog_explains_every_revision_of_a_published_month() -> None:
    assert not TOOL.unexplained(PUBLISHED, TOOL.CHANGELOG.read_text("utf-8"))


def test_a_figure_that_moves_is_refused_until_the_changelog_says_why(tmp_path: Path) -> None:
    assert not TOOL.publish("2025-08", THEN, "", tmp_path)
    now = Ledger([THEN.rows[0]._replace(value="13"), THEN.rows[1]])
    refused = TOOL.publish("2025-08", now, "# Changelog\n\n### Figures\n\n- 2025-09 r2: another month\n", tmp_path)
    assert "2025-08 r2" in refused[0]
    assert refused[1:] == ["  2025-08|*|activities|: 12 -> 13"]
    assert not TOOL.moved(TOOL.ledger_then("2025-08", tmp_path), THEN)
    assert not TOOL.publish("2025-08", now, "### Figures\n\n- 2025-08 r2: a double row counts once\n", tmp_path)
    assert TOOL.published(tmp_path / "published.json")["2025-08"]["revision"] == 2
    assert TOOL.unexplained(TOOL.published(tmp_path / "published.json"), "") == ["2025-08 r2"]


@pytest.mark.parametrize(
    ("now", "count"),
    [
        ([THEN.rows[0]], 1),
        ([THEN.rows[0]._replace(value=""), THEN.rows[1]], 1),
        ([*THEN.rows, Row("2025-08", "*", "cost", value="1")], 0),
        ([THEN.rows[0], THEN.rows[1]._replace(rows="A@2025-08#2")], 0),
    ],
)
def test_a_row_that_is_gone_moved_and_a_row_that_is_new_did_not(now: list[Row], count: int) -> None:
    assert len(TOOL.moved(THEN, Ledger(now))) == count
