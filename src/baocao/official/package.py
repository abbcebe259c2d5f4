"""The same bytes for the same document, on any machine: no clock and no compressor's version in a Word file."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_TIME = (1980, 1, 1, 0, 0, 0)


def steady(data: bytes) -> bytes:
    """The package with its parts in their order, stored, dated alike.

    Parts are not compressed: two versions of zlib may compress one text to different bytes.
    """
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_STORED) as new:
        for name in old.namelist():
            part = ZipInfo(name, _TIME)
            part.create_system = 0
            new.writestr(part, old.read(name))
    return out.getvalue()
