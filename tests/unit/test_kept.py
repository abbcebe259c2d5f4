"""A month is read again when something that its records rest on has changed, and not otherwise."""

from __future__ import annotations

import os
import shutil
from dataclasses import fields, replace
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal
from pandera.errors import SchemaError

from baocao import kept
from baocao.config.load import load_config
from baocao.files import folder_digest
from baocao.intake import history
from baocao.intake.history import MonthsBefore
from baocao.intake.intake import read_month
from baocao.intake.records import Records
from baocao.intake.register import COLUMNS, REGISTER
from baocao.kept import Months
from baocao.months import Month
from projects import REPOSITORY
from unreadable import forbid

MONTHS = [Month(2025, 8), Month(2025, 9), Month(2025, 10)]
CONFIG = load_config(REPOSITORY)


def months_in(root: Path) -> Months:
    return Months(root / "submissions", root / "build", CONFIG, "code and settings", {})


def put(root: Path) -> Path:
    """Each month's files of the three smallest units, each kind of them: how long they are read is another matter."""
    for month in MONTHS:
        source, target = REPOSITORY / "data" / "submissions" / str(month), root / "submissions" / str(month)
        target.mkdir(parents=True)
        for path in (*source.glob("BCHQS.*"), *source.glob("KDC0?.*")):
            shutil.copyfile(path, target / path.name)
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Submissions of which nothing was read yet."""
    return put(tmp_path)


@pytest.fixture
def months(root):
    return months_in(root)


@pytest.fixture(scope="module")
def once_read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Submissions that were read and kept. Not to be written to."""
    root = put(tmp_path_factory.mktemp("read"))
    list(months_in(root).read(MONTHS, keep=kept.keep_records))
    return root


@pytest.fixture
def known(root, once_read) -> Months:
    """Submissions that were read and kept, to change."""
    shutil.copytree(once_read / "build", root / "build")
    return months_in(root)


@pytest.fixture
def asked(monkeypatch):
    """The months that were read from their files."""
    seen = []

    def read(folder, month, *others, **settings):
        seen.append(month)
        return read_month(folder, month, *others, **settings)

    monkeypatch.setattr(kept, "read_month", read)
    return seen


def same(some: Records, others: Records) -> None:
    for field in fields(Records):
        assert_frame_equal(getattr(some, field.name), getattr(others, field.name))


def read(months, asked) -> list[Month]:
    """What is read from files now; the records are those of a reading of everything."""
    asked.clear()
    found = list(replace(months, known={}).read(MONTHS, keep=kept.keep_records))
    ran = [*asked]
    for records, others in zip(found, read_anew(months.submissions), strict=True):
        same(records, others)
    return ran


ANEW: dict[str, list[Records]] = {}
"""The records of all months from their files, by the hash of what the files are."""


def read_anew(submissions: Path) -> list[Records]:
    links = [str(path) for path in sorted(submissions.rglob("*")) if path.is_symlink() or path.is_fifo()]
    contents = folder_digest(submissions, ["**/*"]) + repr(links)
    if contents not in ANEW:
        earlier: list[Records] = []
        for month in MONTHS:
            earlier.append(read_month(submissions, month, CONFIG, MonthsBefore(earlier)))
        ANEW[contents] = earlier
    return ANEW[contents]


def test_each_month_is_read_once(months, asked):
    assert read(months, asked) == MONTHS
    assert read(months, asked) == []


def test_the_figures_of_a_month_are_gathered_once_for_all_months_after_it(months, monkeypatch):
    gathered = []
    monkeypatch.setattr(history, "_figures", lambda records: gathered.append(records) or iter(()))
    found = list(months.read(MONTHS))
    assert [id(one) for one in gathered] == [id(one) for one in found[:-1]]


def test_nothing_is_kept_unless_that_is_wanted(months, asked, root):
    list(months.read(MONTHS))
    assert not (root / "build").exists()
    assert read(months, asked) == MONTHS


def test_what_this_process_knows_is_read_neither_from_files_nor_from_what_is_kept(known, asked, monkeypatch):
    first = list(known.read(MONTHS))
    monkeypatch.setattr(kept, "load_records", lambda _: pytest.fail("read"))
    assert [id(one) for one in known.read(MONTHS)] == [id(one) for one in first]
    assert len(known.known) == len(MONTHS)
    list(known.read(MONTHS[:1]))
    assert [id(one) for one in known.known.values()] == [id(first[0])], "those of the last reading"
    assert asked == []


