"""``baocao export``: a sealed month in one file, with a program to check it where this project is not installed."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from baocao import files
from baocao.archive import standalone
from baocao.archive.chain import Link, links
from baocao.archive.integrity import check_integrity, closing_time, in_words, read_closing, read_manifest
from baocao.archive.sign import SIGNERS
from baocao.archive.standalone import CHAIN, MANIFEST, SIGNATURE, SUMS, chain_line, sums_text
from baocao.errors import ExitCode, UserError
from baocao.html import page_template
from baocao.months import Month
from baocao.scratch import scratch_folder
from baocao.text import month_long
from baocao.workspace import Workspace

_TIME = (1980, 1, 1, 0, 0, 0)
_MODE = 0o644 << 16
_TAIL = 8
Content = Path | bytes


def export(space: Workspace, month: Month, revision: int, target: Path | None, *, environment: bool = False) -> Path:
    """Write a sealed revision into one file; equal seals give equal bytes.

    Files are stored uncompressed, because the result of a compressor depends on its version.

    Parameters
    ----------
    target
        The file to write; by default ``build/export/MONTH-rN.zip``.
    environment
        Whether to include wheels of the recorded requirements, so that a machine without a package index can run the
        month again. They fit the kind of machine that exports, and do not include Quarto, if it made the book.

    Raises
    ------
    UserError
        If the seal is broken, the wheels cannot be fetched, or the target exists and is not a file.
    """
    if target and target.exists() and not target.is_file():
        raise UserError("không phải tệp, nên không ghi đè.", str(target), "Ghi tên một tệp .zip sau --to.")
    folder = space.archive / str(month) / f"r{revision}"
    faults = check_integrity(space.archive, month, revision, space.root / SIGNERS).faults
    if faults:
        what = f"bản niêm phong không còn nguyên ({in_words(faults)})."
        raise UserError(what, str(folder), exit_code=ExitCode.SEAL_BROKEN)
    name = f"baocao-{month}-r{revision}"
    target = target or space.root / "build" / "export" / f"{name}{'-kem-thu-vien' if environment else ''}.zip"
    with scratch_folder("export") as scratch:
        wheels = _wheels(folder / "inputs" / "requirements.txt", scratch) if environment else []
        content = dict(_content(space.archive, folder, Link(str(month), revision, ""), wheels))
        _write(target, {f"{name}/{path}": data for path, data in content.items()})
    return target


def _content(archive: Path, folder: Path, link: Link, wheels: list[Path]) -> Iterator[tuple[str, Content]]:
    """Name in the zip, without the top folder → content."""
    found: dict[str, Content] = {f"seal/{path.relative_to(folder).as_posix()}": path for path in _files(folder)}
    chain = _chain_up_to(archive, link)
    lines = [chain_line(i, one.month, one.revision, one.manifest) for i, one in enumerate(chain, start=1)]
    found["chain/" + CHAIN] = ("\n".join(lines) + "\n").encode()
    for number, one in enumerate(chain[:-1], start=1):
        found[f"chain/{number:04d}.json"] = archive / one.folder / MANIFEST
    found["kiem-tra.py"] = Path(standalone.__file__)
    found |= {f"wheels/{path.name}": path for path in wheels}
    page = _page(folder, chain[-1], bool(wheels))
    found["HUONG-DAN.html"] = page.encode("utf-8")
    yield from found.items()
    yield SUMS, sums_text({name: _digest(data) for name, data in found.items()}).encode("utf-8")


def _chain_up_to(archive: Path, link: Link) -> tuple[Link, ...]:
    chain = links(archive)
    place = next(i for i, one in enumerate(chain) if (one.month, one.revision) == (link.month, link.revision))
    return chain[: place + 1]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _digest(data: Content) -> str:
    return files.sha256(data) if isinstance(data, Path) else standalone.sha256_of(data)


def _page(folder: Path, link: Link, wheels: bool) -> str:
    manifest, closing = read_manifest(folder), read_closing(folder)
    return page_template("baocao.archive", "export.html.j2").render(
        month=month_long(Month.parse(link.month)), link=link, closed=closing, at=closing_time(closing), wheels=wheels,
        inputs=manifest["inputs"], commands=standalone.commands_of(folder), count=len(manifest["files"]),
        program=standalone.program_of(folder), signed=(folder / SIGNATURE).is_file(),
    )  # fmt: skip


def _wheels(requirements: Path, folder: Path) -> list[Path]:
    """The wheels of the recorded requirements, hashes checked."""
    if not requirements.is_file():
        raise UserError("bản niêm phong không có requirements.txt, nên không biết thư viện nào đi cùng.")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input"]
    more = ["--require-hashes", "--only-binary", ":all:", "-r", str(requirements), "-d", str(folder)]
    done = subprocess.run([*command, *more], capture_output=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-_TAIL:])
        raise UserError(
            f"không tải được thư viện:\n{tail}", hint="Cần mạng hoặc kho thư viện; hoặc xuất không kèm thư viện."
        )
    return _files(folder)


def _write(target: Path, content: dict[str, Content]) -> None:
    """Write a zip of uncompressed files, sorted by name, all with the same time and mode."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.tmp")
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as pack:
            for name in sorted(content):
                entry = zipfile.ZipInfo(name, _TIME)
                entry.create_system, entry.external_attr = 3, _MODE
                data = content[name]
                pack.writestr(entry, data.read_bytes() if isinstance(data, Path) else data)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
