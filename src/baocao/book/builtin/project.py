"""The book project as Quarto reads it: ``_quarto.yml`` merged with its metadata files, and the chapters' texts."""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import reduce
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from baocao import text
from baocao.errors import UserError
from baocao.sources import is_own

EXTENSION = PurePosixPath("_extensions/baocao")
ASSETS = PurePosixPath("reports/assets")
_INCLUDE = re.compile(r"^[ \t]*\{\{<[ \t]*include[ \t]+([^\s>]+)[ \t]*>\}\}[ \t]*$", re.MULTILINE)
_GENERATED = re.compile(r'^::: \{\.generated file="([^"]+)"\}\n:::$', re.MULTILINE)
_GENERATED_FOLDER = PurePosixPath("reports/chuong")
_META = re.compile(r"\{\{<[ \t]*meta[ \t]+([\w.-]+)[ \t]*>\}\}")
_BREAK = re.compile(r"^[ \t]*\{\{<[ \t]*pagebreak[ \t]*>\}\}[ \t]*$", re.MULTILINE)
_BROKEN = '\n```{=typst}\n#pagebreak(weak: true)\n```\n\n```{=html}\n<div style="break-after: page"></div>\n```\n'
_FOREIGN = re.compile(r"(?<!\{)\{\{<[ \t]*[\w-]+[^{}]*>\}\}|(?<=\$\$)[ \t]*\{#eq-[^{}]+\}")
_CELL = re.compile(r"^([ \t>]*(?:`{3,}|~{3,}))[ \t]*\{([A-Za-z][\w+-]*)(?:[ \t,][^{}\n]*)?\}[ \t]*$", re.MULTILINE)
_DIAGRAMS = {"mermaid", "dot"}
_MOST_INCLUDES = 5
_TEXTS = {".qmd", ".md", ".ipynb"}
_SHAPES: dict[str, tuple[type | tuple[type, ...], str]] = {
    "book": (dict, "các khóa và giá trị"),
    "crossref": (dict, "các khóa và giá trị"),
    "baocao": (dict, "các khóa và giá trị"),
    "metadata-files": (list, "danh sách tên tệp"),
    "language": ((str, dict), "tên tệp, hoặc các khóa và giá trị"),
}
"""Types of some keys, and their names in messages."""
_APPENDICES = "Phụ lục"
"""Title of the part for an analyst's own ``book: appendices:``, whose chapters Quarto numbers with letters."""


@dataclass(frozen=True)
class Part:
    """A part of the book: a title for the chapters that follow."""

    title: str


@dataclass(frozen=True)
class Chapter:
    """A chapter's source.

    Attributes
    ----------
    source
        Path of the file relative to the project, with ``/``.
    text
        Its Markdown in Unicode normal form C, with includes and metadata filled in.
    part
        Title of its part; empty if it is in none.
    """

    source: str
    text: str
    part: str = ""

    @property
    def href(self) -> str:
        """The page's address relative to the book's folder."""
        return str(PurePosixPath(self.source).with_suffix(".html"))

    @property
    def folder(self) -> str:
        return str(PurePosixPath(self.source).parent)

    @property
    def foreign(self) -> tuple[str, ...]:
        """What is left in the text as it was written, because only Quarto knows what it stands for.

        That is shortcodes, the labels of equations, and diagrams.
        """
        diagrams = [f"{{{language}}}" for language in self._cells if language in _DIAGRAMS]
        # Looking for single texts first takes a tenth of the time, and most chapters have neither.
        found = _FOREIGN.finditer(self.text) if "{{<" in self.text or "{#eq-" in self.text else ()
        return tuple(dict.fromkeys([*(match[0].strip() for match in found), *diagrams]))

    @property
    def idle(self) -> tuple[str, ...]:
        """Languages, in braces, of the code cells in the text: only those of notebooks are run."""
        return tuple(f"{{{language}}}" for language in self._cells if language not in _DIAGRAMS)

    @property
    def _cells(self) -> dict[str, None]:
        return dict.fromkeys(match[2] for match in _CELL.finditer(self.text))

    @property
    def markdown(self) -> str:
        """The text for pandoc, which does not know code cells and would read one as a sentence."""
        return _CELL.sub(r"\1 {.\2}", self.text)


