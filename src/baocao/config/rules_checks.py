"""Rules on the checks: unknown codes, and severities, placeholders or patterns that a check cannot have."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from baocao.config.check_codes import CODES, CheckCode
from baocao.config.faults import Fault
from baocao.config.models import Check, Config

FILE = "params/checks.yml"
_TEXTS = ("message", "allowed", "action")


def check_faults(config: Config) -> Iterator[Fault]:
    """Faults of every check's entry that intake could not use."""
    for code in config.checks:
        if code not in CODES:
            yield Fault(FILE, f"checks.{code}", "mã kiểm tra không được biết đến", "các mã của tệp mẫu")
    for code, known in CODES.items():
        yield from _entry_faults(code, config.checks[code], known)
    for i, pattern in enumerate(config.thresholds.evidence_patterns):
        if not _compiles(pattern):
            yield Fault(FILE, f"thresholds.evidence_patterns[{i}]", f"không phải biểu thức chính quy: “{pattern}”")


def _entry_faults(code: str, check: Check, known: CheckCode) -> Iterator[Fault]:
    path = f"checks.{code}"
    if known.severity and check.severity != known.severity:
        yield Fault(FILE, f"{path}.severity", f"mức của {code} không đổi được", known.severity)
    if not check.enabled and not known.may_be_off:
        yield Fault(FILE, f"{path}.enabled", f"không tắt được {code}: dòng hoặc tệp bị trả lại phải có lý do", "true")
    for name in _TEXTS:
        if wrong := _wrong_placeholder(getattr(check, name), known.words):
            listed = ", ".join(f"{{{word}}}" for word in sorted(known.words))
            yield Fault(FILE, f"{path}.{name}", wrong, listed)


def _wrong_placeholder(text: str, words: frozenset[str]) -> str:
    """What is wrong with the placeholders of a text; empty if nothing is."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return "dấu { hoặc } không đi thành cặp"
    for _, name, form, conversion in parts:
        if name is not None and (name not in words or form or conversion):
            return f"chỗ điền không được biết đến: “{{{name}}}”"
    return ""


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return False
    return True
