"""The demonstration's submissions reach the totals that were counted independently of this program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from baocao.config.load import load_config
from baocao.config.models import Config
from baocao.intake.intake import read_month
from baocao.intake.records import Records
from baocao.months import Month

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = json.loads((Path(__file__).parent / "expected-demo.json").read_text(encoding="utf-8"))
SUMS = {"quantity": "quantity", "attendees": "attendees", "reach": "reach", "cost_vnd": "cost"}


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config(ROOT)


@pytest.fixture(scope="module")
def months(config: Config) -> dict[str, Records]:
    return {month: read_month(ROOT / "data" / "submissions", Month.parse(month), config) for month in EXPECTED}


def totals(records: Records, unit: str) -> dict[str, object]:
    """What the expectation counts, of one unit."""
    activities = records.activities[records.activities["unit"] == unit]
    return {
        "activities": len(activities),
        **{name: int(activities[column].sum()) for name, column in SUMS.items()},
        "kpi_values": int((records.values["unit"] == unit).sum()),
        "notes": int((records.notes["unit"] == unit).sum()),
        "by_content": activities["content"].value_counts().to_dict(),
        "by_form": activities["form"].value_counts().to_dict(),
    }


@pytest.mark.parametrize("month", EXPECTED)
def test_each_units_totals_are_the_expected_ones(months: dict[str, Records], month: str) -> None:
    records = months[month]
    assert {unit: totals(records, unit) for unit in EXPECTED[month]} == EXPECTED[month]


@pytest.mark.parametrize("month", EXPECTED)
def test_no_other_unit_counts_and_nothing_is_rejected(months: dict[str, Records], month: str) -> None:
    records = months[month]
    assert set(records.submissions["unit"]) == set(EXPECTED[month])
    assert (records.findings["severity"] == "warning").all()
    assert set(records.findings["code"]) <= {"HD-DONVI", "HD-THIEUMINHCHUNG", "HD-TRUNGDONVI"}
    assert len(records.findings) <= 12
    assert (records.files["rejected"] == 0).all()
