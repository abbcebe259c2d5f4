"""The register of receipt, asked month after month."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao.intake import register
from baocao.intake.register import COLUMNS, REGISTER, read_register


def _line(month: str, written: str = "") -> str:
    return f"2025-09-10T09:00:00+07:00,{written or month},U1,1,{month}/U1.xlsx,{'a' * 64},U1,nhận đủ,U1.xlsx"


@pytest.fixture
def folder(tmp_path):
    lines = [",".join(COLUMNS), _line("2025-09"), _line("2025-10", "Oct-25"), "lạc,dòng", _line("2025-11")]
    (tmp_path / REGISTER).write_text("\n".join(lines) + "\n", "utf-8")
    return tmp_path


def test_a_register_is_parsed_once_however_many_months_are_asked_for(folder, tmp_path_factory, monkeypatch):
    other = tmp_path_factory.mktemp("sealed")
    parsed = []
    monkeypatch.setattr(register, "register_rows", lambda data: parsed.append(data) or [])
    register.register_lines.cache_clear()
    for month in ("2025-09", "2025-10", "2025-11"):
        (other / REGISTER).write_text(f"received_at,month,file\n,{month},\n", "utf-8")  # as a seal has one
        read_register(folder, month)
        read_register(other, month)
    assert parsed.count((folder / REGISTER).read_bytes()) == 1
    register.register_lines.cache_clear()


@pytest.mark.parametrize(
    ("month", "files", "faulty"),
    [
        ("2025-09", ["2025-09/U1.xlsx"], ("dòng 4",)),
        ("2025-10", [], ("dòng 3", "dòng 4")),
        ("2025-11", ["2025-11/U1.xlsx"], ("dòng 4",)),
        ("2025-12", [], ("dòng 4",)),
    ],
)
def test_a_month_has_its_own_lines_and_those_that_name_none(folder, month, files, faulty):
    found = read_register(folder, month)
    assert (list(found.receipts), found.faulty) == (files, faulty)


def test_a_register_that_may_not_be_read_is_told_as_that(folder, monkeypatch):
    """Who runs tests as root may read everything: the system answers as it would another user."""

    def refused(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refused)
    assert read_register(folder, "2025-09").faulty == ("toàn bộ sổ (máy này không được phép đọc)",)


def test_a_register_without_a_needed_column_is_told_as_a_whole(tmp_path):
    (tmp_path / REGISTER).write_text("month,file\n2025-09,2025-09/U1.xlsx\n", "utf-8")
    assert read_register(tmp_path, "2025-09").faulty == ("toàn bộ sổ (dòng đầu thiếu tên cột)",)
