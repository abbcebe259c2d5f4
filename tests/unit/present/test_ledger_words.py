"""A ledger row in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from baocao.measures.ledger import Row, dims
from baocao.measures.receipts import VERSION_KINDS
from baocao.measures.submissions import FINALITIES, STATES, TIMELINESS
from baocao.measures.targets import STATUSES
from baocao.measures.terms import STATES as MONTH_STATES
from baocao.present.ledger_words import LedgerWords
from baocao.report import Report


def _rows_with_codes() -> Iterator[tuple[str, str, str]]:
    """Measure, dimension and code, of codes that the program itself makes."""
    yield from (("reports", "state", code) for code in ("owed", *STATES))
    yield from (("timeliness", "state", code) for code in TIMELINESS)
    yield from (("finality", "state", code) for code in FINALITIES)
    yield from (("months", "state", code) for code in MONTH_STATES)
    yield from (("targets_by_status", "status", code) for code in STATUSES)
    yield from (("version_rows", "kind", code) for code in VERSION_KINDS)
    yield from (("notes", "kind", code) for code in ("difficulty", "proposal", "plan"))
    yield from (("findings", "severity", code) for code in ("error", "warning"))
    yield from (("rows_in", "table", code) for code in ("activities", "values", "notes"))


@pytest.mark.parametrize(("measure", "dimension", "code"), list(_rows_with_codes()))
def test_no_code_of_the_program_stands_where_words_should(
    report: Report, measure: str, dimension: str, code: str
) -> None:
    said = LedgerWords(report.config).details(Row("2026-02", "*", measure, dims(**{dimension: code})))
    assert code not in said
    assert not said.startswith(f"{dimension}:")


@pytest.mark.parametrize(
    ("measure", "codes", "said"),
    [
        ("finality", {"state": "undated"}, "tình trạng: chưa rõ mức chốt"),
        ("timeliness", {"state": "undated"}, "tình trạng: chưa ghi ngày nhận"),
        ("version_rows", {"kind": "added", "version": "2"}, "loại: dòng thêm; lần gửi: 2"),
        ("target_required", {"target": "SM-1", "year": "2027"}, "năm: 2027"),
    ],
)
def test_a_code_that_means_other_things_elsewhere_is_said_as_what_it_is_of(
    report: Report, measure: str, codes: dict[str, str], said: str
) -> None:
    assert LedgerWords(report.config).details(Row("2026-02", "*", measure, dims(**codes))).endswith(said)


def test_a_row_says_whose_it_is_when_it_was_and_of_what_it_is_a_part(report: Report) -> None:
    words = LedgerWords(report.config)
    of_all = words.row(Row("2026-01..2026-02", "*", "activities", "", "12"))
    assert (of_all.unit, of_all.period, of_all.value) == (
        "Tất cả đơn vị",
        "từ tháng 01/2026 đến tháng 02/2026",
        "12 hoạt động",
    )
    code = report.config.targets.targets[1].code
    rate = Row("2026-02", "VP", "target_value", dims(target=code), "62.5", "5", "8", "2026-02-28")
    said = words.row(rate)
    assert (said.unit, said.ratio, said.as_of) == ("Văn phòng xã", "5 / 8", "28/02/2026")
    assert said.details.startswith(f"chỉ tiêu: {code} ")
    assert [words.row(rate._replace(**without)).ratio for without in ({"numerator": ""}, {"denominator": ""})] == [
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("unit", "measure", "said"),
    [
        ("%", "target_change", "1,5 điểm %"),
        ("‰", "target_change", "1,5 điểm ‰"),
        ("‰", "target_value", "1,5 ‰"),
        ("", "target_change", "1,5"),
    ],
)
def test_a_change_of_a_rate_is_in_points_of_it(report: Report, unit: str, measure: str, said: str) -> None:
    targets = report.config.targets
    first = targets.targets[0].model_copy(update={"unit": unit})
    config = report.config.model_copy(update={"targets": targets.model_copy(update={"targets": (first,)})})
    assert LedgerWords(config).row(Row("2026-02", "*", measure, dims(target=first.code), "1.5")).value == said
