"""Chapters as pages, search entries, tables and Typst text, of which only the changed ones are converted again.

What was made of a chapter is kept with a hash of all that it was made from: its text, its pictures, the settings, the
code, the libraries. What other chapters see of it (its number, its titles, the identifiers that references lead to) is
its outline. As long as the outline of each changed chapter stays as it was, what was made of the others holds; if one
differs, all are converted. The result is the same as if all had been, to the byte.
"""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from baocao import files
from baocao.book.builtin.ahead import Press
from baocao.book.builtin.pandoc import Converted, converted, document, job_of
from baocao.book.builtin.project import EXTENSION, Chapter, Project
from baocao.book.builtin.shares import Conversion, Job, conversion
from baocao.sources import package_digest
from baocao.workspace import tool_versions

STORE = PurePosixPath("build/chuyen-doi.json")
"""Where what was made is kept."""
_PICTURE = re.compile(r"\]\(<?([^)\n>]+\.(?:svg|png|gif|jpe?g|webp))\b", re.IGNORECASE)

Kept = dict[str, Any]
"""What a conversion made: ``settings``; ``wanted``; ``chapters``: source → ``paper`` and ``screen`` (as far as
they were wanted), ``key``, ``outline``, ``places`` and ``problems`` of the chapter; ``around``: what belongs to no
chapter."""


def convert_changed(
    project: Project, *, screen: bool = False, paper: bool = False, press: Press | None = None
) -> Converted:
    """What pandoc makes of all chapters of a project; only changed ones are converted.

    Parameters
    ----------
    screen, paper
        What is wanted: pages, search entries and tables; the Typst document.
    press
        Is given the Typst document as soon as it stands, which is before the pages do; without, nothing is printed.
    """
    job, store = job_of(project, screen=screen, paper=paper), project.root / STORE
    keys = {chapter.source: _key(project.root, chapter) for chapter in project.chapters}
    settings, kept = _settings(project, job), _read(store)
    whole = files.digest([settings, json.dumps(job, sort_keys=True), *keys.values()])
    if kept.get("whole") == whole:
        made = _answers(kept)
        if paper and press:
            press.begin(document(project, made))
    else:
        kept = {"whole": whole, **_Making(project, job, settings, keys, kept, press).made()}
        files.write_text(store, json.dumps(kept, ensure_ascii=False) + "\n")
        made = _answers(kept)
    return converted(project, made)


def _answers(kept: Kept) -> dict[str, Any]:
    """What is kept in the form in which the processes answer; only what is wanted now."""
    chapters, wanted = kept["chapters"], kept["wanted"]
    texts = {"texts": {source: one["paper"] for source, one in chapters.items()}} if wanted["paper"] else {}
    screens = {source: one["screen"] if wanted["screen"] else "" for source, one in chapters.items()}
    problems = [problem for one in chapters.values() for problem in one["problems"]]
    places = {source: one["places"] for source, one in chapters.items()}
    return {**kept["around"], **texts, "screens": screens, "places": places, "problems": problems}


class _Making:
    """The conversion of what has changed since something was kept."""

    def __init__(
        self, project: Project, job: Job, settings: str, keys: dict[str, str], kept: Kept, press: Press | None
    ) -> None:
        self._project, self._job, self._settings, self._keys, self._press = project, job, settings, keys, press
        self._wanted = job["want"]
        needed = [form for form in ("paper", "screen") if self._wanted[form]]
        known = kept.get("chapters", {}) if kept.get("settings") == self._settings else {}
        self._known = {source: one for source, one in known.items() if source in keys}
        self._stand = {
            source
            for source, one in self._known.items()
            if one["key"] == keys[source] and all(name in one for name in needed)
        }

    def made(self) -> Kept:
        """All chapters' results, those that stand and those that are made now."""
        changed = set(self._keys) - self._stand
        if self._press and self._wanted["paper"]:
            self._press.warm()
        with conversion(self._job, changed) as running:
            outlines, whole_book = running.outlines(), not self._stand
            if any(self._known.get(source, {}).get("outline") != outlines[source] for source in changed):
                self._known, self._stand = {}, set()  # what was made of others rests on outlines that are no more
            if self._stand or whole_book:
                return self._finish(running, outlines)
        with conversion(self._job, set(self._keys)) as running:
            return self._finish(running, running.outlines())

    def _finish(self, running: Conversion, outlines: dict[str, Any]) -> Kept:
        chapters: dict[str, Any] = {source: self._known[source] for source in self._stand}
        running.go_on({source: one["outline"] for source, one in chapters.items()} | outlines)
        around = {}
        for source, outline in outlines.items():
            known = self._known.get(source, {})
            same = known if known.get("key") == self._keys[source] else {}  # in the other form it holds too
            chapters[source] = same | {"key": self._keys[source], "outline": outline, "problems": []}
        if self._wanted["paper"]:
            paper = running.paper()
            for source, text in paper.pop("texts").items():
                chapters[source] = chapters[source] | {"paper": text}
            around = paper
            if self._press:
                texts = {source: one["paper"] for source, one in chapters.items()}
                self._press.begin(document(self._project, paper | {"texts": texts}))
        answer = running.screen()
        for source, screen in answer["screens"].items():
            if self._wanted["screen"]:
                chapters[source] = chapters[source] | {"screen": screen}
        for source, places in answer["places"].items():
            chapters[source] = chapters[source] | {"places": places}
        for problem in answer["problems"]:
            chapters[problem["source"]]["problems"].append(problem)
        around |= {"notices": answer["notices"]}
        return {"settings": self._settings, "wanted": self._wanted, "chapters": chapters, "around": around}


def _key(root: Path, chapter: Chapter) -> str:
    """A hash of the chapter's own text and pictures."""
    names = (unquote(name) for name in sorted(set(_PICTURE.findall(chapter.text))))
    pictures = (root / name[1:] if name.startswith("/") else root / chapter.folder / name for name in names)
    return files.digest([chapter.text, *(files.sha256(path) if path.is_file() else "" for path in pictures)])


def _settings(project: Project, job: Job) -> str:
    """What every chapter's result rests on beside its own text: not the book's metadata, which its text holds."""
    layout = [item.get("part") or [item["source"], item["href"]] for item in job["items"]]
    shared = {name: job[name] for name in ("root", "depth", "toc_depth", "delim", "labels")}
    lua = files.folder_digest(project.root / EXTENSION, ["*.lua"])
    return files.digest([json.dumps([layout, shared], sort_keys=True), lua, package_digest(), *tool_versions()])


def _read(path: Path) -> Kept:
    found, needed = files.read_object(path), {"whole", "wanted", "settings", "chapters", "around"}
    return found if needed <= found.keys() else {}
