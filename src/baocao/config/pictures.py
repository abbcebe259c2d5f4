"""Whether a file named in the configuration is a picture that can be put on the book's cover.

Only Typst knows for certain, but a process that has used it can no longer be forked safely, and the configuration is
read before the warm process is forked.
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
"""First and last bytes of each kind of picture; a truncated file lacks the last ones."""


def is_picture(path: Path) -> bool:
    """Whether a file is a picture of the kind that its name states, and complete."""
    data, kind = path.read_bytes(), path.suffix.casefold()
    if kind == ".svg":
        try:
            return ElementTree.fromstring(data).tag.rpartition("}")[2] == "svg"
        except ElementTree.ParseError:
            return False
    begin, end = _ENDS.get(kind, (b"", None))
    return end is not None and data.startswith(begin) and data.endswith(end)
