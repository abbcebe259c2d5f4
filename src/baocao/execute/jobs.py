"""The notebooks that a month needs, with their parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from baocao.config.models import Book, Unit
from baocao.errors import UserError
from baocao.months import Term

Parameter = str | int | float | bool


@dataclass(frozen=True)
class Job:
    """One run of one notebook.

    ``name`` is the chapter's slug, unique in the month; ``unit`` is the unit's code for a unit chapter, else empty.
    """

    name: str
    notebook: Path
    title: str
    part: str = ""
    unit: str = ""
    parameters: Mapping[str, Parameter] = field(default_factory=dict, hash=False)


def unit_slug(slug: str, unit: Unit) -> str:
    """The name of a unit chapter: ``don-vi-vhxh``."""
    return f"{slug}-{unit.code.lower()}"


def month_jobs(book: Book, notebooks: Path, month: Term, units: tuple[Unit, ...]) -> tuple[Job, ...]:
    """The month's jobs, in the order of the book."""
    jobs: list[Job] = []
    for i, chapter in enumerate(book.chapters):
        path = notebooks / f"{chapter.notebook}.ipynb"
        if not path.is_file():
            raise UserError(
                f"chương “{chapter.title}” cần sổ tay {path.name}, nhưng không có tệp này.",
                where=f"params/book.yml: chapters[{i}].notebook",
                hint=f"Đặt lại notebooks/{path.name}, hoặc bỏ chương khỏi params/book.yml.",
            )
        given = {"month": str(month)}
        if chapter.per == "month":
            jobs.append(Job(chapter.slug, path, chapter.title, chapter.part, parameters=given))
            continue
        for unit in units:
            name = unit_slug(chapter.slug, unit)
            jobs.append(Job(name, path, unit.name, chapter.part, unit.code, given | {"unit": unit.code}))
    return tuple(jobs)
