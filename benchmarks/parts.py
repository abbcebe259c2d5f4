"""The parts of a run: ways of executing notebooks, growth, the main job, memory over many notebooks."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import nbformat

from baocao.book.quarto import PRERENDERED, find_quarto
from benchmarks import material
from benchmarks.intake import CASES
from benchmarks.measuring import Cost, cost, interleaved, middle
from benchmarks.tables import Figure, Found
from benchmarks.watching import watching
from benchmarks.ways import WAYS

REPOSITORY = Path(__file__).resolve().parents[1]
RATIOS = (
    # slower way, faster way, {number of notebooks: least ratio of times}
    ("command", "warm2", {24: 14.0, 240: 20.0}),
    ("command", "warm1", {24: 10.0}),
    ("process2", "warm2", {24: 7.0}),
    ("process", "spawn1", {24: 3.0}),
)

COMMAND = 2.7
"""Seconds for a notebook with papermill's command, on the machine for which some goals are given in seconds."""
AS_THERE = f"as if papermill's command took {COMMAND} s a notebook"


@dataclass(frozen=True)
class Settings:
    """Settings from the command line."""

    notebooks: int = 24
    rounds: int = 3
    rows: int = 300
    ways: tuple[str, ...] = tuple(WAYS)


def _way(way: str, folder: Path, count: int) -> Cost:
    return cost([sys.executable, "-m", "benchmarks.ways", way, str(folder), str(count)], REPOSITORY)


