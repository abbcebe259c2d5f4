"""Whether a book is still as the last command left it, decided without loading the libraries that make books.

Only bytes are compared: all that a book may depend on (inputs, configuration, notebooks, texts, code, installed
versions) and all that was made (executed notebooks, chapters, book) are hashed and compared with the hashes noted when
the book was made. If in doubt the book counts as changed; the full command then finds out what really differs.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from baocao import files
from baocao.commit import commit_of
from baocao.errors import UserError
from baocao.execute.memory import memory_bound
from baocao.months import parse_term
from baocao.sources import PACKAGE, find_root, installed, package_files, project_files
from baocao.watch import FILE, LINK, THERE, found_hash, is_unknown, noted, outside

if TYPE_CHECKING:
    from baocao.book.builtin.ahead import Press
    from baocao.execute.run import Progress
    from baocao.pipeline import BookResult, Engine, Format, RunResult
    from baocao.workspace import Workspace

Asked = tuple[str, ...]
"""The command's arguments, as words."""
Told = dict[str, Any]
"""The outcome of a command, as JSON data."""
Say = Callable[[str], None]
Wait = Callable[[], bool]
"""Waits for a change of what the book depends on; returns whether it is complete: if not, some of it may be there."""
_FILE = "build/standing.json"
_INPUTS = ("params/**/*", "params/*/*", "data/*", "data/*/**/*", "data/submissions/*/*")
"""Unlike ``*``, ``**`` does not follow links to folders, and submissions may be linked from another disk."""
_ARCHIVE = Path("data/archive")
_LATE = ("baocao.execute.papermill_runner", "baocao.execute.warm.engine", "xlsxwriter")
"""Modules normally imported only when needed; a process that stands by imports them ahead."""


def book(
    start: Path | None,
    month: str | None,
    period: str | None,
    *,
    engine: Engine,
    to: Format,
    workers: int | None,
    force: bool,
    official: bool,
    progress: Progress,
    say: Say,
    wait: Wait | None = None,
) -> Told:
    """Make the month's book, unless it is unchanged; the outcome told is the same either way.

    With ``wait``, everything that can be prepared before the changes are known is prepared first; then ``wait`` is
    called, and again after it has told that changes are coming. Only the state after it has told to begin counts.
    """
    root = find_root(start)
    asked = (month or "", period or "", engine, to, "official" if official else "")
    inputs = "" if wait else inputs_digest(root)
    if not (wait or force) and (said := _unchanged(root, asked, inputs, say)):
        return said
    last = {} if force else _last(root, asked)
    with _warm_press(root, last, to, polite=not wait) as press:
        warm_early(root, workers, few=bool(last) and not wait, soon=not wait)
        # Imported only if there is something to do, because importing takes longer than finding that there is not.
        from baocao import pipeline  # noqa: PLC0415
        from baocao.beside import Beside  # noqa: PLC0415
        from baocao.workspace import Memory, Workspace  # noqa: PLC0415

        beside, memory = Beside(), Memory()
        if wait:
            if official:
                beside.warm()
            _get_ready(root)
            complete = False
            while not complete:
                _compute_ahead(Workspace(root, memory=memory), month, period)
                complete = wait()
            inputs = inputs_digest(root)
            if said := _unchanged(root, asked, inputs, say):
                return said
        space = Workspace(root, memory=memory)
        done = pipeline.render(
            space,
            space.term(month, period),
            engine=engine,
            to=to,
            workers=workers,
            force=force,
            official=official,
            progress=progress,
            say=say,
            warm_press=press,
            warm_beside=beside,
        )
    told = told_of_book(done)
    if not (done.run.failed or done.unofficial):
        remember(root, asked, told, inputs)
    return told


def _get_ready(root: Path) -> None:
    """Import and run ahead what this process will need."""
    from baocao.book.cell_options import check_options  # noqa: PLC0415

    for name in _LATE:
        import_module(name)
    with suppress(Exception):  # the first notebook takes long: the schema that it is held against is compiled
        check_options(next((root / "notebooks").glob("*.ipynb")))


