"""Signatures of sealed months: whose they are, and that they hold for nothing else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from archives import AT, content
from baocao.archive.integrity import check_integrity
from baocao.archive.seal import Approval, seal
from baocao.archive.standalone import MANIFEST, SIGNATURE
from baocao.errors import UserError
from baocao.months import Month

JANUARY = Month.parse("2026-01")
WHO = "chu-tich@xa-a"
pytestmark = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="ssh-keygen (openssh-client) is not on PATH")


def new_key(path: Path) -> Path:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", WHO, "-f", str(path)], check=True)
    return path


def signers_of(folder: Path, *keys: Path) -> Path:
    lines = [f'{WHO} namespaces="baocao" {key.with_suffix(".pub").read_text("utf-8")}' for key in keys]
    (folder / "nguoi-ky").write_text("".join(lines), "utf-8")
    return folder / "nguoi-ky"


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    """A folder with a key, and an archive whose one month is signed with it."""
    approval = Approval(AT, key=new_key(tmp_path / "khoa"))
    seal(tmp_path / "archive", JANUARY, 1, content(tmp_path / "content", "2026-01"), approval)
    return tmp_path


def told(folder: Path, signers: Path) -> tuple[list[str], tuple[str, ...]]:
    found = check_integrity(folder / "archive", JANUARY, 1, signers)
    return [name for name, _ in found.faults], found.notes


def change(folder: Path, name: str, before: str, after: str) -> None:
    path = folder / "archive" / "2026-01" / "r1" / name
    path.chmod(0o644)
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def test_a_signature_is_told_with_the_name_of_who_signed(signed: Path) -> None:
    assert told(signed, signers_of(signed, signed / "khoa")) == ([], (f"Chữ ký đúng, của {WHO}.",))


def test_without_a_list_of_signers_it_is_said_that_nobody_checked(signed: Path) -> None:
    faults, (note,) = told(signed, signed / "nobody")
    assert faults == []
    assert "chưa kiểm được" in note


def test_a_signature_of_somebody_who_is_not_in_the_list_is_a_fault(signed: Path) -> None:
    faults, notes = told(signed, signers_of(signed, new_key(signed / "khac")))
    assert (faults, notes) == ([f"2026-01/r1/{SIGNATURE}"], ())


def test_a_manifest_changed_after_it_was_signed_is_a_fault_of_the_signature_too(signed: Path) -> None:
    change(signed, MANIFEST, AT, "2026-02-20T09:00:00+07:00")
    faults, _ = told(signed, signers_of(signed, signed / "khoa"))
    assert {f"2026-01/r1/{MANIFEST}", f"2026-01/r1/{SIGNATURE}"} <= set(faults)


def test_a_signature_taken_away_is_a_fault(signed: Path) -> None:
    folder = signed / "archive" / "2026-01" / "r1"
    folder.chmod(0o755)
    (folder / SIGNATURE).unlink()
    faults, _ = told(signed, signers_of(signed, signed / "khoa"))
    assert f"2026-01/r1/{SIGNATURE}" in faults


@pytest.mark.parametrize("key", ["khong-co", "khoa.pub", "khong-phai-khoa"])
def test_a_key_that_cannot_sign_is_told_and_nothing_is_sealed(tmp_path: Path, key: str) -> None:
    (tmp_path / "khong-phai-khoa").write_text("chữ\n", "utf-8")
    new_key(tmp_path / "khoa")
    (tmp_path / "khoa").unlink()
    with pytest.raises(UserError, match="không ký được bản kê"):
        seal(
            tmp_path / "archive", JANUARY, 1, content(tmp_path / "content", "2026-01"), Approval(AT, key=tmp_path / key)
        )
    assert list((tmp_path / "archive").rglob("*.json")) == []
