"""``baocao status``: what came in, what is due, what is made."""

from __future__ import annotations

import json
import re
import shutil

import pytest


def test_every_owed_report_has_its_state_and_a_unit_without_a_file_is_missing(tiny):
    done = tiny[0].baocao("status", "--json")
    assert done.code == 0, done.err
    (month,) = json.loads(done.out)
    assert month["month"] == "2026-01"
    assert month["book"] is True
    states = {one["unit"]: one["label"] for one in month["reports"]}
    assert sorted(states.values()).count("chưa nộp") == 1
    assert set(states.values()) == {"đã nộp", "chưa nộp"}


def test_the_table_names_who_has_not_reported(tiny):
    done = tiny[0].baocao("status")
    assert done.code == 0
    assert "2026-01 chưa có báo cáo dùng được của: BanGio" in done.out


@pytest.mark.parametrize("asked", [(), ("2026-01",)])
def test_a_terminal_of_80_columns_has_room_for_all(tiny, monkeypatch, asked):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    text = re.sub(r"\x1b\[[0-9;]*m", "", tiny[0].baocao("status", *asked).out)
    table = [line for line in text.splitlines() if line.startswith(("┏", "┃", "│"))]
    assert max(map(len, table)) <= 80
    assert "…" not in "".join(table)
    assert ("│ BanGio " if asked else "│ 2026-01 ") in text


def test_a_site_without_submissions_is_told_so(own):
    for path in (own.root / "data" / "submissions" / "2026-01").iterdir():
        path.unlink()
    (own.root / "data" / "submissions" / "2026-01").rmdir()
    assert "Chưa có tháng nào" in own.baocao("status").out
    assert own.baocao("run").code == 2


def test_one_month_names_what_each_unit_owes_and_what_to_write_to_whom(tiny):
    done = tiny[0].baocao("status", "2026-01", "--at", "02/02/2026 08:00")
    assert done.code == 0, done.err
    assert "── BanGio (chưa nộp) ──" in done.out
    assert "Kính gửi: Thôn Bản Gió." in done.out
    assert "đến hết ngày 03/02/2026, còn 1 ngày." in done.out
    machine = json.loads(tiny[0].baocao("status", "2026-01", "--at", "2026-02-02T08:00", "--json").out)
    assert machine["unit_due"] == "2026-02-03T23:59:59+07:00"
    assert {one["unit"]: one["owes"]["areas"] for one in machine["reports"]} == {
        "VP": ["ND1", "ND3"],
        "BanMay": ["ND2", "ND3"],
        "BanGio": ["ND2"],
    }
    assert "BanGio" in [one["unit"] for one in machine["reminders"]]


def test_the_time_that_a_report_is_judged_by_is_told_where_one_came_again(own, tiny):
    assert "lần gửi mới nhất" not in tiny[0].baocao("status", "2026-01").out
    month = own.root / "data" / "submissions" / "2026-01"
    shutil.copyfile(month / "VP.hoat-dong.csv", month / "VP.v2.hoat-dong.csv")
    assert "Thời hạn tính theo lần gửi đầu đọc được" in own.baocao("status", "2026-01").out


def test_the_list_ends_with_the_deadline_that_comes_next(tiny):
    done = tiny[0].baocao("status", "--at", "10/03/2026 08:00")
    assert "Kỳ sắp đến hạn: tháng 3 năm 2026; đơn vị gửi đến 23:59 03/4/2026 (còn 24 ngày)" in done.out


def test_a_closed_month_whose_files_are_others_than_the_sealed_ones_is_told_of(own_closed):
    own_closed.submission("2026-01", "~$VP.xlsx").write_bytes(b"x")
    assert [one["altered"] for one in json.loads(own_closed.baocao("status", "--json").out)] == [False]
    path = own_closed.submission("2026-01", "VP.hoat-dong.csv")
    path.write_bytes(path.read_bytes() + b"\n")
    own_closed.submission("2026-01", "BanGio.v2.hoat-dong.csv").write_bytes(b"x")
    other = ["2026-01/BanGio.v2.hoat-dong.csv", "2026-01/VP.hoat-dong.csv"]
    said = f"tệp trong data/submissions/ khác bản niêm phong r1 ({', '.join(other)}): khôi phục tệp"
    for command in (("status",), ("status", "2026-01")):
        assert said in own_closed.baocao(*command).out
    (machine,) = json.loads(own_closed.baocao("status", "--json").out)
    assert machine["altered"]
    assert machine["altered_files"] == other


@pytest.mark.parametrize("asked", [(), ("2026-01",)])
def test_a_chain_of_seals_that_is_not_as_it_was_written_is_told_of(own_closed, asked):
    def said():
        machine = json.loads(own_closed.baocao("status", *asked, "--json").out)
        return own_closed.baocao("status", *asked).out, (machine if asked else machine[0])["seal_faults"]

    assert said()[1] == []
    archive = own_closed.root / "data" / "archive"
    (archive / "2026-01" / ".r2.x.new").mkdir()
    text, faults = said()
    assert ("bị ngắt giữa chừng" in text, "data/archive/" in text, faults) == (True, False, [])
    whole = (archive / "CHAIN").read_text("utf-8")
    (archive / "CHAIN").write_text(whole + "x\n", "utf-8")
    text, faults = said()
    assert "data/archive/ không còn như đã khóa (CHAIN: không còn như đã ghi" in text
    assert "baocao audit --all" in text
    assert faults == ["CHAIN: không còn như đã ghi: dòng sai mẫu hoặc sai thứ tự"]
    (archive / "CHAIN").write_text(whole, "utf-8")
    (archive / "ghi-chu.txt").write_text("x", "utf-8")
    assert "data/archive/ có thứ không ai niêm phong (ghi-chu.txt: tệp thừa)" in said()[0]


@pytest.mark.parametrize(
    ("month", "said"),
    [("2025-12", "trước tháng đầu tiên của kế hoạch"), ("2027-01", "đến ngày 01/01/2027 mới bắt đầu")],
)
def test_a_folder_of_a_month_that_should_have_no_files_is_told_of(own, month, said):
    folder = own.root / "data" / "submissions"
    shutil.copytree(folder / "2026-01", folder / month)
    told = [own.baocao("status", *asked, "--at", "10/03/2026 08:00").out for asked in ((), (month,))]
    assert [f"{month} {said}" in text for text in told] == [True, True]
    assert "mới bắt đầu" not in own.baocao("status", "2026-01", "--at", "10/03/2026 08:00").out


def test_rates_are_rounded_as_the_book_rounds_them(own):
    for month, unit in (("2026-02", "BanMay"), ("2026-03", "VP")):
        path = own.submission(month, f"{unit}.thong-tin.csv")
        path.parent.mkdir()
        path.write_text(f"Đơn vị;{unit}\nKỳ báo cáo;{month[5:]}/2026\nKhông phát sinh hoạt động;x\n", "utf-8")
    assert re.search(r"BanMay\W+3\W+2\W+66,67%", own.baocao("status").out)
