"""What holds for every block of every chapter."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from baocao.present import chapters
from baocao.present.blocks import Figure, Prose, Several, Table
from baocao.present.traced import plain
from baocao.report import Report

NOTEBOOKS = Path(__file__).resolve().parents[4] / "notebooks"
MODULES = sorted(name for _, name, _ in pkgutil.iter_modules(chapters.__path__) if name != "unit")
SITE_CHAPTERS = [name for name in MODULES if (NOTEBOOKS / f"{name}.ipynb").is_file()]
ONLY_IN_SPANS = {"months"}
"""Blocks of a quarter, half-year or year: nothing where the book is of one month."""


def blocks_of(name: str, report: Report) -> Iterator[tuple[str, Prose | Table | Figure]]:
    """Every block that a chapter's module offers."""
    module = importlib.import_module(f"baocao.present.chapters.{name}")
    for key, function in inspect.getmembers(module, inspect.isfunction):
        mine = function.__module__ == module.__name__ and not key.startswith("_")
        if mine and list(inspect.signature(function).parameters) == ["report"]:
            block = function(report)
            if isinstance(block, Several):
                yield from ((f"{key} {i}" if i else key, one) for i, one in enumerate(block.blocks))
            elif isinstance(block, Prose | Table | Figure):
                yield key, block


def texts(block: Prose | Table | Figure) -> str:
    return block.svg + block.caption + block.alt if isinstance(block, Figure) else block.markdown


@pytest.fixture(params=["report", "empty_report"])
def any_report(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("name", SITE_CHAPTERS)
def test_every_block_says_something_with_figures_and_without(name, any_report):
    found = dict(blocks_of(name, any_report))
    assert "summary" in found
    assert all(texts(block).strip() for key, block in found.items() if key not in ONLY_IN_SPANS)


@pytest.mark.parametrize("name", SITE_CHAPTERS)
def test_every_figure_has_its_numbers_in_its_alternative_text_and_in_a_table_and_names_its_source(name, report):
    for key, figure in blocks_of(name, report):
        if isinstance(figure, Figure):
            assert figure.data.rows, key
            assert "Nguồn: " in figure.caption, key
            for row in figure.data.rows:
                for cell in row[1:2]:
                    assert plain(cell).replace("\\", "").split(" (")[0] in figure.alt or plain(cell) in {"0", "–"}, (
                        key,
                        cell,
                    )


@pytest.mark.parametrize("name", SITE_CHAPTERS)
def test_labels_belong_to_the_chapter_and_stand_once(name, report):
    labels = re.findall(
        r"\{#((?:tbl|fig|sec)-[^}]+)\}",
        "\n".join(f"{{#{b.label}}}" if isinstance(b, Figure) else b.markdown for _, b in blocks_of(name, report)),
    )
    slug = next(one.slug for one in report.config.book.chapters if one.notebook == name)
    assert len(labels) == len(set(labels))
    assert all(re.fullmatch(rf"(tbl|fig|sec)-{slug}-[a-z0-9-]+", label) for label in labels)


@pytest.mark.parametrize("name", SITE_CHAPTERS)
def test_submitted_text_is_never_active_and_never_carries_a_phone_number(name, report):
    for _, block in blocks_of(name, report):
        text = texts(block)
        assert "0912345678" not in text
        if isinstance(block, Figure):
            continue
        assert "<script" not in text.replace("\\<", "")
        assert "{{<" not in text


def test_the_nasty_text_is_printed_where_it_belongs(report):
    for name, key in (("notes", "difficulties"), ("quality", "findings")):
        assert r"\|\<script\>alert\(1\)" in texts(dict(blocks_of(name, report))[key])
