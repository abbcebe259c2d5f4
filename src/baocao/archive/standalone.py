#!/usr/bin/env python3
"""Kiểm tra một tháng đã niêm phong: chỉ cần Python 3.9 trở lên, không cần cài gì thêm.

Checks sealed months with the standard library alone: this file goes along with an exported month.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

MANIFEST, SUMS, INPUTS, SIGNATURE, CHAIN = "manifest.json", "SHA256SUMS", "inputs.json", "manifest.json.sig", "CHAIN"
REOPENED, README, SUBMISSIONS = "reopened.json", "README.md", "inputs/data/submissions"
STRAY = "tệp thừa"
NO_FOLDER = "là liên kết hoặc tệp, không phải thư mục"
Fault = tuple[str, str]
"""A file, and in Vietnamese what is wrong with it."""

_AGAIN = "--lap-lai"
_USAGE = f"""Cách dùng: python3 kiem-tra.py [{_AGAIN}] [THƯ_MỤC]

  Kiểm tra bản niêm phong trong THƯ_MỤC (mặc định: seal, cạnh tệp này) có còn nguyên không.
  {_AGAIN}: còn lập lại từ đầu vào đã niêm phong rồi so từng byte, bằng Python đang chạy lệnh này.

  Mã thoát: 0 còn nguyên, lập lại giống từng byte; 2 lệnh sai; 4 lập lại có tệp khác; 6 không còn nguyên;
  7 còn nguyên nhưng không lập lại được."""
_LINE = re.compile(r"(\d{4}) (\d{4}-\d{2}) r([1-9]\d*) ([0-9a-f]{64})")
_REVISION = re.compile(r"r[1-9]\d*")
_UNFINISHED = re.compile(r"\.(r[1-9]\d*\..+\.new|(CHAIN|reopened\.json)\..+\.tmp)")
"""What a sealing or an opening that was cut short leaves; the next one clears it away, and nothing reads it."""


def sha256(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def sha256_of(data: bytes) -> str:
    """The same of bytes."""
    return hashlib.sha256(data).hexdigest()


def commands_of(seal: Path) -> list[str]:
    """What made a seal's outputs, without the program's name."""
    return [str(command) for command in json.loads((seal / INPUTS).read_bytes())["commands"]]


def program_of(seal: Path) -> str:
    """The program beside the libraries that made a seal's book, and its version; empty where they sufficed."""
    said = json.loads((seal / INPUTS).read_bytes())
    found = [str(tool) for tool in said["tools"] if str(tool).partition(" ")[0] == said["engine"] != "pandoc"]
    return found[0].capitalize() if found else ""


def sums_text(hashes: dict[str, str]) -> str:
    """Hashes by name in the form that ``sha256sum -c`` reads."""
    return "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes))


def chain_line(sequence: int, month: str, revision: int, manifest: str) -> str:
    """A seal's line in ``CHAIN``, without its end."""
    return f"{sequence:04d} {month} r{revision} {manifest}"


def read_chain(text: str) -> list[tuple[str, str]] | None:
    """Folder (``2025-10/r1``) and manifest hash of each seal, oldest first; none if the text is damaged."""
    found = [_LINE.fullmatch(line) for line in text.split("\n")[:-1]]
    if any(match is None for match in found) or not text.endswith("\n" if text else ""):
        return None
    numbers = [int(match[1]) for match in found if match]
    if numbers != list(range(1, len(numbers) + 1)):
        return None
    return [(f"{match[2]}/r{match[3]}", match[4]) for match in found if match]


