"""Whether the present book in ``_book/`` is the one that a render would make."""

from __future__ import annotations

import json
from pathlib import Path

from baocao import files
from baocao.sources import project_files

BESIDE = ("bao-cao-chinh-thuc-", "trich-ktxh-")
"""Beginnings of names of files in the book's folder that are not part of the book."""


def own_digest(root: Path) -> str:
    """One hash over the project's own texts and assets: no notebooks, but pictures and texts beside them."""
    return files.files_digest(root, (root / name for name in project_files(root) if name.suffix != ".ipynb"))


def render_key(root: Path, engine: str, code: str) -> str:
    """One hash over all that a render reads: texts, assets and chapters, the renderer, and its code or version."""
    return files.digest((engine, code, own_digest(root), files.folder_digest(root, ("reports/chuong/**/*",))))


def is_made(book: Path, stamp: Path, key: str, to: str) -> bool:
    """Whether the book was made from these sources in this form, and none of its files has changed since.

    The key must be taken before the sources are read, and noted as it was then.
    """
    said = files.read_object(stamp)
    return (
        book.is_dir() and said.get("key") == key and to in said.get("forms", ()) and said.get("book") == _contents(book)
    )


def note_made(book: Path, stamp: Path, key: str, to: str) -> None:
    """Note what the book was rendered from; a note for ``all`` forms is also valid for each form."""
    forms = ["all", "html", "pdf"] if to == "all" else [to]
    said = {"key": key, "forms": forms, "book": _contents(book)}
    files.write_text(stamp, json.dumps(said) + "\n")


def _contents(book: Path) -> str:
    found = (path for path in book.rglob("*") if path.is_file() and not path.name.startswith(BESIDE))
    return files.digest(
        part for path in sorted(found) for part in (path.relative_to(book).as_posix(), path.read_bytes())
    )
