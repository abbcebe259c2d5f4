"""The book's PDF, begun as soon as its Typst text is complete, while pages and exports are still being made."""

from __future__ import annotations

import json
import threading
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path

from baocao import files
from baocao.printable import FONTS
from baocao.typeset import Document, Typesetter


class Press:
    """Makes the PDF of a project's Typst documents; it can begin before the PDF is asked for.

    As a context manager it ends work that nobody asked for.

    Parameters
    ----------
    root
        The project's folder, in which pictures are looked up.
    month
        The book's month as a folder name. The month's last document is kept: parts that the next one shares with it
        can be laid out before the next one is known. If empty, none is kept.
    polite
        Whether laying out ahead yields to other work, which goes on meanwhile. What yields once does so to its end.
    """

    def __init__(self, root: Path, month: str = "", *, polite: bool = True) -> None:
        self._root, self.month, self._polite = root, month, polite
        self._last = root / "build" / month / "dan-trang.json" if month else None
        self._begun: tuple[str, Future[bytes]] | None = None
        self._waiting: Typesetter | None = None
        """A process that has loaded the fonts and waits for a document."""

    def __enter__(self) -> Press:
        return self

    def __exit__(self, *error: object) -> None:
        if self._waiting:
            self._waiting.close()

    def warm(self) -> None:
        """Get ready for a document to come."""
        if not self._waiting:
            self._waiting = self._typesetter(self._last)

    def begin(self, document: Document) -> None:
        """Start to make the PDF of a document, unless it was started before."""
        key = self._key(document)
        if self._begun and self._begun[0] == key:
            return
        future = Future[bytes]()
        self._begun = (key, future)
        threading.Thread(target=self._into, args=(future, document), daemon=True).start()

    def pdf(self, document: Document) -> bytes:
        """The PDF of a document: the one begun before, if text and pictures are the same, or a new one."""
        begun, self._begun = self._begun, None
        if begun and begun[0] == self._key(document):
            with suppress(Exception):  # made again below, which raises the error in the right place
                return begun[1].result()
        return self._made(document)

    def _into(self, future: Future[bytes], document: Document) -> None:
        try:
            future.set_result(self._made(document))
        except Exception as error:
            future.set_exception(error)

    def _made(self, document: Document) -> bytes:
        waiting, self._waiting = self._waiting, None
        made = (waiting or self._typesetter(None)).pdf(document)
        if self._last:
            files.write_text(self._last, json.dumps(document, ensure_ascii=False) + "\n")
        return made

    def _typesetter(self, earlier: Path | None) -> Typesetter:
        return Typesetter(self._root, self._root / FONTS, earlier=earlier, polite=self._polite)

    def _key(self, document: Document) -> str:
        figures = files.folder_digest(self._root / "reports" / "chuong", ["**/*.svg"])
        return files.digest([*document, *document.values(), str(self._root), figures])
