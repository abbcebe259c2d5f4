"""Converting only changed chapters to pages, search entries, tables and Typst text.

A chapter's result is kept with a hash of all that it depends on: its text, its pictures, the settings, the code, the
libraries. A chapter's outline is what other chapters depend on: its number, its titles, the identifiers that references
lead to. While the outlines of changed chapters stay the same, results of other chapters are valid; if an outline
differs, all chapters are converted. The result is the same, to the byte, as converting everything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
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
"""File with the kept results."""
_PICTURE = re.compile(
    r"""(?=(?:\](?:\(|:)\s*<?|\bsrc=["'])([^\n]{1,250}?\.(?:svg|png|gif|jpe?g|webp))\b)""", re.IGNORECASE
)
"""A picture's place, in brackets or after a reference's name; with more before it where a link stands before it."""
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")

Kept = dict[str, Any]
"""Results of a conversion: ``settings``; ``wanted``; ``chapters``: source → the chapter's ``paper`` and ``screen`` (if
wanted), ``key``, ``outline``, ``places`` and ``problems``; ``around``: what belongs to no chapter."""


def _nothing() -> None:
    return


_latest: dict[str, Converted] = {}
"""Hash of all that the latest conversion of this process depended on → its result, because a book is converted for its
exports, and right afterwards for its pages. One only: the sites of a province are made by one process."""


def convert_changed(
    project: Project,
    *,
    screen: bool = False,
    paper: bool = False,
    press: Press | None = None,
    meanwhile: Callable[[], None] = _nothing,
) -> Converted:
    """Convert all chapters of a project, with kept results for unchanged ones.

    Parameters
    ----------
    screen, paper
        Whether pages, search entries and tables, and whether the Typst document are wanted.
    press
        Given the Typst document as soon as it is complete, before the pages are; if None, no PDF is begun.
    meanwhile
        Called once, while pandoc works if it has to.
    """
    job, store = job_of(project, screen=screen, paper=paper), project.root / STORE
    keys = {chapter.source: _key(project.root, chapter) for chapter in project.chapters}
    settings = _settings(project, job)
    whole = files.digest([settings, json.dumps(job, sort_keys=True), *keys.values()])
    found = _latest.get(whole)
    if found is None:
        kept = _read(store)
        if kept.get("whole") != whole:
            kept = {"whole": whole, **_Making(project, job, settings, keys, kept, press, meanwhile).made()}
            files.write_text(store, json.dumps(kept, ensure_ascii=False) + "\n")
            press, meanwhile = None, _nothing  # both were served
        found = converted(project, _answers(kept))
        _latest.clear()
        _latest[whole] = found
    if paper and press:
        press.begin(found.typst)
    meanwhile()
    return found


def _answers(kept: Kept) -> dict[str, Any]:
    """The kept results in the form of the processes' answers, restricted to what is wanted now."""
    chapters, wanted = kept["chapters"], kept["wanted"]
    texts = {"texts": {source: one["paper"] for source, one in chapters.items()}} if wanted["paper"] else {}
    screens = {source: one["screen"] if wanted["screen"] else "" for source, one in chapters.items()}
    problems = [problem for one in chapters.values() for problem in one["problems"]]
    places = {source: one["places"] for source, one in chapters.items()}
    return {**kept["around"], **texts, "screens": screens, "places": places, "problems": problems}


class _Making:
    """A conversion of the chapters that have changed since results were kept."""

    def __init__(
        self,
        project: Project,
        job: Job,
        settings: str,
        keys: dict[str, str],
        kept: Kept,
        press: Press | None,
        meanwhile: Callable[[], None],
    ) -> None:
        self._project, self._job, self._settings, self._keys = project, job, settings, keys
        self._press, self._meanwhile = press, meanwhile
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
        """The results of all chapters, kept or new."""
        changed = set(self._keys) - self._stand
        if self._press and self._wanted["paper"]:
            self._press.warm()
        with conversion(self._job, changed) as running:
            self._meanwhile()
            outlines, whole_book = running.outlines(), not self._stand
            if any(self._known.get(source, {}).get("outline") != outlines[source] for source in changed):
                self._known, self._stand = {}, set()  # kept results depend on outlines that have changed
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
            same = known if known.get("key") == self._keys[source] else {}  # valid for the other form, too
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
    names = (unquote(_ESCAPE.sub("", name)) for name in sorted(set(_PICTURE.findall(chapter.text))))
    pictures = (root / name[1:] if name.startswith("/") else root / chapter.folder / name for name in names)
    return files.digest([chapter.text, *map(_picture, pictures)])


def _picture(path: Path) -> str:
    try:
        return files.sha256(path) if path.is_file() else ""  # a pipe would never end
    except (OSError, ValueError):  # cannot be read, or no name of a file
        return ""


def _settings(project: Project, job: Job) -> str:
    """One hash over what all results depend on besides a chapter's text, which already contains the book's metadata."""
    layout = [item.get("part") or [item["source"], item["href"]] for item in job["items"]]
    shared = {name: job[name] for name in ("root", "depth", "toc_depth", "delim", "labels")}
    lua = files.folder_digest(project.root / EXTENSION, ["*.lua"])
    return files.digest([json.dumps([layout, shared], sort_keys=True), lua, package_digest(), *tool_versions()])


def _read(path: Path) -> Kept:
    found, needed = files.read_object(path), {"whole", "wanted", "settings", "chapters", "around"}
    return found if needed <= found.keys() else {}
