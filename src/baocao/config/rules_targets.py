"""Rules on targets: type, comparator and bound must fit together (types: design, section 2)."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.config.faults import Fault
from baocao.config.models import Config, Target
from baocao.text import fold

NUMERIC = ("ratio", "threshold", "growth")
MOST = 10**15
"""Largest bound, equal to the largest number that a unit may report; larger ones cannot be drawn on a chart."""
FILE = "params/targets.yml"
Wrong = tuple[str, str, str]
"""Key of the target, what is wrong, what is allowed."""


def target_faults(config: Config) -> Iterator[Fault]:
    """Faults of every target that cannot be scored as it is, or contradicts its paragraph or its parent."""
    for i, target in enumerate(config.targets.targets):
        own = (*_bound(target), *_unit(target), *_sizes(target), *_words(target))
        for key, what, allowed in (*own, *_neighbours(config, target)):
            yield Fault(FILE, f"targets[{i}].{key}", f"{target.code}: {what}", allowed)


def _unit(target: Target) -> Iterator[Wrong]:
    """Rates must have a unit written as a sign: one in words would not be scaled to per cent."""
    for words, sign, times in (("phan tram", "%", "100"), ("phan nghin", "‰", "1.000")):
        if fold(target.unit).startswith(words):
            yield "unit", f"“{target.unit}” viết bằng chữ thì tỷ lệ không nhân với {times}", f'"{sign}"'


def _bound(target: Target) -> Iterator[Wrong]:
    if target.type in NUMERIC:
        yield from _numeric(target)
    elif target.type == "boolean":
        if target.value is not True:
            yield "value", "chỉ tiêu có/không phải có giá trị true", "true"
        if target.comparator != "==":
            yield "comparator", "chỉ tiêu có/không chỉ so sánh bằng", '"=="'
    elif target.value is not None:
        yield "value", f"chỉ tiêu loại {target.type} không có giá trị cố định", "bỏ khóa này"
    if target.type == "qualitative" and target.comparator is not None:
        yield "comparator", "chỉ tiêu định tính không có phép so sánh", "bỏ khóa này"
    if target.type == "relative" and target.comparator in {None, "between"}:
        yield "comparator", "chỉ tiêu tương đối cần phép so sánh", '">=", ">", "<=", "<", "==", in_leading_group'
    if target.comparator != "between":
        for key in ("value_min", "value_max"):
            if getattr(target, key) is not None:
                yield key, "chỉ dùng khi comparator là between", "bỏ khóa này"


def _sizes(target: Target) -> Iterator[Wrong]:
    found = [(key, getattr(target, key)) for key in ("value", "value_min", "value_max")]
    found += [("baseline.value", target.baseline.value)] if target.baseline else []
    found += [(f"references[{i}].value", one.value) for i, one in enumerate(target.references)]
    for key, number in found:
        if number is not None and abs(number) > MOST:
            yield key, "số quá lớn", "từ -10^15 đến 10^15"


def _numeric(target: Target) -> Iterator[Wrong]:
    if not target.unit:
        yield "unit", "thiếu đơn vị tính", 'chữ, ví dụ "%", "%/năm", tổ chức'
    if target.comparator in {None, "in_leading_group"}:
        yield "comparator", f"chỉ tiêu loại {target.type} cần phép so sánh", '">=", ">", "<=", "<", "==", between'
    elif target.comparator == "between":
        yield from _range(target)
    elif target.value is None or isinstance(target.value, bool):
        yield "value", f"chỉ tiêu loại {target.type} cần giá trị là số", "số"


def _range(target: Target) -> Iterator[Wrong]:
    if target.value is not None:
        yield "value", "một khoảng không có value", "value_min và value_max"
    for key in ("value_min", "value_max"):
        if getattr(target, key) is None:
            yield key, "thiếu cận của khoảng", "số"
    if target.value_min is not None and target.value_max is not None and target.value_min > target.value_max:
        yield "value_max", f"cận trên {target.value_max} nhỏ hơn cận dưới", f"từ {target.value_min} trở lên"


def _words(target: Target) -> Iterator[Wrong]:
    """An unscored target must say why; only a relative one has references, one a year; a baseline is earlier."""
    unscored = target.type == "qualitative" or target.comparator == "in_leading_group"
    if unscored and not target.unscored_because:
        yield "unscored_because", "chưa nêu lý do không chấm điểm", "chữ, ví dụ: chỉ tiêu định tính"
    if target.references and target.type != "relative":
        yield "references", "chỉ dùng cho chỉ tiêu tương đối", "bỏ khóa này"
    years = [reference.year for reference in target.references]
    for i, year in enumerate(years):
        if year in years[:i]:
            yield f"references[{i}].year", f"năm {year} nêu hai lần", "mỗi năm một lần"
    if target.baseline and target.baseline.year >= target.year:
        yield "baseline.year", "năm gốc không trước năm của mục tiêu", f"trước {target.year}"


def _neighbours(config: Config, target: Target) -> Iterator[Wrong]:
    paragraph = next((p for p in config.targets.paragraphs if p.code == target.paragraph), None)
    for key in ("scope", "year"):
        if paragraph and getattr(paragraph, key) != getattr(target, key):
            yield key, f"khác với đoạn {paragraph.code}", str(getattr(paragraph, key))
    parents = {t.code: t.part_of for t in config.targets.targets}
    above, seen = target.part_of, {target.code}
    while above in parents and above not in seen:
        seen.add(above)
        above = parents[above]
    if above == target.code:
        yield "part_of", "là thành phần của chính nó", "mã của chỉ tiêu chung"
