"""``baocao render``: which engine, which form."""

from __future__ import annotations

import json


def test_only_one_form_is_made_when_asked_and_the_other_stays(own):
    pdf = own.root / "_book" / "bao-cao-2026-01.pdf"
    before = pdf.read_bytes()
    done = own.baocao("render", "--to", "html", "--engine", "pandoc", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["outputs"] == [str(own.root / "_book" / "index.html")]
    assert pdf.read_bytes() == before


def test_without_quarto_the_built_in_renderer_is_taken_and_why_is_said(own):
    done = own.baocao("render", "--to", "html", PATH="/usr/bin:/bin")
    assert done.code == 0, done.err
    assert "bằng pandoc (máy này chưa cài Quarto" in done.err


def test_quarto_asked_for_and_not_there_is_an_error_that_says_what_to_do(own):
    done = own.baocao("render", "--engine", "quarto", PATH="/usr/bin:/bin")
    assert done.code == 2
    assert "--engine pandoc" in done.err


def test_an_old_quarto_is_not_taken(own, tmp_path):
    script = tmp_path / "bin" / "quarto"
    script.parent.mkdir()
    script.write_text("#!/bin/sh\necho 1.4.550\n", "utf-8")
    script.chmod(0o755)
    done = own.baocao("render", "--to", "html", PATH=f"{script.parent}:/usr/bin:/bin")
    assert done.code == 0, done.err
    assert "Quarto 1.4.550 cũ hơn 1.9" in done.err


def test_what_quarto_said_last_is_shown_if_it_fails_and_the_book_that_stood_stands(own, tmp_path):
    assert own.baocao("render", "--engine", "pandoc").code == 0
    before = {path: path.read_bytes() for path in (own.root / "_book").rglob("*") if path.is_file()}
    script = tmp_path / "bin" / "quarto"
    script.parent.mkdir()
    text = '#!/bin/sh\n[ "$1" = --version ] && echo 1.10.18 && exit 0\n'
    script.write_text(
        text + "rm -r _book\necho '[ 1/31] index.qmd'\necho 'ERROR: không đọc được chương' >&2\nexit 7\n", "utf-8"
    )
    script.chmod(0o755)
    done = own.baocao("render", "--to", "html", PATH=f"{script.parent}:/usr/bin:/bin")
    assert done.code == 1, done.err
    assert "quarto render dừng với lỗi:\n[ 1/31] index.qmd\nERROR: không đọc được chương" in done.err
    assert {path: path.read_bytes() for path in (own.root / "_book").rglob("*") if path.is_file()} == before


def test_a_link_to_nothing_is_told_where_quarto_renders_too(own, tmp_path):
    script = tmp_path / "bin" / "quarto"
    script.parent.mkdir()
    script.write_text('#!/bin/sh\n[ "$1" = --version ] && echo 1.10.18 && exit 0\nexit 7\n', "utf-8")
    script.chmod(0o755)
    with (own.root / "index.qmd").open("a", encoding="utf-8") as file:
        file.write("\nXem [phụ lục](reports/chuong/phu-luc.qmd).\n")
    done = own.baocao("render", PATH=f"{script.parent}:/usr/bin:/bin")
    assert "index.qmd: liên kết không có đích: reports/chuong/phu-luc.qmd" in done.err


def test_a_font_of_the_house_that_lacks_is_told_and_no_other_takes_its_place(own):
    (own.root / "_extensions" / "baocao" / "fonts" / "LiberationSerif-Regular.ttf").unlink()
    before = {path: path.read_bytes() for path in (own.root / "_book").glob("*.pdf")}
    for command in (("render", "--engine", "pandoc"), ("official",), ("report", "--engine", "pandoc")):
        done = own.baocao(*command)
        assert done.code == 2
        assert done.err.startswith("Lỗi: _extensions/baocao/fonts: thiếu tệp phông chữ: LiberationSerif-Regular.ttf;")
    assert {path: path.read_bytes() for path in (own.root / "_book").glob("*.pdf")} == before
