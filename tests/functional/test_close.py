"""``baocao close`` and ``baocao reopen``: a month is sealed once, and again with a table of what changed."""

from __future__ import annotations

import filecmp
import hashlib
import json
import re
import shutil
import stat
import zipfile

import nbformat
import pytest

from baocao.archive.drift import drifts
from baocao.months import Month
from baocao.workspace import Workspace
from render.pdfs import page_texts

MONTH = ("2026-01", "--engine", "pandoc", "--at", "2026-02-21T09:00")


def sealed(project, revision="r1"):
    return project.root / "data" / "archive" / "2026-01" / revision


def test_a_closed_month_holds_inputs_figures_notebooks_book_and_environment(closed):
    project, done = closed
    assert done.code == 0, done.err
    folder = sealed(project)
    for name in (
        "inputs/params/site.yml",
        "inputs/data/submissions/2026-01/VP.hoat-dong.csv",
        "inputs/requirements.txt",
        "inputs/src/baocao/measures/compute.py",
        "inputs/notebooks/overview.ipynb",
        "outputs/build/2026-01/data/ledger.csv",
        "outputs/build/2026-01/data/findings.csv",
        "outputs/build/2026-01/notebooks/tong-quan.ipynb",
        "outputs/_book/index.html",
        "outputs/_book/bao-cao-2026-01.pdf",
    ):
        assert (folder / name).is_file(), name
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["closed"]["approved_by"] == "Phó Chủ tịch"
    assert manifest["closed"]["at"].startswith("2026-02-21T09:00:00")
    kinds = {entry["kind"] for entry in manifest["files"]}
    assert {"submissions", "params", "ledger", "findings", "records", "notebooks", "book-html", "book-pdf"} <= kinds
    inputs = json.loads((folder / "inputs.json").read_text("utf-8"))
    assert set(inputs["code"]) == {"src", "notebooks", "reports", "_extensions"}
    assert any(tool.startswith("pandoc ") for tool in inputs["tools"])


def test_nothing_sealed_can_be_written_and_no_time_of_approval_reaches_a_page(closed):
    folder = sealed(closed[0])
    assert not [path for path in folder.rglob("*") if path.stat().st_mode & stat.S_IWUSR]
    found = [
        path for path in (folder / "outputs").rglob("*") if path.is_file() and b"2026-02-21T09" in path.read_bytes()
    ]
    assert not found


def test_every_page_names_month_revision_hash_of_the_inputs_and_commit(closed):
    folder = sealed(closed[0])
    trace = f"Kỳ 2026-01 · bản r1 · bản kê {_hash(folder / 'inputs.json')[:12]} · mã nguồn không rõ"
    pages = [path for path in (folder / "outputs" / "_book").rglob("*.html") if "so-lieu" not in path.parts]
    assert len(pages) >= 12
    assert not [path.name for path in pages if trace not in path.read_text("utf-8")]
    official = folder / "outputs" / "_book" / "bao-cao-chinh-thuc-2026-01"
    with zipfile.ZipFile(official.with_suffix(".docx")) as pack:
        feet = [pack.read(name).decode("utf-8") for name in pack.namelist() if "word/footer" in name]
    assert feet
    assert not [foot for foot in feet if trace not in foot]
    assert not [text for text in page_texts(official.with_suffix(".pdf")) if trace not in " ".join(text.split())]
    texts = page_texts(folder / "outputs" / "_book" / "bao-cao-2026-01.pdf")
    assert not [number for number, text in enumerate(texts, start=1) if trace[:40] not in " ".join(text.split())]


def test_the_chapter_on_method_gives_the_commands_that_reproduce_it(closed):
    text = (sealed(closed[0]) / "outputs" / "reports" / "chuong" / "_nguon-goc.md").read_text("utf-8")
    assert "baocao report 2026-01 --engine pandoc\n" in text
    assert "baocao audit 2026-01 --revision 1 --with recorded\n" in text


def test_a_report_of_the_closed_month_is_the_sealed_book_byte_for_byte(own_closed):
    done = own_closed.baocao("report", "2026-01", "--engine", "pandoc")
    assert done.code == 0, done.err
    for name in ("_book", "reports/chuong"):
        compared = filecmp.dircmp(sealed(own_closed) / "outputs" / name, own_closed.root / name)
        assert not _differences(compared)


