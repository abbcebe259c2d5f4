"""Figures linked to their ledger rows by a Markdown span around the number, and the way back to plain text.

``[1.234]{.so-lieu l="2025-10:*:quantity:"}`` prints 1.234; on a screen it is a link to the row's entry on the ledger
pages. ``l`` names the row whose value is printed, or the rows whose number is; ``b`` names a row that was subtracted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_SPAN = re.compile(r'\[([^\[\]]*)\]\{\.so-lieu l="([^"]*)"(?: b="([^"]*)")?\}')
_WORDS = re.compile(r"\[((?:\\.|[^\[\]\\])*)\]\{\.(?:nguyen-van|tham-so)\}")
_IDS = re.compile(r'\{\.so-lieu l="([^"]*)"(?: b="([^"]*)")?\}')


def key(row_id: str) -> str:
    """A ledger row's id as written in attributes and addresses, without bars, which would end a table cell."""
    return row_id.replace("|", ":")


def row_id(key_: str) -> str:
    """The reverse of :func:`key`, which is possible because codes contain no colon."""
    return key_.replace(":", "|")


def traced(text: str, *ids: str, before: str = "") -> str:
    """The text of a figure as Markdown with a link to its ledger rows.

    Parameters
    ----------
    text
        The printed figure, Markdown without brackets.
    ids
        Id of the ledger row whose value it is; several ids if the figure is their number.
    before
        For a change, id of the ledger row whose value was subtracted.
    """
    if not ids:
        return text
    less = f' b="{key(before)}"' if before else ""
    return f'[{text}]{{.so-lieu l="{" ".join(key(one) for one in ids)}"{less}}}'


def plain(markdown: str) -> str:
    """The Markdown without such spans, for pictures, alternative texts and file names."""
    return _WORDS.sub(r"\1", _SPAN.sub(r"\1", markdown))


def plain_deep(value: Any) -> Any:
    """The same for every text in a nested structure."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {name: plain_deep(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_deep(item) for item in value]
    return value


def rows_named(texts: Iterable[str]) -> frozenset[str]:
    """The ids of all ledger rows that the Markdown texts link to."""
    groups = (match for text in texts for match in _IDS.findall(text))
    return frozenset(row_id(one) for now, before in groups for one in f"{now} {before}".split())
