"""The book's PDF, begun as soon as its Typst text stands, while pages and exports are made."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path

from baocao import files
from baocao.book.builtin.project import EXTENSION
from baocao.typeset import Typesetter

_begun: dict[str, Future[bytes]] = {}
_waiting: dict[Path, Typesetter] = {}
"""Root of a project → a process that has loaded its fonts and has nothing to do yet."""


class Press:
    """Makes the PDF of a project's Typst documents; their pictures are looked up under ``root``."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def warm(self) -> None:
        """Get ready for a document that will come."""
        if self._root not in _waiting:
            _waiting[self._root] = self._typesetter()

    def begin(self, source: str) -> None:
        """Start to make the PDF of a document, unless that was begun."""
        key = self._key(source)
        if key in _begun:
            return
        _begun.clear()
        _begun[key] = future = Future[bytes]()
        threading.Thread(target=self._into, args=(future, source), daemon=True).start()

    def pdf(self, source: str) -> bytes:
        """The PDF of a document: the one that was begun, if it is of the same text and pictures, or made now."""
        begun = _begun.pop(self._key(source), None)
        if begun:
            with suppress(Exception):  # made anew, the error shows where it belongs
                return begun.result()
        return self._made(source)

    def _into(self, future: Future[bytes], source: str) -> None:
        try:
            future.set_result(self._made(source))
        except Exception as error:
            future.set_exception(error)

    def _made(self, source: str) -> bytes:
        typesetter = _waiting.pop(self._root, None) or self._typesetter()
        return typesetter.pdf(source, self._root)

    def _typesetter(self) -> Typesetter:
        return Typesetter(self._root / EXTENSION / "fonts", own_fonts=True)

    def _key(self, source: str) -> str:
        figures = files.folder_digest(self._root / "reports" / "chuong", ["**/*.svg"])
        return files.digest([source, str(self._root), figures])