def seal_faults(folder: Path) -> list[Fault]:
    """What is wrong inside a sealed revision, by file name relative to it."""
    there = dict(_contents(folder))
    hashes = {name: sha256(folder / name) for name, regular in there.items() if regular}
    faults = [(name, "không phải tệp thường") for name, regular in there.items() if not regular]
    listed, beside, problem = _read_manifest(folder)
    if problem:
        # What is left to hold the files against.
        faults.append((MANIFEST, problem))
        listed, beside = _read_sums(folder), [SUMS]
        faults += [(SUMS, "không còn như đã ghi")] if there.get(SUMS) and INPUTS not in listed else []
    elif hashes.get(INPUTS, listed.get(INPUTS)) != listed.get(INPUTS):
        faults.append((INPUTS, "khác mã băm ghi trong bản kê"))
    known = {*listed, *beside, MANIFEST}
    faults += [(name, "thiếu tệp") for name in (*listed, *beside) if name not in there]
    faults += [(name, "tệp thừa, không có trong bản kê") for name in there if name not in known]
    faults += [(name, "nội dung đã đổi") for name, digest in listed.items() if hashes.get(name, digest) != digest]
    if not problem:
        faults += _sums_faults(folder, {**listed, **{name: hashes[name] for name in beside if name in hashes}})
    return sorted({(shown(name), shown(text)) for name, text in (*faults, *_register_faults(folder))})


def shown(name: str) -> str:
    """What a file's name or a manifest says, on one line of a message, whatever characters or bytes it is made of."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in name)


def _read_manifest(folder: Path) -> tuple[dict[str, str], list[str], str]:
    """Hashes by name, the files that the manifest cannot list, and why it cannot be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes().decode("utf-8"))
        listed = {str(entry["path"]): str(entry["sha256"]) for entry in manifest["files"]}
        if listed.get(INPUTS) != manifest["inputs"]:
            return {}, [], "mã băm của đầu vào không khớp"
        return listed, [MANIFEST, SUMS, *([SIGNATURE] if manifest["signature"] else [])], ""
    except FileNotFoundError:
        return {}, [], "thiếu bản kê"
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}, [], "không đọc được bản kê"


def _read_sums(folder: Path) -> dict[str, str]:
    """Hashes by name as ``SHA256SUMS`` says, without the manifest's own."""
    try:
        lines = (folder / SUMS).read_bytes().decode("utf-8", "replace").split("\n")
    except OSError:
        return {}
    return {line[66:]: line[:64] for line in lines if line[64:66] == "  " and line[66:] != MANIFEST}


def _contents(folder: Path) -> Iterator[tuple[str, bool]]:
    """Everything under a folder but its plain folders: name and whether it is a regular file."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix(), path.is_file() and not path.is_symlink()


def _sums_faults(folder: Path, hashes: dict[str, str]) -> list[Fault]:
    """Whether ``SHA256SUMS`` says what the manifest says, and has the manifest's own hash."""
    path = folder / SUMS
    hashes.pop(SUMS, None)
    if not path.is_file() or path.read_bytes() == sums_text(hashes).encode("utf-8"):
        return []
    said = _read_sums(folder)
    lines = set(path.read_bytes().decode("utf-8", "replace").split("\n"))
    other = [name for name in (MANIFEST, SIGNATURE) if name in hashes and f"{hashes[name]}  {name}" not in lines]
    named = [name for name, digest in hashes.items() if name != MANIFEST and said.get(name) != digest]
    where = f", ở dòng của: {', '.join(named[:5])}" if named else ""
    return [
        (SUMS, f"khác bản kê manifest.json{where}"),
        *((name, "khác mã băm ghi trong SHA256SUMS") for name in other),
    ]


def _register_faults(folder: Path) -> list[Fault]:
    """Files that are not the ones that the register says came in."""
    name = f"{SUBMISSIONS}/register.csv"
    try:
        lines = (folder / name).read_bytes().decode("utf-8-sig").splitlines()
        header = lines[0] if lines else ""
        rows = list(csv.DictReader(lines, delimiter=";" if header.count(";") > header.count(",") else ","))
        months = set(json.loads((folder / INPUTS).read_bytes())["months"])
    except FileNotFoundError:
        return []
    except (OSError, ValueError, csv.Error, KeyError, TypeError):
        return [(name, "không đọc được sổ tiếp nhận")]
    newest = {row["file"]: row["sha256"] for row in rows if row.get("file") and row.get("sha256")}
    return [
        (f"{SUBMISSIONS}/{file}", "khác tệp đã ghi trong sổ tiếp nhận")
        for file, expected in newest.items()
        if file.split("/")[0] in months and not _is(folder / SUBMISSIONS, file, expected)
    ]