@contextmanager
def _material(rows: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        material.write_table(Path(name) / "table.csv", rows)
        material.write_notebook(Path(name) / "in.ipynb")
        yield Path(name)


def ways(given: Settings) -> Found:
    """This engine compared with papermill's command, papermill in process, ploomber-engine and plain computation."""
    there = [way for way in given.ways if way != "ploomber" or find_spec("ploomber_engine")]
    if there != list(given.ways):
        print("ploomber is left out: pip install ploomber-engine (in no lock file, as it brings telemetry)")
    count = given.notebooks
    with _material(given.rows) as folder:
        costs = interleaved(there, given.rounds, lambda way: _way(way, folder, count))
    figures = []
    for slow, fast, goals in RATIOS:
        if slow in costs and fast in costs:
            ratio = costs[slow].seconds / costs[fast].seconds
            figures.append(Figure(f"{slow} / {fast}", ratio, ">=", goals.get(count)))
    for way, bare in (("warm1", "bare"), ("warm2", "bare2")):
        if {way, bare} <= costs.keys():
            over = (costs[way].seconds - costs[bare].seconds) / count
            goal = 0.08 if way == "warm1" else None
            figures.append(Figure(f"{way} above {bare}, s a notebook, start included", over, "<=", goal))
            if goal and "command" in costs:
                set_off = _there(over, costs["command"].seconds / count)
                figures.append(Figure(f"the same, {AS_THERE}", set_off, "<=", goal))
    return Found(f"{count} notebooks by each way, medians of {given.rounds}", costs, figures)


def _there(seconds: float, command: float) -> float:
    """Seconds converted to the goals' machine, given the time of papermill's command on this one."""
    return seconds / command * COMMAND


def rows(given: Settings) -> Found:
    """Time and memory of a notebook as its table grows."""
    costs = {}
    for count in (100, 10_000, 1_000_000):
        with _material(count) as folder:
            costs[str(count)] = middle([_way("warm1", folder, 2) for _ in range(given.rounds)])
    few, many = costs["10000"], costs["1000000"]
    figures = [
        Figure("rows x 100 (10,000 to 1,000,000), time x", many.seconds / few.seconds, "<=", 60),
        Figure("rows x 100, memory x", many.mib / few.mib, "<=", 20),
    ]
    return Found("2 notebooks, rows of their table", costs, figures)


def memory(given: Settings) -> Found:
    """Whether the memory of workers stays flat over 500 notebooks."""
    count = 500
    with _material(given.rows) as folder:
        whole = _way("warm1", folder, count)
        peaks = [_noted(folder / f"baocao-{i}.ipynb") for i in range(count)]
    first, last = (max(part) for part in (peaks[:50], peaks[-50:]))
    figures = [
        Figure("largest process of all, MiB", whole.mib, "<=", 350),
        Figure("peak of notebooks 451 to 500 / of notebooks 1 to 50", last / first, "<=", 1.1),
    ]
    return Found(f"{count} notebooks, one worker", {"warm1": whole}, figures)


def _noted(path: Path) -> float:
    return float(nbformat.read(path, as_version=4).metadata.papermill["peak_mib"])


def _site(target: Path, *, units: int = 20, months: int = 3, rows: int = 8) -> Path:
    options = ["--units", str(units), "--months", str(months), "--rows", str(rows)]
    subprocess.run([sys.executable, str(REPOSITORY / "tests" / "big_site.py"), str(target), *options], check=True)
    return target


def _baocao(site: Path, *arguments: str) -> Cost:
    return cost([sys.executable, "-m", "baocao", "--root", str(site), *arguments], site)


def _cleared(site: Path) -> None:
    for name in ("build", "_book", "reports/chuong"):
        shutil.rmtree(site / name, ignore_errors=True)


def report(given: Settings) -> Found:
    """``baocao report`` for 20 units: cold, forced, unchanged, with a corrected text or figure, with ``--watch``."""
    corrections = ("one unit, a text", "one unit, a figure", "a text, watched", "a figure, watched")
    names = ("cold", "notebooks again", "nothing changed", *corrections)
    kinds: dict[str, list[Cost]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as name:
        site = _site(Path(name) / "site")
        corrected = sorted((site / "data" / "submissions").glob("*/*.hoat-dong.csv"))[-1]
        for i in range(given.rounds):
            _cleared(site)
            kinds["cold"].append(_report(site))
            kinds["nothing changed"].append(_report(site))
            _correct(corrected, "Tên hoạt động", f"Hoạt động sửa lần {i}")
            kinds["one unit, a text"].append(_report(site))
            _correct(corrected, "Người tham dự", f"{101 + i}")
            kinds["one unit, a figure"].append(_report(site))
            kinds["notebooks again"].append(_report(site, "--force"))
            with watching(_report_command(site), site) as running:
                for kind, column, value in (
                    ("a text, watched", "Tên hoạt động", f"Hoạt động sửa thêm lần {i}"),
                    ("a figure, watched", "Người tham dự", f"{501 + i}"),
                ):
                    kinds[kind].append(running.cost(partial(_correct, corrected, column, value)))
    with _material(given.rows) as folder:
        kinds["a notebook by papermill's command"] = [_way("command", folder, 1) for _ in range(given.rounds)]
    costs = {name: middle(found) for name, found in kinds.items()}
    cold, one = costs["cold"].seconds, costs["a notebook by papermill's command"].seconds
    figures = [
        Figure(f"cold, s, {AS_THERE}", _there(cold, one), "<=", 8),
        Figure("nothing changed, s, likewise", _there(costs["nothing changed"].seconds, one), "<=", 1.5),
        *(
            Figure(f"{name} / cold of the same round", _share(kinds[name], kinds["cold"]), "<=", 1 / 3)
            for name in corrections
        ),
    ]
    return Found(f"baocao report --engine pandoc, 20 units, medians of {given.rounds}", costs, figures)


def _share(some: list[Cost], whole: list[Cost]) -> float:
    """Ratio of two times, as the median over rounds, because a machine's speed changes over time."""
    return statistics.median(one.seconds / all_of_it.seconds for one, all_of_it in zip(some, whole, strict=True))


def _correct(path: Path, column: str, value: str) -> None:
    """Change a value in the first row of a submission."""
    head, first, *rest = path.read_text("utf-8").split("\n")
    cells = first.split(";")
    cells[head.split(";").index(column)] = value
    path.write_text("\n".join([head, ";".join(cells), *rest]), "utf-8")


def _report(site: Path, *options: str) -> Cost:
    return cost([*_report_command(site), *options], site)


def _report_command(site: Path) -> list[str]:
    return [sys.executable, "-m", "baocao", "--root", str(site), "report", "--engine", "pandoc"]


def growth(given: Settings) -> Found:
    """``baocao run`` with growing numbers of units, months and workers."""
    del given
    costs = {}
    with tempfile.TemporaryDirectory() as name:
        for units in (5, 20, 60):
            site = _site(Path(name) / f"units-{units}", units=units)
            costs[f"{units} units, a month"] = _baocao(site, "run")
        year = _site(Path(name) / "year", months=12)
        costs["20 units, 12 months"] = _baocao(year, "run", "--all-months")
        for workers in (1, 2, 4):
            _cleared(site)
            costs[f"60 units, {workers} workers"] = _baocao(site, "run", "--workers", str(workers))
    return Found("baocao run", costs)


def intake(given: Settings) -> Found:
    """Reading and checking submissions of many rows, and refusing a zip bomb; without the start of the process."""
    larger = ("xlsx", "ods", "csv")  # the tests' own writer of .xls is limited, and the bomb has one size
    cases = [("nothing", 0), *((kind, 10_000) for kind in CASES), *((kind, 50_000) for kind in larger)]
    names = {f"{kind}, {count:,} rows" if count else kind: (kind, count) for kind, count in cases}
    with tempfile.TemporaryDirectory() as folder:
        for name, (kind, count) in names.items():
            (site := Path(folder) / name).mkdir()
            if count:  # in a separate process, because a child's peak memory starts at its parent's
                subprocess.run([*_INTAKE, "make", kind, str(count), str(site)], cwd=REPOSITORY, check=True)
        read = partial(cost, folder=REPOSITORY)
        costs = interleaved(names, given.rounds, lambda name: read([*_INTAKE, "read", str(Path(folder) / name)]))
    seconds = {name: one.seconds - costs["nothing"].seconds for name, one in costs.items()}
    few = [name for name in names if name.endswith(" 10,000 rows")]
    figures = [
        *(Figure(f"{name}, s", seconds[name], "<=", 5) for name in few),
        *(
            Figure(f"{kind}, rows x 5, time x", seconds[f"{kind}, 50,000 rows"] / seconds[f"{kind}, 10,000 rows"])
            for kind in larger
        ),
        Figure("largest process of all, MiB", max(one.mib for one in costs.values()), "<=", 512),
    ]
    return Found(f"a month's submission read and checked, medians of {given.rounds}", costs, figures)


_INTAKE = [sys.executable, "-m", "benchmarks.intake"]

_WRITTEN = "  - path: _extensions/baocao/tables.lua\n    at: pre-ast\n"
"""Lines of ``_quarto.yml`` by which tables are written before Quarto processes them."""


def quarto(given: Settings) -> Found:
    """``quarto render`` for 20 units with executed notebooks, with and without tables written ahead."""
    if find_quarto().problem:
        return Found(f"quarto: {find_quarto().problem}", {})
    with tempfile.TemporaryDirectory() as name:
        site = _site(Path(name) / "site")
        _baocao(site, "run")
        month = max(path.name for path in (site / "data" / "submissions").iterdir() if path.is_dir())
        plain = Path(shutil.copytree(site, Path(name) / "plain"))
        settings = (plain / "_quarto.yml").read_text("utf-8")
        if _WRITTEN not in settings:
            raise SystemExit("_quarto.yml no longer names the filter that this part leaves out")
        (plain / "_quarto.yml").write_text(settings.replace(_WRITTEN, ""), "utf-8")
        sites = {"tables left to Quarto": plain, "tables written ahead": site}
        costs = interleaved(sites, given.rounds, lambda way: _quarto(sites[way], month))
    whole, written = (costs[way].seconds for way in sites)
    return Found("quarto render, 20 units, notebooks done", costs, [Figure("written / left", written / whole)])


def _quarto(site: Path, month: str) -> Cost:
    told = {"QUARTO_PYTHON": sys.executable, "REPORT_MONTH": month, PRERENDERED: "1"}
    return cost([find_quarto().path, "render"], site, **told)


PARTS: dict[str, Callable[[Settings], Found]] = {
    one.__name__: one for one in (ways, rows, memory, report, intake, quarto, growth)
}
