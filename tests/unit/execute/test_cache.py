"""Whatever a notebook's outputs rest on is in its key: one change makes what depends on it run again, nothing else."""

from __future__ import annotations

import importlib.metadata
import json
import shutil
import sys
from collections.abc import Callable
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from baocao import sources
from baocao.execute import cache, drawings
from baocao.execute.jobs import month_jobs
from baocao.execute.run import Lot, Step, run_jobs
from baocao.execute.work import Ended, Failure
from baocao.intake.records import Records
from baocao.months import Month
from baocao.reads import EVERYTHING, LEDGER, OPENED, PROVENANCE, RECORDS, SCOPE, Contents
from baocao.slices import unpacked
from baocao.watch import is_unknown, opening_by_themselves, outside
from baocao.workspace import Workspace, load_report, tool_versions
from projects import SITES, copy_project

MONTH = Month(2026, 1)
UNITS = ("BanMay", "VP")
DATA = Path("data/submissions/2026-01")
OWN = (SCOPE, LEDGER, *(f"{RECORDS}:{one.name}" for one in fields(Records)))


@dataclass
class Executor:
    """Runs nothing: notes what it was asked to run and writes a result.

    Each notebook reads all of its own report; ``opened_beside`` names a report that one opens beside it.
    """

    ran: list[str] = field(default_factory=list)
    failing: str = ""
    opened_beside: dict[str, str] = field(default_factory=dict)
    was_opened: bool = False

    def warming(self, root, timezone):
        return nullcontext()

    @contextmanager
    def opened(self, root, timezone, expected):
        self.was_opened = True
        yield self._run

    def _run(self, works):
        for work in works:
            self.ran.append(work.job.name)
            work.output.parent.mkdir(parents=True, exist_ok=True)
            work.output.write_text(work.job.name, "utf-8")
            failure = Failure(1, "ValueError", "") if work.job.name == self.failing else None
            beside = self.opened_beside.get(work.job.name)
            reads = (*OWN, f"{OPENED}:{work.month}@{work.job.unit}", *([f"{OPENED}:{beside}"] if beside else []))
            yield Ended(work, failure, 0.1, reads=reads if work.job.unit or beside else (EVERYTHING,))


def run(root: Path, *, force: bool = False, **settings: Any) -> set[str]:
    """The notebooks that a run of the month executes."""
    sources.package_digest.cache_clear()
    space, executor = Workspace(root), Executor(**settings)
    report = load_report(space, MONTH)
    jobs = month_jobs(space.config.book, space.notebooks, MONTH, report.units)
    run_jobs([Lot(jobs, report, space.build(MONTH) / "notebooks")], root, executor, force=force)
    assert len(executor.ran) == len(set(executor.ran))
    assert executor.was_opened == bool(executor.ran)
    return set(executor.ran)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, set[str]]:
    root = copy_project(tmp_path_factory.mktemp("cache") / "site", site="tiny").root
    ran = run(root)
    assert run(root) == set()
    return root, ran