def _is(folder: Path, name: str, expected: str) -> bool:
    if ".." in PurePosixPath(name).parts or PurePosixPath(name).is_absolute():
        return False
    return (folder / name).is_file() and sha256(folder / name) == expected


def chain_faults(archive: Path) -> list[Fault]:
    """What is wrong with the chain of seals and with what lies beside them, by name relative to the archive."""
    path = archive / CHAIN
    strays = _strays(archive) if archive.is_dir() else []
    if not path.is_file():
        return [*strays, (CHAIN, "thiếu tệp")] if _seals(archive) else strays
    chain = read_chain(path.read_bytes().decode("utf-8", "replace"))
    if chain is None:
        return [*strays, (CHAIN, "không còn như đã ghi: dòng sai mẫu hoặc sai thứ tự")]
    faults = [(f"{name}/{MANIFEST}", "bản niêm phong không có trong CHAIN") for name in _seals(archive)]
    faults = [fault for fault in faults if fault[0].rsplit("/", 1)[0] not in dict(chain)]
    before = ""
    for i, (name, expected) in enumerate(chain, start=1):
        faults += [
            (f"{name}/{MANIFEST}", text) for text in _link_faults(archive / name / MANIFEST, i, name, expected, before)
        ]
        before = expected
    if faults:
        faults.append((CHAIN, "không khớp các bản kê (bản kê hoặc tệp này đã đổi)"))
    return [(shown(name), text) for name, text in faults] + strays


def _link_faults(path: Path, sequence: int, name: str, expected: str, before: str) -> Iterator[str]:
    if not path.is_file():
        yield "bản niêm phong có trong CHAIN nhưng không còn"
        return
    if sha256(path) != expected:
        yield "khác mã băm ghi trong CHAIN"
    try:
        said = json.loads(path.read_bytes())
        place = (said["sequence"], f"{said['month']}/r{said['revision']}", said["previous"].get("manifest", ""))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        yield "không đọc được bản kê"
        return
    if place[:2] != (sequence, name):
        yield f"bản kê ghi là bản thứ {shown(f'{place[0]}, {place[1]}')}; CHAIN ghi là bản thứ {sequence}, {name}"
    if place[2] != before:
        yield "mã băm của bản niêm phong trước khác CHAIN"


def _seals(archive: Path) -> list[str]:
    return sorted(path.parent.relative_to(archive).as_posix() for path in archive.glob(f"*/r*/{MANIFEST}"))


def unfinished(archive: Path) -> list[Path]:
    """What a sealing or an opening that was cut short left beside the seals."""
    found = [*archive.glob(".*"), *archive.glob("*/.*")]
    return sorted(path for path in found if _UNFINISHED.fullmatch(path.name))


def _strays(archive: Path) -> list[Fault]:
    """What lies in the archive outside of its seals, and was not left there by a sealing that was cut short."""
    found: list[Fault] = []
    for path in sorted(archive.iterdir()):
        is_month = re.fullmatch(r"\d{4}-\d{2}", path.name)
        if is_month and (path.is_symlink() or not path.is_dir()):
            found.append((path.name, NO_FOLDER))
        elif is_month:
            for one in sorted(path.iterdir()):
                name, is_revision = one.relative_to(archive).as_posix(), _REVISION.fullmatch(one.name)
                if is_revision and (one.is_symlink() or not (one / MANIFEST).is_file()):
                    found.append((f"{name}/{MANIFEST}", "thiếu bản kê"))
                elif not (is_revision or one.name == REOPENED or _UNFINISHED.fullmatch(one.name)):
                    found.append((name, STRAY))
        elif not (path.name in (CHAIN, README) or _UNFINISHED.fullmatch(path.name)):
            found.append((path.name, STRAY))
    return [(shown(name), text) for name, text in found]


