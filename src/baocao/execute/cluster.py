"""Notebooks run on the machines of a Dask cluster: the same jobs, the same bytes.

All that a notebook reads is sent with it (the notebook, its parameters, its slice, the project's files), so workers
need the package and its requirements in the same versions, but no shared disk. The months' own files are sent in a
second try if a notebook turns out to need them, as one that opens another month's report. Workers may join at any time:
each answer states the worker's versions, and what the notebook found under each name that it read. If a worker is lost,
its notebooks are tried again elsewhere.
"""

from __future__ import annotations

import logging
import os
import platform
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from baocao import files
from baocao.errors import UserError
from baocao.execute.bundle import Projects, bundle
from baocao.execute.cache import all_versions
from baocao.execute.environment import SOURCE
from baocao.execute.jobs import Job
from baocao.execute.kernels import kernels
from baocao.execute.local import execute_work
from baocao.execute.warm.children import Expected
from baocao.execute.work import Ended, Failure, Runner, Work
from baocao.reads import EVERYTHING, OPENED
from baocao.scratch import scratch_folder
from baocao.slices import FOLDER_VARIABLE, slice_name
from baocao.sources import package_digest
from baocao.watch import ELSEWHERE, FILE, FOUND, THERE, found_hash

if TYPE_CHECKING:
    from distributed import Client

TRIES = 3
"""How often a notebook is sent again after its worker was lost."""

CONNECT_SECONDS = 15.0
"""Longest wait for a scheduler to connect, and as long again for its answer, in seconds."""

LOOK_SECONDS = 3.0
"""Seconds between checks for workers; after two checks without any worker the user is told."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Parcel:
    """A piece of work as it is sent, for workers of these versions; it contains no paths of the sender."""

    job: Job
    notebook: bytes
    month: str
    data: bytes
    timezone: str
    versions: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """The answer of a worker: executed notebook (empty if there is none), how it ended (:class:`Ended`), versions.

    Each field has a default, because an answer may come from another version of the code with other fields.
    """

    notebook: bytes = b""
    failure: Failure | None = None
    seconds: float = 0.0
    peak: float = 0.0
    reads: tuple[str, ...] = (EVERYTHING,)
    worker: str = ""
    versions: tuple[str, ...] = ()
    found: Mapping[str, str] = field(default_factory=dict)
    """Files and variables that the notebook read → their hash on the worker."""


@dataclass(frozen=True)
class Dask:
    """Executor for the workers of the scheduler at an address such as ``tcp://10.0.0.5:8786``."""

    scheduler: str

    def warming(self, root: Path, timezone: str) -> AbstractContextManager[None]:
        """Nothing to do: workers are warm, or warm up with their first notebook."""
        del root, timezone
        return nullcontext()

    @contextmanager
    def opened(self, root: Path, timezone: str, expected: Expected) -> Iterator[Runner]:
        """Connect, and check that every worker has the same versions."""
        del expected
        with _connected(self.scheduler) as client:
            check_versions(client)

            def run(works: Iterable[Work]) -> Iterator[Ended]:
                with _telling_of_waiting(client, self.scheduler):
                    yield from _Sender(client, root, timezone).run(works)

            yield run


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UserError(
            "chưa cài dask.distributed trong môi trường này.",
            where="--executor dask",
            hint="Chạy: make dask, hoặc cài theo requirements-dask.txt.",
        ) from error
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # the summary reports a lost connection, once
    try:
        client = _in_time(lambda: Client(address, timeout=CONNECT_SECONDS))
    except (OSError, TimeoutError, ValueError, TypeError) as error:  # TypeError: tls:// without certificates
        raise UserError(
            "không kết nối được với bộ điều phối Dask.",
            where=f"--scheduler {address}",
            hint="Kiểm tra địa chỉ (ví dụ tcp://10.0.0.5:8786) và xem bộ điều phối đã chạy chưa: dask scheduler.",
        ) from error
    with client:
        yield client


def _in_time(connect: Callable[[], Client]) -> Client:
    """The client, or a ``TimeoutError``: its own limit does not hold if a scheduler is connected and never answers."""
    made: Future[Client] = Future()

    def make() -> None:
        try:
            made.set_result(connect())
        except Exception as error:
            made.set_exception(error)

    threading.Thread(target=make, daemon=True).start()
    return made.result(2 * CONNECT_SECONDS)


def versions() -> tuple[str, ...]:
    """What must be equal on both sides to get the same bytes: library versions, kind of machine, the package's code."""
    return (*all_versions(), f"code {package_digest()}")


