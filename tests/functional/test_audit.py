"""``baocao audit``: identical, other bytes, other figures, broken: each with its own exit status and its own list."""

from __future__ import annotations

import json
import shutil

import nbformat
import pytest

from projects import REPOSITORY
from render.pdfs import page_texts


def result(done):
    (month,) = json.loads(done.out)["months"]
    return month


def test_a_change_of_words_is_told_sentence_by_sentence_and_is_not_a_change_of_figures(own_closed):
    path = own_closed.root / "notebooks" / "budget.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells.append(nbformat.v4.new_markdown_cell("Câu *mới* của mã hôm nay.", id="new"))
    nbformat.write(notebook, path)
    done = own_closed.baocao("audit", "2026-01", "--json")
    assert done.code == 4, done.out + done.err
    found = result(done)
    assert found["verdict"] == "bytes"
    assert found["figures"] == []
    assert [(one["then"], one["now"]) for one in found["texts"]] == [([], ["Câu *mới* của mã hôm nay."])]
    assert "build/2026-01/notebooks/kinh-phi.ipynb" in [one["file"] for one in found["files"]]
    assert found["same_files"] > 20
    report = own_closed.root / "build" / "audit" / "2026-01-r1" / "kiem-tra.json"
    assert json.loads(report.read_text("utf-8")) == [found]


def test_a_change_of_code_that_moves_figures_is_told_row_by_row_for_people_and_machines(own_closed, tmp_path):
    shutil.copytree(REPOSITORY / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    path = tmp_path / "src" / "baocao" / "measures" / "compute.py"
    text = path.read_text("utf-8")
    changed = text.replace("value=str(_covered(part))", "value=str(_covered(part) + 1)")
    changed = changed.replace("dims(severity=severity), str(count)", "dims(severity=severity), str(count + 1)")
    path.write_text(changed, "utf-8")
    done = own_closed.baocao("audit", "2026-01", PYTHONPATH=str(tmp_path / "src"))
    assert done.code == 5, done.out + done.err
    folder = own_closed.root / "build" / "audit" / "2026-01-r1"
    (found,) = json.loads((folder / "kiem-tra.json").read_text("utf-8"))
    moved = next(one for one in found["figures"] if one["id"] == "2026-01|*|areas_covered|")
    assert moved["difference"] == "1"
    assert int(moved["now"]["value"]) == int(moved["then"]["value"]) + 1
    assert found["texts"]
    page = (folder / "kiem-tra.html").read_text("utf-8")
    assert "Số nội dung có ít nhất một hoạt động" in page
    for text in (page, done.out):
        assert "Số phát hiện khi kiểm tra số liệu (mức: cảnh báo)" in text
        assert "tháng 01/2026" in text
        assert "severity=" not in text
    assert "Bản &lt;đầu&gt;" in page
    assert "://" not in page
    assert any("chạy lại ra số liệu khác" in " ".join(text.split()) for text in page_texts(folder / "kiem-tra.pdf"))


def test_a_touched_file_is_named_and_nothing_is_run(own_closed):
    path = own_closed.root / "data" / "archive" / "2026-01" / "r1" / "outputs" / "_book" / "index.html"
    path.write_bytes(path.read_bytes() + b" ")
    done = own_closed.baocao("audit", "--all")
    assert done.code == 6
    assert "HỎNG  2026-01/r1/outputs/_book/index.html: nội dung đã đổi" in done.out
    assert "KHÔNG còn nguyên" in done.out
    assert own_closed.baocao("audit", "2026-01", "--json").code == 6


@pytest.mark.parametrize("manifest", [None, "{}", "[]", '{"closed": {"at": 5, "note": ["x"], "missing": [5, "VP"]}}'])
def test_a_manifest_that_is_gone_or_says_nothing_of_the_closing_is_named_in_every_form(own_closed, manifest):
    path = own_closed.root / "data" / "archive" / "2026-01" / "r1" / "manifest.json"
    if manifest is None:
        path.unlink()
    else:
        path.write_text(manifest, "utf-8")
    done = own_closed.baocao("audit", "--all", "--json")
    assert done.code == 6, done.err
    found = result(done)
    assert "2026-01/r1/manifest.json" in [one["file"] for one in found["faults"]]
    assert found["closed"]["at"] == ""
    folder = own_closed.root / "build" / "audit" / "tat-ca"
    assert "không rõ" in (folder / "kiem-tra.html").read_text("utf-8")
    (text,) = page_texts(folder / "kiem-tra.pdf")
    # Long words may break after any letter.
    assert "Khóa lúc không rõ" in " ".join(text.replace("\u200b", "").split())


def test_a_month_whose_folder_is_gone_is_named(own_closed):
    shutil.rmtree(own_closed.root / "data" / "archive" / "2026-01")
    done = own_closed.baocao("audit", "--all")
    assert done.code == 6, done.err
    assert "HỎNG  2026-01/r1/manifest.json" in done.out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--wheels", "."], "Thêm --with recorded, hoặc bỏ --wheels."),
        (["--wheels", "no-such", "--with", "recorded"], "--wheels: không có thư mục no-such."),
    ],
)
def test_a_folder_of_wheels_that_would_not_be_looked_into_is_a_mistake_of_the_command(closed, options, told):
    done = closed[0].baocao("audit", "2026-01", *options)
    assert (done.code, done.out) == (2, "")
    assert told in done.err


@pytest.mark.parametrize("command", ["audit", "export"])
def test_a_revision_that_was_never_sealed_is_a_mistake_of_the_command(closed, command):
    done = closed[0].baocao(command, "2026-01", "--revision", "9")
    assert (done.code, done.out) == (2, "")
    assert "không có bản niêm phong r9" in done.err
    assert "r1" in done.err


def test_a_hash_that_was_noted_elsewhere_and_is_not_in_the_chain_breaks_the_seal(own_closed):
    done = own_closed.baocao("audit", "2026-01", "--head", "0" * 64)
    assert done.code == 6
    assert "CHAIN" in done.out


@pytest.mark.parametrize("head", ["", "0", "0123456789a", "bản kê r1 cũ"])
def test_what_is_no_hash_is_not_taken_for_one_that_the_chain_holds(closed, head):
    done = closed[0].baocao("audit", "2026-01", "--head", head)
    assert (done.code, done.out) == (2, "")
    assert "không phải là mã băm của bản kê" in done.err


def test_recorded_libraries_that_cannot_be_had_are_one_message_and_a_status_of_their_own(own_closed, tmp_path):
    (tmp_path / "empty").mkdir()
    done = own_closed.baocao("audit", "2026-01", "--with", "recorded", "--wheels", str(tmp_path / "empty"))
    assert done.code == 7
    assert "không cài thư viện đã ghi được" in done.out
    assert "Traceback" not in done.err


def test_a_month_that_was_never_closed_is_told_so(tiny):
    assert "chưa khóa lần nào" in tiny[0].baocao("audit", "2026-01").err
    assert tiny[0].baocao("audit", "--all").code == 2
    assert tiny[0].baocao("audit", "2026-01").code == 2


def test_an_audit_of_no_month_is_told_what_is_missing(tiny):
    done = tiny[0].baocao("audit", "--json")
    assert (done.code, done.out) == (2, "")
    assert "thiếu THÁNG" in done.err
    assert "--all" in done.err
