"""``baocao official``: the report of Decree 30 and the extract, as an analyst makes them."""

from __future__ import annotations

import json
import shutil

NAMES = ("bao-cao-chinh-thuc-2026-01.docx", "bao-cao-chinh-thuc-2026-01.pdf", "trich-ktxh-2026-01.docx")


def contents(project) -> dict[str, bytes]:
    return {name: (project.root / "_book" / name).read_bytes() for name in NAMES}


def test_the_main_job_makes_the_official_report_too(tiny):
    project, done = tiny
    assert contents(project)
    assert all(str(project.root / "_book" / name) in done.out for name in NAMES)


def test_the_command_makes_the_same_files_without_a_book(own):
    before = contents(own)
    for name in ("_book", "build"):
        shutil.rmtree(own.root / name)
    done = own.baocao("official", "2026-01", "--json")
    assert done.code == 0, done.err
    assert [path.rsplit("/", 1)[-1] for path in json.loads(done.out)["outputs"]] == list(NAMES)
    assert contents(own) == before


def test_a_kept_document_that_somebody_edited_is_made_again(own):
    before = contents(own)
    (own.root / "build" / "2026-01" / "chinh-thuc" / NAMES[0]).write_bytes(b"edited")
    assert own.baocao("official", "2026-01").code == 0
    assert contents(own) == before


def test_another_rendering_of_the_book_keeps_the_official_report_that_still_holds(own):
    before = contents(own)
    assert own.baocao("render", "--engine", "pandoc", "--force").code == 0
    assert contents(own) == before


def test_what_the_analyst_adds_survives_a_re_run_and_reaches_the_report(own):
    folder = own.root / "params" / "months"
    folder.mkdir(exist_ok=True)
    (folder / "2026-01.yml").write_text("assessment: [Phong trào phát triển tốt.]\n", "utf-8")
    before = contents(own)
    assert own.baocao("official").code == 0
    after = contents(own)
    assert after[NAMES[0]] != before[NAMES[0]]
    assert own.baocao("official").code == 0
    assert contents(own) == after
    assert (folder / "2026-01.yml").read_text("utf-8").startswith("assessment")


def test_a_fault_in_what_is_added_is_refused_before_anything_runs(own):
    folder = own.root / "params" / "months"
    folder.mkdir(exist_ok=True)
    (folder / "2026-01.yml").write_text("danh_gia: [a]\n", "utf-8")
    for command in ("official", "report"):
        done = own.baocao(command)
        assert done.code == 2
        assert "params/months/2026-01.yml, dòng 1: danh_gia: khóa không được biết đến" in done.err
        assert "Traceback" not in done.err


def test_a_broken_template_costs_the_official_report_and_not_the_book(own):
    template = own.root / "reports" / "chinh-thuc" / "bao-cao.md"
    template.write_text("một\n{{ sai }}\n", "utf-8")
    done = own.baocao("report", "--engine", "pandoc")
    assert done.code == 1
    assert "reports/chinh-thuc/bao-cao.md, dòng 2" in done.err
    assert (own.root / "_book" / "index.html").is_file()
    alone = own.baocao("official")
    assert alone.code == 2
    assert "dòng 2" in alone.err


def test_a_month_without_submissions_has_an_official_report_that_says_so(own):
    done = own.baocao("official", "2026-02")
    assert done.code == 0, done.err
    assert (own.root / "_book" / "bao-cao-chinh-thuc-2026-02.pdf").is_file()
    assert "Tháng 02 năm 2026 chưa có tệp nào trong data/submissions/" in done.err
    assert "tháng mới nhất có tệp là 01/2026" in done.err
    assert "chưa có tệp" not in own.baocao("official", "2026-01").err
