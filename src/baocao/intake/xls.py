"""What an .xls file's own records tell besides its values."""

from __future__ import annotations

from baocao.intake.grid import Limits, RefusedError, Remarks

_ENCRYPTED = ("EncryptedPackage", "EncryptionInfo")
_BOOKS = ("Workbook", "Book")


def inspect(data: bytes, limits: Limits) -> dict[str, Remarks]:
    """Each sheet's name → remarks.

    Raises
    ------
    RefusedError
        If the file is behind a password or no workbook.
    """
    if any(name.encode("utf-16-le") in data for name in _ENCRYPTED):
        raise RefusedError("TEP-MATKHAU")
    if "WordDocument".encode("utf-16-le") in data:
        raise RefusedError("TEP-SAILOAI", given="văn bản Word")
    if not any(name.encode("utf-16-le") in data for name in _BOOKS):
        raise RefusedError("TEP-HONG")
    return {}
