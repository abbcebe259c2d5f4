"""Charts as SVG text: the same bytes for the same chart, nothing in it that fetches or runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import vl_convert

from baocao.present.theme import CONFIG
from baocao.present.tips import tips_in, with_tips
from baocao.present.traced import plain_deep

if TYPE_CHECKING:
    import altair as alt

_NUMBERS: dict[str, Any] = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " đồng"]}
_ID = re.compile(r'\bid="([^"]+)"')
_ROOT = re.compile(r"<svg\b[^>]*>")


def to_svg(chart: alt.TopLevelMixin, label: str) -> str:
    """The chart as SVG in the house's look, with numbers in Vietnamese form.

    Parameters
    ----------
    chart
        An Altair chart whose data are inline.
    label
        The figure's label; identifiers in the SVG start with it, so that several can stand in one page.
    """
    specification = with_tips(plain_deep(chart.to_dict() | {"config": CONFIG}))
    svg = vl_convert.vegalite_to_svg(specification, format_locale=_NUMBERS)
    return _without_links(_renamed(tips_in(svg), label))


def _renamed(svg: str, label: str) -> str:
    """Identifiers counted from one: Vega counts on through the life of a process."""
    names = {old: f"{label}-{i}" for i, old in enumerate(dict.fromkeys(_ID.findall(svg)), start=1)}
    svg = _ID.sub(lambda match: f'id="{names[match[1]]}"', svg)
    return re.sub(r"url\(#([^)]+)\)", lambda match: f"url(#{names.get(match[1], match[1])})", svg)


def _without_links(svg: str) -> str:
    """Without the unused namespace of links."""
    return _ROOT.sub(lambda match: match[0].replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', ""), svg, count=1)
