"""The files of a project that are neither inputs of a month nor generated: what makes a book of inputs."""

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
"""What stands beside the front page: settings, chapters, texts that others include, pictures."""
PATTERNS = (*BESIDE, *(f"params/**/{one}" for one in PICTURES), *(f"{folder}/**/*" for folder in FOLDERS))
"""What a book is made of. What lies elsewhere is kept out of it: see :func:`is_own`, and for pictures
``_extensions/baocao/shared.lua``."""
SET_UP = ("pyproject.toml", "requirements.txt", "requirements-quarto.txt", "README.md", "LICENSE")
"""What installing the project needs."""
PACKAGE = Path(__file__).resolve().parent
_NOTHING = "\0"
_GENERATED = Path("reports/chuong")


def find_root(start: Path | None = None) -> Path:
    """The project in the folder ``start``, or else the one around the current folder.

    Without ``start`` the environment variable ``BAOCAO_ROOT`` names the folder, if set; otherwise the nearest folder
    upwards from the current one that has ``_quarto.yml`` and ``params/`` is taken.
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
    """The project's own files that match, relative to ``root`` and in order, without what is generated or hidden."""
    for path in sorted({path for pattern in patterns for path in root.glob(pattern) if path.is_file()}):
        inside = path.relative_to(root)
        if not inside.is_relative_to(_GENERATED) and not _is_left_behind(inside):
            yield inside


def is_own(inside: PurePath) -> bool:
    """Whether a file, by its name relative to the project, is one of :data:`PATTERNS`: what a book can be made of.

    Of any other nobody would see that it has changed, and a closed month would not keep it.
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
    """The package's files in the folder that holds it, by default those that run; relative to it and in order."""
    for path in sorted((source / PACKAGE.name).rglob("*")):
        if path.is_file() and not _is_left_behind(path.relative_to(source)):
            yield path.relative_to(source)


@lru_cache(maxsize=1)
def package_digest() -> str:
    """One hash over the package's own files, those that run."""
    return _digest(PACKAGE.parent, package_files())


def installed() -> list[str]:
    """Every library that is installed, in order: the names of their folders, which hold the versions.

    Nothing has to be read for that.
    """
    return sorted({PurePath(_folder_of(one)).name for one in distributions()})


def _folder_of(library: Distribution) -> str:
    return str(getattr(library, "_path", "") or library.metadata["Name"])


def code_digests(root: Path, source: Path = PACKAGE.parent) -> dict[str, str]:
    """A hash over each part of the code: ``src/``, ``notebooks/``, ``reports/``, ``_extensions/``."""
    found = {"src": _digest(source, package_files(source))}
    return found | {folder: _digest(root, project_files(root, (f"{folder}/**/*",))) for folder in FOLDERS}


def project_digest(root: Path) -> str:
    """One hash over the project's own files."""
    return _digest(root, project_files(root))


def _digest(root: Path, names: Iterator[Path]) -> str:
    return files.digest(part for name in names for part in (name.as_posix(), (root / name).read_bytes()))


def content(path: Path) -> str | bytes:
    """What a notebook that opens a file finds: its bytes, the names in a folder; of a pipe or nothing, nothing.

    An empty file is something: it may be there to be looked for.
    """
    try:
        if path.is_dir():
            return repr(sorted(one.name for one in path.iterdir() if not is_hidden(Path(one.name))))
        return path.read_bytes() if path.is_file() else _NOTHING
    except OSError:
        return _NOTHING


def is_hidden(inside: PurePath) -> bool:
    """Whether a name is none of the project's own: hidden, or of compiled code."""
    return any(part == "__pycache__" or part.startswith(".") for part in inside.parts)


def _is_left_behind(inside: PurePath) -> bool:
    return inside.suffix == ".pyc" or is_hidden(inside)
