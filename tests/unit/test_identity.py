"""Which sealed revision a month's files are, whatever office programs leave beside them."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest

from baocao import files
from baocao.archive import close as closing
from baocao.archive.fitness import check_fitness
from baocao.archive.gather import as_json, gather_inputs
from baocao.archive.integrity import check_integrity, standing
from baocao.archive.seal import Approval
from baocao.cli import show_status
from baocao.closed import MANIFEST, seal_of
from baocao.errors import UserError
from baocao.identity import INPUTS, earlier_months, from_inputs, month_digest, revised_since
from baocao.intake.intake import read_month
from baocao.months import Month
from baocao.origin import with_origin
from baocao.overview import overview
from baocao.workspace import Workspace, load_report
from receiving import Desk, book, fresh_desk, line
from unreadable import forbid

MONTH = Month(2026, 1)
LEFT = ("Thumbs.db", "~$VP.xlsx", "desktop.ini", ".~lock.VP.xlsx#", "VP.xlsx.part", ".trash/VP.xlsx")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = fresh_desk(tmp_path)
    made.receive(made.put("VP.xlsx", book([line("Họp")])))
    return made


def seal(desk: Desk) -> Path:
    """A sealed revision, as far as those who only ask see it."""
    folder = desk.space.archive / str(MONTH) / "r1"
    gather_inputs(desk.space, MONTH, "pandoc", folder)
    (folder / MANIFEST).write_text("{}\n", "utf-8")
    return folder / INPUTS


def leave(desk: Desk) -> None:
    for name in LEFT:
        files.write_bytes(desk.space.submissions / str(MONTH) / name, b"left")


def held(desk: Desk) -> int:
    return earlier_months(desk.space.archive, desk.space.submissions, (MONTH,))[0].revision


def altered(desk: Desk) -> bool:
    return bool(overview(desk.space).months[0].altered)


def test_what_programs_leave_in_a_closed_month_is_no_change_of_it(desk):
    sealed = seal(desk)
    leave(desk)
    assert (held(desk), altered(desk)) == (1, False)
    assert with_origin(desk.space, load_report(desk.space, MONTH)).identity == from_inputs(sealed.read_bytes())


def test_pages_state_the_data_that_their_figures_are_from_even_if_a_file_has_changed_meanwhile(desk):
    report = load_report(desk.space, MONTH)
    stated = with_origin(desk.space, report).identity
    (desk.space.submissions / str(MONTH) / "VP.xlsx").write_bytes(book([line("Họp"), line("Tập huấn")]))
    assert with_origin(desk.space, report).identity == stated
    later = with_origin(desk.space, load_report(desk.space, MONTH)).identity
    assert stated.inputs == stated.provenance["inputs"] == report.provenance["inputs"] != later.inputs


def test_a_month_whose_file_changed_while_it_was_read_anew_is_not_told_to_be_the_closed_one(desk):
    seal(desk)
    path = desk.space.submissions / str(MONTH) / "VP.xlsx"
    closed = path.read_bytes()
    path.write_bytes(book([line("Họp"), line("Tập huấn")]))
    report = load_report(desk.space, MONTH)
    path.write_bytes(closed)
    assert with_origin(desk.space, report).identity.revision == 0
    assert with_origin(desk.space, load_report(desk.space, MONTH)).identity.revision == 1


def test_what_programs_leave_in_a_closed_month_keeps_no_later_one_from_being_closed(desk):
    """The later month has other reasons here, and this one only once a file is another."""
    seal(desk)
    for change, told in ((leave, False), (lambda _: desk.put("../site/data/submissions/2026-01/VP.xlsx", b"x"), True)):
        change(desk)
        records = read_month(desk.space.submissions, MONTH.plus(1), desk.space.config)
        with pytest.raises(UserError) as refused:
            check_fitness(desk.space, MONTH.plus(1), records, Approval("2026-03-31T09:00:00+07:00"))
        assert ("tệp của tháng 01/2026 khác bản đã khóa r1" in str(refused.value)) == told


def test_what_programs_leave_is_not_sealed_and_changes_no_byte_of_the_list_of_inputs(desk):
    gather_inputs(desk.space, MONTH, "pandoc", desk.sent / "clean")
    leave(desk)
    gather_inputs(desk.space, MONTH, "pandoc", desk.sent / "again")
    assert (desk.sent / "again" / INPUTS).read_bytes() == (desk.sent / "clean" / INPUTS).read_bytes()
    month = desk.sent / "again" / "inputs" / "data" / "submissions" / str(MONTH)
    assert [path.name for path in month.rglob("*")] == ["VP.xlsx"]


def test_a_month_without_such_files_has_the_digest_that_it_always_had(desk):
    folder = desk.space.submissions / str(MONTH)
    assert month_digest(desk.space.submissions, MONTH) == files.folder_digest(folder, ["**/*"])


@pytest.mark.parametrize("there", [True, False])
def test_a_month_that_was_sealed_with_such_a_file_stands_with_and_without_it(desk, there):
    sealed, folder = seal(desk), desk.space.submissions / str(MONTH)
    (folder / "Thumbs.db").write_bytes(b"left")
    said = json.loads(sealed.read_bytes())
    said["files"][f"data/submissions/{MONTH}/Thumbs.db"] = files.sha256(folder / "Thumbs.db")
    said["submissions"] = files.folder_digest(folder, ["**/*"])
    sealed.write_text(as_json(said), "utf-8")
    if not there:
        (folder / "Thumbs.db").unlink()
    assert (held(desk), altered(desk)) == (1, False)


@pytest.mark.parametrize("name", ["VP.xlsx", "BanMay.xlsx", "ghi-chu.txt"])
def test_a_file_that_is_another_or_more_is_a_change(desk, name):
    seal(desk)
    files.write_bytes(desk.space.submissions / str(MONTH) / name, b"other")
    assert (held(desk), altered(desk)) == (0, True)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("T09:00", "T08:00"), True),
        (lambda text: text.splitlines()[0] + "\n", True),
        (lambda text: text.replace("received_at", "ngày"), True),
        (lambda text: text + text.splitlines()[1].replace("2026-01", "2026-02") + "\n", False),
        (lambda text: text.replace(",", ";"), False),
    ],
    ids=["another time", "a line less", "no heading", "a line of another month", "another separator"],
)
def test_a_register_that_says_other_things_of_a_closed_month_is_a_change_of_it(desk, change, told):
    seal(desk)
    path = desk.space.submissions / "register.csv"
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    assert overview(desk.space).months[0].altered == (("register.csv",) if told else ())
    assert held(desk) == (0 if told else 1)


def test_of_a_register_that_the_archive_lost_nothing_is_told_here(desk):
    sealed = seal(desk)
    (sealed.parent / "inputs" / "data" / "submissions" / "register.csv").unlink()
    assert not altered(desk)


def test_a_file_that_is_gone_is_a_change_and_of_a_damaged_list_nothing_is_held(desk):
    sealed = seal(desk)
    (desk.space.submissions / str(MONTH) / "VP.xlsx").rename(desk.sent / "gone.xlsx")
    assert held(desk) == 0
    sealed.write_text("[]", "utf-8")
    assert held(desk) == 0


def test_of_a_sealed_file_that_may_not_be_read_nobody_says_that_it_is_the_same(desk, monkeypatch):
    seal(desk)
    forbid(monkeypatch, "VP.xlsx")
    assert (held(desk), overview(desk.space).months[0].altered) == (0, ("2026-01/VP.xlsx",))


FORMER = (
    "Tháng 01 năm 2026 nay có bản r3. Bản đã khóa của 02/2026 lập trước bản này nên số cộng dồn vẫn theo số liệu cũ; "
    "cần đổi thì mở lại rồi khóa lại từng tháng, từ tháng cũ nhất."
)


@pytest.fixture
def close(desk, monkeypatch):
    """Closes a month for which no book is made: of a seal only its list of inputs matters here."""

    def make(content, month, project, workers):
        ledger = load_report(desk.space, month).ledger.to_csv()
        files.write_text(content / "outputs" / "build" / str(month) / "data" / "ledger.csv", ledger)

    monkeypatch.setattr(closing, "_make_again", make)

    def closed(month: Month) -> list[str]:
        said: list[str] = []
        approval = Approval("2026-04-30T09:00:00+07:00", missing=("BanMay", "BanGio"))
        closing.close(Workspace(desk.space.root), month, approval, engine="pandoc", say=said.append)
        return said

    return closed


@pytest.mark.parametrize("name", ["data/submissions/2026-01/VP.xlsx", "params/units.yml", "index.qmd", None])
def test_a_month_whose_sources_change_after_they_were_checked_is_not_closed(desk, close, monkeypatch, name):
    """A file that was never checked would be sealed, or one be said to be sealed that is not."""
    real = closing.check_fitness

    def check(*given):
        real(*given)
        if name:
            path = desk.space.root / name
            path.write_bytes((path.read_bytes() if path.exists() else b"") + b"\n")

    monkeypatch.setattr(closing, "check_fitness", check)
    with pytest.raises(UserError, match="thay đổi trong lúc khóa") if name else nullcontext():
        close(MONTH)
    assert seal_of(desk.space.archive, MONTH).closed == (name is None)
    monkeypatch.setattr(closing, "check_fitness", real)
    if name and not name.endswith("xlsx"):  # which is damaged now
        close(MONTH)
        assert seal_of(desk.space.archive, MONTH).closed


def test_a_month_sealed_before_an_earlier_ones_next_revision_is_told_of(desk, close, capsys):
    def status(*, as_json: bool = False) -> str:
        show_status.overview(overview(desk.space), standing(archive), as_json=as_json)
        return capsys.readouterr().out

    february, archive, at = MONTH.plus(1), desk.space.archive, "2026-04-30T09:00:00+07:00"
    desk.receive(desk.put("VP.xlsx", book([line("Họp", date(2026, 2, 10))], month="02/2026")), at="03/03/2026 09:00")
    close(MONTH)
    close(february)
    closing.reopen(desk.space, MONTH, "x", at)
    assert not [said for said in close(MONTH) if "lập trước bản này" in said]  # the same files: no total is another
    assert "lập trước bản này" not in status()
    closing.reopen(desk.space, MONTH, "x", at)
    desk.receive(desk.put("VP.xlsx", book([line("Họp"), line("Tập huấn")])), at="03/05/2026 09:00")
    assert FORMER in close(MONTH)
    assert FORMER in " ".join(status().split())
    assert json.loads(status(as_json=True))[1]["revised_since"] == [{"month": "2026-01", "revision": 3}]
    assert FORMER in check_integrity(archive, february, 1, desk.sent / "none").notes
    assert check_integrity(archive, MONTH, 3, desk.sent / "none").notes == ()
    closing.reopen(desk.space, february, "x", at)
    close(february)
    assert revised_since(archive, february) == ()


@pytest.mark.parametrize("earlier", [[{"month": "x", "revision": 0}], [{"month": "2026-01"}], 7])
def test_a_damaged_list_of_earlier_months_is_left_to_the_audit(desk, earlier):
    sealed = seal(desk)
    sealed.write_text(json.dumps(json.loads(sealed.read_bytes()) | {"earlier": earlier}), "utf-8")
    assert revised_since(desk.space.archive, MONTH) == ()
