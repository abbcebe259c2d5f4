"""Rules on codes and addresses: none may stand for two things."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.config.faults import Fault
from baocao.config.models import Config
from baocao.text import fold, fold_code

UNITS = "params/units.yml"
RESERVED_SLUGS = frozenset({"index"})
Place = tuple[str, str, str]
"""File, key path, code."""


def duplicate_faults(config: Config) -> Iterator[Fault]:
    """Codes that occur twice where submissions, addresses or references look them up.

    Codes are matched without regard to case and accents (design, section 2), so ``a`` and ``A``, ``d`` and ``đ`` clash.
    Codes used in rows of submissions are also matched without regard to separators: ``A-1`` and ``A.1`` clash.
    """
    for space in _namespaces(config):
        seen: dict[str, Place] = {}
        for file, path, code in space:
            first = seen.setdefault(fold(code) if file == UNITS else fold_code(code), (file, path, code))
            if first[:2] != (file, path):
                where = first[1] if first[0] == file else f"{first[0]}: {first[1]}"
                what = f"mã “{code}” trùng với “{first[2]}” ở {where}"
                yield Fault(file, path, what, "mỗi mã một lần, không kể hoa thường và dấu")


def _namespaces(config: Config) -> Iterator[list[Place]]:
    plan, targets, units = config.plan, config.targets, config.units
    plan_file, target_file, unit_file = "params/plan.yml", "params/targets.yml", UNITS
    yield [
        *_codes(plan_file, "purposes", plan.purposes),
        *_codes(plan_file, "requirements", plan.requirements),
        *_codes(plan_file, "areas", plan.areas),
        *(p for i, area in enumerate(plan.areas) for p in _codes(plan_file, f"areas[{i}].bullets", area.bullets)),
        *_codes(plan_file, "forms", plan.forms),
        *_codes(plan_file, "duties", plan.duties),
        *_codes(target_file, "paragraphs", targets.paragraphs),
    ]
    yield [*_codes(unit_file, "units", units.units), *_codes(unit_file, "groups", units.groups)]
    for key in ("channels", "legal_bases", "errata", "funding"):
        yield list(_codes(plan_file, key, getattr(plan, key)))
    # Reporters write the source's name in the column, so the names must differ as well.
    yield [
        (plan_file, f"funding[{i}].{key}", name)
        for i, funding in enumerate(plan.funding)
        for key, name in (("name", funding.name), *_numbered("earlier_names", funding.earlier_names))
    ]
    # Charts and their tables tell forms and channels apart by name: of two with one name they would show one's figures.
    for key in ("forms", "channels"):
        yield [(plan_file, f"{key}[{i}].name", item.name) for i, item in enumerate(getattr(plan, key))]
    for key in ("areas", "forms"):
        yield [(plan_file, f"{key}[{i}].number", str(item.number)) for i, item in enumerate(getattr(plan, key))]
    yield list(_codes(target_file, "targets", targets.targets))


def _numbered(key: str, texts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield from ((f"{key}[{i}]", text) for i, text in enumerate(texts))


def _codes(file: str, key: str, items: tuple[object, ...]) -> Iterator[Place]:
    for i, item in enumerate(items):
        yield file, f"{key}[{i}].code", str(getattr(item, "code"))  # noqa: B009


def slug_faults(config: Config) -> Iterator[Fault]:
    """Chapters whose address is taken: by another chapter, by a unit's chapter, or by the book's own pages."""
    file, seen = "params/book.yml", dict.fromkeys(RESERVED_SLUGS, "trang của sách")
    if not config.book.chapters:
        yield Fault(file, "chapters", "chưa có chương nào", "ít nhất một chương")
    for i, chapter in enumerate(config.book.chapters):
        units = [unit.code for unit in config.units.units] if chapter.per == "unit" else [""]
        for unit in units:
            slug = f"{chapter.slug}-{unit.lower()}" if unit else chapter.slug
            if slug in seen:
                what = f"địa chỉ “{slug}” đã dùng cho {seen[slug]}"
                yield Fault(file, f"chapters[{i}].slug", what, "mỗi chương một địa chỉ")
            seen.setdefault(slug, f"chapters[{i}]" + (f" (đơn vị {unit})" if unit else ""))
