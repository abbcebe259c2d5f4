"""Audits of small seals, without a run of notebooks: what they leave on the disk meanwhile."""

from __future__ import annotations

import shutil
import subprocess

from archives import sealed
from baocao.archive import audit as audits
from baocao.archive import verb
from baocao.archive.recorded import recorded_source
from baocao.cli import show_archive
from baocao.errors import UserError
from baocao.months import Month
from baocao.sources import code_digests
from baocao.workspace import Workspace
from projects import SITES

MONTHS = ("2026-01", "2026-02", "2026-03")


def test_what_was_made_of_one_month_is_gone_before_the_next_one_is_made(tmp_path, monkeypatch):
    space = Workspace(tmp_path / "site")
    sealed(space.archive, tmp_path / "scratch", *MONTHS)
    there = []

    def make(project, *_):
        there.append([path.name for path in project.parent.parent.iterdir()])
        raise UserError("không lập")

    monkeypatch.setattr(audits, "make", make)
    wanted = tuple(audits.Wanted(Month.parse(month), 1) for month in MONTHS)
    found = audits.audit(space, wanted, audits.Options(workers=1), lambda _: None)
    assert [one.verdict for one in found] == ["failed"] * 3
    assert there == [["0"], ["1"], ["2"]]


def test_what_an_audit_found_is_not_lost_where_its_report_cannot_be_written(tmp_path, monkeypatch, capsys):
    space = Workspace(tmp_path / "site")
    shutil.copytree(SITES / "tiny" / "params", space.root / "params")
    sealed(space.archive, tmp_path / "scratch", "2026-01")

    def make(*_):
        raise UserError("\n".join(f"dòng {n}" for n in range(30)))

    def write(_, __, folder, ___):
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(audits, "make", make)
    monkeypatch.setattr(verb, "write_reports", write)
    told = []
    found, reports = verb.audit_months(space, "2026-01", say=told.append)
    assert "Chưa ghi được báo cáo kiểm tra" in told[-1]
    assert "2026-01-r1: không đọc hoặc ghi được (không có quyền)." in told[-1]
    assert show_archive.audited(found, reports, as_json=False) == 7
    printed = capsys.readouterr().out
    assert "dòng 29" in printed
    assert "áo cáo" not in printed


def test_the_code_of_then_is_taken_out_without_the_months_that_lie_beside_it(tmp_path):
    root, target = tmp_path / "site", tmp_path / "code"
    for name in ("src/baocao/a.py", "notebooks/a.ipynb", "reports/data/a.css", "data/archive/2026-01/r1/manifest.json"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, "utf-8")
    git = ["git", "-C", str(root), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "A"]):
        subprocess.run([*git, *command], check=True)
    commit = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    said = {"commit": commit, "code": code_digests(root, root / "src")}
    assert recorded_source(root, tmp_path / "seal", said, target) == target
    assert (target / "reports" / "data" / "a.css").exists()
    assert not (target / "data").exists()


def test_code_and_libraries_of_another_version_are_named_with_the_way_to_run_those_of_then(tmp_path, monkeypatch):
    space = Workspace(tmp_path / "site")
    sealed(space.archive, tmp_path / "scratch", "2026-01")

    def make(*_):
        raise UserError("không lập")

    monkeypatch.setattr(audits, "make", make)
    wanted = (audits.Wanted(Month.parse("2026-01"), 1),)

    def audited(now):
        monkeypatch.setattr(audits, "tools", lambda _: now)
        (found,) = audits.audit(space, wanted, audits.Options(workers=1), lambda _: None)
        return found.tools, found.notes

    again = "lập lại bằng đúng bản lúc khóa: baocao audit 2026-01 --revision 1 --with recorded"
    noted_later = ["typst 0.1", "jinja2 3.1"]  # of a library that the seal does not name nothing is known
    assert audited(noted_later) == ((), (f"Mã nguồn nay khác lúc khóa; {again}",))
    other = (("typst 0.1", "typst 0.2"),)
    assert audited(["typst 0.2"]) == (other, (f"Mã nguồn và thư viện nay khác lúc khóa; {again}",))
    monkeypatch.setattr(audits, "code_digests", lambda _: {})
    assert audited(["typst 0.2"]) == (other, (f"Thư viện nay khác lúc khóa; {again}",))
    assert audited(noted_later) == ((), ())
