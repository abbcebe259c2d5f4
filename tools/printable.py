r"""Rewrite the list of characters that a PDF can show: ``_extensions/baocao/fonts/printable.txt``.

PDF/A and PDF/UA forbid text without a glyph, and Typst then makes no PDF at all. So the templates print a box in place
of every character that is not in this file, which is the inside of a regular expression's character class. Typst itself
is asked which characters have a glyph or need none, with the house's fonts and its built-in ones. A combining mark is
tried on a letter, a digit and a box: if no font has both, as for the keycap ``1\u20e3``, Typst shows neither.

Run it with ``make printable`` after a change of fonts or of Typst; it takes half a minute.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typst

from baocao import files
from baocao.printable import FILE, FONTS
from baocao.typeset import STANDARDS

ROOT = Path(__file__).resolve().parents[1]
_FIRST, _END = 0x20, 0x30000
_AT_ONCE = 0x1000
_SURROGATES = range(0xD800, 0xE000)
_HEAD = '#set document(title: "x")\n#set text(lang: "vi", font: "Liberation Serif")\n'
_MARKS = frozenset({"Mn", "Me", "Mc", "Cf"})
_BASES = "a1\u25a1 "
_LINE = re.compile(r"main\.typ:(\d+):")


def printable(codes: Iterable[int], fonts: typst.Fonts) -> list[int]:
    """The code points that these fonts can show in a document of the book's PDF standards."""
    asked = [code for code in codes if code not in _SURROGATES]
    text = _HEAD + "\n\n".join(f'#"{_shown(code)}"' for code in asked)
    texts: Any = {"main.typ": text.encode()}
    compiler = typst.Compiler(texts, root=ROOT, font_paths=fonts)
    try:
        compiler.compile(format="pdf", pdf_standards=[*STANDARDS])
    except typst.TypstError as error:
        first = _HEAD.count("\n") + 1
        missing = {asked[(int(line) - first) // 2] for line in _LINE.findall(str(error.diagnostic))}
        return printable((code for code in asked if code not in missing), fonts)
    return asked


def _shown(code: int) -> str:
    """Typst markup for a character; a combining mark is put on each base that it may have."""
    bases = ["", *_BASES] if unicodedata.category(chr(code)) in _MARKS else [""]
    return "".join(f"{base}\\u{{{code:x}}}" for base in bases)


def ranges(codes: Iterable[int]) -> str:
    """Sorted code points as the inside of a character class."""
    found: list[list[int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"\\u{{{a:x}}}" if a == b else f"\\u{{{a:x}}}-\\u{{{b:x}}}" for a, b in found)


def main() -> None:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[ROOT / FONTS])
    codes: list[int] = []
    for first in range(_FIRST, _END, _AT_ONCE):
        codes += printable(range(first, min(first + _AT_ONCE, _END)), fonts)
    files.write_text(ROOT / FILE, ranges(codes) + "\n")
    print(f"{FILE}: {len(codes)}")


if __name__ == "__main__":
    main()
