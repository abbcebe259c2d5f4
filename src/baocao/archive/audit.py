"""``baocao audit``: whether a sealed month is unchanged, and whether a new run gives the same results."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from baocao.archive.chain import Link, links
from baocao.archive.compare import Comparison, compare
from baocao.archive.gather import tools
from baocao.archive.integrity import Integrity, check_integrity, read_closing
from baocao.archive.recorded import Environments, recorded_source
from baocao.archive.remake import Maker, current, lay_out, make, outputs
from baocao.archive.sign import SIGNERS
from baocao.archive.standalone import MANIFEST
from baocao.closed import revisions
from baocao.commit import commit_of
from baocao.config.load import load_config
from baocao.config.models import Config
from baocao.errors import ExitCode, UserError
from baocao.files import sha256
from baocao.identity import INPUTS, Identity, from_inputs, short_commit
from baocao.months import Month
from baocao.scratch import scratch_folder
from baocao.sources import code_digests
from baocao.text import capital, number
from baocao.workspace import Workspace

With = Literal["current", "recorded"]
Verdict = Literal["identical", "bytes", "figures", "broken", "failed", "intact"]
Say = Callable[[str], None]

EXIT: dict[Verdict, ExitCode] = {
    "intact": ExitCode.OK,
    "identical": ExitCode.OK,
    "bytes": ExitCode.OTHER_BYTES,
    "figures": ExitCode.OTHER_FIGURES,
    "failed": ExitCode.NOT_REMADE,
    "broken": ExitCode.SEAL_BROKEN,
}
VERDICTS: dict[Verdict, str] = {
    "intact": "còn nguyên, không chạy lại",
    "identical": "còn nguyên, chạy lại giống từng byte",
    "bytes": "còn nguyên, chạy lại cùng số liệu nhưng có tệp khác byte",
    "figures": "còn nguyên, chạy lại ra số liệu khác",
    "failed": "còn nguyên, nhưng không chạy lại được",
    "broken": "bản niêm phong KHÔNG còn nguyên",
}
_WORST_FIRST: tuple[Verdict, ...] = ("broken", "failed", "figures", "bytes", "identical", "intact")


@dataclass(frozen=True)
class Audit:
    """The result of auditing one sealed revision.

    Attributes
    ----------
    manifest
        Hash of the present manifest.
    closed
        Who closed the month, when and why, as the manifest says.
    sealed
        What the pages say about their origin; None if the seal is broken.
    config
        The month's own ``params/``, for the words of its figures; None if nothing was run.
    integrity, comparison
        The findings; no comparison if nothing was run.
    way, source, tools
        How it was run again: which code, where that came from, and versions that differ (then, now).
    other_code
        Whether that code is not the sealed one.
    failure
        Why the new run did not finish.
    """

    month: Month
    revision: int
    manifest: str
    closed: dict[str, Any]
    integrity: Integrity
    sealed: Identity | None = None
    config: Config | None = None
    way: str = ""
    source: str = ""
    tools: tuple[tuple[str, str], ...] = ()
    other_code: bool = False
    comparison: Comparison | None = None
    failure: str = ""
    seconds: float = 0.0

    @property
    def verdict(self) -> Verdict:
        if self.integrity.faults:
            return "broken"
        if self.failure:
            return "failed"
        if self.comparison is None:
            return "intact"
        if self.comparison.other_figures:
            return "figures"
        return "bytes" if self.comparison.files else "identical"

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be checked, and what may explain differences, in Vietnamese."""
        others = [*(["mã nguồn"] if self.other_code else []), *(["thư viện"] if self.tools else [])]
        if not others or self.verdict not in ("bytes", "figures", "failed"):
            return self.integrity.notes
        again = f"baocao audit {self.month} --revision {self.revision} --with recorded"
        other = f"{capital(' và '.join(others))} nay khác lúc khóa; lập lại bằng đúng bản lúc khóa: {again}"
        return (*self.integrity.notes, other)


@dataclass(frozen=True)
class Options:
    """How to audit.

    Attributes
    ----------
    way
        Which code runs: ``current`` or ``recorded``.
    head
        A manifest's hash, noted outside the archive, that the chain must contain.
    wheels
        A folder with wheels, for a machine without a package index.
    """

    way: With = "current"
    head: str = ""
    wheels: Path | None = None
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)


def exit_code(found: tuple[Audit, ...]) -> ExitCode:
    """The exit status of the worst verdict."""
    verdicts = {one.verdict for one in found}
    return next((EXIT[verdict] for verdict in _WORST_FIRST if verdict in verdicts), ExitCode.OK)


@dataclass(frozen=True)
class Wanted:
    """A sealed revision to audit; an older one is only checked, not run again."""

    month: Month
    revision: int
    again: bool = True


