"""Sites with any number of units, made from the repository's own, to try very large and very small ones.

As a script: ``python tests/big_site.py FOLDER [--units 60] [--months 3] [--rows 8]``. Equal arguments give equal files.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from baocao.months import Month
from projects import Project, copy_project

FIRST = Month(2025, 8)
_HEAD = (
    "Ngày;Nội dung;Hình thức;Kênh;Tên hoạt động;Sản phẩm;Số lượng;Người tham dự;Lượt tiếp cận;Kinh phí (đồng);"
    "Nguồn kinh phí;Minh chứng;Ghi chú"
)
_TARGET_HEAD = "Mã chỉ tiêu;Tử số;Mẫu số;Giá trị;Ngày chốt;Nguồn số liệu;Ghi chú"
_MISSING, _NIL, _TARGETS = 0.06, 0.1, 0.8
"""Shares of missing reports, of nil reports, and of targets with a value."""


def make_site(target: Path, units: int = 60, months: int = 3, rows: int = 8) -> Project:
    """A project with this many units, each with reports for this many months from :data:`FIRST` on.

    Some reports are missing or nil, but never the first unit's. If fewer units are wanted than the repository has, the
    others have left the register before the first month.
    """
    project = copy_project(target)
    register = project.root / "params" / "units.yml"
    listed = yaml.safe_load(register.read_text("utf-8"))
    listed["units"] = list(_units(listed["units"], units))
    register.write_text(yaml.safe_dump(listed, allow_unicode=True, sort_keys=False), "utf-8")
    for path in sorted((project.root / "data" / "submissions").glob("*/*")):
        path.unlink()
    _fill(project.root, [unit["code"] for unit in listed["units"][:units]], FIRST.upto(FIRST.plus(months - 1)), rows)
    return project


def _units(known: list[dict[str, Any]], wanted: int) -> Iterator[dict[str, Any]]:
    for i, unit in enumerate(known):
        yield unit if i < wanted else unit | {"valid_to": "2025-07-31"}
    for i in range(len(known), wanted):
        kind, name, code = ("school", "Trường Tiểu học", "TH") if i % 4 == 0 else ("quarter", "Khu dân cư", "KP")
        yield {"code": f"{code}{i:03d}", "name": f"{name} số {i}", "kind": kind, "valid_from": "2025-07-01"}


def _fill(root: Path, units: list[str], months: tuple[Month, ...], rows: int) -> None:
    numbers = random.Random(57)
    plan, targets = (
        yaml.safe_load((root / "params" / f"{name}.yml").read_text("utf-8")) for name in ("plan", "targets")
    )
    for month in months:
        folder = root / "data" / "submissions" / str(month)
        folder.mkdir(parents=True, exist_ok=True)
        for i, unit in enumerate(units):
            chance = numbers.random() if i else 1.0
            if chance < _MISSING:
                continue
            lines = [] if chance < _NIL else [_activity(plan, month, unit, n, numbers) for n in range(1, rows + 1)]
            name, head = ("hoat-dong", _HEAD) if lines else ("thong-tin", f"Đơn vị;{unit}")
            lines = lines or [f"Kỳ báo cáo;{month.number:02d}/{month.year}", "Không phát sinh hoạt động;x"]
            _write(folder / f"{unit}.{name}.csv", [head, *lines])
        values = [line for target in targets["targets"] if (line := _value(target, month, numbers))]
        _write(folder / f"{units[0]}.chi-tieu.csv", [_TARGET_HEAD, *values])


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _activity(plan: dict[str, Any], month: Month, unit: str, number: int, numbers: random.Random) -> str:
    area, form = numbers.choice(plan["areas"]), numbers.choice(plan["forms"])
    channel = numbers.choice(form["channels"])
    funding = numbers.choice(plan["funding"])["name"]
    cost = numbers.choice([0, 500_000, 2_000_000, 7_500_000])
    cells = (
        f"{numbers.randint(1, 12):02d}/{month.number:02d}/{month.year}", area["code"], form["code"], channel,
        f"Hoạt động {number} của {unit} tháng {month.number}", form["products"][0], numbers.randint(1, 9),
        numbers.randint(10, 300) if form.get("gathers") else "", numbers.randint(50, 5000), cost or "",
        funding if cost else "", "", "",
    )  # fmt: skip
    return ";".join(str(cell) for cell in cells)


def _value(target: dict[str, Any], month: Month, numbers: random.Random) -> str:
    """A value near the target's bound; empty for some targets, and for those without values."""
    bound = target.get("value_min") or target.get("value")
    if target["type"] == "qualitative" or numbers.random() > _TARGETS:
        return ""
    near = round((1 if isinstance(bound, bool) or bound is None else bound) * numbers.uniform(0.6, 1.15), 2)
    day = f"05/{month.number:02d}/{month.year}"
    if target["type"] == "boolean":
        return f"{target['code']};;;{numbers.randint(0, 1)};{day};Sổ theo dõi;"
    if target["type"] == "ratio":
        return f"{target['code']};{min(1000, round(near * 10))};1000;;{day};Sổ theo dõi;"
    return f"{target['code']};;;{str(near).replace('.', ',')};{day};Sổ theo dõi;"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    for name, value in (("units", 60), ("months", 3), ("rows", 8)):
        parser.add_argument(f"--{name}", type=int, default=value)
    given = parser.parse_args()
    make_site(given.folder, given.units, given.months, given.rows)
