"""From a rendered template to blocks: a small markup, in which inserted values are only ever text.

A template's own text may use ``# heading``, ``## heading``, ``- item``, ``+ item``, ``**bold**`` and ``*italic*`` (a
backslash escapes a sign). A value inserted by an expression is replaced by a numbered mark while markup is parsed, so
that it can never become markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from baocao.official.content import Block, Heading, Item, Paragraph, Run, Runs, Table
from baocao.official.figures import Figure, Phrase, VocabularyError
from baocao.text import RESERVED, one_line

_OPEN, _CLOSE = RESERVED
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_TOKEN = re.compile(f"\\\\(?P<escaped>[\\\\*#+-])|(?P<bold>\\*\\*)|(?P<italic>\\*)|{_OPEN}(?P<value>\\d+){_CLOSE}")
_HEADING = re.compile(r"(#{1,2})\s+(.+)")
_ITEM = re.compile(r"([-+])\s+(.+)")
_ALONE = "bang(…) phải đứng riêng một dòng"


class Inserted:
    """The values that a template inserted; each is represented by a numbered mark in the text."""

    def __init__(self) -> None:
        self._values: list[object] = []

    def mark(self, value: object) -> str:
        """Keep a value and return its mark."""
        self._values.append(value)
        return f"{_OPEN}{len(self._values) - 1}{_CLOSE}"

    def table(self, line: str) -> Table | None:
        """The table whose mark is the whole line; None for other lines."""
        match = _MARK.fullmatch(line)
        value = self._values[int(match[1])] if match else None
        return value if isinstance(value, Table) else None

    def runs(self, index: str, bold: bool, italic: bool) -> Iterator[Run]:
        """The text of a value as runs."""
        value = self._values[int(index)]
        if isinstance(value, Table):
            raise VocabularyError(_ALONE)
        for part in value.parts if isinstance(value, Phrase) else (value,):
            ref = part.ref if isinstance(part, Figure) else ""
            yield Run(self._text(str(part), int(index)), bold, italic, ref)

    def _text(self, text: str, index: int) -> str:
        """A value's text with marks of earlier values filled in, as of a block kept in a variable; others removed."""
        return _MARK.sub(lambda match: self._inner(int(match[1])) if int(match[1]) < index else "", text)

    def _inner(self, index: int) -> str:
        if isinstance(value := self._values[index], Table):
            raise VocabularyError(f"{_ALONE} của mẫu, không đặt trong biến hay macro")
        return self._text(str(value), index)


def blocks(text: str, inserted: Inserted) -> tuple[Block, ...]:
    """The blocks of a rendered template.

    Lines without a blank line between them form one paragraph or one item.
    """
    return tuple(_block(" ".join(lines), inserted) for lines in _groups(text, inserted))


def line_runs(text: str, inserted: Inserted) -> Runs:
    """The runs of a line without block markup."""
    found: list[Run] = []
    bold = italic = False
    end = 0
    for match in _TOKEN.finditer(text):
        _add(found, text[end : match.start()], bold, italic)
        end = match.end()
        if match["bold"]:
            bold = not bold
        elif match["italic"]:
            italic = not italic
        elif match["escaped"]:
            _add(found, match["escaped"], bold, italic)
        else:
            found += inserted.runs(match["value"], bold, italic)
    _add(found, text[end:], bold, italic)
    return _joined(found)


def _groups(text: str, inserted: Inserted) -> Iterator[list[str]]:
    group: list[str] = []
    for line in [*map(str.strip, text.split("\n")), ""]:
        alone = bool(inserted.table(line) or _HEADING.fullmatch(line))
        if group and (not line or alone or _ITEM.fullmatch(line)):
            yield group
            group = []
        if alone:
            yield [line]
        elif line:
            group.append(line)


def _block(line: str, inserted: Inserted) -> Block:
    if table := inserted.table(line):
        return table
    if heading := _HEADING.fullmatch(line):
        return Heading(len(heading[1]), line_runs(heading[2], inserted))
    if item := _ITEM.fullmatch(line):
        return Item(item[1], line_runs(item[2], inserted))
    return Paragraph(line_runs(line, inserted))


def _add(found: list[Run], text: str, bold: bool, italic: bool) -> None:
    if text:
        found.append(Run(text, bold, italic))


def _joined(runs: list[Run]) -> Runs:
    """Adjacent runs in the same style joined, and blanks at both ends removed; runs with a reference stay separate."""
    kept: list[Run] = []
    for run in runs:
        last = kept[-1] if kept else None
        if last and not last.ref and not run.ref and (last.bold, last.italic) == (run.bold, run.italic):
            kept[-1] = Run(last.text + run.text, last.bold, last.italic)
        elif run.text:
            kept.append(run)
    return tuple(kept)


def text_of(runs: Runs) -> str:
    """The text without styles."""
    return one_line("".join(run.text for run in runs))
