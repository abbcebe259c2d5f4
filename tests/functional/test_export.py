"""``baocao export``: one file that can be checked without this project."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile

import pytest

from baocao.archive import export, standalone
from baocao.archive.chain import links


def unpacked(project, tmp_path):
    done = project.baocao("export", "2026-01", "--to", str(tmp_path / "one.zip"))
    assert done.code == 0, done.err
    with zipfile.ZipFile(tmp_path / "one.zip") as pack:
        pack.extractall(tmp_path)
    return tmp_path / "baocao-2026-01-r1"


def check(folder, *arguments):
    command = [sys.executable, "-I", "-S", str(folder / "kiem-tra.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_an_exported_month_is_checked_with_the_systems_own_tools(closed, tmp_path):
    folder = unpacked(closed[0], tmp_path)
    done = subprocess.run(["sha256sum", "--strict", "--quiet", "-c", "SHA256SUMS"], cwd=folder, check=False)
    assert done.returncode == 0
    assert check(folder).returncode == 0
    manifest = (closed[0].root / "data" / "archive" / "CHAIN").read_text("utf-8").split()[-1]
    assert manifest in (folder / "HUONG-DAN.html").read_text("utf-8")
    assert manifest in check(folder).stdout


def test_its_page_gives_commands_that_can_be_typed_one_after_the_other_and_a_time_as_people_write_it(closed, tmp_path):
    folder = unpacked(closed[0], tmp_path)
    page = html.unescape((folder / "HUONG-DAN.html").read_text("utf-8"))
    assert "Khóa lúc 09:00 ngày 21 tháng 02 năm 2026" in page
    typed = [
        text for text in re.findall(r"<pre>(.*?)</pre>", page, re.S) if "SHA256SUMS" in text or text.endswith(".py")
    ]
    done = subprocess.run(["sh", "-e", "-c", "\n".join(typed)], cwd=folder, capture_output=True, text=True, check=False)
    assert len(typed) == 2
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Bản niêm phong còn nguyên" in done.stdout


def test_a_month_that_cannot_be_made_again_is_not_told_as_one_that_differs(closed, tmp_path, monkeypatch, capsys):
    folder = unpacked(closed[0], tmp_path)
    monkeypatch.setattr(standalone.sys, "executable", shutil.which("false"))
    assert standalone.main([str(folder / "seal"), "--lap-lai"]) == 7
    out = capsys.readouterr().out
    assert "Bản niêm phong còn nguyên" in out
    assert "Không lập lại được" in out
    assert "tệp khác" not in out
    page = (folder / "HUONG-DAN.html").read_text("utf-8")
    assert not [word for word in ("Quarto", "ssh-keygen") if word in out + page]


def test_who_has_only_the_file_is_told_which_quarto_made_the_book_and_how_its_signature_is_checked(
    own_closed, tmp_path, monkeypatch, capsys
):
    chain, seal = links(own_closed.root / "data" / "archive"), own_closed.root / "data" / "archive" / "2026-01" / "r1"
    said = json.loads((seal / "inputs.json").read_bytes())
    (seal / "inputs.json").write_text(
        json.dumps(said | {"engine": "quarto", "tools": [*said["tools"], "quarto 1.10.18"]}), "utf-8"
    )
    (seal / "manifest.json.sig").write_text("", "utf-8")
    assert "-f nguoi-ky -s seal/manifest.json.sig &lt; seal/manifest.json" in export._page(seal, chain[-1], False)
    assert "được dựng bằng Quarto 1.10.18, không nằm trong các thư viện trên" in export._page(seal, chain[-1], False)
    monkeypatch.setattr(standalone.sys, "executable", shutil.which("false"))
    assert standalone._made_again(seal) == 7
    assert "đủ thư viện, và Quarto 1.10.18, đã dựng sách này, trên PATH, như mục 2" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("word", "code", "said"), [("--help", 0, "Cách dùng:"), ("no-such", 2, "Lỗi: không có thư mục no-such.")]
)
def test_the_check_tells_how_it_is_used(word, code, said):
    done = subprocess.run([sys.executable, standalone.__file__, word], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert done.stdout.startswith(said)
    assert "--lap-lai" in done.stdout


def test_the_same_seal_gives_the_same_file(closed, tmp_path):
    for name in ("one.zip", "two.zip"):
        done = closed[0].baocao("export", "2026-01", "--to", str(tmp_path / name), "--json")
        assert json.loads(done.out) == {"month": "2026-01", "revision": 1, "file": str(tmp_path / name)}, done.err
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_touched_file_of_an_exported_month_is_named_without_this_project(closed, tmp_path):
    folder = unpacked(closed[0], tmp_path)
    ledger = folder / "seal" / "outputs" / "build" / "2026-01" / "data" / "ledger.csv"
    ledger.write_bytes(ledger.read_bytes()[:-1])
    done = check(folder)
    assert done.returncode == 6
    assert "outputs/build/2026-01/data/ledger.csv: nội dung đã đổi" in done.stdout


def test_a_name_of_any_bytes_is_told_of_on_one_line(closed, tmp_path):
    folder = unpacked(closed[0], tmp_path)
    for name in (b"a\xff", b"b\nc"):
        (folder / "seal" / os.fsdecode(name)).write_bytes(b"")
    done = check(folder)
    assert done.returncode == 6, done.stderr
    assert "HỎNG  a\\udcff: tệp thừa" in done.stdout
    assert "HỎNG  b\\nc: tệp thừa" in done.stdout


def test_an_exported_month_without_its_chain_is_not_whole(closed, tmp_path):
    folder = unpacked(closed[0], tmp_path)
    shutil.rmtree(folder / "chain")
    done = check(folder)
    assert done.returncode == 6
    assert "chain/CHAIN: thiếu" in done.stdout


def test_a_broken_seal_is_not_exported(own_closed):
    path = own_closed.root / "data" / "archive" / "2026-01" / "r1" / "inputs.json"
    path.write_bytes(path.read_bytes() + b" ")
    done = own_closed.baocao("export", "2026-01")
    assert done.code == 6
    assert "inputs.json" in done.err


def test_what_is_no_file_is_not_replaced_by_one(closed, tmp_path):
    done = closed[0].baocao("export", "2026-01", "--to", str(tmp_path))
    assert (done.code, "không phải tệp" in done.err) == (2, True)
    assert tmp_path.is_dir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert closed[0].baocao("export", "2026-01", "--to", str(tmp_path / "pipe")).code == 2
        assert (tmp_path / "pipe").is_fifo()
