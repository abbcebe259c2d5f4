"""No module or notebook knows whose plan it reports on: names, numbers and codes are in ``params/`` only."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from baocao.config.models import Config
from baocao.text import fold

REPOSITORY = Path(__file__).resolve().parents[3]
MODULES = sorted((REPOSITORY / "src").rglob("*.py"))
NOTEBOOKS = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))
# Two or more capitalised words at the end of a body's name are a place: “Ủy ban nhân dân tỉnh Quảng Ninh”.
PLACE = re.compile(r"\s((?:[^\W\d_a-zà-ỹđ][^\W\d_]+\s+)+[^\W\d_a-zà-ỹđ][^\W\d_]+)$")

Patterns = dict[str, re.Pattern[str]]


def names(config: Config) -> Iterator[str]:
    """Names and numbers that only this site, plan or time would use: not even a comment needs them."""
    site, plan = config.site, config.plan
    yield from (site.place, site.name, site.short_name, site.book_title)
    yield from (match[1] for body in (site.report_to, site.name) if (match := PLACE.search(body)))
    yield from (plan.document.number, plan.document.signer)
    yield from (number for basis in plan.legal_bases for number in (basis.number, basis.number_corrected))
    yield from (unit.name for unit in config.units.units)


def codes(config: Config) -> Iterator[str]:
    """Codes, and names of groups, that a comment may take for an example but no line of code may know."""
    plan, units = config.plan, config.units
    items = (*units.units, *units.groups, *plan.areas, *plan.channels, *plan.errata, *config.targets.targets)
    yield from (item.code for item in items)
    yield from (bullet.code for area in plan.areas for bullet in area.bullets)
    yield from (group.name for group in units.groups)


def patterns(words: Iterable[str]) -> Patterns:
    """Each word → a pattern that finds it in folded text, standing by itself."""
    found = {fold(word): word for word in words if word}
    return {word: re.compile(rf"(?<![\w.-]){re.escape(bare)}(?![\w-]|\.\w)") for bare, word in found.items()}


def hits(text: str, searched: Patterns) -> list[str]:
    folded = fold(text)
    return [word for word, pattern in searched.items() if pattern.search(folded)]


def literals(source: str) -> str:
    """The string literals of a module without its docstrings."""
    tree = ast.parse(source)
    spoken = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}
    strings = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in spoken)
    return "\n".join(n.value for n in strings if isinstance(n.value, str))


def test_no_module_or_notebook_names_a_site_a_plan_or_a_unit(ward):
    searched = patterns(names(ward))
    found = {path.name: hits(path.read_text(encoding="utf-8"), searched) for path in (*MODULES, *NOTEBOOKS)}
    assert {name: words for name, words in found.items() if words} == {}


def test_no_line_of_code_knows_a_code_of_the_plan(ward):
    searched = patterns(codes(ward))
    found = {path.name: hits(literals(path.read_text(encoding="utf-8")), searched) for path in MODULES}
    found |= {path.name: hits(path.read_text(encoding="utf-8"), searched) for path in NOTEBOOKS}
    assert {name: words for name, words in found.items() if words} == {}


def test_the_names_searched_for_hold_place_superior_plan_resolutions_and_units(ward):
    searched = {fold(word) for word in patterns(names(ward))}
    assert {fold(ward.site.place), fold(ward.plan.document.number), fold(ward.units.units[0].name)} <= searched
    assert fold(ward.site.report_to.split("tỉnh")[-1]) in searched
    assert fold(ward.plan.legal_bases[1].number) in searched


def test_a_name_is_found_without_its_accents_and_case(ward):
    assert hits(f"# {fold(ward.site.place).upper()}!", patterns(names(ward))) == [ward.site.place]


def test_a_code_is_found_in_a_literal_and_not_in_a_docstring(ward):
    code = ward.plan.areas[0].code
    searched = patterns(codes(ward))
    assert hits(literals(f'"""About {code}."""\nx = "{code}"\n'), searched) == [code]
    assert hits(literals(f'"""About {code}."""\n# {code}\n'), searched) == []