def _compute_ahead(space: Workspace, month: str | None, period: str | None) -> None:
    """Compute what is known of the figures; errors are ignored, making the book will report them."""
    from baocao.workspace import compute_ahead  # noqa: PLC0415

    with suppress(Exception):
        compute_ahead(space, space.term(month, period))


def _unchanged(root: Path, asked: Asked, inputs: str, say: Say) -> Told | None:
    """The outcome to tell if the book is unchanged; None if it is not."""
    said = recall(root, asked, inputs)
    if said is None:
        return None
    say(f"Sách đã dựng bằng {said['engine']} ({said['because']}), không có gì thay đổi.")
    return said | {"notebooks": [one | _UNCHANGED for one in said["notebooks"]]}


@contextmanager
def _warm_press(root: Path, last: Told, to: Format, *, polite: bool) -> Iterator[Press | None]:
    """The PDF maker for a book that was made before; it is prepared at once, because that takes longest."""
    if last.get("engine") != "pandoc" or to == "html":
        yield None
        return
    from baocao.book.builtin.ahead import Press  # noqa: PLC0415

    with Press(root, last["month"], polite=polite) as press:
        press.warm()
        yield press


def warm_early(root: Path, workers: int | None, *, few: bool, soon: bool = True) -> None:
    """Start the warm process, so that it imports while this process does; not without a time zone, a fault told later.

    ``few``: only a few notebooks are likely to run, as after a correction in a book that was made before. ``soon``:
    they come at once; if not, there is time to get faster (:mod:`baocao.execute.warm.renderer`).
    """
    # Imported here, because finding an unchanged book needs neither.
    from baocao.config.yaml_files import read_yaml  # noqa: PLC0415

    data = read_yaml(root / "params" / "site.yml", "params/site.yml").data
    zone = data.get("timezone") if isinstance(data, dict) else None
    if isinstance(zone, str):
        from baocao.execute.warm.early import warm  # noqa: PLC0415

        warm(root, zone, workers or os.cpu_count() or 1, few=few, soon=soon)


_UNCHANGED = {"state": "unchanged", "reason": "", "because": "", "seconds": 0.0, "peak_mib": 0.0, "died": False}


def told_of_run(done: RunResult) -> Told:
    """The outcome of a run of one month: each notebook and how it ended."""
    return {
        "month": str(done.report.month),
        "memory_bound_mib": memory_bound(),
        "notebooks": [
            {
                "name": one.job.name,
                "title": one.job.title,
                "unit": one.job.unit,
                "state": one.state,
                "died": one.died,
                "reason": one.reason,
                "because": one.because,
                "seconds": round(one.seconds, 3),
                "peak_mib": one.peak,
            }
            for one in done.outcomes
        ],
    }


def told_of_book(done: BookResult) -> Told:
    """The outcome of a run and of the book made from it; ``outputs`` are absolute paths."""
    records = done.run.report.records
    faulty = records.findings.loc[records.findings["severity"] == "error", "month"]
    return {
        **told_of_run(done.run),
        "rejected_rows": int(records.files["rejected"].sum()),
        "errors": len(faulty),
        "checks": [f"baocao check {month}" for month in sorted(set(faulty))],
        "engine": done.engine,
        "because": done.because,
        "outputs": [str(path) for path in done.outputs],
        "official_problem": str(done.unofficial) if done.unofficial else "",
    }


def recall(root: Path, asked: Asked, inputs: str) -> Told | None:
    """The outcome noted when the book was made, if the book and its inputs are unchanged; else None.

    ``inputs`` is the present value of :func:`inputs_digest`.
    """
    try:
        kept = files.read_object(root / _FILE)
        if kept["asked"] != list(asked) or kept["inputs"] != inputs:
            return None
        said: Told = kept["said"]
        if kept["outputs"] != _outputs(root, said["month"]) or not _reads_hold(root, said["month"]):
            return None
        return {**said, "outputs": [str(root / one) for one in said["outputs"]]}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _last(root: Path, asked: Asked) -> Told:
    """The outcome of the last command, if it was asked for the same book and is readable; else empty."""
    kept = _kept(root)
    return kept["said"] if kept.get("asked") == list(asked) else {}


