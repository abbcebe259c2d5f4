"""What a Dask cluster answers is taken only from workers that run what runs here."""

from __future__ import annotations

import shutil
import threading
from concurrent.futures import CancelledError
from contextlib import contextmanager
from pathlib import Path

import pytest

from baocao.errors import UserError
from baocao.execute import cluster
from baocao.execute.cache import all_versions
from baocao.execute.cluster import Answer, Parcel
from baocao.execute.jobs import Job
from baocao.execute.work import Work

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
    return cluster._kept(client or Client(cluster.versions()), work, Future(answer), cluster.versions())


def of_other_code() -> Answer:
    """As it comes out of a pickle whose sender knew other parts."""
    answer = object.__new__(Answer)
    answer.__dict__["notebook"] = b"{}"
    return answer


def test_all_that_a_kept_result_rests_on_is_compared():
    assert {*all_versions()} < {*cluster.versions()}


def test_a_worker_of_other_versions_runs_nothing_and_says_what_it_is(monkeypatch):
    monkeypatch.setattr(cluster, "_kernels", None)
    answer = cluster.run_parcel(PARCEL)
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


def test_an_answer_of_the_same_versions_is_kept(tmp_path):
    assert kept(tmp_path, Answer(b"{}", versions=cluster.versions())).failure is None
    assert (tmp_path / "kinh-phi.ipynb").read_bytes() == b"{}"


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


def test_kernels_whose_folder_somebody_cleared_away_are_started_anew(monkeypatch):
    started: list[Path] = []

    @contextmanager
    def kernels(root, *settings):
        started.append(root)
        yield

    monkeypatch.setattr(cluster, "kernels", kernels)
    one = cluster._Kernels()
    one.ready("UTC")
    one.ready("UTC")
    assert started == [one.root]
    shutil.rmtree(one.root)
    one.ready("UTC")
    assert started[1:] == [one.root]
    assert one.root.is_dir()
    one._stack.close()


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
