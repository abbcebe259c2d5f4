"""The house's fonts, and which characters a PDF can show: without a glyph PDF/A forbids text, and Typst makes no PDF.

The file is written by ``tools/printable.py``. Templates read it and put a box in place of every other character.
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
    """See to it that no font of the house lacks: Typst would set the text in another face, and say nothing.

    Raises
    ------
    UserError
        If one does.
    """
    names = (f"{face}-{style}.ttf" for face in _FACES for style in _STYLES)
    if lacking := [name for name in names if not (root / FONTS / name).is_file()]:
        raise UserError(
            f"thiếu tệp phông chữ: {', '.join(lacking)}; không dựng bằng phông khác.",
            FONTS,
            "Lấy lại các tệp này từ kho mã nguồn hoặc bản sao của dự án, rồi chạy lại lệnh.",
        )


def printable(root: Path) -> str:
    r"""The characters as Typst's regular expressions take them in brackets (``\u{20}-\u{7f}``).

    Empty where the project has no such file: a month may have been sealed without.
    """
    listed = root / FILE
    return listed.read_text("utf-8").strip() if listed.is_file() else ""
