"""Typst documents as PDF, made in this process or in a separate one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Literal

from baocao.errors import ExitCode, UserError
from baocao.pdf import compact
from baocao.scratch import scratch_folder

Document = Mapping[str, str]
"""A Typst document: file name → text; the file named :data:`MAIN` is compiled."""
MAIN: Final = "main.typ"

Standard = Literal["a-2b", "ua-1"]
STANDARDS: Final[tuple[Standard, ...]] = ("a-2b", "ua-1")
"""PDF/A-2b (for archiving) and PDF/UA-1 (for screen readers), both at once."""
_PACKAGE = Path(__file__).resolve().parents[1]
_REFUSED = 3
"""Exit status of the separate process if Typst refuses its document."""
_OTHER_VERSION = re.compile(r"^error: (unknown variable|unexpected argument|missing argument)", re.MULTILINE)
"""What Typst says if the project's template is of another version than the text that this package wrote for it."""
_LOW = 10
"""Niceness of a process that works ahead while others have more urgent work."""


def typeset(
    document: Document,
    root: Path,
    fonts: Path,
    *,
    inputs: Mapping[str, str] | None = None,
    standards: tuple[Standard, ...] = STANDARDS,
) -> bytes:
    """A Typst document as a packed PDF.

    Parameters
    ----------
    document
        Its files.
    root
        The folder from which its pictures are looked up.
    fonts
        The folder of fonts; no others are used except those built into Typst.
    inputs
        Values that the document reads from ``sys.inputs``.

    Raises
    ------
    RuntimeError
        If Typst refuses the document: a bug.
    """
    return _printed(_compiler(document, root, _loaded(fonts), inputs), standards)


def _loaded(fonts: Path) -> Any:
    import typst  # noqa: PLC0415 - not needed where the work is done by another process

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[fonts])


def _compiler(document: Document, root: Path, fonts: Any, inputs: Mapping[str, str] | None = None) -> Any:
    import typst  # noqa: PLC0415

    texts = {name: text.encode("utf-8") for name, text in document.items()}
    return typst.Compiler(texts, root=root, font_paths=fonts, sys_inputs=dict(inputs or {}))


def _printed(compiler: Any, standards: tuple[Standard, ...] = STANDARDS) -> bytes:
    with scratch_folder("pdf") as folder:
        printed = folder / "book.pdf"
        compiler.compile(output=printed, format="pdf", pdf_standards=[*standards])
        return compact(printed)


class Typesetter:
    """A separate process that makes one PDF: while Typst works, no other Python thread of its process can run.

    It loads Typst and the fonts as soon as it starts, before it is given the document. If an earlier document is known,
    it lays that out meanwhile: Typst memoizes its layout functions, so that of the document given later only what
    differs takes time. The PDF is the same either way.

    Parameters
    ----------
    root
        The folder in which pictures are looked up.
    fonts
        As for :func:`typeset`.
    earlier
        A file with an earlier document, as JSON; it may be missing or unusable.
    polite
        Whether a process with an earlier document yields to all others.
    """

    def __init__(self, root: Path, fonts: Path, *, earlier: Path | None = None, polite: bool = True) -> None:
        code = f"import sys; sys.path.insert(0, {str(_PACKAGE)!r}); from baocao import typeset; typeset.main()"
        known = str(earlier) if earlier and earlier.is_file() else ""
        command = [sys.executable, "-c", code, str(root), str(fonts), known, "polite" if polite else ""]
        pipe = subprocess.PIPE
        # Laying out ahead has time to spare: one Typst thread takes less processor time in all than several.
        threads = {"RAYON_NUM_THREADS": "1"} if known else {}
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=os.environ | threads)

    def pdf(self, document: Document) -> bytes:
        """The document as a packed PDF (see :func:`typeset`); to be called once.

        Raises
        ------
        UserError
            If Typst refuses it, as a rule because of a picture or text that somebody added by hand.
        """
        made, told = self._process.communicate(json.dumps(document).encode())
        code, said = self._process.returncode, told.decode("utf-8", "replace").strip()
        if code == _REFUSED:
            raise UserError(
                f"không dựng được bản PDF:\n{said}",
                hint="Thường do hình hoặc đoạn thêm tay ở chương nêu trên: sửa rồi chạy lại." + _of_version(said),
                exit_code=ExitCode.FINDINGS,
            )
        if code:
            raise RuntimeError(f"Typst ended with {code}:\n{said}")
        return made

    def close(self) -> None:
        """End the process if it is not needed after all."""
        with self._process as process:
            process.kill()


def _of_version(said: str) -> str:
    """What else to do, if the project's template may be of another version."""
    other = " Nếu không có đoạn như thế: _extensions/ là của phiên bản khác, đưa về cùng một phiên bản với src/."
    return other if _OTHER_VERSION.search(said) else ""


def main() -> None:
    """Read a document from standard input and write its PDF to standard output."""
    root, fonts_folder, earlier, polite = sys.argv[1:]
    fonts = _loaded(Path(fonts_folder))
    import pikepdf  # noqa: F401, PLC0415 - needed after Typst; loaded while the document is awaited

    if earlier:
        if polite and hasattr(os, "nice"):
            os.nice(_LOW)
        with suppress(Exception):
            _lay_out(json.loads(Path(earlier).read_text("utf-8")), Path(root), fonts)
    if job := sys.stdin.buffer.read():
        from typst import TypstError  # noqa: PLC0415

        try:
            sys.stdout.buffer.write(_printed(_compiler(json.loads(job), Path(root), fonts)))
        except TypstError as error:
            sys.stderr.buffer.write(error.diagnostic.encode("utf-8", "replace"))
            sys.exit(_REFUSED)


def _lay_out(document: Document, root: Path, fonts: Any) -> None:
    _compiler(document, root, fonts).query("<none>")
