"""Rules across the files of ``params/``, which a model of one file cannot check. Rules yield faults, none raises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from baocao.config.faults import Fault
from baocao.config.models import VERSION, Config
from baocao.config.rules_calendar import calendar_faults
from baocao.config.rules_checks import check_faults
from baocao.config.rules_codes import duplicate_faults, slug_faults
from baocao.config.rules_references import reference_faults
from baocao.config.rules_targets import target_faults

_NO_PLACES = frozenset({"localtime", "posixrules", "Factory"})
"""Names in a machine's tz database that are not places: they stand for the machine's own setting."""


def rule_faults(config: Config) -> Iterator[Fault]:
    """All faults across the files, as far as possible file by file."""
    yield from _site_faults(config)
    yield from _plan_faults(config)
    yield from duplicate_faults(config)
    yield from slug_faults(config)
    yield from reference_faults(config)
    yield from target_faults(config)
    yield from _unit_faults(config)
    yield from calendar_faults(config)
    yield from check_faults(config)


def _site_faults(config: Config) -> Iterator[Fault]:
    file, site = "params/site.yml", config.site
    if "demonstration" not in site.model_fields_set:
        # A forgotten key must not make demonstration figures pass for real ones, or real ones for a demonstration.
        yield Fault(file, "demonstration", "chưa nêu số liệu là trình diễn hay là thật", "true, false")
    if not _is_zone(site.timezone):
        yield Fault(file, "timezone", f"không có múi giờ “{site.timezone}”", "tên IANA, ví dụ Asia/Ho_Chi_Minh")
    if not site.scopes:
        yield Fault(file, "scopes", "chưa có phạm vi nào", "mã: tên, phạm vi của chính cơ quan đứng trước")
    if site.emblem and not _inside(site.emblem):
        yield Fault(file, "emblem", f"đường dẫn ra ngoài dự án: “{site.emblem}”", "đường dẫn tính từ thư mục dự án")


def _is_zone(name: str) -> bool:
    if name in _NO_PLACES:
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _inside(path: str) -> bool:
    parts = PurePosixPath(path.replace("\\", "/"))
    return not parts.is_absolute() and ".." not in parts.parts and ":" not in path


def _plan_faults(config: Config) -> Iterator[Fault]:
    """Empty lists with which every activity that a unit sends would be refused."""
    plan = config.plan
    for key, entries, what in (
        ("areas", plan.areas, "nội dung"),
        ("forms", plan.forms, "hình thức"),
        ("channels", plan.channels, "kênh"),
    ):
        if not entries:
            yield Fault("params/plan.yml", key, f"chưa có {what} nào", f"ít nhất một {what}")


def _unit_faults(config: Config) -> Iterator[Fault]:
    file = "params/units.yml"
    if not config.units.units:
        yield Fault(file, "units", "chưa có đơn vị nào", "ít nhất một đơn vị")
    for i, unit in enumerate(config.units.units):
        if stated := re.search(f"{VERSION}$", unit.code, re.IGNORECASE):
            what = f"mã “{unit.code}” đọc được là bản gửi lại thứ {stated['version']} của một đơn vị khác"
            yield Fault(file, f"units[{i}].code", what, "mã không tận cùng bằng “.v” và một số")
        if unit.valid_to is not None and unit.valid_to < unit.valid_from:
            what = f"ngày thôi hiệu lực {unit.valid_to} sớm hơn ngày bắt đầu"
            yield Fault(file, f"units[{i}].valid_to", what, f"từ {unit.valid_from} trở đi")
        for j, name in enumerate(unit.earlier_names):
            if other := next((one for one in config.units.units if one is not unit and one.answers_to(name)), None):
                what = f"tên cũ “{name}” cũng là tên của đơn vị {other.code}"
                yield Fault(file, f"units[{i}].earlier_names[{j}]", what, "tên không đơn vị nào khác mang")
    for i, group in enumerate(config.units.groups):
        if not (group.kinds or group.units or group.leads):
            what = f"nhóm {group.code} không gồm đơn vị nào"
            yield Fault(file, f"groups[{i}]", what, "kinds, units hoặc leads: true")
