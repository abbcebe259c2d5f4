"""Questions about an activity whose cells are valid one by one: values that do not fit together, repetitions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from baocao.config.models import Form
from baocao.intake.rows import Row
from baocao.text import fold, number

Seen = dict[tuple[Any, ...], int]


def identity(record: Mapping[str, Any]) -> tuple[Any, ...]:
    """What identifies an activity, whatever its figures: day, content, form, channel and name."""
    content = record["bullet"] or record["content"]
    return record["date"], content, record["form"], record["channel"], fold(record["name"])


def ask_about_activity(row: Row, record: Mapping[str, Any], seen: Seen) -> None:
    """Ask all questions about a row; ``seen`` remembers the table's earlier rows."""
    _ask_what_is_missing(row, record)
    _ask_about_form(row, record)
    _ask_about_evidence(row, record)
    _ask_about_repetition(row, record, seen)


def _ask_what_is_missing(row: Row, record: Mapping[str, Any]) -> None:
    if not record["channel"] and _has_channel(row, record["form"]):
        row.report("HD-KENH", "channel")
    if record["cost"] and not record["funding"] and row.context.codes.funding:
        row.report("HD-NGUON", "funding", given=number(record["cost"]))


def _has_channel(row: Row, form: str) -> bool:
    """Whether any channel goes with the form: one of its own, or one that no form names."""
    forms, channels = row.context.forms, row.context.codes.channel.codes.values()
    named = {channel for one in forms.values() for channel in one.channels}
    return bool(forms[form].channels) or not named.issuperset(channels)


def _ask_about_form(row: Row, record: Mapping[str, Any]) -> None:
    """Ask whether the form fits channel, product and attendees, by the plan's lists."""
    forms = row.context.forms
    form, others = forms[record["form"]], [other for code, other in forms.items() if code != record["form"]]
    needed = f"{form.code} ({form.name})"
    if record["channel"] not in form.channels and any(record["channel"] in other.channels for other in others):
        known = f"Kênh của hình thức {form.code}: {', '.join(form.channels) or 'kế hoạch không nêu'}"
        row.report("HD-HTKENH", "channel", needed=needed, known=known)
    product = record["product"]
    if not _makes(form, product) and any(_makes(other, product) for other in others):
        known = f"Sản phẩm của hình thức {form.code}: {', '.join(form.products) or 'kế hoạch không nêu'}"
        row.report("HD-HTSANPHAM", "product", needed=needed, known=known)
    gathering = [other.code for other in forms.values() if other.gathers]
    if record["attendees"] and gathering and not form.gathers:
        known = f"Hình thức có người dự: {', '.join(gathering)}"
        row.report("HD-THAMDU", "attendees", given=number(record["attendees"]), needed=needed, known=known)


def _makes(form: Form, product: str) -> bool:
    """Whether this is one of the form's products: the words of one name begin with those of the other."""
    given = fold(product).split()
    named = (fold(text).split() for text in form.products)
    return bool(given) and any(words[: len(given)] == given or given[: len(words)] == words for words in named)


def _ask_about_evidence(row: Row, record: Mapping[str, Any]) -> None:
    patterns, evidence = row.context.thresholds.evidence_patterns, record["evidence"]
    # One by one, not joined into one expression: flags and group names could clash.
    if evidence and patterns and not any(re.search(pattern, evidence, re.IGNORECASE) for pattern in patterns):
        row.report("HD-MINHCHUNG", "evidence")


def _ask_about_repetition(row: Row, record: Mapping[str, Any], seen: Seen) -> None:
    key = ("same activity", *identity(record))
    first_of_kind = seen.setdefault(key, row.line)
    first = seen.setdefault(tuple(record.values()), row.line)
    if first != row.line:
        row.report("HD-TRUNG", "name", first=first)
    elif first_of_kind != row.line:
        row.report("HD-GANTRUNG", "name", first=first_of_kind)
