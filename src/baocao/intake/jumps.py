"""A figure against the same unit's own earlier figures: the robust z-score (Iglewicz and Hoaglin, 1993)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import mean, median

from baocao.config.models import Thresholds

# What a median, or a mean, absolute deviation is to a standard deviation in a normal distribution.
_MEDIAN_SCALE, _MEAN_SCALE = Decimal("1.482602"), Decimal("1.253314")


@dataclass(frozen=True)
class Jump:
    """A figure far from its earlier ones: their median, and the score; none if they never differed."""

    median: Decimal
    score: Decimal | None


def jump(figure: Decimal, earlier: Sequence[Decimal], thresholds: Thresholds) -> Jump | None:
    """Whether a figure is far from the earlier ones; none if it is not, or if they are too few to say."""
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
