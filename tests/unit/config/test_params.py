"""The repository's own parameters: complete, word for word, and sensible."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from decimal import Decimal

import pytest

from baocao.config.models import Config
from baocao.config.units import owed_units, resolve
from baocao.months import Month

# SHA-256 of the plan's words in the order of verbatim(), taken from the transcript of the document. A change here
# means that the plan itself was amended, or that somebody mended a typo that must stand.
WORDS = "92d9877cfe4843bb44f31d95188b8548b48b26dbbea88c3e3e025f54d660f3f5"


def verbatim(config: Config) -> list[str]:
    """Every text that is the document's own."""
    plan, targets = config.plan, config.targets
    words = [plan.document.title, plan.preamble, *(p.text for p in (*plan.purposes, *plan.requirements))]
    for area in plan.areas:
        words += [area.title, area.lead_text, area.coordinating_text, area.timing.text, *(b.text for b in area.bullets)]
    words += [*(p.text for p in targets.paragraphs), *(t.text for t in targets.targets)]
    words += [*(f.text for f in plan.forms), *(c.name for c in plan.channels), plan.budget.text]
    words += [plan.duties_section.text, *(d.text for d in plan.duties), plan.closing]
    return [*words, *(r.text for r in plan.recipients), *(e.quote for e in plan.errata)]


def test_the_whole_plan_is_there(ward):
    plan = ward.plan
    assert len(plan.areas) == 10
    assert sum(len(area.bullets) for area in plan.areas) == 28
    assert len(plan.forms) == 6
    assert len(plan.channels) == 17
    assert len(ward.targets.targets) == 57
    assert len(plan.errata) == 46
    assert len(plan.legal_bases) == 10
    assert [duty.code for duty in plan.duties] == ["V.1.a", "V.1.b", "V.2", "V.3", "V.4"]
    assert len(plan.recipients) == 7
    assert [funding.name for funding in plan.funding] == ["đã giao", "bổ sung", "hợp pháp khác"]


def test_the_plan_stands_word_for_word(ward):
    assert hashlib.sha256("\n".join(verbatim(ward)).encode()).hexdigest() == WORDS


@pytest.mark.parametrize(
    "typo", ["vầ của phường", "bảo àng", "chất lượng chất lượng cao", "cải thiến kỹ thuật", "2024-QĐ/TW", "Ðộc lập"]
)
def test_typos_of_the_plan_are_kept(ward, typo):
    assert any(typo in text for text in verbatim(ward))


def test_every_text_is_in_normal_form_c_without_stray_blanks(ward):
    for text in verbatim(ward):
        assert text == unicodedata.normalize("NFC", " ".join(text.split()))


def test_targets_are_typed(ward):
    assert Counter(target.type for target in ward.targets.targets) == {
        "qualitative": 21,
        "ratio": 16,
        "growth": 7,
        "threshold": 5,
        "boolean": 4,
        "relative": 4,
    }


@pytest.mark.parametrize(
    ("code", "comparator", "value", "unit"),
    [
        ("UB-05", ">=", Decimal(90), "%"),
        ("UB-09", ">", Decimal(40), "%"),
        ("UB-10", ">", Decimal(0), "%/năm"),
        ("UB-12", "==", True, ""),
        ("QN-12", ">", Decimal("0.82"), "chỉ số (0-1)"),
        ("QN-34", ">=", Decimal(1), "tổ chức, doanh nghiệp"),
    ],
)
def test_a_target_has_its_bound(ward, code, comparator, value, unit):
    target = next(t for t in ward.targets.targets if t.code == code)
    assert (target.comparator, target.value, type(target.value), target.unit) == (comparator, value, type(value), unit)


def test_targets_that_are_not_scored_are_the_qualitative_the_unranked_and_the_undefined(ward):
    unscored = {target.code for target in ward.targets.targets if target.unscored_because}
    qualitative = {target.code for target in ward.targets.targets if target.type == "qualitative"}
    assert unscored - qualitative == {"QN-01", "QN-30", "QN-33", "QN-23", "UB-15"}
    assert qualitative < unscored


def test_every_unit_has_owed_reports_since_the_first_month(ward):
    owed = owed_units(ward, Month.parse(ward.calendar.first_month))
    assert owed == ward.units.units


def test_every_group_resolves_to_somebody(ward):
    day = ward.calendar.starts
    assert all(resolve(ward, group.code, day) for group in ward.units.groups)
    assert [u.code for u in resolve(ward, "G_LEADS", day)] == ["VHXH", "KTHTDT", "TTCUDV"]


def test_the_figures_are_marked_as_a_demonstration(ward):
    assert ward.site.demonstration is True


def test_the_tiny_site_is_another_place_with_another_plan(ward, commune):
    assert (len(commune.plan.areas), len(commune.targets.targets)) == (3, 2)
    assert commune.calendar.scheme != ward.calendar.scheme
    assert not set(commune.plan.area_codes) & set(ward.plan.area_codes)
    assert commune.book == ward.book
