"""Typst documents as PDF, made in this process or in one of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from baocao.pdf import compact

Standard = Literal["a-2b", "ua-1"]
STANDARDS: Final[tuple[Standard, ...]] = ("a-2b", "ua-1")
"""PDF/A-2b (for keeping) and PDF/UA-1 (for readers who listen), both at once."""
_PACKAGE = Path(__file__).resolve().parents[1]


def typeset(
    source: str,
    root: Path,
    fonts: Path,
    *,
    inputs: Mapping[str, str] | None = None,
    standards: tuple[Standard, ...] = STANDARDS,
    own_fonts: bool = False,
) -> bytes:
    """A Typst document as a packed PDF.

    Parameters
    ----------
    source
        The document.
    root
        The folder from which its pictures are looked up.
    fonts
        The folder of the only fonts that are used.
    inputs
        What the document asks for by ``sys.inputs``.
    own_fonts
        Whether the fonts that Typst brings may be used too.

    Raises
    ------
    RuntimeError
        If Typst refuses the document: a bug.
    """
    return _compiled(source, root, _loaded(fonts, own_fonts=own_fonts), dict(inputs or {}), standards)


def _loaded(fonts: Path, *, own_fonts: bool) -> Any:
    import typst  # noqa: PLC0415 - a process that only hands the work on does without

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=own_fonts, font_paths=[fonts])


def _compiled(source: str, root: Path, fonts: Any, inputs: dict[str, str], standards: tuple[Standard, ...]) -> bytes:
    import typst  # noqa: PLC0415

    compiler = typst.Compiler(source.encode("utf-8"), root=root, font_paths=fonts, sys_inputs=inputs)
    pdf = compiler.compile(format="pdf", pdf_standards=[*standards])
    if not isinstance(pdf, bytes):
        raise TypeError("Typst returned no PDF")
    return compact(pdf)


class Typesetter:
    """A process that makes one PDF: Typst lets no other thread of its process run meanwhile.

    It loads Typst and the fonts as soon as it starts, before it knows the document.

    Parameters
    ----------
    fonts, own_fonts
        As for :func:`typeset`.
    """

    def __init__(self, fonts: Path, *, own_fonts: bool = False) -> None:
        code = f"import sys; sys.path.insert(0, {str(_PACKAGE)!r}); from baocao import typeset; typeset.main()"
        command = [sys.executable, "-c", code, str(fonts), str(int(own_fonts))]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)

    def pdf(self, source: str, root: Path) -> bytes:
        """The document as a packed PDF (see :func:`typeset`); asked for once."""
        job = {"source": source, "root": str(root)}
        made, said = self._process.communicate(json.dumps(job).encode())
        if self._process.returncode:
            code = self._process.returncode
            raise RuntimeError(f"Typst ended with {code}:\n{said.decode('utf-8', 'replace')}")
        return made


def main() -> None:
    """A job from standard input, its PDF to standard output."""
    fonts = _loaded(Path(sys.argv[1]), own_fonts=sys.argv[2] == "1")
    import pikepdf  # noqa: F401, PLC0415 - what comes after Typst is loaded before the document comes

    if job := sys.stdin.buffer.read():
        given = json.loads(job)
        sys.stdout.buffer.write(_compiled(given["source"], Path(given["root"]), fonts, {}, STANDARDS))
