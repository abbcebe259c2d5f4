"""Reading one YAML file: UTF-8, texts in normal form C and stripped, no duplicate keys, with the line of each key."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from baocao.config.faults import Fault, join
from baocao.config.yaml_words import CONTROL, NOT_REAL, problem_in_words
from baocao.text import nfc


@dataclass(frozen=True)
class YamlFile:
    """The content of a file: its data, the line of each key path, and its faults."""

    data: Any = None
    lines: dict[str, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


class _Loader(yaml.CSafeLoader):
    """PyYAML's safe C loader, with every text passed through :func:`_plain`."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """The value of a node; adds the place to errors of values that do not fit their tag, which PyYAML omits."""
        try:
            return super().construct_object(node, deep)
        except _NO_VALUE as error:
            raise yaml.constructor.ConstructorError(None, None, NOT_REAL, node.start_mark) from error


def _plain(text: str) -> str:
    """The text in normal form C (an editor on macOS may have written form D), without blanks around it.

    Block texts (``>``, ``|``) end with a line end, which must not come before a comma in a sentence; quoted texts may
    begin with a blank before a per cent sign, which is expected at the beginning.
    """
    return nfc(text).strip()


def _text(loader: _Loader, node: yaml.ScalarNode) -> str:
    return _plain(loader.construct_scalar(node))


_Loader.add_constructor("tag:yaml.org,2002:str", _text)


MOST_ENTRIES = 200_000
"""Most entries of a file, with repetitions by aliases: a few lines of nested aliases could stand for billions."""
DEEPEST = 100
"""Most levels of nesting in a file; at some ten thousand levels PyYAML's composer in C crashes the process."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that an escape (``"\\u0000"``) can produce, but that a document must not contain."""
_NO_VALUE = (ValueError, LookupError, AttributeError, OverflowError)
"""Exceptions of PyYAML for values that do not fit their tag (``!!int ""``, ``!!bool maybe``, ``2025-02-30``)."""


def read_yaml(path: Path, name: str, *, optional: bool = False) -> YamlFile:
    """Read a file.

    Parameters
    ----------
    path
        The file.
    name
        Its name in messages: ``params/plan.yml``.
    optional
        Whether the file may have no content: with comments only it counts as absent. An empty file is still a fault,
        because its content may have been lost.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return YamlFile(faults=(Fault(name, "", "không có tệp này", "một tệp YAML, mã ký tự UTF-8"),))
    except UnicodeDecodeError as error:
        return YamlFile(faults=(Fault(name, "", f"không đọc được byte thứ {error.start + 1}", "mã ký tự UTF-8"),))
    except OSError:
        return YamlFile(faults=(Fault(name, "", "không mở được tệp", "một tệp mà máy này được phép đọc"),))
    return parse_yaml(text, name, optional=optional)


def parse_yaml(text: str, name: str, *, optional: bool = False) -> YamlFile:
    """Parse YAML text; syntax errors and duplicate keys become faults."""
    try:
        if _depth(text) > DEEPEST:
            return YamlFile(faults=(_too_deep(name),))
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None and optional and text.strip():
            return YamlFile({})
        if node is None:
            return YamlFile(faults=(Fault(name, "", "tệp trống", "các cặp khóa: giá trị"),))
        walk = _Walk(name)
        walk.visit(node, "")
        data = None if walk.faults else loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        return YamlFile(faults=(_syntax(error, name),))
    except yaml.reader.ReaderError:
        return YamlFile(faults=(Fault(name, "", f"không đúng cú pháp YAML ({CONTROL})"),))
    return YamlFile(data, walk.lines, tuple(walk.faults))


def _too_deep(name: str) -> Fault:
    return Fault(name, "", "các mục lồng vào nhau quá sâu", f"không quá {DEEPEST} tầng")


def _depth(text: str) -> int:
    """Levels of nesting, counted up to the limit; unlike the composer, PyYAML's event parser does not recurse."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                break
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return depth


def _syntax(error: yaml.MarkedYAMLError, name: str) -> Fault:
    mark = error.problem_mark or error.context_mark
    if error.context == "while scanning a quoted scalar":
        # Name the opening quote, not the end of the file, where PyYAML finds the problem.
        mark = error.context_mark or mark
    place = f" ở dòng {mark.line + 1}, cột {mark.column + 1}" if mark else ""
    return Fault(name, "", f"không đúng cú pháp YAML{place} ({problem_in_words(error.problem or '')})")


class _Walk:
    """A walk over the nodes of a document that collects lines and duplicate keys."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[str, int] = {}
        self.faults: list[Fault] = []
        self._left = MOST_ENTRIES
        self._above: list[yaml.Node] = []

    def visit(self, node: yaml.Node, path: str) -> None:
        if any(node is above for above in self._above):
            self.faults.append(Fault(self.name, path, "bí danh (*) trỏ vào chính nó"))
            return
        if len(self._above) > DEEPEST and self._left > 0:  # by way of nested aliases
            self.faults.append(_too_deep(self.name))
            self._left = 0
        self._left -= 1
        if self._left <= 0:
            if self._left == 0:
                self.faults.append(
                    Fault(self.name, path, "quá nhiều mục", f"dưới {MOST_ENTRIES} mục, kể cả bí danh (*)")
                )
            return
        self._above.append(node)
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.ScalarNode) and _CONTROL.search(node.value):
            self.faults.append(Fault(self.name, path, "có ký tự điều khiển", "chữ, số, dấu và xuống dòng"))
        elif isinstance(node, yaml.MappingNode):
            self._mapping(node, path)
        elif isinstance(node, yaml.SequenceNode):
            for i, item in enumerate(node.value):
                self.visit(item, join(path, i))
        self._above.pop()

    def _mapping(self, node: yaml.MappingNode, path: str) -> None:
        seen: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.faults.append(Fault(self.name, path, "khóa không phải là một chữ hay một số"))
                continue
            name, line = _plain(str(key.value)), key.start_mark.line + 1
            inner = join(path, name)
            if name in seen:
                self.faults.append(Fault(self.name, inner, f"khóa viết hai lần, ở dòng {seen[name]} và dòng {line}"))
            seen.setdefault(name, line)
            self.lines.setdefault(inner, line)
            self.visit(value, inner)
