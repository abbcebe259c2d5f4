"""Chapters as pages, search entries, tables and Typst text, of which only the changed ones are converted again.

What was made of a chapter is kept with a hash of all that it was made from: its text, its pictures, the settings, the
code. What other chapters see of it (its number, its titles, the identifiers that references lead to) is its outline. As
long as the outline of each changed chapter stays as it was, what was made of the others holds; if one differs, all are
converted. The result is the same as if all had been, to the byte.
"""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath
from typing import Any

from baocao import files
from baocao.book.builtin.pandoc import Converted, converted, job_of, run_job
from baocao.book.builtin.project import EXTENSION, Chapter, Project
from baocao.sources import package_digest

SCREEN, PAPER = PurePosixPath("build/chuyen-doi.json"), PurePosixPath("build/chuyen-doi-giay.json")
"""Where what was made is kept; in two files, for the two are made at the same time."""
_PICTURE = re.compile(r"\]\(([^)\s]+\.(?:svg|png|gif|jpe?g|webp))\)", re.IGNORECASE)

Made = dict[str, Any]
"""What was made of a chapter, with its ``key``, ``outline`` and ``problems``."""


def for_screen(project: Project) -> Converted:
    """All pages, search entries and tables of a project; only changed chapters are converted."""
    return _converted(project, job_of(project, screen=True), SCREEN)


def for_paper(project: Project) -> Converted:
    """The Typst document of a project; only changed chapters are converted."""
    return _converted(project, job_of(project, paper=True), PAPER)


def _converted(project: Project, job: dict[str, Any], name: PurePosixPath) -> Converted:
    store = project.root / name
    whole, kept = files.digest([json.dumps(job, sort_keys=True), *_keys(project).values()]), _read(store)
    if kept.get("whole") != whole:
        kept = {"whole": whole, **_made(project, job, kept)}
        files.write_text(store, json.dumps(kept, ensure_ascii=False) + "\n")
    chapters = [kept["chapters"][chapter.source] for chapter in project.chapters]
    return converted(project, chapters, [one for made in chapters for one in made["problems"]], kept["around"])


def _keys(project: Project) -> dict[str, str]:
    """Source → a hash of the chapter's own text and pictures."""
    return {chapter.source: _key(project.root, chapter) for chapter in project.chapters}


def _key(root: Path, chapter: Chapter) -> str:
    pictures = (root / chapter.folder / name for name in sorted(set(_PICTURE.findall(chapter.text))))
    return files.digest([chapter.text, *(files.sha256(path) if path.is_file() else "" for path in pictures)])


def _made(project: Project, job: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any]:
    settings, keys = _settings(project, job), _keys(project)
    known: dict[str, Made] = kept.get("chapters", {}) if kept.get("settings") == settings else {}
    changed = {source for source, key in keys.items() if known.get(source, {}).get("key") != key}
    answer = run_job(_with_outlines(job, known, changed))
    chapters = _chapters(answer, keys)
    if known and any(chapters[source]["outline"] != known[source]["outline"] for source in changed):
        answer = run_job(job)
        chapters, known = _chapters(answer, keys), {}
    around = {name: answer[name] for name in ("notices", "frame", "parts") if name in answer}
    return {"settings": settings, "chapters": known | chapters, "around": around}


def _settings(project: Project, job: dict[str, Any]) -> str:
    """What every chapter's result rests on beside its own text: not the book's metadata, which its text holds."""
    layout = [item.get("part") or [item["source"], item["href"]] for item in job["items"]]
    shared = {name: job[name] for name in ("root", "depth", "toc_depth", "delim", "labels")}
    lua = files.folder_digest(project.root / EXTENSION, ["*.lua"])
    return files.digest([json.dumps([layout, shared], sort_keys=True), lua, package_digest()])


def _with_outlines(job: dict[str, Any], known: dict[str, Made], changed: set[str]) -> dict[str, Any]:
    """The job with outlines in place of the texts of chapters that have not changed."""
    items = []
    for item in job["items"]:
        stands = "source" in item and item["source"] in known and item["source"] not in changed
        items.append(item | {"text": "", "outline": known[item["source"]]["outline"]} if stands else item)
    return job | {"items": items}


def _chapters(answer: dict[str, Any], keys: dict[str, str]) -> dict[str, Made]:
    made: dict[str, Made] = {}
    for one in answer["chapters"] or ():
        source = one["source"]
        problems = [problem for problem in answer["problems"] or () if problem["source"] == source]
        made[source] = one | {"key": keys[source], "problems": problems}
    return made


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and {"whole", "settings", "chapters", "around"} <= found.keys() else {}