def audit(space: Workspace, wanted: tuple[Wanted, ...], options: Options, say: Say) -> tuple[Audit, ...]:
    """Audit sealed revisions, several at once.

    Parameters
    ----------
    say
        Called with a message as each audit ends.
    """
    at_once = max(1, min(options.workers, sum(one.again for one in wanted)))
    with scratch_folder("audit") as scratch:
        desk = _Desk(space, options, Environments(scratch / "environments", options.wheels), at_once)

        def one(item: tuple[int, Wanted]) -> Audit:
            folder = scratch / str(item[0])
            found = _audit(desk, item[1], folder)
            shutil.rmtree(folder, ignore_errors=True)  # at once: those of years of months could fill a disk
            say(f"{found.month} r{found.revision}: {VERDICTS[found.verdict]} ({number(found.seconds, 1)} giây)")
            return found

        with ThreadPoolExecutor(at_once) as pool:
            return tuple(pool.map(one, enumerate(wanted)))


def every_closed_month(archive: Path) -> tuple[Wanted, ...]:
    """All sealed revisions named by ``CHAIN`` or a folder; the newest of each month is to be run again."""
    names = {path.name for path in archive.iterdir() if path.is_dir()} if archive.is_dir() else set()
    found: dict[Month, set[int]] = {}
    for name in (*names, *(f"{one.month}/r{one.revision}" for one in _links(archive))):
        with suppress(UserError):
            month, _, revision = name.partition("/r")
            found.setdefault(Month.parse(month), set()).update([int(revision)] if revision else ())
    return tuple(
        Wanted(month, revision, revision == max(all_of))
        for month, chained in sorted(found.items())
        for all_of in [chained | set(revisions(archive / str(month))) or {1}]
        for revision in sorted(all_of)
    )


def _links(archive: Path) -> tuple[Link, ...]:
    try:
        return links(archive)
    except UserError:
        return ()  # the audit of each month reports the damaged chain


@dataclass(frozen=True)
class _Desk:
    space: Workspace
    options: Options
    environments: Environments
    at_once: int


def _audit(desk: _Desk, wanted: Wanted, scratch: Path) -> Audit:
    began = time.monotonic()
    archive, root = desk.space.archive, desk.space.root
    folder = archive / str(wanted.month) / f"r{wanted.revision}"
    integrity = check_integrity(archive, wanted.month, wanted.revision, root / SIGNERS, desk.options.head)
    manifest = sha256(folder / MANIFEST) if (folder / MANIFEST).is_file() else ""
    found = Audit(wanted.month, wanted.revision, manifest, read_closing(folder), integrity)
    if not integrity.faults:
        sealed = from_inputs((folder / INPUTS).read_bytes())
        found = replace(found, sealed=sealed)
        if wanted.again:
            found = _run_again(desk, folder, found, sealed, scratch)
    return replace(found, seconds=time.monotonic() - began)


def _run_again(desk: _Desk, folder: Path, found: Audit, sealed: Identity, scratch: Path) -> Audit:
    """Make the month again from the seal's inputs, and compare the results."""
    project, said = scratch / "project", json.loads((folder / INPUTS).read_bytes())
    recorded, root = desk.options.way == "recorded", desk.space.root
    found = replace(found, way=desk.options.way)
    if not recorded:
        found = replace(found, tools=_other_tools(said), other_code=code_digests(root) != said["code"])
    try:
        maker, source = _recorded(desk, folder, said, scratch) if recorded else (current(), root)
        found = replace(found, source=_source_text(recorded, source, folder, root))
        lay_out(folder, found.month, project, None if source == folder else source)
        make(project, sealed.commands, maker, max(1, desk.options.workers // desk.at_once))
    except UserError as error:
        return replace(found, failure=str(error))
    names = [path.as_posix() for path in outputs(project, found.month)]
    comparison = compare(folder / "outputs", project, names, found.month)
    config = _config(project, desk.space)
    return replace(found, comparison=comparison, config=config)


def _config(project: Path, space: Workspace) -> Config:
    """The month's own ``params/``; today's if only the former code could read the month's own."""
    try:
        return load_config(project)
    except UserError:
        return space.config


def _recorded(desk: _Desk, folder: Path, said: dict[str, Any], scratch: Path) -> tuple[Maker, Path]:
    source = recorded_source(desk.space.root, folder, said, scratch / "code")
    python = desk.environments.python(folder / "inputs" / "requirements.txt")
    return Maker(python, (folder / "inputs" if source == folder else source) / "src"), source


def _source_text(recorded: bool, source: Path, folder: Path, root: Path) -> str:
    if not recorded:
        return f"mã nguồn hiện nay, {short_commit(commit_of(root))}"
    kept = "bản lưu trong bản niêm phong (kho git không có đúng mã này)"
    return kept if source == folder else "kho git, đúng mã đã ghi"


def _other_tools(said: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Versions that differ, as pairs (then, now), of the tools that both the seal and the present code note."""
    then, now = (dict(text.split(" ", 1) for text in listed) for listed in (said["tools"], tools(said["engine"])))
    names = [name for name in then if then[name] != now.get(name, then[name])]
    return tuple((f"{name} {then[name]}", f"{name} {now[name]}") for name in names)