def check_versions(client: Client) -> None:
    """Refuse a cluster without workers, or with a worker whose versions differ from those here.

    Raises
    ------
    UserError
        Names each worker that differs, and its differences.
    """
    mine = versions()
    theirs: dict[str, Any] = client.run(versions, on_error="return")
    if not theirs:
        raise UserError("bộ điều phối Dask chưa có máy nào.", hint="Chạy dask worker ĐỊA_CHỈ trên các máy rồi thử lại.")
    _refuse_others(mine, theirs)


def _refuse_others(mine: tuple[str, ...], theirs: Mapping[str, object]) -> None:
    faults = [f"{worker}: {_difference(mine, those)}" for worker, those in sorted(theirs.items()) if those != mine]
    if faults:
        raise UserError(
            "có máy của cụm Dask không cùng phiên bản với máy này:\n" + "\n".join(f"  {one}" for one in faults),
            hint="Cài cùng mã nguồn và requirements-dask.txt trên mọi máy rồi chạy lại.",
        )


def _difference(mine: tuple[str, ...], theirs: object) -> str:
    if not isinstance(theirs, tuple):
        return f"không chạy được baocao ({type(theirs).__name__}: {theirs})"
    if not theirs:
        return "không rõ phiên bản"
    pairs = zip_longest(mine, theirs, fillvalue="không rõ")
    return ", ".join(f"{other} thay vì {own}" for own, other in pairs if own != other)


class _Sender:
    """Sends out a project's work and receives the answers."""

    def __init__(self, client: Client, root: Path, timezone: str) -> None:
        self._client = client
        self._root = root
        self._timezone = timezone
        self._mine = versions()
        self._projects: dict[bool, Any] = {}
        self._sent: dict[Any, tuple[Work, bool]] = {}
        self._order = 0

    def run(self, works: Iterable[Work]) -> Iterator[Ended]:
        """Yields the outcome of each piece of work as it ends."""
        from distributed import as_completed  # noqa: PLC0415

        for work in works:
            self._send(work)
        try:
            coming = as_completed(list(self._sent))
            for future in coming:
                work, whole = self._sent.pop(future)
                ended = _kept(self._client, work, future, self._mine, self._root)
                future.release()
                if not whole and _wants_more(ended):
                    coming.add(self._send(work, whole=True))
                else:
                    yield ended
        finally:
            self._client.cancel(list(self._sent))

    def _send(self, work: Work, *, whole: bool = False) -> Any:
        # Earlier work is given a higher priority; otherwise the scheduler would treat all alike.
        settings = {"retries": TRIES, "priority": -self._order}
        parcel = _parcel(work, self._timezone, self._mine)
        future = self._client.submit(run_parcel, parcel, self._project(whole), pure=False, **settings)
        self._sent[future], self._order = (work, whole), self._order + 1
        return future

    def _project(self, whole: bool) -> Any:
        """The project's files as an object on the cluster, which workers pass on to each other; made again if lost."""
        if whole not in self._projects:
            data = bundle(self._root, whole=whole)
            key = f"baocao-project-{files.digest([data])}"
            self._projects[whole] = self._client.submit(bytes, data, key=key, retries=TRIES)
        return self._projects[whole]


def _wants_more(ended: Ended) -> bool:
    """Whether a notebook looked for something that was not sent: a file of the project, or another month's report."""
    month = ended.work.month
    for name in ended.reads:
        kind, _, what = name.partition(":")
        if kind == OPENED and what.partition("@")[0] != month:
            return True
        other, _, path = what.partition(":")
        if kind == ELSEWHERE and other in (FILE, THERE) and not Path(path).is_absolute():
            return True
    return False


@contextmanager
def _telling_of_waiting(client: Client, address: str) -> Iterator[None]:
    """Tell the user that notebooks wait for a worker, once each time that the last one is gone."""
    over = threading.Event()

    def watch() -> None:
        without = 0
        while not over.wait(LOOK_SECONDS):
            try:
                without = 0 if client.nthreads() else without + 1
            except Exception:  # a lost scheduler is reported with the notebooks
                return
            if without == 2:
                _log.warning("Cụm Dask không còn máy nào; đang chờ máy vào lại tại %s.", address)

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        over.set()


def _parcel(work: Work, timezone: str, mine: tuple[str, ...]) -> Parcel:
    job = replace(work.job, notebook=Path(work.job.notebook.name))
    return Parcel(job, work.job.notebook.read_bytes(), work.month, work.data, timezone, mine)


