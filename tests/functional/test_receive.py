"""``baocao receive``: a dry run that is always shown, then files and register."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from projects import Project, copy_project
from receiving import book, line
from receiving import csv as csv_of


@pytest.fixture
def project_(tmp_path: Path) -> Project:
    project = copy_project(tmp_path / "xã Suối Mây", site="tiny")
    shutil.rmtree(project.root / "data")
    return project


def test_a_file_is_shown_received_sent_again_and_its_differences_told(project_: Project, tmp_path: Path):
    sent = tmp_path / "gui.xlsx"
    sent.write_bytes(book([line("Họp")]))
    done = project_.baocao("receive", str(sent), "--at", "03/02/2026 09:00")
    assert done.code == 0, done.err
    assert "Chạy thử (thời điểm nhận: 09:00 ngày 03/02/2026)" in done.out
    assert "Văn phòng xã (VP), tháng 01 năm 2026, lần gửi 1" in done.out
    assert "Đã nhận: data/submissions/2026-01/VP.xlsx" in done.out
    again = project_.baocao("receive", str(sent))
    assert (again.code, "đúng từng byte như lần gửi 1" in again.out) == (0, True)
    sent.write_bytes(book([line("Họp", Số_lượng=4, Nguồn_kinh_phí="đóng góp")]))
    second = project_.baocao("receive", str(sent), "--at", "2026-02-04T10:00")
    assert "So với lần gửi 1 (nhận lúc 09:00 ngày 03/02/2026): thêm 0 dòng, sửa 1 dòng (2 ô), mất 0 dòng" in second.out
    assert "· Nguồn kinh phí: (trống) → đóng góp" in second.out
    assert "~ Hoạt động, dòng 2: 10/01/2026 Họp · Số lượng: 1 → 4" in second.out
    rows = list(csv.DictReader((project_.root / "data/submissions/register.csv").read_text("utf-8").splitlines()))
    assert [(row["version"], row["received_at"]) for row in rows] == [
        ("1", "2026-02-03T09:00:00+07:00"),
        ("2", "2026-02-04T10:00:00+07:00"),
    ]
    check = json.loads(project_.baocao("check", "--json").out)
    assert check["rows_in"] == 1


def test_of_a_set_of_csvs_each_finding_names_its_file_also_where_one_file_has_them_all(
    project_: Project, tmp_path: Path
):
    sent = [tmp_path / "VP.hoat-dong.csv", tmp_path / "VP.kho-khan.csv"]
    sent[0].write_bytes(csv_of(line("Họp", Số_lượng="hai")))
    sent[1].write_text("Loại;Nội dung\nKhó khăn;Thiếu sách\n", "utf-8")
    done = project_.baocao("receive", *map(str, sent), "--month", "2026-01", "--dry-run", COLUMNS="200")
    (row,) = [row for row in done.out.splitlines() if "“hai” không phải" in row]
    assert "VP.hoat-dong.csv" in row


def test_rejections_end_1_store_nothing_and_say_how_to_go_on(project_: Project, tmp_path: Path):
    sent = tmp_path / "gui.xlsx"
    sent.write_bytes(book([line("Họp"), line("Sai", Số_lượng="hai")]))
    done = project_.baocao("receive", str(sent))
    assert done.code == 1
    assert "--accept-rejections,\n  khi đó baocao check --send-back ghi" in done.out
    assert not (project_.root / "data" / "submissions" / "2026-01").exists()
    machine = project_.baocao("receive", str(sent), "--json", "--accept-rejections")
    assert machine.code == 0
    (one,) = json.loads(machine.out)["submissions"]
    assert (one["stored"], one["rows_in"], one["accepted"], one["rejected"]) == (True, 2, 1, 1)
    assert one["files"][0]["kept_as"] == "2026-01/VP.xlsx"


@pytest.mark.parametrize("rows", [[line("Họp")], [line("Họp"), line("Sai", Số_lượng="hai")]], ids=["lines", "table"])
def test_where_nobody_reads_the_dry_run_nothing_comes_in_and_that_is_said(project_: Project, tmp_path: Path, rows):
    sent = tmp_path / "gui.xlsx"
    sent.write_bytes(book(rows))
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "baocao", "receive", str(sent)]
    done = subprocess.run(
        command, cwd=project_.root, stdout=writing, stderr=subprocess.PIPE, encoding="utf-8", check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "Chưa nhận tệp nào: kết quả không còn ai đọc.")
    assert "Traceback" not in done.stderr
    assert not (project_.root / "data" / "submissions" / "2026-01").exists()


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["khong-co.xlsx"], "không có tệp hay thư mục này"),
        (["x" * 300 + ".xlsx"], "không xem được đường dẫn này (tên quá dài)"),
        (["", "--dry-run"], "có tên tệp để trống"),
        ([".", "--at", "mai"], "không phải là một thời điểm"),
        ([".", "--from", "KHONGCO"], "không có đơn vị"),
        ([".", "--month", "13/2026"], "không phải là một tháng báo cáo"),
        ([], "TỆP"),
    ],
)
def test_a_command_that_cannot_be_used_ends_2_with_one_message(project_: Project, arguments, text):
    done = project_.baocao("receive", *arguments)
    assert (done.code, text in done.err, "Traceback" in done.err) == (2, True, False)
