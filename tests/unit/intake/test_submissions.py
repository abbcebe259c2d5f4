"""Which files of a month's folder count, and what is said of the others."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from baocao.intake.contract import ALL_TABLES, Table
from baocao.intake.submissions import list_month, name_of, parse_name, submission_months
from baocao.months import Month
from intake_site import Inbox

MONTH = Month(2025, 10)


def listed(inbox: Inbox) -> list[tuple[str, int, list[str]]]:
    found = list_month(inbox.folder, MONTH).submissions
    return [(s.unit, s.version, [file.path.name for file in s.files]) for s in found]


def refused(inbox: Inbox) -> list[tuple[str, str]]:
    return [(finding.code, finding.given) for finding in list_month(inbox.folder, MONTH).findings]


def fill(inbox: Inbox, *names: str) -> None:
    for name in names:
        inbox.put(name, b"x")


def test_workbooks_and_csv_sets_are_placed_by_their_names(inbox: Inbox) -> None:
    fill(
        inbox,
        "AN.xlsx",
        "BINH.kho-khan.csv",
        "BINH.hoat-dong.csv",
        "BINH.chi-tieu.csv",
        "BINH.thong-tin.csv",
        "C.D.ODS",
    )
    assert listed(inbox) == [
        ("AN", 1, ["AN.xlsx"]),
        ("BINH", 1, ["BINH.thong-tin.csv", "BINH.hoat-dong.csv", "BINH.chi-tieu.csv", "BINH.kho-khan.csv"]),
        ("C.D", 1, ["C.D.ODS"]),
    ]
    assert refused(inbox) == []


@pytest.mark.parametrize("code", ["C.hoat-dong", "C.xlsx", "C.csv", "C.v2.x", "C.v", "C.v12345", "C.", "v2"])
@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("table", [None, *ALL_TABLES])
def test_a_name_made_of_a_code_tells_the_code(code: str, version: int, table: Table | None) -> None:
    said = parse_name(name_of(code, version, table, "csv" if table else "xlsx"))
    assert said is not None
    assert (said.unit, said.version, said.table) == (code, version, table)


def test_the_newest_version_counts_and_the_older_ones_are_no_fault(inbox: Inbox) -> None:
    fill(inbox, "AN.xlsx", "AN.v2.xlsx", "AN.v10.ods", "AN.v9.hoat-dong.csv")
    assert listed(inbox) == [("AN", 10, ["AN.v10.ods"])]
    assert refused(inbox) == []


def test_tables_that_a_new_version_lacks_are_known(inbox: Inbox) -> None:
    fill(inbox, "AN.hoat-dong.csv", "AN.kho-khan.csv", "AN.v2.hoat-dong.csv")
    (submission,) = list_month(inbox.folder, MONTH).submissions
    assert [table.sheet for table in submission.dropped] == ["Khó khăn, kiến nghị"]


@pytest.mark.parametrize(
    ("names", "overlaps"),
    [
        (("AN.xlsx", "AN.ods"), True), (("AN.xlsx", "AN.hoat-dong.csv"), True), (("AN.xlsx", "an.xlsx"), True),
        (("AN.hoat-dong.csv", "AN.v1.hoat-dong.csv"), True), (("AN.hoat-dong.csv", "AN.kho-khan.csv"), False),
        (("AN.xlsx", "AN.v2.ods"), False), (("AN.v2.xlsx", "AN.v02.xlsx"), True),
    ],
)  # fmt: skip
def test_files_that_hold_the_same_overlap(inbox: Inbox, names: tuple[str, ...], overlaps: bool) -> None:
    fill(inbox, *names)
    (submission,) = list_month(inbox.folder, MONTH).submissions
    assert submission.overlaps is overlaps


@pytest.mark.parametrize(
    "name",
    [
        "~$AN.xlsx",
        ".~lock.AN.xlsx#",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        ".gitkeep",
        "AN.xlsx.tmp",
        "register.csv",
    ],
)
def test_temporary_files_are_passed_over(inbox: Inbox, name: str) -> None:
    fill(inbox, name)
    assert (listed(inbox), refused(inbox)) == ([], [])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("bao cao.docx", "TEP-LA"), ("AN.csv", "TEP-LA"), ("AN.xlsx.zip", "TEP-LA"), ("AN.v0.xlsx", "TEP-LA"),
        ("AN.khac.csv", "TEP-LA"), ("AN", "TEP-LA"), ("AN.pdf", "TEP-LA"), ("AN.xlsm", "TEP-MACRO"),
        ("AN.XLSB", "TEP-MACRO"),
    ],
)  # fmt: skip
def test_a_file_that_nobody_can_place_is_named(inbox: Inbox, name: str, code: str) -> None:
    fill(inbox, name)
    assert (listed(inbox), refused(inbox)) == ([], [(code, name)])


@pytest.mark.parametrize(
    ("name", "shown", "said"),
    [
        (b"AN\xff.xlsx", "AN\ufffd.xlsx", "AN\ufffd.xlsx"),
        (b"AN\x1b[31m\x07.xlsx", "AN[31m.xlsx", "AN[ký tự ẩn][31m[ký tự ẩn].xlsx"),
        (b"AN\n.xlsx", "AN .xlsx", "AN[dấu cách].xlsx"),
        ("AN\u202e.xlsx".encode(), "AN.xlsx", "AN[ký tự ẩn].xlsx"),
        ("AN\u200b.xlsx".encode(), "AN.xlsx", "AN[ký tự ẩn].xlsx"),
        (b" AN.xlsx", "AN.xlsx", "[dấu cách]AN.xlsx"),
        (b"AN .xlsx", "AN .xlsx", "AN[dấu cách].xlsx"),
        (b"AN .v2.xlsx", "AN .v2.xlsx", "AN[dấu cách].v2.xlsx"),
        (b"AN.v2 .xlsx", "AN.v2 .xlsx", "AN.v2[dấu cách].xlsx"),
        (b"AN.xlsx ", "AN.xlsx", "AN.xlsx[dấu cách]"),
    ],
)
def test_a_name_with_what_nobody_sees_belongs_to_nobody_and_is_told_with_words_for_it(
    inbox: Inbox, name: bytes, shown: str, said: str
) -> None:
    fill(inbox, "AN.xlsx")
    (inbox.folder / "2025-10" / os.fsdecode(name)).write_bytes(b"x")
    assert listed(inbox) == [("AN", 1, ["AN.xlsx"])]
    (finding,) = list_month(inbox.folder, MONTH).findings
    assert (finding.code, finding.given, finding.file) == ("TEP-LA", said, f"2025-10/{shown}")


def test_folders_and_special_files_are_named_and_not_opened(inbox: Inbox) -> None:
    fill(inbox, "AN.xlsx")
    inside = inbox.folder / "2025-10"
    (inside / "cu.xlsx").mkdir()
    os.mkfifo(inside / "ONG.xlsx")
    (inside / "vong.xlsx").symlink_to(inside / "vong.xlsx")
    assert refused(inbox) == [("TEP-THUMUC", "ONG.xlsx"), ("TEP-THUMUC", "cu.xlsx"), ("TEP-THUMUC", "vong.xlsx")]


def test_a_link_that_leads_outside_is_refused_and_one_inside_is_read(inbox: Inbox, tmp_path: Path) -> None:
    (tmp_path / "secret.xlsx").write_bytes(b"x")
    fill(inbox, "AN.xlsx")
    inside = inbox.folder / "2025-10"
    (inside / "BINH.xlsx").symlink_to(tmp_path / "secret.xlsx")
    (inside / "CU.xlsx").symlink_to(inside / "AN.xlsx")
    assert refused(inbox) == [("TEP-NGOAI", "BINH.xlsx")]
    assert [unit for unit, _, _ in listed(inbox)] == ["AN", "CU"]


def test_names_in_decomposed_form_are_the_same_names(inbox: Inbox) -> None:
    fill(inbox, unicodedata.normalize("NFD", "Đội.xlsx"))
    assert listed(inbox)[0][0] == "Đội"


def test_months_with_submissions_are_listed_oldest_first(inbox: Inbox) -> None:
    inbox.put("AN.xlsx", b"x", Month(2025, 12))
    inbox.put("AN.xlsx", b"x", Month(2025, 9))
    inbox.put(".gitkeep", b"", Month(2025, 8))
    (inbox.folder / "2025-13").mkdir()
    (inbox.folder / "register.csv").write_text("")
    assert submission_months(inbox.folder) == (Month(2025, 9), Month(2025, 12))
    assert submission_months(inbox.folder / "none") == ()


def test_a_months_folder_that_may_not_be_looked_into_keeps_no_other_month_from_being_read(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.put("AN.xlsx", b"", MONTH)
    inbox.put("AN.xlsx", b"", Month(2025, 11))
    look = Path.iterdir

    def iterdir(path: Path) -> Iterator[Path]:
        if path.name == "2025-11":
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    assert submission_months(inbox.folder) == (MONTH, Month(2025, 11))


def test_a_month_without_a_folder_has_no_submissions(inbox: Inbox) -> None:
    assert listed(inbox) == []
