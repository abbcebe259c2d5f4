"""File names and text are UTF-8 to all that runs here, whatever the system's locale says."""

from __future__ import annotations

import codecs
import locale
import os
import sys


def use_utf8() -> None:
    """Where the locale is not one of UTF-8 (``LC_ALL=C``), give children one that is.

    Python reads such a locale as UTF-8 by itself; pandoc and Quarto do not, and then find no file in a folder with a
    Vietnamese name. Where Python does not either (a locale of Latin-1), it starts once again.
    """
    if sys.platform == "win32" or _is_utf8(locale.getencoding()):
        return
    os.environ["LC_ALL"] = "C.UTF-8"
    if not _is_utf8(sys.getfilesystemencoding()):
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def _is_utf8(encoding: str) -> bool:
    return codecs.lookup(encoding).name == "utf-8"
