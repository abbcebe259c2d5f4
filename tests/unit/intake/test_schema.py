"""The typed contract of the frames, and their text form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from pandera.errors import SchemaError

from baocao.intake.schema import FRAMES, concat, empty_records, from_csv, to_csv, validate
from intake_site import Inbox, activity


@pytest.fixture
def filled(inbox: Inbox) -> Inbox:
    tricky = 'a "b"; c,d\nNA null =1+1 “e”'
    lines = [activity(Tên_hoạt_động=tricky), activity(Người_tham_dự=None, Ghi_chú="NA"), activity(Ngày="x")]
    inbox.put_book([activity(Tên_hoạt_động=tricky, Ghi_chú='="a"')], name="AN.xlsx")
    inbox.put_book(
        lines, [["UB-02", None, None, "4,50", date(2025, 10, 14), "s", ""]], [["Khó khăn", tricky]], name="AN.v2.xlsx"
    )
    return inbox


@pytest.mark.parametrize("frame", FRAMES)
def test_text_form_is_lossless_and_deterministic(filled: Inbox, frame: str) -> None:
    data: pd.DataFrame = getattr(filled.read(), frame)
    assert len(data) > 0
    text = to_csv(frame, data)
    assert_frame_equal(from_csv(frame, text), data)
    assert to_csv(frame, from_csv(frame, text)) == text


@pytest.mark.parametrize("frame", FRAMES)
def test_an_empty_frame_survives_too(frame: str) -> None:
    data: pd.DataFrame = getattr(empty_records(), frame)
    assert_frame_equal(from_csv(frame, to_csv(frame, data)), data)


def test_records_of_months_stand_one_after_the_other(filled: Inbox) -> None:
    one = filled.read()
    both = concat([one, empty_records(), one])
    assert len(both.activities) == 2 * len(one.activities)
    assert both.activities.dtypes.equals(one.activities.dtypes)
    assert validate(concat([])).files.empty


def test_a_violation_of_the_contract_is_an_error(filled: Inbox) -> None:
    records = filled.read()
    wrong = records.activities.assign(quantity=records.activities["quantity"] * 0)
    with pytest.raises(SchemaError):
        validate(replace(records, activities=wrong))
    with pytest.raises(SchemaError):
        validate(replace(records, values=records.values.assign(value="1,5")))
    with pytest.raises(SchemaError):
        validate(replace(records, notes=records.notes.assign(kind="Khó khăn")))


@pytest.mark.parametrize(("frame", "column", "other"), [
    ("activities", "quantity", "float64"),
    ("activities", "date", "datetime64[ns]"),
    ("activities", "cost", "float64"),
    ("files", "bytes", "int32"),
    ("findings", "message", "object"),
])  # fmt: skip
def test_a_column_of_another_type_is_an_error(filled: Inbox, frame: str, column: str, other: str) -> None:
    records = filled.read()
    data: pd.DataFrame = getattr(records, frame)
    with pytest.raises(SchemaError, match=f"dtypes of {frame}: .*'{column}'"):
        validate(replace(records, **{frame: data.astype({column: other})}))
