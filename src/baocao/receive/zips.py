"""Files out of a zip whose names and sizes cannot be trusted.

A member's name is only read, never used as a path: members are written under numbers in a folder of this run.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from baocao.intake.archives import open_archive
from baocao.intake.grid import Limits, RefusedError
from baocao.receive.names import is_no_report
from baocao.text import one_line

_MB = 1024 * 1024
MOST_MB = 100
LIMITS = Limits(inflated=200 * _MB, ratio=150)
MOST_MEMBERS = 500
_UTF8 = 0x800
_UNICODE_PATH = 0x7075
_LONGEST = 255
"""Longest file name in any system; longer ones are refused, because a search in a name takes time at each letter."""
_REASONS = {
    "TEP-HONG": ("Tệp nén hỏng hoặc chưa tải về hết.", "Nén lại rồi gửi lại."),
    "TEP-MATKHAU": ("Tệp nén có mật khẩu.", "Nén lại không đặt mật khẩu."),
    "TEP-NEN": ("Tệp nén bung ra quá lớn nên không được mở.", "Chỉ nén các tệp báo cáo, tổng không quá 200 MB."),
}


class ZipRefusedError(Exception):
    """The whole zip is refused."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


@dataclass(frozen=True)
class Member:
    """A file in a zip.

    Attributes
    ----------
    name
        The whole name in the zip, as text for messages.
    base, folder
        The last part of the name, and the part before it.
    path
        The extracted file; None if the member was refused.
    """

    name: str
    base: str
    folder: str
    path: Path | None
    refused: str = ""


def extract(path: Path, target: Path) -> tuple[Member, ...]:
    """The files of a zip, sorted by name; files that systems add to zips are left out.

    Parameters
    ----------
    target
        An empty folder for the extracted files.

    Raises
    ------
    ZipRefusedError
        If the zip is damaged, encrypted, too large, or really a workbook named as a zip.
    """
    if path.stat().st_size > MOST_MB * _MB:
        raise ZipRefusedError(f"Tệp nén lớn hơn {MOST_MB} MB.", "Gửi từng phần.")
    try:
        archive = open_archive(path.read_bytes(), LIMITS)
    except RefusedError as refusal:
        raise ZipRefusedError(*_REASONS[refusal.code]) from refusal
    infos = [info for info in archive.infolist() if not _is_folder(info)]
    if any(info.filename in {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} for info in infos):
        raise ZipRefusedError("Đây là sổ tính bị đổi đuôi thành .zip.", "Đổi lại đuôi tệp, ví dụ .xlsx, rồi nhận lại.")
    if len(infos) > MOST_MEMBERS:
        raise ZipRefusedError(f"Tệp nén có hơn {MOST_MEMBERS} tệp.", "Gửi từng phần.")
    members = [_member(archive, info, target / str(number)) for number, info in enumerate(infos)]
    return tuple(sorted((m for m in members if m is not None), key=lambda member: member.name))


def _is_folder(info: zipfile.ZipInfo) -> bool:
    """Whether a member is a folder; some programs of Windows end its name with a backslash."""
    return info.is_dir() or (info.filename.endswith("\\") and not info.file_size)


def _is_left_out(parts: Sequence[str]) -> bool:
    """Whether a member is nobody's report, or lies in such a folder."""
    return any(is_no_report(part) for part in parts if part != "..")


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> Member | None:
    raw = re.sub(r"^(?:\.[/\\])+", "", member_name(info))  # ``./``, as some programs begin every name
    parts = [one_line(part) for part in re.split(r"[/\\]", raw)]
    name, base, folder = "/".join(parts), parts[-1], parts[-2] if len(parts) > 1 else ""
    if _is_left_out(parts):
        return None
    if any(len(part) > _LONGEST for part in parts):
        return Member(f"{name[:60]}…", "", "", None, f"Tên tệp trong tệp nén dài hơn {_LONGEST} chữ.")
    if ".." in parts or not parts[0] or re.match(r"[A-Za-z]:", raw):
        return Member(name, base, folder, None, "Tên tệp trong tệp nén chỉ ra ngoài tệp nén.")
    if stat.S_ISLNK(info.external_attr >> 16):
        return Member(name, base, folder, None, "Đây là liên kết, không phải tệp.")
    if base.casefold().endswith((".zip", ".rar", ".7z")):
        return Member(name, base, folder, None, "Đây là tệp nén trong tệp nén.")
    try:
        path.write_bytes(archive.read(info))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise ZipRefusedError(*_REASONS["TEP-HONG"]) from error
    return Member(name, base, folder, path)


def member_name(info: zipfile.ZipInfo) -> str:
    """The member's name: marked as UTF-8; or in a field of its own; or unmarked, in UTF-8 or code page 437."""
    if info.flag_bits & _UTF8:
        return info.filename
    if named := _unicode_name(info):
        return named
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def _unicode_name(info: zipfile.ZipInfo) -> str:
    """The name in a member's Unicode Path field, as WinRAR and mail services write it; empty without a valid one.

    Source: APPNOTE.TXT 4.6.9. :mod:`zipfile` reads the field only in later versions of Python.
    """
    rest, raw = info.extra, info.orig_filename.encode("cp437")
    while len(rest) >= 4:
        kind, size = struct.unpack("<HH", rest[:4])
        field, rest = rest[4 : 4 + size], rest[4 + size :]
        if kind == _UNICODE_PATH and field[:5] == struct.pack("<BL", 1, zlib.crc32(raw)):
            return field[5:].decode("utf-8", "replace")
    return ""
