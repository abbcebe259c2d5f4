"""Word files with equal bytes for equal documents on any machine, whatever the time and the version of zlib."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_TIME = (1980, 1, 1, 0, 0, 0)


def steady(data: bytes) -> bytes:
    """The package with its parts stored uncompressed, in the same order, all with the same date.

    Parts are not compressed, because two versions of zlib may compress the same text to different bytes.
    """
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_STORED) as new:
        for name in old.namelist():
            part = ZipInfo(name, _TIME)
            part.create_system = 0
            new.writestr(part, old.read(name))
    return out.getvalue()
