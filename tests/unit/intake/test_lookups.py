"""Codes as reporters write them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from baocao.config.models import Config
from baocao.intake.lookups import CONTRADICTORY, UNKNOWN, Codes


@pytest.fixture(scope="module")
def codes(config: Config) -> Codes:
    return Codes.of(config)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("II.4", "II.4"), ("ii.4", "II.4"), (" II. 4 ", "II.4"), ("II.4.", "II.4"), ("II-4", "II.4"), ("4", "II.4"),
        (4.0, "II.4"), (10.0, "II.10"), ("II.10", "II.10"), ("II.1", "II.1"), ("II.4.b", "II.4.b"),
        ("II.4b", "II.4.b"), ("4.b", "II.4.b"), ("4b", "II.4.b"), ("II.4.B)", "II.4.b"), ("Thể chế", "II.4"),
        ("the che", "II.4"), ("II.4 Thể chế", "II.4"), ("II.4 - Thể chế", "II.4"), ("II.4. Thể chế", "II.4"),
        ("II.4: chữ nào đó", "II.4"), ("II.4.b – ý về thể chế", "II.4.b"), ("4. Thể chế", "II.4"), ("(II.4)", "II.4"),
        ("II4", "II.4"),
    ],
)  # fmt: skip
def test_contents_are_found_by_code_number_words_or_code_with_words(codes: Codes, raw: object, code: str) -> None:
    assert codes.content.find(raw) == code  # type: ignore[arg-type]


@pytest.mark.parametrize("raw", ["II.5", "5", "II.4.d", "II", "IV", "II.44", "thể", "", 4.5, True, "II.1.0"])
def test_unknown_contents_are_faults(codes: Codes, raw: object) -> None:
    assert codes.content.find(raw) == UNKNOWN  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "raw", ["II.4, II.1", "II.4 và II.1", "II.4 - II.1", "II.4; II.1", "II.4 II.1", "4 và 1", "4 - 10", "II.4.b, II.1"]
)
def test_a_cell_with_two_codes_is_a_fault_and_not_the_first_of_them(codes: Codes, raw: str) -> None:
    assert codes.content.find(raw) == CONTRADICTORY


@pytest.mark.parametrize("raw", ["II.4.d, chữ nào đó", "II.4.9: chữ"])
def test_an_unknown_bullet_with_words_is_not_its_area(codes: Codes, raw: str) -> None:
    assert codes.content.find(raw) == UNKNOWN


@pytest.mark.parametrize("raw", ["II.4 - 10 việc cần làm", "II.4.Thể chế", "II.4, thể chế", "II.4 và những việc khác"])
def test_words_behind_a_code_may_be_any(codes: Codes, raw: str) -> None:
    assert codes.content.find(raw) == "II.4"


def test_contents_are_found_by_the_short_titles_that_the_book_shows(config: Config) -> None:
    area, *others = config.plan.areas
    areas = (area.model_copy(update={"short_title": "Ngắn gọn"}), *others)
    lookup = Codes.of(config.model_copy(update={"plan": config.plan.model_copy(update={"areas": areas})})).content
    assert lookup.find("ngan gon") == area.code


@pytest.mark.parametrize(
    ("file", "key", "lookup"),
    [("plan", "areas", "content"), ("plan", "forms", "form"), ("plan", "channels", "channel"),
     ("targets", "targets", "target")],
)  # fmt: skip
def test_what_was_renamed_is_found_by_the_name_that_it_had(config: Config, file: str, key: str, lookup: str) -> None:
    whole = getattr(config, file)
    one, other, *more = getattr(whole, key)
    called = getattr(other, "name", "") or other.title
    renamed = one.model_copy(update={"earlier_names": ("Tên cũ", called)})
    made = config.model_copy(update={file: whole.model_copy(update={key: (renamed, other, *more)})})
    found = [getattr(Codes.of(made), lookup).find(text) for text in ("ten cu", f"{one.code} - Tên cũ", called)]
    assert found == [one.code, one.code, other.code]  # a name that something has now is not one that another had
    assert getattr(Codes.of(config), lookup).find("ten cu") == UNKNOWN


def test_a_code_with_the_words_of_another_is_a_fault(codes: Codes) -> None:
    assert codes.content.find("II.4 Chủ trương") == CONTRADICTORY
    assert codes.form.find("III.1: Tập huấn") == CONTRADICTORY


@pytest.mark.parametrize(
    ("raw", "code"), [("III.1", "III.1"), ("1", "III.1"), (4.0, "III.4"), ("Tập huấn", "III.4"), ("Báo chí", "III.1")]
)
def test_forms_are_found(codes: Codes, raw: object, code: str) -> None:
    assert codes.form.find(raw) == code  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raw", "code"),
    [("CH-10", "CH-10"), ("ch 10", "CH-10"), ("CH10", "CH-10"), ("lớp tập huấn", "CH-10"),
     ("CH-01 hệ thống phát thanh", "CH-01"), ("HE THONG PHAT THANH", "CH-01")],
)  # fmt: skip
def test_channels_are_found_by_code_or_name(codes: Codes, raw: str, code: str) -> None:
    assert codes.channel.find(raw) == code


@pytest.mark.parametrize("raw", ["CH-1", "CH-100", "10", "đài"])
def test_unknown_channels_are_faults(codes: Codes, raw: str) -> None:
    assert codes.channel.find(raw) == UNKNOWN


@pytest.mark.parametrize(
    ("raw", "code"),
    [("đã giao", "giao"), ("ĐÃ  GIAO", "giao"), ("da giao", "giao"), ("nguồn bổ sung", "bo-sung"),
     ("hợp pháp khác", "khac"), ("bo-sung", "bo-sung")],
)  # fmt: skip
def test_funding_sources_are_found_by_name(codes: Codes, raw: str, code: str) -> None:
    assert codes.funding.find(raw) == code


@pytest.mark.parametrize("raw", ["nguồn xã", "Nguồn Thôn", "Kinh phí nguồn thôn"])
def test_a_funding_source_that_was_renamed_is_found_by_its_former_name_too(config: Config, raw: str) -> None:
    source = config.plan.funding[0].model_copy(update={"name": "nguồn xã", "earlier_names": ("nguồn thôn",)})
    plan = config.plan.model_copy(update={"funding": (source,)})
    assert Codes.of(config.model_copy(update={"plan": plan})).funding.find(raw) == source.code


@pytest.mark.parametrize(("raw", "code"), [("UB-01", "UB-01"), ("ub01", "UB-01"), ("UB-01: Tỷ lệ hộ", "UB-01")])
def test_targets_are_found(codes: Codes, raw: str, code: str) -> None:
    assert codes.target.find(raw) == code


@pytest.mark.parametrize(
    ("raw", "code"),
    [("Khó khăn", "difficulty"), ("kien nghi", "proposal"), ("Đề xuất", "proposal"), ("PHƯƠNG HƯỚNG", "plan")],
)
def test_kinds_of_notes_are_found(codes: Codes, raw: str, code: str) -> None:
    assert codes.note_kind.find(raw) == code


def test_a_name_that_two_codes_share_stands_for_neither(config: Config) -> None:
    channels = (*config.plan.channels, config.plan.channels[0].model_copy(update={"code": "CH-99"}))
    shared = config.model_copy(update={"plan": config.plan.model_copy(update={"channels": channels})})
    lookup = Codes.of(shared).channel
    assert lookup.find("hệ thống phát thanh") == UNKNOWN
    assert lookup.find("CH-99") == "CH-99"


def test_what_a_plan_does_not_have_is_said_instead_of_a_list(config: Config) -> None:
    areas = tuple(area.model_copy(update={"bullets": ()}) for area in config.plan.areas)
    plan = config.plan.model_copy(update={"areas": areas, "funding": ()})
    targets = config.targets.model_copy(update={"targets": ()})
    bare = Codes.of(config.model_copy(update={"plan": plan, "targets": targets}))
    assert bare.content.known == "II.1, II.4, II.10"
    assert bare.funding.known == "Để trống: kế hoạch không có nguồn kinh phí nào"
    assert bare.target.known == "Để trống: kế hoạch không có chỉ tiêu"


@pytest.mark.parametrize(
    ("code", "raw", "advised"),
    [("1.10", 1.1, True), ("1.10", date(2026, 10, 1), True), ("1.10", "1.11", False), ("CH-01", 1.1, False)],
)
def test_a_code_that_the_spreadsheet_changed_to_a_number_is_asked_for_as_text(
    config: Config, code: str, raw: Any, advised: bool
) -> None:
    channels = (config.plan.channels[0].model_copy(update={"code": code}),)
    lookup = Codes.of(config.model_copy(update={"plan": config.plan.model_copy(update={"channels": channels})})).channel
    assert lookup.find(raw) == UNKNOWN
    assert ("kiểu Văn bản" in lookup.allowed(raw)) is advised
    assert lookup.allowed(raw).startswith(code)
