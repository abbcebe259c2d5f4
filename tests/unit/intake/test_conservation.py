"""The conservation law as a property: whatever is in a sheet, rows in = accepted + rejected, or one clear refusal."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import office_files
from baocao.intake.records import Records
from intake_site import ACTIVITY_HEADINGS, NOTE_HEADINGS, VALUE_HEADINGS, Inbox, activity, sheets

CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        ["", " ", "II.4", "III.4", "x", "1.234", "1,234", "12,5%", "Tổng cộng", "01/10/2025", "31/02/2025", "UB-01",
         "Khó khăn", "=1+1", "#N/A", "0912345678", "Ngày", "đã giao", "\u0301", "Ngµy ®Ñp"]
    ),
    st.integers(-5, 10**13),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20),
)  # fmt: skip
LINES = st.lists(st.lists(CELLS, max_size=16), max_size=6)


def conserved(records: Records) -> bool:
    """Whether each file's rows are accepted or rejected, and each rejection has a finding."""
    files, errors = records.files, records.findings[records.findings["severity"] == "error"]
    accepted = len(records.activities) + len(records.values) + len(records.notes)
    balanced = (files["rows_in"] == files["accepted"] + files["rejected"]).all() and files["accepted"].sum() == accepted
    named = set(files.loc[(files["rejected"] > 0) | (files["table"] == ""), "file"]) <= set(errors["file"])
    return bool(balanced) and named


def with_damage(lines: list[list[object]], headings: list[str], order: int) -> list[list[object]]:
    """A table of sound and damaged lines, its columns shuffled."""
    columns = list(range(len(headings)))
    random.Random(order).shuffle(columns)
    sound = activity() if headings == ACTIVITY_HEADINGS else []
    table = [list(headings), sound, *lines]
    return [[line[i] if i < len(line) else None for i in columns] + line[len(columns) :] for line in table]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES, LINES, LINES, st.integers(0, 5), st.sampled_from(["xlsx", "ods", "xls"]))
def test_rows_in_are_rows_accepted_and_rejected_for_any_sheets(
    inbox: Inbox,
    activities: list[list[object]],
    values: list[list[object]],
    notes: list[list[object]],
    order: int,
    ending: str,
) -> None:
    book = sheets() | {
        "Hoạt động": with_damage(activities, ACTIVITY_HEADINGS, order),
        "Chỉ tiêu": with_damage(values, VALUE_HEADINGS, order),
        "Khó khăn, kiến nghị": with_damage(notes, NOTE_HEADINGS, order),
    }
    for path in inbox.folder.glob("*/*"):
        path.unlink()
    inbox.put(f"AN.{ending}", getattr(office_files, ending)(book))
    records = inbox.read()
    assert conserved(records)
    filled = sum(any(str(cell).strip() for cell in line if cell is not None) for line in activities)
    rows = records.files.set_index("table").get("rows_in", {})
    assert rows.get("activities", 0) <= filled + 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.sampled_from(["hoat-dong", "chi-tieu", "kho-khan", "thong-tin"]))
def test_any_bytes_under_a_csvs_name_are_read_or_refused(inbox: Inbox, data: bytes, table: str) -> None:
    for path in inbox.folder.glob("*/*"):
        path.unlink()
    inbox.put(f"AN.{table}.csv", data)
    assert conserved(inbox.read())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8), st.sampled_from(["xlsx", "ods", "xls"]))
def test_a_damaged_workbook_is_read_or_refused(inbox: Inbox, at: int, noise: bytes, ending: str) -> None:
    data = getattr(office_files, ending)(sheets([activity(), activity()]))
    at %= len(data)
    for path in inbox.folder.glob("*/*"):
        path.unlink()
    inbox.put(f"AN.{ending}", data[:at] + noise + data[at + len(noise) :])
    assert conserved(inbox.read())


@pytest.mark.parametrize("line", [activity(Ngày="x"), ["Tổng cộng", None, None, 5]])
def test_a_rejected_row_is_told_by_its_line(inbox: Inbox, line: list[object]) -> None:
    inbox.put_book([activity(), line])
    records = inbox.read()
    assert conserved(records)
    assert records.findings.iloc[0]["cell"].endswith("3")
