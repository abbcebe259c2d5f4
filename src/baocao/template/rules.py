"""Validation rules for cells of a blank workbook: drop-downs, days of the period, whole numbers, text lengths."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from baocao.intake.contract import Column
from baocao.template.names import NAMES
from baocao.template.offer import Offer
from baocao.text import day_short, number

Rule = dict[str, Any]
"""The options of a data validation in xlsxwriter."""
_TITLE, _MESSAGE = 32, 255
"""Longest title and message of a data validation in Excel."""


def rule(column: Column, offer: Offer) -> Rule | None:
    """The rule for a column; None if any value is allowed."""
    found = _bounds(column, offer)
    if found is None:
        return None
    messages = {"input_title": column.heading, "input_message": column.help, "error_title": column.heading}
    found = {"ignore_blank": True, **messages, "error_message": column.allowed, **found}
    return found | {
        key: str(found[key])[: _TITLE if key.endswith("title") else _MESSAGE]
        for key in ("input_title", "input_message", "error_title", "error_message")
    }


def _bounds(column: Column, offer: Offer) -> Rule | None:
    if column.kind == "date":
        activity = column.field == "date"
        return _days(offer.period.start if activity else offer.starts, offer.period.end)
    if column.kind == "whole":
        return _whole(column.field, offer)
    if column.field in ("numerator", "denominator"):
        sign = ">=" if column.field == "numerator" else ">"
        return {"validate": "decimal", "criteria": sign, "value": 0}
    return _listed(column, offer) or _text(column, offer)


def _days(first: date, last: date) -> Rule:
    span = f"Từ ngày {day_short(first)} đến ngày {day_short(last)}"
    return {
        "validate": "date", "criteria": "between", "minimum": first, "maximum": last,
        "input_message": f"{span}, viết ngày/tháng/năm.",
        "error_message": f"{span}, viết ngày/tháng/năm. Việc của kỳ trước ghi vào tệp của kỳ trước rồi gửi lại tệp đó.",
    }  # fmt: skip


def _whole(field: str, offer: Offer) -> Rule:
    limits = offer.thresholds
    highest = {"quantity": limits.max_quantity, "cost": limits.max_cost}.get(field, limits.max_people)
    lowest = 1 if field == "quantity" else 0
    message = f"Số nguyên từ {lowest} đến {number(highest)}."
    return {"validate": "integer", "criteria": "between", "minimum": lowest, "maximum": highest,
            "error_message": message}  # fmt: skip


def _listed(column: Column, offer: Offer) -> Rule | None:
    lists: Mapping[str, tuple[Any, ...]] = {
        "content": offer.contents, "form": offer.forms, "channel": offer.channels, "product": offer.products,
        "funding": offer.funding, "target": offer.targets, "note-kind": offer.note_kinds,
    }  # fmt: skip
    key = column.field if column.field in lists else column.kind
    if not lists.get(key):
        return None
    free = column.kind == "text"
    found: Rule = {"validate": "list", "source": f"={NAMES[key]}", "show_error": not free}
    return found if free else found | {"error_message": "Chọn một mục trong danh sách của ô."}


def _text(column: Column, offer: Offer) -> Rule | None:
    if column.kind != "text":
        return None
    longest = offer.thresholds.max_text
    return {"validate": "length", "criteria": "<=", "value": longest,
            "error_message": f"Không quá {number(longest)} ký tự."}  # fmt: skip
