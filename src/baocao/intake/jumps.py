"""A figure compared with the same unit's earlier ones by the robust z-score (Iglewicz and Hoaglin, 1993)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import mean, median

from baocao.config.models import Thresholds

# Factors from a median or mean absolute deviation to a standard deviation, for a normal distribution.
_MEDIAN_SCALE, _MEAN_SCALE = Decimal("1.482602"), Decimal("1.253314")


@dataclass(frozen=True)
class Jump:
    """A figure far from the earlier ones: their median, and the score, which is None if they are all equal."""

    median: Decimal
    score: Decimal | None


def jump(figure: Decimal, earlier: Sequence[Decimal], thresholds: Thresholds) -> Jump | None:
    """How far a figure is from the earlier ones; None if it is not far, or there are too few of them to say."""
    if len(earlier) < thresholds.jump_min_months:
        return None
    middle = median(earlier)
    distance = abs(figure - middle)
    if distance * 100 <= thresholds.jump_min_percent * abs(middle):
        return None
    deviations = [abs(one - middle) for one in earlier]
    scale = median(deviations) * _MEDIAN_SCALE or mean(deviations) * _MEAN_SCALE
    if not scale:
        return Jump(middle, None) if distance else None
    score = distance / scale
    return Jump(middle, score) if score > thresholds.jump_score else None