def _differences(compared):
    own = [*compared.left_only, *compared.right_only, *compared.diff_files]
    return own + [name for inner in compared.subdirs.values() for name in _differences(inner)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--at", "2026-02-21T09:00"), "--missing BanGio"),
        (("--missing", "BanGio", "--missing", "VP", "--at", "2026-02-21T09:00"), "--missing VP: không phải"),
        (("--missing", "BanGio", "--at", "2026-01-21T09:00"), "chưa qua hạn khóa số liệu"),
    ],
)
def test_a_month_that_is_not_fit_is_not_closed_and_every_reason_is_said(own, arguments, said):
    done = own.baocao("close", "2026-01", *arguments)
    assert done.code == 2
    assert said in done.err
    assert not sealed(own).exists()


def test_an_error_that_nobody_read_keeps_the_month_open(own):
    path = own.submission("2026-01", "VP.hoat-dong.csv")
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([*lines, lines[-1].replace("ND3", "ND9")]) + "\n", "utf-8")
    assert own.baocao("check", "2026-01").code == 1
    done = own.baocao("close", *MONTH, "--missing", "BanGio")
    assert done.code == 2
    assert "lỗi chưa được đọc (2026-01/VP.hoat-dong.csv)" in done.err
    assert "--errors-read" in done.err


def test_a_notebook_that_reads_what_a_seal_does_not_hold_keeps_the_month_open(own):
    own.keep_chapters("kinh-phi")
    (own.root / "data" / "tra-cuu.csv").write_text("1", "utf-8")
    for name in ("helper.py", "notebooks/kept.py"):
        (own.root / name).write_text("V = 1", "utf-8")
    path = own.root / "notebooks" / "budget.ipynb"
    notebook = nbformat.read(path, 4)
    source = "import helper\nfrom notebooks import kept\nopen('data/tra-cuu.csv').read(), open('/etc/passwd').read()"
    notebook.cells.append(nbformat.v4.new_code_cell(source, id="reads"))
    nbformat.write(notebook, path)
    assert own.baocao("run").code == 0
    done = own.baocao("close", *MONTH, "--missing", "BanGio")
    assert done.code == 2
    said = [line for line in done.err.splitlines() if "mà bản niêm phong không giữ" in line]
    assert [re.findall(r"đọc tệp (\S+)", line) for line in said] == [["data/tra-cuu.csv"], ["helper.py"]]
    assert "sổ tay kinh-phi" in said[0]


def test_a_closed_month_is_not_closed_again_and_not_opened_without_a_reason(own_closed):
    again = own_closed.baocao("close", *MONTH, "--missing", "BanGio")
    assert again.code == 2
    assert "đã khóa (bản r1)" in again.err
    assert own_closed.baocao("reopen", "2026-01", "--reason", " ").code == 2
    assert own_closed.baocao("reopen", "2026-01").code == 2


def _remove_folder(archive):
    shutil.rmtree(archive / "2026-01")


def _remove_manifest(archive):
    (archive / "2026-01" / "r1" / "manifest.json").unlink()


def _change_manifest(archive):
    path = archive / "2026-01" / "r1" / "manifest.json"
    path.write_bytes(path.read_bytes() + b" ")


def _change_ledger(archive):
    path = archive / "2026-01" / "r1" / "outputs" / "build" / "2026-01" / "data" / "ledger.csv"
    path.write_bytes(path.read_bytes().replace(b",1,", b",2,"))


def _remove_ledger(archive):
    (archive / "2026-01" / "r1" / "outputs" / "build" / "2026-01" / "data" / "ledger.csv").unlink()


def _link_month(archive):
    (archive / "2026-01").rename(archive.parent / "elsewhere")
    (archive / "2026-01").symlink_to(archive.parent / "elsewhere")


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (_remove_folder, "2026-01/r1/manifest.json"),
        (_remove_manifest, "2026-01/r1/manifest.json"),
        (_change_manifest, "2026-01/r1/manifest.json"),
        (_change_ledger, "2026-01/r1/outputs/build/2026-01/data/ledger.csv: nội dung đã đổi"),
        (_remove_ledger, "2026-01/r1/outputs/build/2026-01/data/ledger.csv: thiếu tệp"),
        (_link_month, "2026-01: là liên kết hoặc tệp, không phải thư mục"),
    ],
)
def test_a_seal_that_is_gone_or_changed_is_told_of_and_nothing_is_sealed_over_it(own_closed, damage, named):
    archive = own_closed.root / "data" / "archive"
    chain = (archive / "CHAIN").read_bytes()
    damage(archive)
    assert own_closed.baocao("audit", "2026-01").code == 6
    for command in (("close", *MONTH, "--missing", "BanGio"), ("reopen", "2026-01", "--reason", "Bổ sung")):
        done = own_closed.baocao(*command)
        assert done.code == 6, done.err
        assert named in done.err
    assert (archive / "CHAIN").read_bytes() == chain
    assert not (archive / "2026-01" / "reopened.json").exists()
    (month,) = json.loads(own_closed.baocao("status", "--json").out)
    assert (month["closed"], month["revision"]) == (True, 1)


