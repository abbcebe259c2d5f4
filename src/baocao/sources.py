"""The files of a project that are neither a month's inputs nor generated: those that turn inputs into a book."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import lru_cache
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePath

from baocao import files
from baocao.errors import UserError

MARKER = "_quarto.yml"
ROOT_VARIABLE = "BAOCAO_ROOT"

FOLDERS = ("notebooks", "reports", "_extensions")
PICTURES = tuple(
    "*." + "".join(f"[{letter}{letter.upper()}]" for letter in ending)
    for ending in ("svg", "png", "jpg", "jpeg", "gif", "webp")
)
BESIDE = ("*.yml", "_environment", "*.qmd", "_*.md", *PICTURES)
"""Files in the project folder itself: settings, chapters, texts that others include, pictures."""
PATTERNS = (*BESIDE, *(f"params/**/{one}" for one in PICTURES), *(f"{folder}/**/*" for folder in FOLDERS))
"""Files that a book may be made of. Files elsewhere are kept out of it: by :func:`is_own`, and for pictures by
``_extensions/baocao/shared.lua``."""
SET_UP = ("pyproject.toml", "requirements.txt", "requirements-quarto.txt", "README.md", "LICENSE")
"""Files needed to install the project."""
PACKAGE = Path(__file__).resolve().parent
_NOTHING = "\0"
_GENERATED = Path("reports/chuong")


def find_root(start: Path | None = None) -> Path:
    """The project in the folder ``start``, or else the one around the current folder.

    Without ``start``, the environment variable ``BAOCAO_ROOT`` names the folder; if it is not set, the nearest folder
    upwards from the current one that has ``_quarto.yml`` and ``params/`` is taken.

    Raises
    ------
    UserError
        If there is no project.
    """
    named = start or os.environ.get(ROOT_VARIABLE)
    here = Path(named or Path.cwd()).resolve()
    for folder in (here, *([] if named else here.parents)):
        if (folder / MARKER).is_file() and (folder / "params").is_dir():
            return folder
    raise UserError(
        "không tìm thấy thư mục dự án (thư mục có tệp _quarto.yml và thư mục params/).",
        where=str(here),
        hint="Chuyển vào thư mục dự án rồi chạy lại, hoặc thêm tùy chọn --root THƯ_MỤC "
        f"(với sổ tay: đặt biến môi trường {ROOT_VARIABLE}).",
    )


def project_files(root: Path, patterns: tuple[str, ...] = PATTERNS) -> Iterator[Path]:
    """The project's own files that match a pattern: sorted, relative to ``root``, no generated or hidden ones."""
    for path in sorted({path for pattern in patterns for path in root.glob(pattern) if path.is_file()}):
        inside = path.relative_to(root)
        if not inside.is_relative_to(_GENERATED) and not _is_left_behind(inside):
            yield inside


def is_own(inside: PurePath) -> bool:
    """Whether a file, by its name relative to the project, matches :data:`PATTERNS`: a book may be made of it.

    A change to any other file would go unnoticed, and a closed month would not keep the file.
    """
    if _is_left_behind(inside) or ".." in inside.parts:
        return False
    folder, *below = inside.parts or ("",)
    if not below:
        return any(fnmatchcase(folder, pattern) for pattern in BESIDE)
    if folder == "params":
        return any(fnmatchcase(inside.name, pattern) for pattern in PICTURES)
    return folder in FOLDERS and not inside.is_relative_to(_GENERATED)


def package_files(source: Path = PACKAGE.parent) -> Iterator[Path]:
    """The package's files, sorted, relative to the folder that holds the package; by default of the running one."""
    found, around = list[str](), os.path.join(source, "")  # texts: paths take several times as long
    for folder, folders, names in os.walk(source / PACKAGE.name):
        folders[:] = [name for name in folders if not is_hidden(PurePath(name))]
        found += [os.path.join(folder, name) for name in names if not _is_left_behind(PurePath(name))]
    for file in sorted(found, key=lambda one: one.split(os.sep)):
        if os.path.isfile(file):
            yield Path(file.removeprefix(around))


@lru_cache(maxsize=1)
def package_digest() -> str:
    """One hash over the files of the running package."""
    return _digest(PACKAGE.parent, package_files())


def installed() -> list[str]:
    """Every installed library, sorted, by the name of its metadata folder, which contains the version.

    No file has to be read for that.
    """
    return sorted({PurePath(_folder_of(one)).name for one in distributions()})


def _folder_of(library: Distribution) -> str:
    return str(getattr(library, "_path", "") or library.metadata["Name"])


def code_digests(root: Path, source: Path = PACKAGE.parent) -> dict[str, str]:
    """A hash for each part of the code: ``src/``, ``notebooks/``, ``reports/``, ``_extensions/``."""
    found = {"src": _digest(source, package_files(source))}
    return found | {folder: _digest(root, project_files(root, (f"{folder}/**/*",))) for folder in FOLDERS}


def project_digest(root: Path) -> str:
    """One hash over the project's own files."""
    return _digest(root, project_files(root))


def _digest(root: Path, names: Iterator[Path]) -> str:
    return files.digest(part for name in names for part in (name.as_posix(), (root / name).read_bytes()))


def content(path: Path) -> str | bytes:
    """What a notebook finds at a path: a file's bytes, or the names in a folder; a mark if it is neither.

    The mark differs from an empty file, whose mere existence may matter to the notebook.
    """
    try:
        if path.is_dir():
            return repr(sorted(one.name for one in path.iterdir() if not is_hidden(Path(one.name))))
        return path.read_bytes() if path.is_file() else _NOTHING
    except OSError:
        return _NOTHING


def is_hidden(inside: PurePath) -> bool:
    """Whether a file is hidden or compiled code, and so not one of the project's own."""
    return any(part == "__pycache__" or part.startswith(".") for part in inside.parts)


def _is_left_behind(inside: PurePath) -> bool:
    return inside.suffix == ".pyc" or is_hidden(inside)
