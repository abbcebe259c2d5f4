"""The book's PDF, begun as soon as its Typst text stands, while pages and exports are made."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path

from baocao import files
from baocao.book.builtin.pdf import compile_pdf

_begun: dict[str, Future[bytes]] = {}


def begin(source: str, root: Path) -> None:
    """Start to make the PDF of a Typst document whose pictures stand under ``root``, unless that was begun."""
    key = _key(source, root)
    if key in _begun:
        return
    _begun.clear()
    _begun[key] = future = Future[bytes]()
    threading.Thread(target=_into, args=(future, source, root), daemon=True).start()


def pdf(source: str, root: Path) -> bytes:
    """The PDF of a Typst document: the one that was begun, if it is of the same text and pictures, or made now."""
    begun = _begun.pop(_key(source, root), None)
    if begun:
        with suppress(Exception):  # made anew, the error shows where it belongs
            return begun.result()
    return compile_pdf(source, root)


def _into(future: Future[bytes], source: str, root: Path) -> None:
    try:
        future.set_result(compile_pdf(source, root))
    except Exception as error:
        future.set_exception(error)


def _key(source: str, root: Path) -> str:
    return files.digest([source, str(root), files.folder_digest(root / "reports" / "chuong", ["**/*.svg"])])
