"""What a notebook reads of its report is noted, told with the answer to each cell, and hashed part by part."""

from __future__ import annotations

import copy
import os
import pickle
import time
from dataclasses import fields, replace

import pytest

from baocao import reads
from baocao.intake.records import Records
from baocao.measures.ledger import Ledger
from baocao.months import Month
from baocao.reads import EVERYTHING, SCOPE, SOURCE, Contents, Told, watched
from baocao.workspace import Workspace, load_report, narrowed
from projects import copy_project

FRAMES = [f"records:{one.name}" for one in fields(Records)]


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    root = copy_project(tmp_path_factory.mktemp("reads") / "site", site="tiny").root
    return load_report(Workspace(root), Month(2026, 1))


@pytest.fixture
def noted(monkeypatch):
    names: set[str] = set()
    monkeypatch.setattr(reads, "_noted", names)
    return names


def told(*answers: list[str]) -> tuple[str, ...]:
    """What is known of a notebook whose kernel tells so much with the answers to its cells."""
    found = Told()
    for names in answers:
        payload = [{"source": "page", "start": 0}, {"source": SOURCE, "names": names}]
        found(cell={}, cell_index=0, execute_reply={"content": {"status": "ok", "payload": payload}})
    return found.reads


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (lambda r: r.ledger.value("2026-01", "cost"), {"ledger:cost"}),
        (lambda r: r.ledger.row("2026-01", "activities", "VP", content="ND1"), {"ledger:activities"}),
        (lambda r: r.ledger.row("1999-01", "no_such_measure"), {"ledger:no_such_measure"}),
        (lambda r: r.ledger.select("activities", by=["content"]), {"ledger:activities"}),
        (lambda r: r.ledger.of("findings"), {"ledger:findings"}),
        (lambda r: r.ledger.by_id("2026-01|*|cost|"), {"ledger"}),
        (lambda r: r.ledger.rows, {"ledger"}),
        (lambda r: len(r.ledger), {"ledger"}),
        (lambda r: r.ledger.frame(), {"ledger"}),
        (lambda r: len(copy.copy(r.ledger)), {"ledger"}),
        (lambda r: copy.deepcopy(r.ledger).of("findings"), {"ledger", "ledger:findings"}),
        (lambda r: len(pickle.loads(pickle.dumps(r.ledger))), {"ledger"}),
        (lambda r: r.ledger.to_csv(), {"ledger"}),
        (lambda r: r.ledger.only(["VP"]).value("2026-01", "cost", "VP"), {"ledger", "ledger:cost"}),
        (lambda r: r.records.activities, {"records:activities"}),
        (
            lambda r: [getattr(r.records, one.name) for one in fields(Records)],
            {f"records:{one.name}" for one in fields(Records)},
        ),
        (lambda r: r.provenance, {"provenance"}),
        (lambda r: r.earlier_ledger, {EVERYTHING}),
        (lambda r: (r.config.plan, r.units, r.month, r.previous, r.year_before), set()),
    ],
)
def test_each_way_of_reading_is_noted_and_gives_what_it_gave(report, noted, read, expected):
    plain = read(report)
    noted.clear()
    mine = read(watched(report))
    assert noted == expected
    assert str(mine) == str(plain)


def test_whatever_a_ledger_can_be_asked_is_noted(report, noted):
    """A method that is added to the ledger goes to the watched one's notes as well."""
    ledger = watched(report).ledger
    for name in [name for name in dir(Ledger) if not name.startswith("__")]:
        noted.clear()
        value = getattr(ledger, name)
        if not callable(value) or name not in vars(type(ledger)) | vars(Ledger):
            assert noted, name
    own = {name for name in vars(Ledger) if callable(getattr(Ledger, name)) and not name.startswith("__")}
    assert own - {"from_csv"} == {"row", "by_id", "value", "select", "of", "only", "frame", "to_csv"}


def test_what_was_told_with_each_cell_is_known_of_the_notebook():
    assert told(["b", "a"], ["opened:m@"]) == ("a", "b", "opened:m@", SCOPE)


def test_neither_what_was_told_nor_the_whole_reports_hash_depends_on_the_order_of_a_set(report, monkeypatch):
    names = [f"ledger:{one}" for one in "hgfedcba"]
    assert told(names, ["opened:m@"]) == (*sorted(names), "opened:m@", SCOPE)
    hashes = set()
    for frames in (sorted(reads._FRAMES), sorted(reads._FRAMES, reverse=True)):
        monkeypatch.setattr(reads, "_FRAMES", tuple(frames))
        hashes.add(Contents(report).hash(EVERYTHING))
    assert len(hashes) == 1


def test_a_notebook_that_told_nothing_may_have_read_everything():
    found = Told()
    found(cell={}, cell_index=0, execute_reply={"content": {"status": "ok"}})
    assert found.reads == (EVERYTHING,)


def test_a_notebook_that_told_of_no_reads_rests_on_the_scope_of_what_it_opened_or_on_everything():
    assert told(["opened:m@"]) == ("opened:m@", SCOPE)
    assert told([]) == (EVERYTHING,)