@dataclass(frozen=True)
class Project:
    """A book project as read from its files.

    Attributes
    ----------
    meta
        The merged metadata; ``meta["book"]`` is that of the book.
    labels
        Vietnamese labels by Quarto's keys.
    items
        Parts and chapters, in the order of the book.
    """

    root: Path
    meta: dict[str, Any]
    labels: dict[str, str]
    items: tuple[Part | Chapter, ...]

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        return tuple(item for item in self.items if isinstance(item, Chapter))

    @property
    def title(self) -> str:
        return str(self.meta["book"].get("title", ""))

    @property
    def output_file(self) -> str:
        """Name of the PDF without its ending; by default made from the title by Quarto's rule."""
        return str(self.meta["book"].get("output-file", "sach"))


def read_project(root: Path) -> Project:
    """Read the book project of a folder.

    Raises
    ------
    UserError
        If a file is missing or cannot be read, or no chapter is listed.
    """
    base = _settings(root, "_quarto.yml")
    extra = [_settings(root, str(name)) for name in base.get("metadata-files", []) if (root / str(name)).is_file()]
    meta = reduce(merge, extra, base)
    listed = meta.get("book", {}).get("chapters") or []
    if not isinstance(listed, list):
        raise UserError("book: chapters: phải là danh sách tên tệp.", "_quarto.yml")
    if len(listed) < 2:
        raise UserError("chưa có chương nào của tháng để dựng sách.", "reports/chuong", "Chạy: baocao run")
    language = meta.get("language", {})
    labels = _yaml(root, language) if isinstance(language, str) else language
    appended = meta["book"].get("appendices") or []
    if appended:
        listed = [*listed, {"part": labels.get("section-title-appendices", _APPENDICES), "chapters": appended}]
    return Project(root, meta, labels, tuple(_items(root, listed, meta)))


def merge(base: Any, extra: Any) -> Any:
    """Merge metadata as Quarto does: maps by key, lists concatenated, other values replaced."""
    if isinstance(base, dict) and isinstance(extra, dict):
        return base | {key: merge(base[key], value) if key in base else value for key, value in extra.items()}
    if isinstance(base, list) and isinstance(extra, list):
        return base + extra
    return extra


def _settings(root: Path, name: str) -> dict[str, Any]:
    """Settings of the project; a key without a value counts as missing."""
    found = {key: value for key, value in _yaml(root, name).items() if value is not None}
    for key, (kinds, words) in _SHAPES.items():
        if key in found and not isinstance(found[key], kinds):
            raise UserError(f"{key}: phải là {words}.", name)
    return found


