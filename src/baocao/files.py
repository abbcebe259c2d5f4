"""Writing files so that nobody ever reads half of one, reading small JSON files, and hashing."""

from __future__ import annotations

import errno
import glob
import hashlib
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

LEFT = 24 * 60 * 60
"""Seconds after which a folder made to replace another one counts as abandoned."""
_TEMPORARY = re.compile(r"~\$.*|\.~lock\..*|\..*|Thumbs\.db|desktop\.ini|.*\.(?:tmp|part|crdownload)", re.IGNORECASE)


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text with ``\\n`` line ends, whole or not at all; an equal file is left untouched."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; an equal file is left untouched and keeps its time.

    Raises
    ------
    OSError
        Names the file, even where the system names none, as on a full disk.
    """
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = _beside(path, ".tmp")
    try:
        with fresh.open("xb") as file:
            file.write(data)
        fresh.replace(path)
    except BaseException as error:
        fresh.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename in (None, str(fresh)):
            error.filename = str(path)
        raise


def fresh_folder(target: Path) -> Path:
    """A new, empty folder beside the one that it will replace.

    Its permissions follow the user's settings (``umask``, the folder around it), because colleagues may share the
    folder; ``tempfile`` would make it private to the user.

    Raises
    ------
    OSError
        Names the folder to be replaced, which is the one that the user knows.
    """
    fresh = _beside(target, ".new")
    try:
        fresh.mkdir()
    except OSError as error:
        error.filename = str(target)
        raise
    return fresh


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(f".{path.name.removeprefix('.')}.{secrets.token_hex(4)}{ending}")


def read_object(path: Path) -> dict[str, Any]:
    """The object in a JSON file; empty if the file cannot be read or holds something else."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


@contextmanager
def replaced_folder(target: Path) -> Iterator[Path]:
    """An empty folder that replaces the target when the block ends well; if it fails, the target is untouched.

    If the target is a link to a folder, the folder is replaced and the link stays.

    Raises
    ------
    PermissionError
        If the target may not be written: it could be moved aside, but then never be removed.
    """
    target = target.resolve() if target.is_symlink() else target
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    fresh = fresh_folder(target)
    old = fresh.with_suffix(".old")
    try:
        yield fresh
        if target.exists():
            _put_aside(target, old)
        fresh.replace(target)
    except BaseException:
        if old.exists() and not target.exists():
            old.replace(target)
        raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _put_aside(target: Path, old: Path) -> None:
    try:
        target.replace(old)
    except OSError as error:  # a mounted disk, say; the error names the folder that the user knows
        error.filename2 = None
        raise


def _sweep(target: Path) -> None:
    """Remove what a killed process left beside a folder; a target that it had only moved aside is put back."""
    for left in target.parent.glob(f".{glob.escape(target.name.removeprefix('.'))}.*"):
        with suppress(FileNotFoundError):  # another running process removed its own
            if left.suffix == ".old" and not target.exists():
                left.replace(target)
            elif left.suffix in {".new", ".old"} and left.stat().st_mtime < time.time() - LEFT:
                shutil.rmtree(left, ignore_errors=True)


def sha256(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest(parts: Iterable[str | bytes]) -> str:
    """One SHA-256 over several texts, each with its length, so that no two lists give the same digest.

    Names of files that are not UTF-8 count too.
    """
    total = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()


def folder_digest(folder: Path, patterns: Iterable[str]) -> str:
    """One SHA-256 over the names and contents of the files that match a pattern, sorted by name."""
    return files_digest(folder, {path for pattern in patterns for path in folder.glob(pattern) if path.is_file()})


def files_digest(folder: Path, found: Iterable[Path]) -> str:
    """One SHA-256 over the names (relative to a folder) and contents of files, sorted by name."""
    return digest(part for path in sorted(found) for part in (path.relative_to(folder).as_posix(), path.read_bytes()))


def is_temporary(name: str) -> bool:
    """Whether office programs or systems leave files or folders of this name behind."""
    return _TEMPORARY.fullmatch(name) is not None


def submitted_files(folder: Path) -> list[Path]:
    """The files under a folder of submissions, sorted by name, without those that programs leave behind.

    A file that is passed over here is neither read nor sealed, nor does it count as a change to what was sealed.
    """
    found = sorted(path for path in folder.rglob("*") if _may_be_file(path))
    return [path for path in found if not is_left_behind(path.relative_to(folder).as_posix())]


def _may_be_file(path: Path) -> bool:
    """Whether it is a file, or cannot be examined for lack of rights: then reading it will report that."""
    try:
        return path.is_file()
    except OSError:
        return True


def is_left_behind(name: str) -> bool:
    """Whether a file (name relative to a folder of submissions) or a folder around it is a temporary one."""
    return any(is_temporary(part) for part in name.split("/"))


def copy_folder(source: Path, target: Path) -> None:
    """Copy the contents of a folder into another, which may exist; times and modes are not kept.

    Unlike ``shutil.copytree``, which goes on when the disk is full and then raises an error that no longer says so.
    """
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.rglob("*")):
        if path.is_dir():
            (target / path.relative_to(source)).mkdir(exist_ok=True)
        else:
            shutil.copyfile(path, target / path.relative_to(source))
