"""The house's fonts, and the characters that a PDF can show with them.

PDF/A forbids characters without a glyph, and Typst then makes no PDF. The list is written by ``tools/printable.py``;
templates read it and print a box in place of every other character.
"""

from __future__ import annotations

from pathlib import Path

from baocao.errors import UserError

FONTS = "_extensions/baocao/fonts"
"""The house's fonts, from the project's folder."""
FILE = f"{FONTS}/printable.txt"

_FACES = ("LiberationSans", "LiberationSerif")
_STYLES = ("Regular", "Bold", "Italic", "BoldItalic")


def require_fonts(root: Path) -> None:
    """Check that every font of the house is there; without one, Typst would silently use another face.

    Raises
    ------
    UserError
        If a font is missing.
    """
    names = (f"{face}-{style}.ttf" for face in _FACES for style in _STYLES)
    if lacking := [name for name in names if not (root / FONTS / name).is_file()]:
        raise UserError(
            f"thiếu tệp phông chữ: {', '.join(lacking)}; không dựng bằng phông khác.",
            FONTS,
            "Lấy lại các tệp này từ kho mã nguồn hoặc bản sao của dự án, rồi chạy lại lệnh.",
        )


def printable(root: Path) -> str:
    r"""The characters in the form of a Typst regular expression's character class (``\u{20}-\u{7f}``).

    Empty if the project has no such file: a month may have been sealed before there was one.
    """
    listed = root / FILE
    return listed.read_text("utf-8").strip() if listed.is_file() else ""
