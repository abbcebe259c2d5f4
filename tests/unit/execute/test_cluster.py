"""What a Dask cluster answers is taken only from workers that run what runs here."""

from __future__ import annotations

import shutil
import threading
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from baocao import files
from baocao.errors import UserError
from baocao.execute import cluster
from baocao.execute.cache import all_versions
from baocao.execute.cluster import Answer, Parcel
from baocao.execute.jobs import Job
from baocao.execute.work import Ended, Work
from baocao.slices import FOLDER_VARIABLE

JOB = Job("kinh-phi", Path("budget.ipynb"), "Kinh phí")
PARCEL = Parcel(JOB, b"{}", "2026-01", b"", "UTC", ("code of the sender",))


class Future:
    """Of a piece of work that was sent out: its answer, or what there is instead."""

    def __init__(self, answer: Answer | Exception) -> None:
        self.answer = answer

    def result(self) -> Answer:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Client:
    """Of a cluster with one worker, of which it is known what it runs."""

    def __init__(self, versions: object) -> None:
        self.versions = versions

    def run(self, function, **settings):
        return {"tcp://10.0.0.7:1": self.versions}


def kept(tmp_path: Path, answer: Answer | Exception, client: Client | None = None):
    pytest.importorskip("distributed", reason="dask.distributed is not installed")
    work = Work(JOB, tmp_path / "kinh-phi.ipynb", "2026-01", b"")
    return cluster._kept(client or Client(cluster.versions()), work, Future(answer), cluster.versions(), tmp_path)


def of_other_code() -> Answer:
    """As it comes out of a pickle whose sender knew other parts."""
    answer = object.__new__(Answer)
    answer.__dict__["notebook"] = b"{}"
    return answer


def test_all_that_a_kept_result_rests_on_is_compared():
    assert {*all_versions()} < {*cluster.versions()}


def test_a_worker_of_other_versions_runs_nothing_and_says_what_it_is(monkeypatch):
    monkeypatch.setattr(cluster, "_kernels", None)
    answer = cluster.run_parcel(PARCEL, b"")
    assert not answer.notebook
    assert answer.worker
    assert answer.versions == cluster.versions()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(b"{}", worker="tinh-2", versions=("baocao 0.1",)), "tinh-2: baocao 0.1 thay vì baocao"),
        (of_other_code(), "máy mới vào cụm: không rõ phiên bản"),
    ],
)
def test_an_answer_of_a_worker_of_other_versions_is_refused_and_not_kept(tmp_path, answer, words):
    with pytest.raises(UserError, match="không cùng phiên bản") as caught:
        kept(tmp_path, answer)
    assert words in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_only_the_workers_that_differ_are_named_with_what_differs():
    mine = ("numpy 2", "pandas 2")
    with pytest.raises(UserError) as caught:
        cluster._refuse_others(mine, {"b": mine, "a": ("numpy 2", "pandas 3"), "c": ("numpy 2",)})
    assert caught.value.what.splitlines()[1:] == ["  a: pandas 3 thay vì pandas 2", "  c: không rõ thay vì pandas 2"]


def test_an_answer_of_the_same_versions_is_kept(tmp_path):
    assert kept(tmp_path, Answer(b"{}", versions=cluster.versions())).failure is None
    assert (tmp_path / "kinh-phi.ipynb").read_bytes() == b"{}"


def test_what_a_notebook_found_there_otherwise_than_here_is_told(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_text("1", "utf-8")
    monkeypatch.setenv("WARD", "here")
    here = {name: files.digest([found]) for name, found in (("file:a.csv", b"1"), ("variable:WARD", "'here'"))}
    there = {name: files.digest([b"2"]) for name in here}
    reads = ("scope", *here)
    same = Answer(b"{}", reads=reads, versions=cluster.versions(), found=here)
    assert kept(tmp_path, same).reads == reads
    other = kept(tmp_path, replace(same, found=there))
    assert other.reads == ("scope", "elsewhere:file:a.csv", "elsewhere:variable:WARD")


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("scope", False),
        ("opened:2026-01@VP", False),
        ("opened:2025-12@", True),
        ("file:a.csv", False),
        ("elsewhere:file:data/submissions", True),
        ("elsewhere:file:/etc/hosts", False),
        ("elsewhere:variable:HOME", False),
        ("beyond", False),
    ],
)
def test_the_months_own_files_follow_only_where_a_notebook_looked_for_more_of_the_project(name, more):
    work = Work(JOB, Path("kinh-phi.ipynb"), "2026-01", b"")
    assert cluster._wants_more(Ended(work, None, 0.0, reads=("scope", name))) == more