def test_the_content_of_a_file_of_the_project_and_of_a_folder_is_what_a_notebook_would_find(report, tmp_path):
    def hashes():
        return Contents(report, root=tmp_path).hashes(["file:a.txt", "file:b"])

    seen = [hashes()]
    for change in (
        (tmp_path / "a.txt").touch,
        lambda: (tmp_path / "a.txt").write_text("1", "utf-8"),
        lambda: (tmp_path / "a.txt").write_text("2", "utf-8"),
        (tmp_path / "b").mkdir,
        (tmp_path / "b" / "c").touch,
    ):
        change()
        seen.append(hashes())
    assert len({tuple(one.values()) for one in seen}) == len(seen)
    (tmp_path / "b" / "__pycache__").mkdir()
    assert hashes() == seen[-1]


@pytest.mark.parametrize("change", ["write", "remove", "replace", "none"])
def test_of_what_changes_while_it_is_read_nothing_is_known_unless_it_was_hashed_before(report, tmp_path, change):
    path, names = tmp_path / "a" / "b.txt", ["file:a/b.txt", "there:a/c", "variable:A"]
    path.parent.mkdir()
    path.write_text("1", "utf-8")
    for one in (path, path.parent):
        os.utime(one, (1, 1))
    moment = max(path.stat().st_ctime_ns, path.parent.stat().st_ctime_ns) + 1
    while time.time_ns() <= moment + 20_000_000:  # a tick of the clock by which files are dated
        time.sleep(0.01)
    before = Contents(report, root=tmp_path)
    sure = before.hashes(names)
    if change == "replace":
        (path.parent / "new").write_text("2", "utf-8")
        (path.parent / "new").replace(path)
    elif change != "none":
        path.write_text("2", "utf-8") if change == "write" else path.unlink()
    unknown = [name for name, was in Contents(report, root=tmp_path).hashes_since(names, moment).items() if not was]
    assert unknown == names[: {"write": 1, "none": 0}.get(change, 2)]
    assert before.hashes_since(names, moment) == sure


def test_temporary_files_are_a_notebooks_own(report, tmp_path):
    (tmp_path / "a.txt").write_text("1", "utf-8")
    names = [f"file:{os.path.realpath(tmp_path)}/{name}" for name in ("a.txt", "gone.txt")]
    assert all(Contents(report, root=tmp_path / "site").hashes_since(names, 0).values())


def test_a_pipe_that_a_notebook_opened_is_not_waited_for(report, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    contents = Contents(report, root=tmp_path)
    assert contents.hash("file:pipe") == contents.hash("file:missing")


def test_a_variable_of_the_environment_is_as_it_was_when_it_was_first_asked_for(report, tmp_path, monkeypatch):
    names, seen = ("variable:A", "variable"), []
    for value in (None, "", "1"):
        if value is not None:
            monkeypatch.setenv("A", value)
        contents = Contents(report, root=tmp_path)
        unit = Contents(report, "VP", contents)
        seen.append(contents.hashes(names))
        assert unit.hashes(names) == seen[-1]
    assert len({one["variable:A"] for one in seen}) == 3
    assert seen[0]["variable"] != seen[1]["variable"] == seen[2]["variable"]
    monkeypatch.setenv("A", "2")
    assert Contents(report, "VP", contents).hashes(names) == seen[-1]


def changed(report, **parts) -> set[str]:
    """Of all the names that can be noted, those whose hash another report changes."""
    measures = [f"ledger:{name}" for name in {row.measure for row in report.ledger.rows}]
    names = [EVERYTHING, SCOPE, "provenance", "ledger", *FRAMES, *measures]
    before, after = Contents(report).hashes(names), Contents(replace(report, **parts)).hashes(names)
    return {name for name in names if before[name] != after[name]}


def test_a_changed_figure_changes_its_measure_and_no_other(report):
    first = report.ledger.of("cost")[0]
    rows = [row._replace(value="7", rows="") if row is first else row for row in report.ledger.rows]
    assert changed(report, ledger=Ledger(rows)) == {EVERYTHING, "ledger", "ledger:cost"}


@pytest.mark.parametrize("frame", [one.name for one in fields(Records)])
def test_a_changed_record_changes_its_frame_and_no_other(report, frame):
    data = getattr(report.records, frame)
    other = data.iloc[1:] if len(data) else data.reindex([0]).astype("str")
    records = replace(report.records, **{frame: other})
    assert changed(report, records=records) == {EVERYTHING, f"records:{frame}"}


@pytest.mark.parametrize("unit", ["VP", "BanMay"])
def test_a_units_part_is_that_of_the_report_as_its_chapter_sees_it(report, unit):
    own = narrowed(report, unit)
    whole, part = Contents(report, unit), Contents(own, unit)
    names = ["provenance", "ledger", *(f"ledger:{row.measure}" for row in report.ledger.rows), *FRAMES]
    assert whole.hashes(names) == part.hashes(names)
    other = Contents(report, "VP" if unit == "BanMay" else "BanMay")
    assert whole.hash("records:activities") != other.hash("records:activities")
    assert whole.hash(SCOPE) != other.hash(SCOPE)


@pytest.mark.parametrize(
    ("part", "value", "name"),
    [
        ("provenance", {"inputs": "x"}, "provenance"),
        ("units", (), SCOPE),
        ("history", (), SCOPE),
        ("compared", (Month(2025, 1),), SCOPE),
        ("states", {Month(2026, 1): "closed"}, SCOPE),
        ("year_to_date", "x", SCOPE),
        ("since_start", "x", SCOPE),
    ],
)
def test_another_scope_or_origin_is_seen(report, part, value, name):
    assert changed(report, **{part: value}) == {EVERYTHING, name}
