"""The robust z-score: figures far from a unit's own, and only those."""

from __future__ import annotations

from decimal import Decimal

import pytest

from baocao.config.models import Thresholds
from baocao.intake.jumps import jump

LIMITS = Thresholds(jump_min_months=4, jump_score=Decimal("3.5"), jump_min_percent=10)


def score(figure: int, earlier: list[int], limits: Thresholds = LIMITS) -> object:
    found = jump(Decimal(figure), [Decimal(one) for one in earlier], limits)
    return None if found is None else found.score


def test_the_score_is_the_distance_from_the_median_in_scaled_median_absolute_deviations() -> None:
    # Median 100, deviations 10, 10, 20, 20, 0: their median 10, scaled 14.82602.
    found = score(160, [90, 110, 80, 120, 100])
    assert isinstance(found, Decimal)
    assert round(found, 4) == Decimal("4.0469")


@pytest.mark.parametrize(("figure", "far"), [(151, False), (152, True), (49, False), (48, True)])
def test_a_figure_is_far_beyond_the_score_only(figure: int, far: bool) -> None:
    assert (score(figure, [90, 110, 80, 120, 100]) is not None) is far


@pytest.mark.parametrize(("months", "far"), [(3, False), (4, True)])
def test_too_short_a_history_says_nothing(months: int, far: bool) -> None:
    assert (jump(Decimal(900), [Decimal(100 + i) for i in range(months)], LIMITS) is not None) is far


@pytest.mark.parametrize(("figure", "far"), [(110, False), (111, True), (90, False), (89, True)])
def test_small_changes_of_a_steady_figure_are_not_asked_about(figure: int, far: bool) -> None:
    assert (jump(Decimal(figure), [Decimal(100)] * 5, LIMITS) is not None) is far


def test_where_most_months_are_alike_the_mean_deviation_takes_over() -> None:
    # Median 10, deviations 0, 0, 0, 0, 5: their median 0, their mean 1, scaled 1.253314.
    found = score(15, [10, 10, 10, 10, 15])
    assert isinstance(found, Decimal)
    assert round(found, 3) == Decimal("3.989")


def test_from_none_to_any_is_a_jump_and_from_none_to_none_is_not() -> None:
    assert jump(Decimal(1), [Decimal(0)] * 4, LIMITS) is not None
    assert jump(Decimal(0), [Decimal(0)] * 4, LIMITS) is None