@pytest.fixture
def root(built, tmp_path) -> Path:
    shutil.copytree(built[0], tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def every(built) -> set[str]:
    return built[1]


def chapters_of_units(root: Path) -> dict[str, str]:
    return {f"don-vi-{unit['code'].lower()}": unit["code"] for unit in _yaml(root / "params" / "units.yml")["units"]}


def _yaml(path: Path):
    return yaml.safe_load(path.read_text("utf-8"))


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8").rstrip("\n") + text, "utf-8")


def note(unit: str) -> Callable[[Path], None]:
    """A further remark in the unit's file of difficulties."""
    return lambda root: append(root / DATA / f"{unit}.kho-khan.csv", "\nKhó khăn;Thêm một điều.\n")


def last_line_gone(name: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        lines = (root / DATA / name).read_text("utf-8").rstrip("\n").split("\n")
        (root / DATA / name).write_text("\n".join(lines[:-1]) + "\n", "utf-8")

    return change


def registered(root: Path) -> None:
    (root / "data/submissions/register.csv").write_text(
        "month,unit,version,received_at,sender,file,sha256,bytes\n"
        "2026-01,VP,1,2026-01-10T08:00:00+07:00,VP,2026-01/VP.hoat-dong.csv,,0\n",
        "utf-8",
    )


@pytest.mark.parametrize(
    ("unit", "change"),
    [
        ("VP", note("VP")),
        ("VP", last_line_gone("VP.hoat-dong.csv")),
        ("VP", last_line_gone("VP.chi-tieu.csv")),
        ("VP", lambda root: (root / DATA / "VP.kho-khan.csv").unlink()),
        ("VP", registered),
        ("BanMay", last_line_gone("BanMay.hoat-dong.csv")),
        ("BanMay", lambda root: (root / DATA / "BanMay.hoat-dong.csv").unlink()),
    ],
    ids=["note", "activity", "value", "file", "register", "other-activity", "other-file"],
)
def test_a_change_of_one_unit_runs_its_chapter_and_those_that_sum_it(root, every, unit, change):
    change(root)
    others = {name for name, code in chapters_of_units(root).items() if code != unit}
    assert run(root) == every - others
    assert run(root) == set()


@pytest.mark.parametrize("beside", ["2026-01@", "2026-01@VP"])
def test_a_unit_chapter_that_opens_more_of_the_month_runs_when_another_unit_changes(root, every, beside):
    shutil.rmtree(root / "build" / "2026-01" / "notebooks")
    settings = {"opened_beside": {"don-vi-banmay": beside}}
    assert run(root, **settings) == every
    assert run(root, **settings) == set()
    note("VP")(root)
    others = {name for name, code in chapters_of_units(root).items() if code not in UNITS}
    assert run(root, **settings) == every - others


def test_a_notebook_of_which_nothing_is_known_may_have_read_of_every_unit(root):
    report = load_report(Workspace(root), MONTH)
    before = {unit: Contents(report, unit).hash(EVERYTHING) for unit in ("", *UNITS)}
    note("VP")(root)
    report = load_report(Workspace(root), MONTH)
    assert not [unit for unit in before if Contents(report, unit).hash(EVERYTHING) == before[unit]]


def test_a_notebook_that_opens_another_months_report_runs_each_time_and_it_is_told_why(root):
    (root / "build" / "2026-01" / "notebooks" / "kinh-phi.ipynb").unlink()
    settings = {"opened_beside": {"kinh-phi": "2025-12@"}}
    assert [run(root, **settings) for _ in range(3)] == [{"kinh-phi"}] * 3
    data = Contents(load_report(Workspace(root), MONTH))
    key = dict.fromkeys(cache.PARTS, "")
    reads = data.hashes([*OWN, f"{OPENED}:2026-01@", f"{OPENED}:2025-12@VP", f"{OPENED}:2025-Q4@"])
    assert cache.why_stale({**key, cache.READS: reads}, key, data) == (
        "sổ tay mở cả báo cáo của kỳ khác (2025-12, 2025-Q4), nên lần nào cũng chạy"
    )


@pytest.mark.parametrize("name", sorted(path.name for path in (SITES / "tiny" / "params").glob("*.yml")))
def test_a_change_of_any_parameter_file_is_seen(root, every, name):
    path = root / "params" / name
    before = path.read_text("utf-8")
    # A value that every file has somewhere: the first text of some length.
    content = _yaml(path)
    path.write_text(yaml.safe_dump(_lengthened(content), allow_unicode=True, sort_keys=False), "utf-8")
    assert path.read_text("utf-8") != before
    assert run(root) == every


def _lengthened(content, done=None):
    """The content with the first name, title or text in it made longer; numbers by one where there is none."""
    done = [] if done is None else done
    if isinstance(content, dict):
        return {key: _one(key, value, done) for key, value in content.items()}
    return [_lengthened(item, done) for item in content] if isinstance(content, list) else content


def _one(key, value, done):
    if not done and key in {"name", "title", "short_title", "text"} and isinstance(value, str):
        done.append(key)
        return f"{value} nữa"
    if not done and key in {"day", "history_months"} and isinstance(value, int):
        done.append(key)
        return value - 1
    return _lengthened(value, done)


def test_a_change_of_a_notebook_runs_its_own_chapters(root, every):
    append(root / "notebooks" / "unit.ipynb", "\n\n")
    assert run(root) == set(chapters_of_units(root)) & every
    append(root / "notebooks" / "budget.ipynb", "\n\n")
    assert run(root) == {"kinh-phi"}


def test_a_changed_line_of_any_file_of_the_package_is_seen(root, every, monkeypatch, tmp_path):
    shutil.copytree(sources.PACKAGE, tmp_path / "src" / "baocao", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(sources, "PACKAGE", tmp_path / "src" / "baocao")
    monkeypatch.setattr(sources, "package_files", lambda own=sources.package_files: own(tmp_path / "src"))
    digests = {package_digest()}
    files = [path for path in sorted((tmp_path / "src").rglob("*")) if path.is_file()]
    for path in files[:: max(1, len(files) // 25)]:
        path.write_bytes(path.read_bytes() + b"\n")
        digests.add(package_digest())
    assert len(digests) == 1 + len(files[:: max(1, len(files) // 25)])
    assert run(root) == every


def package_digest() -> str:
    sources.package_digest.cache_clear()
    return sources.package_digest()


@pytest.mark.parametrize(
    "library",
    ["pandas", "altair", "vl-convert-python", "numpy", "tabulate", "ipykernel", "pypandoc-binary", "python-docx"],
)
def test_another_version_of_a_library_is_seen(root, every, monkeypatch, library):
    own = importlib.metadata.version
    tool_versions.cache_clear()
    for module in (cache, __import__("baocao.workspace", fromlist=["version"])):
        monkeypatch.setattr(module, "version", lambda name: "0.0" if name == library else own(name))
    try:
        assert run(root) == every
    finally:
        tool_versions.cache_clear()


def test_a_library_that_only_a_notebook_uses_is_seen_when_another_version_of_it_is_installed(
    root, every, tmp_path, monkeypatch
):
    before = sources.installed()
    assert any(one.startswith("pandas-") for one in before)
    (tmp_path / "libraries" / "drawing-1.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "libraries")
    assert {*sources.installed()} - {*before} == {"drawing-1.0.dist-info"}
    assert run(root) == every


def test_a_notebook_with_a_library_that_opens_files_by_itself_runs_each_time_and_it_is_told_why(root, monkeypatch):
    others = opening_by_themselves()  # what other tests of this process have loaded
    assert not any("polars" in one for one in others)
    monkeypatch.setitem(sys.modules, "polars", sys)
    (told,) = opening_by_themselves() - others
    data, key = Contents(load_report(Workspace(root), MONTH)), dict.fromkeys(cache.PARTS, "")
    kept = {**key, cache.READS: data.hashes([*OWN, told])}
    assert cache.why_stale(kept, key, data) == "sổ tay dùng thư viện tự mở tệp (polars), nên lần nào cũng chạy"
    assert outside(told)
    assert is_unknown(told)


def test_another_parameter_is_seen(root):
    jobs = month_jobs(Workspace(root).config.book, root / "notebooks", MONTH, ())
    report = load_report(Workspace(root), MONTH)
    (before, *_), data = cache.job_keys(jobs[:1], report), Contents(report)
    kept = {**before, cache.READS: data.hashes(["ledger:cost"])}
    assert cache.why_stale(kept, before, data) == ""
    unknown = "đã đổi: số liệu mà sổ tay đọc"
    assert [cache.why_stale(before | more, before, data) for more in ({}, {cache.READS: {}})] == [unknown] * 2
    assert cache.why_stale({}, before, data) == "lần chạy trước chưa xong"
    names = ["ledger:cost", "records:notes", "file:notebooks/a.csv", "variable:X", SCOPE]
    other = {cache.READS: dict.fromkeys(names[:3], "")}, {cache.READS: dict.fromkeys(names, "")}
    first = f"{unknown} (tổng kinh phí, tính trên các dòng có ghi; bảng Khó khăn, kiến nghị; tệp notebooks/a.csv"
    assert [cache.why_stale(before | one, before, data) for one in other] == [f"{first})", f"{first} và 2 mục khác)"]
    whole = dict.fromkeys([f"{OPENED}:2026-01@", EVERYTHING, PROVENANCE], "")
    told = f"{unknown} (toàn bộ báo cáo 2026-01; toàn bộ; nguồn gốc)"
    assert cache.why_stale(before | {cache.READS: whole}, before, data) == told
    always = {
        cache.BEYOND: "sổ tay gọi chương trình khác hoặc đọc từ mạng, nên lần nào cũng chạy",
        f"{cache.ELSEWHERE}:file:a.csv": "máy của cụm có tệp a.csv khác máy này, nên lần nào cũng chạy",
    }
    for name, why in always.items():
        assert cache.why_stale(before | {cache.READS: data.hashes([name])}, before, data) == why
    jobs[0].parameters["month"] = "2026-02"
    assert cache.why_stale(kept, cache.job_keys(jobs[:1], report)[0], data) == "đã đổi: tham số"


def test_by_force_all_run_and_all_pictures_are_drawn_again(root, every):
    picture = drawings.folder(root) / "a.svg"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text("a", "utf-8")
    assert (run(root), picture.exists()) == (set(), True)
    assert (run(root, force=True), picture.exists()) == (every, False)


def test_those_that_took_longest_begin_first_each_with_its_units_slice_and_progress_is_told(root):
    space, report = Workspace(root), load_report(Workspace(root), MONTH)
    jobs = month_jobs(space.config.book, space.notebooks, MONTH, report.units)[-4:]
    lot, given = Lot(jobs, report, space.build(MONTH) / "notebooks"), []
    times = {one.name: float(place) for place, one in enumerate(jobs[1:])}
    (root / "build/2026-01/seconds.json").write_text(json.dumps({**times, jobs[0].name: None}), "utf-8")

    class Noting(Executor):
        def _run(self, works):
            given.extend(works)
            yield from super()._run(works)

    told = []
    executor = Noting(failing=jobs[1].name)
    run_jobs([lot], root, executor, force=True, progress=lambda *one: told.append(one))
    assert executor.ran == [jobs[0].name, *sorted(times, key=times.__getitem__, reverse=True)]
    assert [(one.unit and one.unit.code) or "" for one in (unpacked(work.data) for work in given)] == [
        work.job.unit for work in given
    ]
    assert [(one.job.name, step.done, step.total) for one, step in told] == [
        (name, done, 4) for done, name in enumerate(executor.ran, start=1)
    ]
    assert {one.state for one, _ in told} == {"succeeded", "failed"}
    kept = json.loads((root / "build/2026-01/seconds.json").read_text("utf-8"))
    assert kept == dict.fromkeys((one.name for one in jobs), 0.1)


def test_the_time_left_is_reckoned_at_the_speed_so_far():
    assert Step(done=2, total=8, seconds=3.0).left == 9.0


def test_a_result_that_somebody_edited_or_removed_is_made_again(root):
    folder = root / "build" / "2026-01" / "notebooks"
    append(folder / "kinh-phi.ipynb", " ")
    (folder / "chi-tieu.ipynb").unlink()
    assert run(root) == {"kinh-phi", "chi-tieu"}


def test_results_of_a_unit_whose_code_holds_dots_are_kept_and_go_with_the_chapter(root):
    kept = root / "build" / str(MONTH) / "notebooks"
    _rename(root, "BanMay", "Ban.May")
    assert "don-vi-ban.may" in run(root)
    assert run(root) == set()
    _rename(root, "Ban.May", "Ban.Gio.2")
    run(root)
    assert {path.name for path in kept.glob("don-vi-ban.*")} == {"don-vi-ban.gio.2.ipynb", "don-vi-ban.gio.2.key.json"}


def _rename(root: Path, code: str, new: str) -> None:
    """Give a unit another code wherever ``params/`` names it."""
    for path in (root / "params").glob("*.yml"):
        path.write_text(path.read_text("utf-8").replace(code, new), "utf-8")


@pytest.mark.parametrize("text", ["", "{", "[]", json.dumps({"notebook": "x"})])
def test_a_result_with_a_damaged_key_is_made_again(root, text):
    (root / "build" / "2026-01" / "notebooks" / "kinh-phi.key.json").write_text(text, "utf-8")
    assert run(root) == {"kinh-phi"}


def test_a_notebook_that_failed_runs_again(root):
    append(root / "notebooks" / "budget.ipynb", "\n\n")
    assert run(root, failing="kinh-phi") == {"kinh-phi"}
    assert run(root) == {"kinh-phi"}
    assert run(root) == set()


def test_what_changes_and_changes_back_runs_twice_and_then_stands(root, every):
    own = (root / DATA / "VP.kho-khan.csv").read_bytes()
    note("VP")(root)
    assert run(root)
    (root / DATA / "VP.kho-khan.csv").write_bytes(own)
    assert run(root)
    assert run(root) == set()