def test_a_worker_that_cannot_read_what_is_sent_is_named(tmp_path):
    missing = ModuleNotFoundError("No module named 'baocao'")
    with pytest.raises(UserError, match="7:1: không chạy được baocao"):
        kept(tmp_path, missing, Client(missing))


def test_what_a_worker_of_the_same_versions_raises_is_a_bug(tmp_path):
    with pytest.raises(ZeroDivisionError):
        kept(tmp_path, ZeroDivisionError())


def test_a_lost_scheduler_costs_the_notebooks_that_are_left_and_no_more(tmp_path):
    ended = kept(tmp_path, CancelledError())
    assert str(ended.failure) == "CancelledError: mất liên lạc với bộ điều phối Dask; hãy chạy lại"


@pytest.fixture
def workers_kernels(monkeypatch):
    """Those of a worker, whose processes are not started; beside it what became of them, in order."""
    happened: list[tuple[str, str]] = []

    @contextmanager
    def kernels(root, source, settings, workers):
        assert root is None
        assert Path(settings[FOLDER_VARIABLE]).parent.is_dir()
        happened.append(("started", settings["TZ"]))
        yield
        happened.append(("ended", settings["TZ"]))

    monkeypatch.setattr(cluster, "kernels", kernels)
    made = cluster._Kernels()
    yield made, happened
    made._stack.close()


def test_kernels_whose_folder_somebody_cleared_away_are_started_anew(workers_kernels):
    kernels, happened = workers_kernels
    for _ in range(2):
        with kernels.ready("UTC"):
            first = kernels.root
    assert happened == [("started", "UTC")]
    shutil.rmtree(first)
    with kernels.ready("UTC"):
        assert kernels.root != first
        assert kernels.root.is_dir()
    assert happened == [("started", "UTC"), ("ended", "UTC"), ("started", "UTC")]


def test_kernels_of_another_time_zone_wait_until_those_that_run_have_ended(workers_kernels):
    kernels, happened = workers_kernels
    begun = threading.Event()

    def other():
        begun.set()
        with kernels.ready("Europe/Paris"):
            happened.append(("ran", "Europe/Paris"))

    with kernels.ready("UTC"), kernels.ready("UTC"):
        thread = threading.Thread(target=other)
        thread.start()
        begun.wait()
        thread.join(0.2)
        happened.append(("ran", "UTC"))
    thread.join()
    one, two = ([(what, zone) for what in ("started", "ran", "ended")] for zone in ("UTC", "Europe/Paris"))
    assert happened == [*one[:2], one[2], *two[:2]]


def test_another_sites_slice_of_the_same_name_waits_and_none_stays(tmp_path):
    kernels = cluster._Kernels()
    kernels.slices = tmp_path
    begun, seen = threading.Event(), []

    def other():
        begun.set()
        with kernels.holding("2026-01@A.pickle", b"of another site"):
            seen.append("other")

    with kernels.holding("2026-01@A.pickle", b"of one site"):
        with kernels.holding("2026-01@A.pickle", b"of one site"):
            (tmp_path / "2026-01@A.pickle").write_bytes(b"of one site")
        assert (tmp_path / "2026-01@A.pickle").is_file()
        thread = threading.Thread(target=other)
        thread.start()
        begun.wait()
        thread.join(0.2)
        seen.append("one")
    thread.join()
    assert seen == ["one", "other"]
    assert list(tmp_path.iterdir()) == []


def test_a_scheduler_that_accepts_and_never_answers_is_not_waited_for_without_end(monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.01)
    stopped = threading.Event()
    with pytest.raises(TimeoutError):
        cluster._in_time(stopped.wait)
    stopped.set()


def test_why_a_scheduler_refuses_is_passed_on():
    def refuse():
        raise OSError("refused")

    with pytest.raises(OSError, match="refused"):
        cluster._in_time(refuse)
