"""Charts as SVG text: equal charts give equal text, and nothing in it loads or runs anything."""

from __future__ import annotations

import re
from collections.abc import Callable
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
        The figure's label; identifiers in the SVG start with it, so that a page can hold several.
    """
    specification = with_tips(plain_deep(chart.to_dict() | {"config": CONFIG}))
    svg = vl_convert.vegalite_to_svg(specification, format_locale=_NUMBERS)
    return _finished(svg, label)


class NotDrawnError(ValueError):
    """A chart cannot be drawn; the message says why, in Vietnamese."""


def any_svg(specification: dict[str, Any], label: str, convert: Callable[..., str] = vl_convert.vegalite_to_svg) -> str:
    """An analyst's own chart as SVG, in the house's look where it sets no look of its own.

    Parameters
    ----------
    specification
        Vega-Lite, as from an Altair chart. The data must be inline: nothing is fetched.
    label
        Identifiers in the SVG start with it.
    convert
        ``vegalite_to_svg`` of vl-convert, or a function that caches its results.

    Raises
    ------
    NotDrawnError
        If the data are not inline, or Vega-Lite refuses the specification.
    """
    if _is_elsewhere(specification):
        raise NotDrawnError("số liệu của biểu đồ nằm ngoài sổ tay; hãy đọc bằng pandas rồi đưa vào biểu đồ")
    look = {name: value for name, value in CONFIG.items() if name != "autosize"}
    try:
        svg = convert(specification, config=look, format_locale=_NUMBERS, allowed_base_urls=[])
    except ValueError as error:
        reason = str(error).strip().split("\n")
        raise NotDrawnError(f"Vega-Lite không vẽ được biểu đồ ({reason[min(1, len(reason) - 1)]})") from error
    return _finished(svg, label)


def words_of(specification: dict[str, Any]) -> str:
    """Alternative text for a chart: its description, else its title; ``""`` if it has neither."""
    title = specification.get("title", "")
    text = specification.get("description") or (title.get("text", "") if isinstance(title, dict) else title)
    return " ".join(map(str, text)) if isinstance(text, list) else str(text)


def _is_elsewhere(node: Any) -> bool:
    if isinstance(node, list):
        return any(map(_is_elsewhere, node))
    if not isinstance(node, dict):
        return False
    data = node.get("data")
    inner = (value for name, value in node.items() if name not in ("datasets", "values"))
    return (isinstance(data, dict) and "url" in data) or any(map(_is_elsewhere, inner))


def _finished(svg: str, label: str) -> str:
    """vl-convert's SVG with tips added, identifiers made unique, and unneeded parts removed."""
    return _without_links(_renamed(tips_in(svg), label))


def _renamed(svg: str, label: str) -> str:
    """The SVG with identifiers numbered from one; Vega's own numbers go on through the life of a process."""
    names = {old: f"{label}-{i}" for i, old in enumerate(dict.fromkeys(_ID.findall(svg)), start=1)}
    svg = _ID.sub(lambda match: f'id="{names[match[1]]}"', svg)
    return re.sub(r"url\(#([^)]+)\)", lambda match: f"url(#{names.get(match[1], match[1])})", svg)


def _without_links(svg: str) -> str:
    """The SVG without the unused XLink namespace."""
    return _ROOT.sub(lambda match: match[0].replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', ""), svg, count=1)
