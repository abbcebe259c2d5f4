"""Receiving: versions, register, what is refused, and that nothing of a failure is left behind."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import office_files
from baocao.errors import UserError
from baocao.intake.intake import read_month
from baocao.lock import project_lock
from baocao.months import Month
from baocao.receive import receive as receiving
from baocao.workspace import Workspace
from receiving import HEADINGS, Desk, book, csv, fresh_desk, line
from unreadable import forbid

MONTH = Month(2026, 1)


def states(done) -> list[str]:
    return [review.state for review in done.dry_run.reviews]


def refusals(done) -> list[str]:
    return [refusal.what for refusal in done.dry_run.refusals]


def test_a_sound_file_is_kept_byte_for_byte_and_noted(desk: Desk):
    data = book([line("Họp")])
    done = desk.receive(desk.put("Báo cáo tháng.xlsx", data))
    assert desk.kept() == {"2026-01/VP.xlsx": data}
    assert desk.register() == [
        {
            "received_at": "2026-02-03T09:00:00+07:00", "month": "2026-01", "unit": "VP", "version": "1",
            "file": "2026-01/VP.xlsx", "sha256": hashlib.sha256(data).hexdigest(), "sender": "VP",
            "outcome": "nhận đủ", "original": "Báo cáo tháng.xlsx",
        }
    ]  # fmt: skip
    assert done.complete
    sent = read_month(desk.space.submissions, MONTH, desk.space.config).submissions
    assert list(sent["received_at"]) == ["2026-02-03T09:00:00+07:00"]


@pytest.mark.parametrize("name", ["VP .xlsx", " VP.xlsx", "VP.xlsx "])
def test_blanks_at_the_ends_of_a_name_are_no_part_of_it(desk: Desk, name):
    data = book([line("Họp")])
    assert desk.receive(desk.put(name, data)).complete
    assert desk.kept() == {"2026-01/VP.xlsx": data}


def test_the_same_bytes_again_are_said_and_not_stored(desk: Desk):
    path = desk.put("VP.xlsx", book([line("Họp")]))
    desk.receive(path)
    before, register = desk.kept(), desk.register()
    done = desk.receive(path, at="04/02/2026 09:00")
    assert (states(done), done.stored, done.complete) == (["same"], (), True)
    assert (desk.kept(), desk.register()) == (before, register)


def test_bytes_of_an_older_version_are_known_too(desk: Desk):
    first = desk.put("VP.xlsx", book([line("Họp")]))
    desk.receive(first)
    desk.receive(desk.put("VP.v2.xlsx", book([line("Họp"), line("Hội nghị")])))
    done = desk.receive(first)
    assert (states(done), done.dry_run.reviews[0].version, len(desk.kept())) == (["same"], 1, 2)


def test_bytes_of_an_older_version_that_is_gone_are_not_the_newest(desk: Desk):
    first = desk.put("VP.xlsx", book([line("Họp")]))
    desk.receive(first)
    desk.receive(desk.put("VP.v2.xlsx", book([line("Họp"), line("Hội nghị")])))
    (desk.space.submissions / "2026-01" / "VP.xlsx").unlink()
    (review,) = desk.receive(first).dry_run.reviews
    assert (review.state, review.hint) == ("refused", "Chép lại bản này vào data/submissions/2026-01/VP.xlsx.")
    assert set(desk.kept()) == {"2026-01/VP.v2.xlsx"}


def test_a_resubmission_is_a_new_version_the_old_one_stays_and_the_newest_counts(desk: Desk):
    one, two = book([line("Họp"), line("Bỏ")]), book([line("Họp", Số_lượng=5), line("Thêm")])
    desk.receive(desk.put("a/VP.xlsx", one))
    done = desk.receive(desk.put("b/VP.xlsx", two), at="04/02/2026 10:00")
    assert desk.kept() == {"2026-01/VP.xlsx": one, "2026-01/VP.v2.xlsx": two}
    (review,) = done.stored
    assert review.counts == {"added": 1, "changed": 1, "gone": 1, "cells": 1}
    assert (review.previous, review.previous_at) == (1, "2026-02-03T09:00:00+07:00")
    rows = [(c["kind"], c["label"], c["column"], c["before"], c["after"]) for c in review.changes]
    assert rows == [
        ("changed", "10/01/2026 Họp", "Số lượng", "1", "5"),
        ("added", "10/01/2026 Thêm", "", "", ""),
        ("gone", "10/01/2026 Bỏ", "", "", ""),
    ]
    records = read_month(desk.space.submissions, MONTH, desk.space.config)
    assert list(records.activities["name"]) == ["Họp", "Thêm"]
    assert list(records.versions["received_at"]) == ["2026-02-03T09:00:00+07:00", "2026-02-04T10:00:00+07:00"]


def test_a_dry_run_writes_nothing(desk: Desk):
    done = desk.receive(desk.put("VP.xlsx", book([line("Họp")])), dry_run=True)
    assert (states(done), done.stored, done.complete) == (["new"], (), True)
    assert not (desk.space.root / "data").exists()
    assert not (desk.space.root / "build").exists()


def test_rejections_hold_a_file_back_until_they_are_accepted(desk: Desk):
    path = desk.put("VP.xlsx", book([line("Họp"), line("Sai", Số_lượng="hai")]))
    done = desk.receive(path)
    assert (states(done), done.complete, desk.kept(), desk.register()) == (["rejections"], False, {}, [])
    assert done.failure is None
    done = desk.receive(path, accept_rejections=True)
    (review,) = done.stored
    assert (review.rows_in, review.accepted, review.rejected, done.complete) == (2, 1, 1, True)
    assert desk.register()[0]["outcome"] == "nhận một phần, trả lại 1 dòng"


def test_a_nil_report_is_received_as_such(desk: Desk):
    done = desk.receive(desk.put("x.xlsx", book([], unit="BanGio", Không_phát_sinh_hoạt_động="x")))
    assert done.stored[0].nil
    assert desk.register()[0]["outcome"] == "nhận, không phát sinh"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("VP.xlsx", b"", "Tệp rỗng"), ("VP.xlsx", b"%PDF-1.7 x", "PDF"), ("VP.xlsm", b"PK", "macro"),
        ("VP.docx", b"PK", "Không phải tệp báo cáo"), ("VP.csv", b"a;b", "Không phải tệp báo cáo"),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused_even_if_rejections_are_accepted(desk: Desk, name, data, said):
    done = desk.receive(desk.put(name, data), accept_rejections=True)
    assert len(refusals(done)) == 1
    assert said in refusals(done)[0]
    assert (desk.kept(), desk.register(), done.complete) == ({}, [], False)


# -- unit and month


def test_the_unit_is_found_by_its_name_in_the_sheet(desk: Desk):
    desk.receive(desk.put("gui xa.xlsx", book([line("Họp")], unit="Thôn  bản mây")))
    assert set(desk.kept()) == {"2026-01/BanMay.xlsx"}


def test_the_sheet_of_unit_and_month_may_stand_anywhere(desk: Desk):
    sheets = {"Hoạt động": [HEADINGS, line("Họp")], "Thông tin": [["Đơn vị", "VP"], ["Kỳ báo cáo", "01/2026"]]}
    desk.receive(desk.put("gui xa.xlsx", office_files.xlsx(sheets)))
    assert set(desk.kept()) == {"2026-01/VP.xlsx"}


def test_a_sheet_that_names_another_unit_than_the_file_is_refused_unless_the_receiver_confirms_it(desk: Desk):
    path = desk.put("BanGio.xlsx", book([line("Họp")], unit="BanMay"))
    assert refusals(desk.receive(path)) == [
        "Trang Thông tin ghi đơn vị “BanMay”, tên tệp ghi BanGio; tệp không được nhận."
    ]
    desk.receive(path, sender="BanMay")
    assert set(desk.kept()) == {"2026-01/BanMay.xlsx"}


def test_a_name_that_units_share_is_each_ones_and_not_enough_to_tell_them_apart(desk: Desk):
    path = desk.space.root / "params" / "units.yml"
    path.write_text(path.read_text("utf-8").replace("Thôn Bản Gió", "Thôn Bản Mây"), "utf-8")
    twins = Desk(Workspace(desk.space.root), desk.sent)
    data = book([line("Họp")], unit="Thôn Bản Mây")
    assert refusals(twins.receive(twins.put("gui xa.xlsx", data))) == [
        "Trang Thông tin ghi đơn vị “Thôn Bản Mây”, tên của nhiều đơn vị."
    ]
    with pytest.raises(UserError, match="nhiều đơn vị cùng tên “thôn bản mây”"):
        twins.receive(sender="thôn bản mây")
    twins.receive(twins.put("BanMay.xlsx", data))
    twins.receive(twins.put("gui xa.xlsx", book([line("Họp")], unit="Thôn Bản Mây (BanGio)")))
    assert set(twins.kept()) == {"2026-01/BanMay.xlsx", "2026-01/BanGio.xlsx"}
    records = read_month(twins.space.submissions, MONTH, twins.space.config)
    assert list(records.activities["unit"]) == ["BanMay", "BanGio"]
    assert "error" not in set(records.findings["severity"])


def test_the_receivers_word_is_held_against_the_sheet(desk: Desk):
    done = desk.receive(desk.put("x.xlsx", book([line("Họp")], unit="VP")), sender="banmay")
    assert refusals(done) == ["Trang Thông tin ghi đơn vị “VP”, lệnh (--from) ghi BanMay; tệp không được nhận."]
    done = desk.receive(desk.put("x.xlsx", book([line("Họp")], unit="VP")), month="2026-02")
    assert refusals(done) == ["Kỳ báo cáo trong tệp là 01/2026, lệnh (--month) ghi 02/2026; tệp không được nhận."]
    with pytest.raises(UserError, match="không có đơn vị “KHAC”"):
        desk.receive(sender="KHAC")


def test_a_folder_that_bears_a_months_name_says_the_month_and_is_held_against_the_sheet(desk: Desk):
    done = desk.receive(desk.put("2026-02/VP.xlsx", book([line("Họp")])))
    assert refusals(done) == ["Kỳ báo cáo trong tệp là 01/2026, thư mục ghi 02/2026; tệp không được nhận."]
    desk.receive(desk.put("2026-01/BanMay.hoat-dong.csv", csv(line("Họp"))))
    assert set(desk.kept()) == {"2026-01/BanMay.hoat-dong.csv"}


def test_what_cannot_be_opened_is_named_and_costs_itself(desk: Desk, monkeypatch):
    for name in ("VP.xlsx", "khoa.xlsx", "khoa.zip", "kin/BanMay.xlsx"):
        desk.put(name, book([line("Họp")]))

    def closed(real):
        def call(path, *arguments, **options):
            if str(path).rpartition("/")[2] in {"khoa.xlsx", "khoa.zip", "kin"}:
                raise PermissionError(13, "Permission denied", str(path))
            return real(path, *arguments, **options)

        return call

    monkeypatch.setattr(os, "scandir", closed(os.scandir))
    monkeypatch.setattr(Path, "open", closed(Path.open))
    done = desk.receive()
    assert set(desk.kept()) == {"2026-01/VP.xlsx"}
    assert [one.shown for one in done.dry_run.refusals] == ["sent/khoa.xlsx", "sent/khoa.zip", "sent/kin"]
    assert set(refusals(done)) == {"Không mở được để đọc (không có quyền)."}


def test_the_folder_where_one_stands_is_called_by_its_name(desk: Desk, monkeypatch):
    desk.put("sau/anh.png", b"x")
    monkeypatch.chdir(desk.sent / "sau")
    for path, shown in (("..", "sent/sau/anh.png"), (".", "sau/anh.png")):
        (refusal,) = desk.receive(Path(path)).dry_run.refusals
        assert refusal.shown == shown


@pytest.mark.parametrize("name", ["BanMay.hoat-dong.csv", "hoat-dong.csv"])
def test_a_file_that_says_no_month_waits_for_one(desk: Desk, name):
    path = desk.put(name, csv(line("Họp")))
    assert "--month" in desk.receive(path, sender="BanMay").dry_run.refusals[0].hint
    assert desk.receive(path, sender="BanMay", month="2026-01").complete
    assert set(desk.kept()) == {"2026-01/BanMay.hoat-dong.csv"}


def test_a_month_that_is_none_is_called_that_and_not_asked_for_in_the_command(desk: Desk):
    refusal = desk.receive(desk.put("VP.xlsx", book([line("Họp")], month="15/01/2026"))).dry_run.refusals[0]
    assert "“15/01/2026”" in refusal.what
    assert "--month" not in refusal.hint


def test_a_file_that_says_no_unit_waits_for_one(desk: Desk):
    done = desk.receive(desk.put("bao cao.xlsx", book([line("Họp")], unit="")))
    assert "Các mã: VP, BanMay, BanGio" in done.dry_run.refusals[0].hint
    desk.receive(desk.put("Báo cáo BanMay tháng 01-2026.xlsx", book([line("Họp")], unit="", month="")))
    assert set(desk.kept()) == {"2026-01/BanMay.xlsx"}


def test_a_unit_that_is_not_on_the_register_of_the_month_is_refused(desk: Desk):
    units = desk.space.root / "params" / "units.yml"
    text = units.read_text("utf-8")
    new = "  - {code: MOI, name: Thôn Mới, kind: hamlet, valid_from: 2026-02-01}\ngroups:"
    units.write_text(text.replace("groups:", new), "utf-8")
    done = desk.receive(desk.put("MOI.xlsx", book([line("Họp")], unit="MOI")), accept_rejections=True)
    assert (states(done), desk.kept()) == (["refused"], {})
    assert "không thuộc danh sách đơn vị của kỳ này" in done.dry_run.reviews[0].findings[0]["message"]


def test_what_comes_after_the_lock_is_called_as_the_book_calls_it(desk: Desk):
    late = "20/02/2026 08:00"
    first = desk.receive(desk.put("VP.xlsx", book([line("Họp")])), at=late)
    again = desk.receive(desk.put("VP.xlsx", book([line("Họp", Số_lượng=2)])), at=late)
    for done, words in ((first, "số sau chốt"), (again, "số điều chỉnh")):
        assert f"Đã quá ngày khóa số liệu của tháng; tệp được ghi là {words}." in done.dry_run.reviews[0].notices


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("31/12/2025 23:59", ["Thời điểm nhận trước khi kỳ báo cáo bắt đầu; kiểm tra Kỳ báo cáo và --at."]),
        ("01/01/2026 00:00", []),
        ("10/02/2026 23:59:59", []),
        ("11/02/2026 00:00", ["Đã quá ngày khóa số liệu của tháng; tệp được ghi là số sau chốt."]),
    ],
)
def test_a_time_before_the_period_or_after_the_lock_is_noticed(desk: Desk, at, said):
    path = desk.put("BanMay.hoat-dong.csv", csv(line("Họp")))
    assert list(desk.receive(path, at=at, month="2026-01", dry_run=True).dry_run.reviews[0].notices) == said


@pytest.mark.parametrize("name", ["2027-01/BanMay.hoat-dong.csv", "BanMay 202701-hoat-dong.csv"])
def test_a_month_that_has_not_begun_is_a_slip_unless_the_receiver_says_it(desk: Desk, name):
    path = desk.put(name, csv(line("Họp", day=date(2027, 1, 5))))
    assert refusals(desk.receive(path, at="31/12/2026 23:59")) == [
        "Kỳ báo cáo 01/2027 bắt đầu ngày 01/01/2027, sau thời điểm nhận; tệp không được nhận."
    ]
    assert desk.receive(path, at="31/12/2026 23:59", month="2027-01", dry_run=True).complete
    assert desk.receive(path, at="01/01/2027 00:00", dry_run=True).complete


def test_a_version_said_to_be_older_than_the_one_before_and_a_month_before_the_plan_are_noticed(desk: Desk):
    path = desk.put("2026-01/BanMay.hoat-dong.csv", csv(line("Họp")))
    desk.receive(path)
    path.write_bytes(csv(line("Hội nghị")))
    (review,) = desk.receive(path, at="02/02/2026 09:00").stored
    assert (review.version, review.notices) == (
        2,
        ("Thời điểm nhận sớm hơn lần gửi trước; lần gửi này vẫn là lần mới nhất.",),
    )
    old = desk.put("2025-12/BanMay.hoat-dong.csv", csv(line("Họp")))
    (review,) = desk.receive(old, at="02/01/2026 09:00", dry_run=True).dry_run.reviews
    assert review.notices == ("Tháng này trước tháng báo cáo đầu tiên của kế hoạch (2026-01).",)


# -- several files


def test_csvs_of_one_unit_are_one_submission(desk: Desk):
    desk.put("BanMay.hoat-dong.csv", csv(line("Họp")))
    desk.put("BanMay.kho-khan.csv", "Loại;Nội dung\nKhó khăn;Thiếu loa\n".encode())
    desk.put("BanMay.thong-tin.csv", "Đơn vị;BanMay\nKỳ báo cáo;01/2026\n".encode())
    done = desk.receive()
    assert [len(review.names) for review in done.stored] == [3]
    assert {row["version"] for row in desk.register()} == {"1"}
    desk.put("BanMay.hoat-dong.csv", csv(line("Họp", Số_lượng=2)))
    desk.receive(at="05/02/2026 08:00")
    assert {name for name in desk.kept() if ".v2." in name} == {
        f"2026-01/BanMay.v2.{table}.csv" for table in ("hoat-dong", "kho-khan", "thong-tin")
    }


def test_csvs_as_office_programs_name_them_are_placed_by_their_sheets(desk: Desk):
    for form in ("NFC", "NFD"):
        name = unicodedata.normalize(form, "2026-01/bao-cao-Hoạt động.csv")
        desk.put(name, csv(line(f"Họp {form}")))
        desk.receive(desk.sent / name, sender="BanMay")
        (desk.sent / name).unlink()
    assert set(desk.kept()) == {"2026-01/BanMay.hoat-dong.csv", "2026-01/BanMay.v2.hoat-dong.csv"}


def test_a_set_that_lacks_a_table_of_the_version_before_is_held_back(desk: Desk):
    desk.put("2026-01/BanMay.hoat-dong.csv", csv(line("Họp")))
    desk.receive()
    (desk.sent / "2026-01" / "BanMay.hoat-dong.csv").unlink()
    desk.put("2026-01/BanMay.kho-khan.csv", "Loại;Nội dung\nKhó khăn;Thiếu loa\n".encode())
    done = desk.receive()
    assert (states(done), done.dry_run.reviews[0].dropped) == (["rejections"], ("Hoạt động",))
    assert set(desk.kept()) == {"2026-01/BanMay.hoat-dong.csv"}
    desk.receive(accept_rejections=True)
    assert desk.register()[-1]["outcome"] == "nhận một phần, trả lại 0 dòng, thiếu bảng Hoạt động"


def test_a_bad_file_of_a_folder_costs_itself_and_no_other(desk: Desk):
    desk.put("VP.xlsx", book([line("Họp")]))
    desk.put("BanMay.xlsx", b"rac")
    desk.put("sau/BanGio.xlsx", book([line("Sai", Số_lượng="x")], unit="BanGio"))
    desk.put("~$VP.xlsx", b"x")
    done = desk.receive()
    assert set(desk.kept()) == {"2026-01/VP.xlsx"}
    assert (states(done), len(refusals(done)), done.complete) == (["new", "rejections"], 1, False)


def test_two_different_files_of_one_unit_at_once_are_nobodys_guess(desk: Desk):
    desk.put("a/VP.xlsx", book([line("Họp")]))
    desk.put("b/VP.xlsx", book([line("Hội nghị")]))
    done = desk.receive()
    assert (desk.kept(), len(refusals(done))) == ({}, 2)
    assert "Có nhiều tệp khác nhau của VP" in refusals(done)[0]


def test_of_two_files_of_one_table_none_is_stored_over_the_other(desk: Desk):
    desk.put("2026-01/BanMay.hoat-dong.csv", csv(line("Họp")))
    desk.put("2026-01/BanMay-Hoạt động.csv", csv(line("Hội nghị")))
    desk.put("2026-01/VP.hoat-dong.csv", csv(line("Họp")))
    done = desk.receive()
    assert (set(desk.kept()), len(refusals(done))) == ({"2026-01/VP.hoat-dong.csv"}, 2)
    shown = "sent/2026-01/BanMay-Hoạt động.csv; sent/2026-01/BanMay.hoat-dong.csv"
    assert set(refusals(done)) == {f"Có nhiều tệp của bảng Hoạt động: {shown}."}


def test_two_equal_files_at_once_are_stored_once(desk: Desk):
    desk.put("a/VP.xlsx", book([line("Họp")]))
    desk.put("b/VP.xlsx", (desk.sent / "a" / "VP.xlsx").read_bytes())
    assert states(desk.receive()) == ["new", "same"]
    assert (set(desk.kept()), len(desk.register())) == ({"2026-01/VP.xlsx"}, 1)


def test_versions_that_the_names_state_come_in_their_order(desk: Desk):
    desk.put("VP.v2.xlsx", book([line("Họp"), line("Hội nghị")]))
    desk.put("VP.xlsx", book([line("Họp")]))
    done = desk.receive()
    assert [(review.version, review.counts["added"]) for review in done.stored] == [(1, 0), (2, 1)]
    assert len(desk.register()) == 2


def test_several_months_across_the_years_end_come_in_at_once(desk: Desk):

    for year, number in ((2026, 12), (2027, 1)):
        data = book([line("Họp", day=date(year, number, 5))], month=f"{number}/{year}")
        desk.put(f"thang-{number}.xlsx", data)
    done = desk.receive(at="2027-02-02T08:00")
    assert [str(review.offer.month) for review in done.stored] == ["2026-12", "2027-01"]
    assert set(desk.kept()) == {"2026-12/VP.xlsx", "2027-01/VP.xlsx"}


# -- the register and the folder


def test_a_file_that_was_merely_dropped_into_the_folder_gets_its_time(desk: Desk):
    path = desk.space.submissions / "2026-01" / "VP.xlsx"
    path.parent.mkdir(parents=True)
    path.write_bytes(book([line("Họp")]))
    done = desk.receive(path)
    assert (states(done), set(desk.kept())) == (["register"], {"2026-01/VP.xlsx"})
    assert [(row["file"], row["version"]) for row in desk.register()] == [("2026-01/VP.xlsx", "1")]
    assert states(desk.receive(path)) == ["same"]


@pytest.mark.parametrize("head", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_register_that_an_office_program_saved_is_carried_on_in_its_form(desk: Desk, head, delimiter):
    columns = ["received_at", "month", "unit", "version", "file", "sha256", "sender", "outcome"]
    old = head + delimiter.join(columns) + "\r\n" + delimiter.join(["2026-02-01T08:00:00+07:00", "2025-12", *"abcdef"])
    desk.space.submissions.mkdir(parents=True)
    (desk.space.submissions / "register.csv").write_bytes(old.encode())
    desk.receive(desk.put("VP.xlsx", book([line("Họp")])))
    text = (desk.space.submissions / "register.csv").read_bytes()
    assert text.startswith(old.encode() + b"\n")
    assert [row["unit"] for row in desk.register()] == ["a", "VP"]
    sent = read_month(desk.space.submissions, MONTH, desk.space.config).submissions
    assert list(sent["received_at"]) == ["2026-02-03T09:00:00+07:00"]


HEADER = b"received_at,month,unit,version,file,sha256,sender,outcome,original\n"


OPEN = b'a,b,c,1,d,e,f,g,"an open quotation mark\n'


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b"\xef\xbb\xbf", b"a,b\n1,2\n", HEADER + OPEN, HEADER + b"x" * 200_000],
    ids=["no text", "a mark", "other columns", "open", "no end"],
)
def test_a_register_that_cannot_be_read_is_never_overwritten(desk: Desk, content):
    desk.space.submissions.mkdir(parents=True)
    (desk.space.submissions / "register.csv").write_bytes(content)
    with pytest.raises(UserError, match="sổ tiếp nhận không đọc được"):
        desk.receive(desk.put("VP.xlsx", book([line("Họp")])))
    assert (desk.space.submissions / "register.csv").read_bytes() == content
    assert desk.kept() == {}


def test_a_files_name_is_no_formula_in_the_register(desk: Desk):
    desk.receive(desk.put("=HYPERLINK(1) 0912345678.xlsx", book([line("Họp")])))
    assert desk.register()[0]["original"].startswith("'=HYPERLINK")
    assert "0912345678" not in desk.register()[0]["original"]


def test_a_version_that_only_the_register_remembers_is_not_given_twice(desk: Desk):
    desk.receive(desk.put("VP.xlsx", book([line("Họp")])))
    (desk.space.submissions / "2026-01" / "VP.xlsx").unlink()
    desk.receive(desk.put("VP.xlsx", book([line("Hội nghị")])))
    assert set(desk.kept()) == {"2026-01/VP.v2.xlsx"}
    desk.receive(desk.put("BanMay.xlsx", book([line("Họp")], unit="BanMay")))  # each unit counts its own
    assert set(desk.kept()) == {"2026-01/VP.v2.xlsx", "2026-01/BanMay.xlsx"}


def test_a_set_of_which_the_register_knows_a_part_is_noted_whole(desk: Desk):
    known = desk.put("2026-01/BanMay.hoat-dong.csv", csv(line("Họp")))
    desk.receive(known)
    dropped = desk.put("2026-01/BanMay.kho-khan.csv", "Loại;Nội dung\nKhó khăn;Thiếu loa\n".encode())
    (desk.space.submissions / "2026-01" / dropped.name).write_bytes(dropped.read_bytes())
    assert states(desk.receive(at="04/02/2026 09:00")) == ["register"]
    assert {row["file"] for row in desk.register()} == {f"2026-01/{one.name}" for one in (known, dropped)}


def test_what_is_received_late_is_compared_with_earlier_months_only(desk: Desk):
    notes = "Loại;Nội dung\nKhó khăn;Thiếu loa\n".encode()
    found = []
    for month in ("2026-02", "2026-01", "2026-03"):
        (review,) = desk.receive(desk.put(f"{month}/BanMay.kho-khan.csv", notes), month=month).dry_run.reviews
        found.append([one["code"] for one in review.findings if one["code"] == "TEP-GIONG"])
    assert found == [[], [], ["TEP-GIONG"]]


def test_another_run_holds_the_door(desk: Desk, monkeypatch):
    path = desk.put("VP.xlsx", book([line("Họp")]))
    monkeypatch.setattr("baocao.receive.receive.project_lock", lambda build, notice: project_lock(build, 0.1, notice))
    with project_lock(desk.space.root / "build"), pytest.raises(UserError, match="đang chạy"):
        desk.receive(path)
    assert desk.kept() == {}


# -- closed months


def test_a_closed_month_refuses_and_one_opened_again_takes_the_file(desk: Desk):
    folder = desk.space.root / "data" / "archive" / "2026-01"
    (folder / "r1").mkdir(parents=True)
    (folder / "r1" / "manifest.json").write_text("{}")
    path = desk.put("VP.xlsx", book([line("Họp")]))
    done = desk.receive(path, accept_rejections=True)
    assert (states(done), desk.kept(), done.complete) == (["closed"], {}, False)
    assert "baocao reopen 2026-01" in done.dry_run.reviews[0].hint
    (folder / "reopened.json").write_text('{"revision": 1}')
    assert desk.receive(path).complete


# -- whatever comes, in whatever order

_SENT = st.lists(st.tuples(st.sampled_from(["VP", "BanMay"]), st.integers(1, 3)), min_size=1, max_size=6)


@settings(max_examples=12, deadline=None)
@given(sent=_SENT)
def test_every_different_file_is_kept_once_and_noted_once_in_the_order_in_which_it_came(tmp_path_factory, sent):
    desk = fresh_desk(tmp_path_factory.mktemp("desk"))
    expected: dict[str, list[bytes]] = {}
    for number, (unit, quantity) in enumerate(sent):
        data = csv(line("Họp", Số_lượng=quantity))
        path = desk.put(f"{number}/2026-01/{unit}.hoat-dong.csv", data)
        done = desk.receive(path, at=f"2026-02-03T09:00:{number:02d}")
        known = data in expected.setdefault(unit, [])
        assert states(done) == ["same" if known else "new"]
        if not known:
            expected[unit].append(data)
    names = {
        f"2026-01/{unit}{f'.v{n}' if n > 1 else ''}.hoat-dong.csv": data
        for unit, files in expected.items()
        for n, data in enumerate(files, start=1)
    }
    assert desk.kept() == names
    assert {row["file"]: row["sha256"] for row in desk.register()} == {
        name: hashlib.sha256(data).hexdigest() for name, data in names.items()
    }
    assert len(desk.register()) == len(names)
    records = read_month(desk.space.submissions, MONTH, desk.space.config)
    assert dict(zip(records.submissions["unit"], records.submissions["version"], strict=True)) == {
        unit: len(files) for unit, files in expected.items()
    }
    assert records.findings[records.findings["code"].str.startswith("SO-")].empty


@pytest.mark.parametrize("name", ["VP.xlsx", "BanMay.xlsx"])
def test_beside_a_file_that_may_not_be_read_others_come_in_and_it_keeps_its_version(desk: Desk, monkeypatch, name):
    unit = name.partition(".")[0]
    old = book([line("Họp")], unit=unit)
    desk.receive(desk.put(name, old))
    new = book([line("Họp thôn")])
    with monkeypatch.context() as patch:
        forbid(patch, name)
        done = desk.receive(desk.put("VP.xlsx", new))
    assert done.complete
    assert desk.kept() == {f"2026-01/{name}": old, f"2026-01/{'VP.v2.xlsx' if unit == 'VP' else 'VP.xlsx'}": new}


def test_bytes_that_somebody_changed_among_the_submissions_count_from_when_they_are_received(desk: Desk):
    desk.receive(desk.put("VP.xlsx", book([line("Họp")])))
    changed = book([line("Hội nghị")])
    (desk.space.submissions / "2026-01" / "VP.xlsx").write_bytes(changed)
    path = desk.put("VP.xlsx", changed)
    done = [desk.receive(path, at="05/02/2026 10:00"), desk.receive(path, at="06/02/2026 10:00")]
    assert [(*states(one), one.dry_run.reviews[0].previous_at) for one in done] == [
        ("register", ""), ("same", "2026-02-05T10:00:00+07:00"),
    ]  # fmt: skip
    assert "SO-KHACTEP" not in set(read_month(desk.space.submissions, MONTH, desk.space.config).findings["code"])


@pytest.mark.parametrize("step", ["make_offers", "review_all"])
def test_a_file_that_vanishes_while_it_is_received_is_named(desk: Desk, monkeypatch, step):
    path, other, own = desk.put("VP.xlsx", book([line("Họp")])), desk.put("khac.txt", b"x"), getattr(receiving, step)
    monkeypatch.setattr(receiving, step, lambda *args, **options: (path.unlink(), own(*args, **options))[1])
    with pytest.raises(UserError, match=r"VP\.xlsx: tệp này không còn ở đó nữa"):
        desk.receive(path, other)
    assert (desk.kept(), desk.register()) == ({}, [])


def test_a_file_that_cannot_be_read_after_all_costs_itself(desk: Desk, monkeypatch):
    sent = desk.put("VP.xlsx", book([line("Họp")])), desk.put("BanMay.xlsx", book([line("Họp")], unit="BanMay"))
    real = Path.read_bytes

    def read(path: Path) -> bytes:
        if path == sent[0]:
            raise OSError(5, "Input/output error", str(path))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    done = desk.receive(*sent)
    assert refusals(done) == ["Không mở được tệp để đọc."]
    assert list(desk.kept()) == ["2026-01/BanMay.xlsx"]


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("nowhere")], ids=["a folder", "a link"])
def test_what_bears_a_submissions_name_and_is_none_is_left_alone(desk: Desk, make):
    there = desk.space.submissions / "2026-01" / "VP.v2.xlsx"
    there.parent.mkdir(parents=True)
    for name in ("vp.v3.xlsx", "VP.v2.xlsx", "BanMay.v7.xlsx"):  # each unit's versions, in any case
        make(there.with_name(name))
    there.with_name("ghi chú.txt").touch()
    data = book([line("Họp")])
    done = desk.receive(desk.put("VP.xlsx", data))
    assert (done.failure, [review.previous for review in done.stored]) == (None, [0])
    assert there.is_symlink() or there.is_dir()
    assert desk.kept() == {"2026-01/VP.v4.xlsx": data, "2026-01/ghi chú.txt": b""}


def test_a_link_to_a_file_among_the_submissions_is_a_version_like_that_file(desk: Desk):
    there, data = desk.space.submissions / "2026-01" / "VP.xlsx", book([line("Họp")])
    there.parent.mkdir(parents=True)
    there.symlink_to("../VP.xlsx")
    (there.parent.parent / "VP.xlsx").write_bytes(data)
    assert states(desk.receive(desk.put("VP.xlsx", data))) == ["register"]
    [review] = desk.receive(desk.put("VP.xlsx", book([line("Họp"), line("Hội nghị")]))).stored
    assert (review.version, review.previous, review.counts["added"]) == (2, 1, 1)