def _kept(root: Path) -> dict[str, Any]:
    """The note on the last command; empty if unreadable or without a valid month, which is used as a folder name."""
    try:
        kept = files.read_object(root / _FILE)
        parse_term(kept["said"]["month"])
        return kept
    except (KeyError, TypeError, UserError):
        return {}


def remember(root: Path, asked: Asked, said: Told, inputs: str) -> None:
    """Note the outcome of a command; ``inputs`` is the value of :func:`inputs_digest` before it began.

    Paths of the book's files are noted relative to the project, which may be moved or copied with the note.
    """
    said = {**said, "outputs": [os.path.relpath(one, root) for one in said["outputs"]]}
    kept = {"asked": asked, "inputs": inputs, "outputs": _outputs(root, said["month"]), "said": said}
    files.write_text(root / _FILE, json.dumps(kept, ensure_ascii=False) + "\n")


def inputs_digest(root: Path) -> str:
    """One hash over all that a book may depend on, except what its notebooks read on their own."""
    return files.digest(_parts(root))


def _parts(root: Path) -> Iterator[str | bytes]:
    for path in package_paths():
        yield from (path.relative_to(PACKAGE.parent).as_posix(), path.read_bytes())
    for name in project_files(root):
        yield from (name.as_posix(), (root / name).read_bytes())
    for path in _given(root):
        yield from _content(path, path.relative_to(root))
    yield commit_of(root)
    yield from surroundings()


def _given(root: Path) -> list[Path]:
    return sorted({path for pattern in _INPUTS for path in root.glob(pattern)})


def package_paths() -> Iterator[Path]:
    """The paths of the program's files."""
    return (PACKAGE.parent / name for name in package_files())


def project_paths(root: Path) -> Iterator[Path]:
    """The paths of the project's files and folders that a book may depend on."""
    yield from (root / name for name in project_files(root))
    yield from _given(root)


def paths_read(root: Path) -> list[Path]:
    """The paths of files and folders that the last book's notebooks read on their own, or looked for."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        month = _kept(root)["said"]["month"]
        names = {name for one in noted(root / "build" / month / "notebooks").values() for name in one}
        found = (name.partition(":") for name in sorted(names))
        return [root / what for kind, _, what in found if kind in (FILE, THERE, LINK)]
    return []


def _content(path: Path, name: Path) -> tuple[str | bytes, ...]:
    """Name and content of an input as parts of a hash; one without read permission has a third part, like no other."""
    try:
        # A link may be refused where the file itself would be accepted, so its target counts.
        link = (os.readlink(path),) if path.is_symlink() else ()
        if not path.is_file():
            return *link, name.as_posix()
        # For a sealed month its lists suffice, because they contain the hash of each file.
        whole = path.suffix == ".json" or not name.is_relative_to(_ARCHIVE)
        return *link, name.as_posix(), path.read_bytes() if whole else str(path.stat().st_size)
    except OSError:
        return name.as_posix(), "", "không đọc được"


def _reads_hold(root: Path, month: str) -> bool:
    """Whether what the month's notebooks read on their own is unchanged since they ran."""
    reads = {read for one in noted(root / "build" / month / "notebooks").values() for read in one.items()}
    own = [(name, was) for name, was in reads if outside(name)]
    return all(not is_unknown(name) and found_hash(name, root, os.environ) == was for name, was in own)


def surroundings() -> Iterator[str]:
    """What a book depends on besides files: Python, library versions, Quarto, variables that control the program."""
    yield f"{platform.python_version()} {sys.platform} {platform.machine()} {sys.executable}"
    yield from installed()
    quarto = shutil.which("quarto")
    found = Path(quarto).resolve().stat() if quarto else None
    yield f"{quarto} {found.st_mtime_ns} {found.st_size}" if found else ""
    yield from (f"{name}={os.environ.get(name, '')}" for name in ("BAOCAO_PAPERMILL_ENGINE", "SOURCE_DATE_EPOCH"))


def _outputs(root: Path, month: str) -> str:
    return files.folder_digest(root, (f"build/{month}/**/*", "reports/chuong/**/*", "_book/**/*"))
