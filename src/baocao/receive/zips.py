"""Files out of a zip whose names and sizes cannot be trusted.

A member's name is only read, never used as a path: members are written under numbers in a folder of this run.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from baocao.files import is_temporary
from baocao.intake.archives import open_archive
from baocao.intake.grid import Limits, RefusedError
from baocao.text import one_line

_MB = 1024 * 1024
MOST_MB = 100
LIMITS = Limits(inflated=200 * _MB, ratio=150)
MOST_MEMBERS = 500
_UTF8 = 0x800
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
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if any(info.filename in {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} for info in infos):
        raise ZipRefusedError("Đây là sổ tính bị đổi đuôi thành .zip.", "Đổi lại đuôi tệp, ví dụ .xlsx, rồi nhận lại.")
    if len(infos) > MOST_MEMBERS:
        raise ZipRefusedError(f"Tệp nén có hơn {MOST_MEMBERS} tệp.", "Gửi từng phần.")
    members = [_member(archive, info, target / str(number)) for number, info in enumerate(infos)]
    return tuple(sorted((m for m in members if m is not None), key=lambda member: member.name))


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> Member | None:
    raw = member_name(info)
    parts = [one_line(part) for part in re.split(r"[/\\]", raw)]
    name, base, folder = "/".join(parts), parts[-1], parts[-2] if len(parts) > 1 else ""
    if is_temporary(base) or "__MACOSX" in parts or base.casefold() == "register.csv":
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
    """The member's name: marked as UTF-8; or unmarked, in UTF-8 or code page 437, as programs write both."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename
