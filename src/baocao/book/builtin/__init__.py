"""The built-in renderer: pandoc and Typst from their wheels make the book that Quarto makes."""

from baocao.book.builtin.render import render_builtin

__all__ = ["render_builtin"]