def test_what_this_process_knows_is_kept_if_it_was_not(months, asked):
    list(months.read(MONTHS))
    assert asked == MONTHS
    list(months.read(MONTHS, keep=kept.keep_records))
    assert asked == MONTHS
    assert read(months, asked) == []


def test_what_is_replaced_while_it_is_read_is_not_taken_for_what_it_was(known, asked, monkeypatch):
    real = kept.load_records

    def load(folder: Path) -> Records:
        if folder.parent.name == str(MONTHS[1]):
            shutil.rmtree(folder)
            shutil.copytree(known.build / str(MONTHS[0]) / "records", folder)
        return real(folder)

    monkeypatch.setattr(kept, "load_records", load)
    assert read(known, asked) == MONTHS[1:2]


@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_changed_file_reads_its_month_and_those_after_it(known, asked, position):
    changed = next((known.submissions / str(MONTHS[position])).glob("*.csv"))
    changed.write_bytes(changed.read_bytes() + b"\n")
    assert read(known, asked) == MONTHS[position:]


def test_a_file_that_comes_or_goes_is_seen(known, asked):
    path = next((known.submissions / str(MONTHS[2])).glob("*.csv"))
    path.rename(path.with_name("LA." + path.name))
    assert read(known, asked) == MONTHS[2:]


def as_a_link(path: Path) -> None:
    elsewhere = path.parents[2] / "elsewhere.csv"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


@pytest.mark.parametrize(
    "change",
    [
        as_a_link,
        lambda path: path.with_name("hong.csv").symlink_to("nowhere.csv"),
        lambda path: os.mkfifo(path.with_name("ong.csv")),
    ],
    ids=["a link to the same bytes outside", "a link to nothing", "a pipe"],
)
def test_what_is_refused_for_what_it_is_and_not_for_its_bytes_is_seen(known, asked, change):
    change(known.submissions / "2025-10" / "BCHQS.hoat-dong.csv")
    assert read(known, asked) == MONTHS[2:]


def test_a_file_that_may_not_be_read_costs_itself_and_is_read_once_it_may(known, asked, monkeypatch):
    with monkeypatch.context() as patch:
        forbid(patch, "BCHQS.hoat-dong.csv")
        asked.clear()
        found = list(known.read(MONTHS, keep=kept.keep_records))
    assert asked == MONTHS
    told = found[2].findings[found[2].findings["code"] == "TEP-MO"]
    assert list(told["file"]) == ["2025-10/BCHQS.hoat-dong.csv"]
    assert set(found[2].activities["unit"]) == {"KDC01"}
    assert read(known, asked) == MONTHS


def test_a_folder_that_lists_files_and_lets_nobody_see_them_costs_itself(known, asked, monkeypatch):
    path = known.submissions / "2025-10" / "anh" / "a.jpg"
    path.parent.mkdir()
    path.write_bytes(b"a")
    look = Path.stat

    def stat(one: Path, **options: bool) -> os.stat_result:
        if one == path:
            raise PermissionError(13, "Permission denied", str(one))
        return look(one, **options)

    monkeypatch.setattr(Path, "stat", stat)
    found = list(known.read(MONTHS))
    told = found[2].findings[found[2].findings["code"] == "TEP-THUMUC"]
    assert list(told["file"]) == ["2025-10/anh"]


def test_a_line_of_the_register_reads_the_month_that_it_is_about(known, asked):
    line = "2025-10,VHXH,1,2025-10-13T08:00:00+07:00,VHXH,2025-10/VHXH.xlsx,,0\n"
    (known.submissions / REGISTER).write_text(
        f"month,unit,version,received_at,sender,file,sha256,bytes\n{line}", "utf-8"
    )
    assert read(known, asked) == MONTHS[2:]


HEADER = ",".join(COLUMNS)


def line(month: Month, received: str = "2025-10-13T08:00:00+07:00") -> str:
    return f"{received},{month},VHXH,1,{month}/VHXH.xlsx,,VHXH,received,"


def put_register(root: Path, *lines: str) -> Path:
    path = root / "submissions" / REGISTER
    path.write_text("".join(f"{one}\n" for one in lines), "utf-8")
    return path