def test_what_lies_beside_a_seal_is_told_with_what_to_do_and_does_not_break_it(own_closed):
    stray = own_closed.root / "data" / "archive" / "2026-01" / "Thumbs.db"
    stray.write_bytes(b"")
    done = own_closed.baocao("reopen", "2026-01", "--reason", "Bổ sung")
    assert done.code == 6
    assert "2026-01/Thumbs.db" in done.err
    assert "Chuyển ra ngoài data/archive/" in done.err
    stray.unlink()
    done = own_closed.baocao("reopen", "2026-01", "--reason", "Bổ sung", "--json")
    assert json.loads(done.out) == {"month": "2026-01", "revision": 1}


def test_a_late_submission_gives_a_second_revision_that_lists_what_changed_and_why(own_closed):
    first = {path: path.read_bytes() for path in sealed(own_closed).rglob("*") if path.is_file()}
    opened = own_closed.baocao("reopen", "2026-01", "--reason", "Ban *Giờ* nộp muộn", "--at", "2026-02-25T08:00")
    assert opened.code == 0, opened.err
    own_closed.keep_chapters("tong-quan", "phuong-phap-nguon-goc")
    source = own_closed.submission("2026-01", "VP.hoat-dong.csv")
    text = source.read_text("utf-8-sig")
    own_closed.submission("2026-01", "BanGio.hoat-dong.csv").write_text(text, "utf-8")
    done = own_closed.baocao("close", *MONTH, "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["revision"] == 2
    assert {path: path.read_bytes() for path in first} == first
    chapters = sealed(own_closed, "r2") / "outputs" / "reports" / "chuong"
    changes = (chapters / "_thay-doi.md").read_text("utf-8")
    assert "Lý do mở lại tháng: Ban \\*Giờ\\* nộp muộn" in changes
    assert "Số hoạt động" in changes
    assert "Bản r2 thay bản r1" in (chapters / "_mo-dau.md").read_text("utf-8")
    page = (
        sealed(own_closed, "r2") / "outputs" / "_book" / "reports" / "chuong" / "phuong-phap-nguon-goc.html"
    ).read_text("utf-8")
    assert "Thay đổi so với bản r1" in page
    # A seal stands on its own.
    shutil.rmtree(own_closed.root / "data" / "submissions")
    audit = own_closed.baocao("audit", "--all", "--json")
    assert audit.code == 0, audit.out
    found = {(one["month"], one["revision"]): one["verdict"] for one in json.loads(audit.out)["months"]}
    assert found == {("2026-01", 1): "intact", ("2026-01", 2): "identical"}


def _hash(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_change_of_params_by_which_an_earlier_closed_month_has_other_figures_is_told(own_closed):
    own_closed.keep_chapters("tong-quan")
    folder = own_closed.root / "data" / "submissions"
    (folder / "2026-02").mkdir()
    text = (folder / "2026-01" / "BanMay.hoat-dong.csv").read_text("utf-8")
    (folder / "2026-02" / "BanMay.hoat-dong.csv").write_text(text.replace("/01/2026", "/02/2026"), "utf-8")
    arguments = ("--missing", "BanGio", "--missing", "VP", "--engine", "pandoc", "--at", "2026-03-21T09:00")
    done = own_closed.baocao("close", "2026-02", *arguments)
    assert done.code == 0, done.err
    assert "khác bản đã khóa" not in done.err
    assert own_closed.baocao("reopen", "2026-02", "--reason", "x").code == 0
    targets = own_closed.root / "params" / "targets.yml"
    targets.write_text(targets.read_text("utf-8").replace("value: 75", "value: 80"), "utf-8")
    done = own_closed.baocao("close", "2026-02", *arguments)
    assert done.code == 0, done.err
    assert "số liệu của tháng 01 năm 2026 nay tính ra khác bản đã khóa r1 (Đánh giá chỉ tiêu" in done.err
    assert "khác bản đã khóa r1" in own_closed.baocao("official", "--period", "2026-Q1").err
    sealed(own_closed).joinpath("outputs", "build", "2026-01", "data", "ledger.csv").unlink()
    (told,) = drifts(Workspace(own_closed.root), Month(2026, 2))
    assert told == "Lưu ý: không đọc được số liệu đã khóa của tháng 01 năm 2026: baocao audit 2026-01"
