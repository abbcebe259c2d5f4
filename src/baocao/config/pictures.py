"""Whether a file that the configuration names is a picture that the book's cover can bear.

Typst would know for sure, but a process that has used it cannot be forked any more, and the configuration is read
before the warm process is.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

ALLOWED = "tệp SVG, PNG, JPEG, GIF hoặc WebP mở được"
_JPEG = (b"\xff\xd8\xff", b"\xff\xd9")
_ENDS = {
    ".png": (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".gif": (b"GIF8", b";"),
    ".webp": (b"RIFF", b""),
}
"""What the file of a picture begins and ends with: one that was cut short lacks its end."""


def is_picture(path: Path) -> bool:
    """Whether a file is what its name says, and whole."""
    data, kind = path.read_bytes(), path.suffix.casefold()
    if kind == ".svg":
        try:
            return ElementTree.fromstring(data).tag.rpartition("}")[2] == "svg"
        except ElementTree.ParseError:
            return False
    begin, end = _ENDS.get(kind, (b"", None))
    return end is not None and data.startswith(begin) and data.endswith(end)
