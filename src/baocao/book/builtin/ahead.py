"""The book on paper, made while pages and exports are: pandoc and Typst then have the second core."""

from __future__ import annotations

import json
import threading
from concurrent.futures import Future
from contextlib import suppress

from baocao import files
from baocao.book.builtin.pandoc import Problem, job_of
from baocao.book.builtin.partial import for_paper
from baocao.book.builtin.pdf import compile_pdf
from baocao.book.builtin.project import Project

Paper = tuple[bytes, tuple[Problem, ...]]
"""The PDF, and what is wrong with its references."""
_begun: dict[str, Future[Paper]] = {}


def begin(project: Project) -> None:
    """Start to make the PDF of a project whose chapters and figures are written, unless that was begun."""
    key, future = _key(project), Future[Paper]()
    if key in _begun:
        return
    _begun.clear()
    _begun[key] = future
    threading.Thread(target=_into, args=(future, project), daemon=True).start()


def paper(project: Project) -> Paper:
    """The PDF of a project: the one that was begun, if it is of the same chapters; else it is made now."""
    begun = _begun.pop(_key(project), None)
    if begun:
        with suppress(Exception):  # made anew, the error shows where it belongs
            return begun.result()
    return _made(project)


def _into(future: Future[Paper], project: Project) -> None:
    try:
        future.set_result(_made(project))
    except Exception as error:
        future.set_exception(error)


def _made(project: Project) -> Paper:
    converted = for_paper(project)
    return compile_pdf(converted.typst, project.root), converted.problems


def _key(project: Project) -> str:
    figures = files.folder_digest(project.root / "reports" / "chuong", ["**/*.svg"])
    return files.digest([json.dumps(job_of(project, paper=True), sort_keys=True), figures])
