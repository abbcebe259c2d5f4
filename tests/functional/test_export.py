"""``baocao export``: one file that can be checked without this project."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile


def unpacked(project, tmp_path):
    done = project.baocao("export", "2026-01", "--to", str(tmp_path / "one.zip"))
    assert done.code == 0, done.err
    with zipfile.ZipFile(tmp_path / "one.zip") as pack:
        pack.extractall(tmp_path)
    return tmp_path / "baocao-2026-01-r1"


def check(folder):
    command = [sys.executable, "-I", "-S", str(folder / "kiem-tra.py")]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_an_exported_month_is_checked_with_the_systems_own_tools(closed, tmp_path):
    folder = unpacked(closed[0], tmp_path)
    done = subprocess.run(["sha256sum", "--strict", "--quiet", "-c", "SHA256SUMS"], cwd=folder, check=False)
    assert done.returncode == 0
    assert check(folder).returncode == 0
    manifest = (closed[0].root / "data" / "archive" / "CHAIN").read_text("utf-8").split()[-1]
    assert manifest in (folder / "HUONG-DAN.html").read_text("utf-8")
    assert manifest in check(folder).stdout


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