def test_a_register_that_cannot_be_read_any_more_is_seen_though_the_line_is_anothers(known, asked, root):
    path = put_register(root, HEADER, line(MONTHS[2]))
    assert read(known, asked) == MONTHS[2:]
    path.write_bytes(path.read_bytes() + b"2025-11,V\xff\n")
    assert read(known, asked) == MONTHS


@pytest.mark.parametrize(
    ("change", "seen_by"),
    [
        (lambda data: data + line(Month(2025, 11)).encode(), []),
        (lambda data: data.replace(b"received_at", b"received", 1), MONTHS),
        (lambda data: data.replace(b"month", b"thang", 1), MONTHS),
        (lambda data: data + b"2025-11,V\xff\n", MONTHS),
        (lambda data: data + b"2025-11," + b"V" * 200_000 + b"\n", MONTHS),
        (lambda data: data.replace(b"\n", b"\n" + line(Month(2025, 11)).encode() + b"\n", 1), MONTHS),  # other numbers
        (lambda data: data.replace(b"yesterday", b"today"), MONTHS[1:2]),
        (lambda data: b"\xef\xbb\xbf" + data.replace(b",", b";"), []),  # as office programs write it
    ],
    ids=["later-month", "header", "no-month", "not-utf-8", "no-end", "numbers", "own-line", "semicolons"],
)
def test_whatever_a_month_rests_on_in_the_register_is_seen(tmp_path, change, seen_by):
    (tmp_path / "submissions").mkdir()
    path = put_register(tmp_path, HEADER, *map(line, MONTHS), line(MONTHS[1], "yesterday"))
    before = kept.register_texts(path.parent, MONTHS)
    path.write_bytes(change(path.read_bytes()))
    after = kept.register_texts(path.parent, MONTHS)
    assert [month for month, was, now in zip(MONTHS, before, after, strict=True) if was != now] == seen_by


def test_other_settings_or_other_code_read_all(known, asked, root):
    assert read(Months(known.submissions, root / "build", CONFIG, "others", {}), asked) == MONTHS


@pytest.mark.parametrize("name", ["stamp.json", "activities.csv"])
@pytest.mark.parametrize("text", ["", "{", "[]", None])
def test_what_was_damaged_is_read_again(known, asked, root, name, text):
    path = root / "build" / "2025-09" / "records" / name
    if text is None:
        path.unlink()
    else:
        path.write_text(text, "utf-8")
    assert read(known, asked) == MONTHS[1:2]
    assert read(known, asked) == []


def test_a_kept_value_that_somebody_changed_is_read_again(known, asked, root):
    path = root / "build" / "2025-09" / "records" / "activities.csv"
    own = path.read_text("utf-8")
    path.write_text(own.replace("2025-09", "2025-08", 1), "utf-8")  # it still reads well
    assert read(known, asked) == MONTHS[1:2]
    assert path.read_text("utf-8") == own


def test_what_is_read_again_for_damage_is_held_against_the_contract(known, asked, root, request):
    (root / "build" / "2025-09" / "records" / "activities.csv").write_text("", "utf-8")
    request.getfixturevalue("broken")
    with pytest.raises(SchemaError):
        list(known.read(MONTHS, keep=kept.keep_records))


@pytest.fixture
def broken(monkeypatch):
    """Intake with a bug: a kind of note that there is not."""

    def read(*given, **settings):
        records = read_month(*given, **settings)
        return replace(records, notes=records.notes.assign(kind="no kind"))

    monkeypatch.setattr(kept, "read_month", read)


def test_records_that_break_their_contract_are_not_kept(months, broken, root):
    with pytest.raises(SchemaError):
        list(months.read(MONTHS, keep=kept.keep_records))
    assert not (root / "build").exists()


def test_who_keeps_records_is_told_where_and_what(months, asked, root):
    told = []
    found = list(months.read(MONTHS, keep=lambda *given: told.append(given)))
    assert not (root / "build").exists()
    assert [(folder, key != "", records is one) for (folder, key, records), one in zip(told, found, strict=True)] == [
        (root / "build" / str(month) / "records", True, True) for month in MONTHS
    ]
    for given in told:
        kept.keep_records(*given)
    assert read(months, asked) == []
