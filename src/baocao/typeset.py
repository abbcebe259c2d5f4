"""Typst documents as PDF, made in this process or in one of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

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
    import typst  # noqa: PLC0415 - a process that only hands the work on does without

    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=own_fonts, font_paths=[fonts])
    compiler = typst.Compiler(source.encode("utf-8"), root=root, font_paths=found, sys_inputs=dict(inputs or {}))
    pdf = compiler.compile(format="pdf", pdf_standards=[*standards])
    if not isinstance(pdf, bytes):
        raise TypeError("Typst returned no PDF")
    return compact(pdf)


def typeset_apart(source: str, root: Path, fonts: Path, *, own_fonts: bool = False) -> bytes:
    """The same in a process of its own: Typst lets no other thread of its process run meanwhile."""
    job = {"source": source, "root": str(root), "fonts": str(fonts), "own_fonts": own_fonts}
    code = f"import sys; sys.path.insert(0, {str(_PACKAGE)!r}); from baocao import typeset; typeset.main()"
    done = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(job).encode(), capture_output=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"Typst ended with {done.returncode}:\n{done.stderr.decode('utf-8', 'replace')}")
    return done.stdout


def main() -> None:
    """A job from standard input, its PDF to standard output."""
    job = json.load(sys.stdin.buffer)
    pdf = typeset(job["source"], Path(job["root"]), Path(job["fonts"]), own_fonts=job["own_fonts"])
    sys.stdout.buffer.write(pdf)
