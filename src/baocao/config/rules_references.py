"""Rules on references: codes that are not declared, or belong to something of the wrong kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from baocao.config.faults import Fault
from baocao.config.models import Config
from baocao.config.rules_former import twice

PLAN, TARGETS, UNITS, SITE = "params/plan.yml", "params/targets.yml", "params/units.yml", "params/site.yml"


def reference_faults(config: Config) -> Iterator[Fault]:
    """A fault for every code that is used but not declared."""
    units = [unit.code for unit in config.units.units]
    yield from _unknown(SITE, "coordinator", [config.site.coordinator], units, "đơn vị")
    yield from _area_faults(config, [*units, *(group.code for group in config.units.groups)])
    yield from _plan_faults(config, units, [*units, *(group.code for group in config.units.groups)])
    yield from _target_faults(config, units)
    yield from _register_faults(config, units)


def _unknown(file: str, path: str, codes: Iterable[str], known: Iterable[str], what: str) -> Iterator[Fault]:
    """A fault for each unknown code; ``*`` in the path stands for the code's place in a list."""
    declared = list(known)
    for i, code in enumerate(codes):
        if code not in declared:
            yield Fault(file, path.replace("*", str(i)), f"không có {what} “{code}”", _some(declared))


def _some(codes: list[str]) -> str:
    return ", ".join(codes[:12]) + (", …" if len(codes) > 12 else "") if codes else "chưa khai báo mã nào"


def _twice(file: str, path: str, codes: tuple[str, ...]) -> Iterator[Fault]:
    for i, code in enumerate(codes):
        if code in codes[:i]:
            yield Fault(file, f"{path}[{i}]", f"“{code}” nêu hai lần", "mỗi mã một lần")


def _area_faults(config: Config, bodies: list[str]) -> Iterator[Fault]:
    of_leads = {group.code for group in config.units.groups if group.leads}
    for i, area in enumerate(config.plan.areas):
        path = f"areas[{i}]"
        if not (area.lead_units or any(one.lead_units for one in area.earlier_leads)):
            allowed = "ít nhất một đơn vị hoặc nhóm; nội dung thôi thực hiện thì ghi đơn vị cũ ở earlier_leads"
            yield Fault(PLAN, f"{path}.lead_units", "chưa có đơn vị chủ trì", allowed)
        leads = {"lead_units": area.lead_units}
        leads |= {f"earlier_leads[{j}].lead_units": one.lead_units for j, one in enumerate(area.earlier_leads)}
        for key, codes in (*leads.items(), ("coordinating_units", area.coordinating_units)):
            yield from _unknown(PLAN, f"{path}.{key}[*]", codes, bodies, "đơn vị hoặc nhóm")
            yield from _twice(PLAN, f"{path}.{key}", codes)
        for key, j, code in ((key, j, code) for key, codes in leads.items() for j, code in enumerate(codes)):
            if code in of_leads:
                what = f"“{code}” là nhóm các đơn vị chủ trì, không tự chủ trì được"
                yield Fault(PLAN, f"{path}.{key}[{j}]", what, "đơn vị, hoặc nhóm theo kinds, units")
        yield from twice(PLAN, f"{path}.earlier_leads", area.earlier_leads)


def _plan_faults(config: Config, units: list[str], bodies: list[str]) -> Iterator[Fault]:
    plan, errata = config.plan, [erratum.code for erratum in config.plan.errata]
    channels = [channel.code for channel in plan.channels]
    for i, basis in enumerate(plan.legal_bases):
        yield from _unknown(PLAN, f"legal_bases[{i}].erratum", filter(None, [basis.erratum]), errata, "đính chính")
    for i, form in enumerate(plan.forms):
        yield from _unknown(PLAN, f"forms[{i}].channels[*]", form.channels, channels, "kênh")
    for i, duty in enumerate(plan.duties):
        yield from _unknown(PLAN, f"duties[{i}].unit", [duty.unit], bodies, "đơn vị hoặc nhóm")
        yield from _unknown(PLAN, f"duties[{i}].errata[*]", duty.errata, errata, "đính chính")
        if duty.reporting:
            yield from _unknown(PLAN, f"duties[{i}].reporting.via", [duty.reporting.via], units, "đơn vị")


def _target_faults(config: Config, units: list[str]) -> Iterator[Fault]:
    paragraphs = [paragraph.code for paragraph in config.targets.paragraphs]
    errata = [erratum.code for erratum in config.plan.errata]
    codes = [target.code for target in config.targets.targets]
    for i, paragraph in enumerate(config.targets.paragraphs):
        yield from _unknown(TARGETS, f"paragraphs[{i}].scope", [paragraph.scope], config.site.scopes, "phạm vi")
    for i, target in enumerate(config.targets.targets):
        path = f"targets[{i}]"
        yield from _unknown(TARGETS, f"{path}.scope", [target.scope], config.site.scopes, "phạm vi")
        yield from _unknown(TARGETS, f"{path}.paragraph", [target.paragraph], paragraphs, "đoạn nêu mục tiêu")
        yield from _unknown(TARGETS, f"{path}.part_of", filter(None, [target.part_of]), codes, "chỉ tiêu")
        yield from _unknown(TARGETS, f"{path}.errata[*]", target.errata, errata, "đính chính")
        yield from _unknown(TARGETS, f"{path}.reporters[*]", target.reporters, units, "đơn vị")
        yield from _twice(TARGETS, f"{path}.reporters", target.reporters)


def _register_faults(config: Config, units: list[str]) -> Iterator[Fault]:
    kinds = list(config.units.kinds)
    for i, unit in enumerate(config.units.units):
        yield from _unknown(UNITS, f"units[{i}].kind", [unit.kind], kinds, "loại đơn vị")
    for i, group in enumerate(config.units.groups):
        yield from _unknown(UNITS, f"groups[{i}].kinds[*]", group.kinds, kinds, "loại đơn vị")
        yield from _unknown(UNITS, f"groups[{i}].units[*]", group.units, units, "đơn vị")