def make_again(seal: Path) -> list[Fault]:
    """Run the recorded commands on the sealed inputs with the Python that runs this; the outputs that differ.

    A command that fails raises ``subprocess.CalledProcessError``.
    """
    said = json.loads((seal / INPUTS).read_bytes())
    with tempfile.TemporaryDirectory(prefix="baocao-") as scratch:
        project = Path(scratch) / "project"
        shutil.copytree(seal / "inputs", project, copy_function=shutil.copyfile)
        (project / "build" / said["month"]).mkdir(parents=True)
        shutil.copyfile(seal / INPUTS, project / "build" / said["month"] / INPUTS)
        environment = {**os.environ, "PYTHONPATH": str(project / "src"), "PYTHONUTF8": "1"}
        for command in commands_of(seal):
            line = [sys.executable, "-m", "baocao", "--root", str(project), *command.split()]
            subprocess.run(line, cwd=project, env=environment, check=True)
        sealed = {name[len("outputs/") :] for name, _ in _contents(seal) if name.startswith("outputs/")}
        return [(name, text) for name in sorted(sealed) for text in _different(seal / "outputs" / name, project / name)]


def _different(then: Path, now: Path) -> Iterator[str]:
    if not now.is_file():
        yield "lần này không có"
    elif sha256(then) != sha256(now):
        yield "khác nội dung"


def main(arguments: list[str]) -> int:
    """Check the sealed revision in the folder named, or the one beside this file; ``--lap-lai`` makes it again too."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    again, named = _AGAIN in arguments, [one for one in arguments if one != _AGAIN]
    if len(named) > 1 or (named and not Path(named[0]).is_dir()):
        print(_USAGE if named[0] in ("-h", "--help") else f"Lỗi: không có thư mục {' '.join(named)}.\n{_USAGE}")
        return 0 if named[0] in ("-h", "--help") else 2
    folder = Path(named[0]) if named else Path(__file__).resolve().parent / "seal"
    beside = folder.parent / "chain"
    broken = seal_faults(folder)
    broken += _exported_chain_faults(beside, folder / MANIFEST) if beside.is_dir() or not named else []
    for name, problem in broken:
        print(f"HỎNG  {name}: {problem}")
    if broken:
        print(f"Bản niêm phong KHÔNG còn nguyên: {len(broken)} lỗi.")
        return 6
    print(f"Bản niêm phong còn nguyên. Mã băm của bản kê: {sha256(folder / MANIFEST)}", flush=True)
    return _made_again(folder) if again else 0


def _made_again(folder: Path) -> int:
    try:
        other = make_again(folder)
    except subprocess.CalledProcessError as error:
        print(f"Không lập lại được: lệnh báo lỗi như trên (mã {error.returncode}).")
        program = program_of(folder)
        beside = f", và {program}, đã dựng sách này, trên PATH" if program else ""
        print(f"→ Dùng Python của môi trường đã cài đủ thư viện{beside}, như mục 2 của HUONG-DAN.html.")
        return 7
    for name, problem in other:
        print(f"KHÁC  {name}: {problem}")
    print(f"Lập lại: {len(other)} tệp khác." if other else "Lập lại: giống từng byte.")
    return 4 if other else 0


def _exported_chain_faults(folder: Path, manifest: Path) -> list[Fault]:
    """The chain as exported: ``CHAIN`` up to this seal, and the manifests of the seals before it."""
    chain = read_chain((folder / CHAIN).read_bytes().decode("utf-8", "replace")) if (folder / CHAIN).is_file() else None
    if not chain:
        return [("chain/" + CHAIN, "thiếu hoặc không còn như đã ghi")]
    faults, before = [], ""
    for i, (name, expected) in enumerate(chain, start=1):
        path = manifest if i == len(chain) else folder / f"{i:04d}.json"
        faults += [(f"chain/{i:04d} {name}", text) for text in _link_faults(path, i, name, expected, before)]
        before = expected
    return faults


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