def _kept(client: Client, work: Work, future: Any, mine: tuple[str, ...], root: Path) -> Ended:
    """Write the notebook of an answer in its place; returns the outcome, with names of what was different there.

    Raises
    ------
    UserError
        If the worker's versions are not ``mine``; it may have joined after the check.
    """
    from distributed import CancelledError, KilledWorker  # noqa: PLC0415

    try:
        answer: Answer = future.result()
    except KilledWorker as error:
        return _lost(work, "KilledWorker", f"các máy chạy sổ tay này đều dừng ({error})")
    except CancelledError:
        return _lost(work, "CancelledError", "mất liên lạc với bộ điều phối Dask; hãy chạy lại")
    except Exception:
        check_versions(client)  # with other code, or none, a worker may not even understand the parcel
        raise
    _refuse_others(mine, {answer.worker or "máy mới vào cụm": answer.versions})
    if answer.notebook:
        files.write_bytes(work.output, answer.notebook)
    reads = tuple(name if _same(name, answer, root) else f"{ELSEWHERE}:{name}" for name in answer.reads)
    return Ended(work, answer.failure, answer.seconds, answer.peak, reads)


def _same(name: str, answer: Answer, root: Path) -> bool:
    return name not in answer.found or answer.found[name] == found_hash(name, root, os.environ)


def _lost(work: Work, error: str, message: str) -> Ended:
    return Ended(work, Failure(0, error, message, died=True), 0.0)


class _Kernels:
    """In a worker: kernels that stay warm from one notebook to the next, until the process ends."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._timezone = ""
        self._users = 0
        self._idle = threading.Condition()
        self._free = threading.Condition()
        self._held: dict[str, tuple[bytes, int]] = {}
        self.root = self.slices = Path()
        self.projects = Projects()
        self.variables: Mapping[str, str] = {}

    @contextmanager
    def ready(self, timezone: str) -> Iterator[None]:
        """Provide kernels of a time zone while the block runs; for another time zone, wait until these are not in use.

        This matters because a worker has several threads, with notebooks of several sites.
        """
        with self._idle:
            self._idle.wait_for(lambda: not self._users or self._fit(timezone))
            if not self._fit(timezone):
                self._start(timezone)
            self._users += 1
        try:
            yield
        finally:
            with self._idle:
                self._users -= 1
                self._idle.notify_all()

    def _fit(self, timezone: str) -> bool:
        return self._timezone == timezone and self.root.is_dir()

    def _start(self, timezone: str) -> None:
        """Start the kernels again, because the time zone is another one or somebody removed their folder."""
        self._timezone = ""
        self._stack.close()
        self.variables = dict(os.environ)
        self.root = self._stack.enter_context(scratch_folder("worker"))
        self.slices = self.root / "slices"
        settings = {"TZ": timezone, FOLDER_VARIABLE: str(self.slices)}
        self._stack.enter_context(kernels(None, SOURCE, settings, 1))
        self._timezone = timezone

    @contextmanager
    def holding(self, name: str, data: bytes) -> Iterator[None]:
        """Keep a slice's file while the block runs; another site's slice of the same name waits until it is removed."""
        with self._free:
            self._free.wait_for(lambda: self._held.get(name, (data, 0))[0] == data)
            self._held[name] = data, self._held.get(name, (data, 0))[1] + 1
        try:
            yield
        finally:
            with self._free:
                users = self._held.pop(name)[1] - 1
                if users:
                    self._held[name] = data, users
                else:
                    (self.slices / name).unlink(missing_ok=True)
                self._free.notify_all()


_kernels = _Kernels()


def run_parcel(parcel: Parcel, project: bytes) -> Answer:
    """In a worker: run a notebook as on the sender's machine; do nothing if the versions differ.

    Parameters
    ----------
    project
        The project's files (:func:`baocao.execute.bundle.bundle`).
    """
    mine, here = versions(), platform.node()
    if mine != parcel.versions:
        return Answer(worker=here, versions=mine)
    with ExitStack() as stack:
        stack.enter_context(_kernels.ready(parcel.timezone))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="baocao-parcel-", dir=_kernels.root)))
        source, output = folder / parcel.job.notebook.name, folder / "out" / f"{parcel.job.name}.ipynb"
        source.write_bytes(parcel.notebook)
        work = Work(replace(parcel.job, notebook=source), output, parcel.month, parcel.data)
        stack.enter_context(_kernels.holding(slice_name(work.month, work.job.unit), work.data))
        root = stack.enter_context(_kernels.projects.laid_out(project, _kernels.root / "projects"))
        ended = execute_work(work, _kernels.slices, root)
        notebook = output.read_bytes() if output.is_file() else b""
        own = [name for name in ended.reads if name.partition(":")[0] in FOUND]
        there = {name: found_hash(name, root, _kernels.variables) for name in own}
        return Answer(notebook, ended.failure, ended.seconds, ended.peak, ended.reads, here, mine, there)
