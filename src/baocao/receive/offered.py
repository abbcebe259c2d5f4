"""The files offered for receipt: single files, folders or zips; they are examined, never trusted."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from baocao.errors import UserError, reason_of
from baocao.receive import zips
from baocao.receive.names import is_no_report
from baocao.text import nfc

MOST_FILES = 2_000
_PACKED = {".rar": "RAR", ".7z": "7z", ".gz": "gzip", ".tar": "tar"}
_STARTS = {b"Rar!": "RAR", b"7z\xbc\xaf": "7z"}
"""First bytes of an archive → its kind, whatever its name."""


@dataclass(frozen=True)
class Offered:
    """A file to be received.

    Attributes
    ----------
    path
        The file; for a member of a zip, an extracted copy.
    shown
        Its name in messages.
    name
        File name in normal form C, without blanks at its ends.
    folder
        Name of the folder or zip that contained it; it may be a month.
    group
        Identifies where the file came from: CSVs from one place belong together.
    """

    path: Path
    shown: str
    name: str
    folder: str
    group: str


@dataclass(frozen=True)
class Refusal:
    """A file that cannot be received at all, and why."""

    shown: str
    what: str
    hint: str


def gather(paths: Sequence[Path], work: Path) -> tuple[tuple[Offered, ...], tuple[Refusal, ...]]:
    """All files behind the paths, in the given order; those of a folder or zip sorted by name.

    Parameters
    ----------
    work
        An empty folder for members of zips.

    Raises
    ------
    UserError
        If a path does not exist, or there are unreasonably many files.
    """
    found: list[Offered | Refusal] = []
    seen: set[Path] = set()
    for path in paths:
        if not _exists(path):
            raise UserError("không có tệp hay thư mục này.", where=str(path), hint="Kiểm tra lại đường dẫn.")
        for one in _behind(path, work):
            if isinstance(one, Offered) and (real := one.path.resolve()) in seen:
                continue
            if isinstance(one, Offered):
                seen.add(real)
            found.append(one)
            if len(found) > MOST_FILES:
                raise UserError(
                    f"có hơn {MOST_FILES} tệp.", where=str(path), hint="Nhận từng phần, mỗi lần một thư mục."
                )
    return tuple(o for o in found if isinstance(o, Offered)), tuple(r for r in found if isinstance(r, Refusal))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        what = f"không xem được đường dẫn này ({reason_of(error)})."
        raise UserError(what, where=str(path), hint="Kiểm tra lại đường dẫn và quyền đọc.") from error


def _behind(path: Path, work: Path) -> Iterator[Offered | Refusal]:
    if path.is_dir():
        yield from _inside(path, nfc(path.name if path.name.strip(".") else path.resolve().name), work)
    else:
        yield from _file(path, nfc(path.name), work)


def _inside(folder: Path, called: str, work: Path) -> Iterator[Offered | Refusal]:
    """Files of a folder and its subfolders; links are not followed, because they may lead anywhere."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: nfc(entry.name))
    except OSError as error:
        yield _unread(called, error)
        return
    for entry in entries:
        path = Path(entry.path)
        if is_no_report(entry.name):
            continue
        shown = f"{called}/{nfc(entry.name)}"
        if entry.is_symlink():
            yield Refusal(shown, "Đây là liên kết, không phải tệp.", "Chép tệp thật vào thư mục rồi nhận lại.")
        elif entry.is_dir():
            yield from _inside(path, shown, work)
        else:
            yield from _file(path, shown, work)


def _unread(shown: str, error: OSError) -> Refusal:
    what = f"Không mở được để đọc ({reason_of(error)})."
    return Refusal(shown, what, "Kiểm tra quyền đọc, hoặc chép ra nơi khác rồi nhận lại.")


def _file(path: Path, shown: str, work: Path) -> Iterator[Offered | Refusal]:
    ending = path.suffix.rstrip().casefold()
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
        packed = _packed(path, ending) if regular else ""
    except OSError as error:
        yield _unread(shown, error)
        return
    if not regular:
        yield Refusal(shown, "Đây không phải là tệp thường.", "Chỉ nhận sổ tính, CSV, thư mục hoặc tệp nén zip.")
    elif packed:
        yield Refusal(shown, f"Không mở được tệp nén {packed}.", "Giải nén rồi nhận thư mục, hoặc nén dạng zip.")
    elif ending == ".zip":
        yield from _zip(path, shown, work)
    else:
        parent = path.resolve().parent
        yield Offered(path, shown, nfc(path.name).strip(), nfc(parent.name), str(parent))


def _packed(path: Path, ending: str) -> str:
    """The kind of an archive other than zip, by its name or, if named ``.zip``, by its first bytes; else empty."""
    with path.open("rb") as stream:
        start = stream.read(4)
    return _STARTS.get(start, "") if ending == ".zip" else _PACKED.get(ending, "")


def _zip(path: Path, shown: str, work: Path) -> Iterator[Offered | Refusal]:
    target = work / f"zip-{len(list(work.iterdir()))}"
    target.mkdir()
    try:
        members = zips.extract(path, target)
    except zips.ZipRefusedError as refusal:
        yield Refusal(shown, refusal.what, refusal.hint)
        return
    for member in members:
        called = f"{shown} › {member.name}"
        if member.refused:
            yield Refusal(called, member.refused, "Chỉ nén các tệp báo cáo, không kèm tệp khác.")
        elif member.path is not None:
            folder = member.folder or nfc(path.stem)
            group = f"{path.resolve()}/{member.name.rpartition('/')[0]}"
            yield Offered(member.path, called, member.base, folder, group)