def _yaml(root: Path, name: str) -> dict[str, Any]:
    _check_place(name, "_quarto.yml")
    try:
        content = yaml.load((root / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UserError(f"không đọc được tệp ({error}).", name) from error
    found = _texts(content or {})
    if not isinstance(found, dict):
        raise UserError("tệp phải gồm các khóa và giá trị.", name)
    return found


def _texts(value: Any) -> Any:
    # PyYAML (YAML 1.1) turns dates and the like into objects; Quarto (YAML 1.2) keeps them as text.
    if isinstance(value, dict):
        return {str(key): _texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_texts(item) for item in value]
    if isinstance(value, str):
        return html.unescape(value)
    return value.isoformat() if isinstance(value, date) else value


def _items(root: Path, listed: list[Any], meta: dict[str, Any]) -> list[Part | Chapter]:
    items: list[Part | Chapter] = []
    for entry in listed:
        if isinstance(entry, dict) and "part" in entry:
            title = str(entry["part"])
            if PurePosixPath(title).suffix in _TEXTS:
                hint = "Ghi tên của phần, và đặt tệp làm chương đầu của phần; hoặc dựng bằng Quarto."
                raise UserError(f"part: “{title}” là một tệp, mà trình dựng sẵn cần tên của phần.", "_quarto.yml", hint)
            inside = [_chapter(root, _source(one), meta, title) for one in entry.get("chapters") or []]
            items += [Part(title), *inside]
        else:
            items.append(_chapter(root, _source(entry), meta))
    return items


def _source(entry: Any) -> str:
    """The file of a chapter listed by name, or as ``file:`` or ``href:`` with a text for the contents."""
    name = (entry.get("file") or entry.get("href")) if isinstance(entry, dict) else entry
    if not isinstance(name, str):
        hint = "Mỗi chương là tên một tệp, ví dụ: - chuong-rieng.qmd"
        raise UserError(f"book: chapters: không hiểu “{entry}”.", "_quarto.yml", hint)
    return name


def _chapter(root: Path, source: str, meta: dict[str, Any], part: str = "") -> Chapter:
    return Chapter(source, _fill(_read(root, source, source), root, source, meta), part)


def _read(root: Path, name: str, wanted_by: str) -> str:
    path = (root / name).resolve()
    if not path.is_relative_to(root.resolve()):
        raise UserError(f"tệp “{name}” nằm ngoài thư mục dự án.", wanted_by)
    _check_place(name, wanted_by)
    try:
        return unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"không đọc được tệp “{name}”.", wanted_by, _way_back(name, wanted_by)) from error


def _way_back(name: str, wanted_by: str) -> str:
    """What to do about a file that cannot be read: generated files can be made again, others only their author has."""
    if PurePosixPath(name).is_relative_to(_GENERATED_FOLDER):
        return "Chạy: baocao run"
    listed = "_quarto.yml" if name == wanted_by else wanted_by
    return f"Đặt lại tệp (mã hóa UTF-8), hoặc bỏ chỗ nêu tên tệp trong {listed}."


def _check_place(name: str, wanted_by: str) -> None:
    """Refuse a file in a place where changes go unnoticed and which a closed month would not keep."""
    path = PurePosixPath(posixpath.normpath(name))
    if not (is_own(path) or path.is_relative_to(_GENERATED_FOLDER)):
        hint = "Chuyển tệp vào reports/ rồi sửa chỗ nhắc đến nó."
        raise UserError(f"tệp “{name}” nằm ở nơi mà tháng đã khóa không giữ.", wanted_by, hint)


def _fill(source_text: str, root: Path, source: str, meta: dict[str, Any], depth: int = 0) -> str:
    """Fill in ``{{< include … >}}``, ``{{< pagebreak >}}``, ``{{< meta … >}}`` and ``::: {.generated …}``.

    Escaped ones stay as they are.
    """
    if depth > _MOST_INCLUDES:
        raise UserError("tệp được chèn lồng nhau quá nhiều lần.", source)

    def included(match: re.Match[str]) -> str:
        name = match[1].strip("\"'")
        path = name.lstrip("/") if name.startswith("/") else str(PurePosixPath(source).parent / name)
        return _fill(_read(root, path, source), root, path, meta, depth + 1)

    def generated(match: re.Match[str]) -> str:
        return _read(root, str(_GENERATED_FOLDER / PurePosixPath(match[1]).name), source)

    filled = _GENERATED.sub(generated, _BREAK.sub(lambda _: _BROKEN, _INCLUDE.sub(included, source_text)))
    return _META.sub(lambda match: text.markdown(_meta_value(meta, match[1])), filled)


def _meta_value(meta: dict[str, Any], key: str) -> str:
    value: Any = {**meta, **{k: v for k, v in meta.get("book", {}).items() if k in ("title", "subtitle", "date")}}
    for part in key.split("."):
        value = value.get(part, "") if isinstance(value, dict) else ""
    return str(value)
