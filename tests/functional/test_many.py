"""``baocao run`` over several months, many sites, and the machines of a Dask cluster."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from baocao import many
from baocao.errors import ExitCode, UserError
from baocao.execute.local import Local
from baocao.many import SiteRun, Wanted
from baocao.workspace import Workspace
from projects import REPOSITORY, SITES, Done, Project

SECONDS = 90.0


def started(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "dask.__main__", *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True)


def scheduler(about: Path) -> subprocess.Popen[str]:
    return started("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(about))


def address_in(about: Path) -> str:
    deadline = time.monotonic() + SECONDS
    while not about.is_file() and time.monotonic() < deadline:
        time.sleep(0.1)
    return str(json.loads(about.read_text())["address"])


def worker(address: str, folder: Path) -> subprocess.Popen[str]:
    place = ["--local-directory", str(folder), "--host", "127.0.0.1"]
    return started("worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny", *place)


def wait_for_workers(address: str, number: int) -> None:
    from distributed import Client  # noqa: PLC0415

    with Client(address, timeout=SECONDS) as client:
        client.wait_for_workers(number, timeout=SECONDS)


def end(process: subprocess.Popen[str]) -> None:
    for one in psutil.Process(process.pid).children(recursive=True) if process.poll() is None else ():
        one.kill()
    process.kill()
    process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """A scheduler with two workers, each a process of its own in an empty folder."""
    pytest.importorskip("distributed", reason="dask.distributed is not installed")
    folder = tmp_path_factory.mktemp("cluster")
    about = folder / "scheduler.json"
    processes = [scheduler(about)]
    address = address_in(about)
    processes += [worker(address, folder / str(number)) for number in range(2)]
    wait_for_workers(address, 2)
    yield address, processes
    for process in processes:
        end(process)


def with_cell(root: Path, name: str, source: str) -> None:
    nbformat = pytest.importorskip("nbformat")
    path = root / "notebooks" / f"{name}.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells.append(nbformat.v4.new_code_cell(source, id="beside"))
    nbformat.write(notebook, path)


def notebooks(project: Project, month: str = "2026-01") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (project.root / "build" / month / "notebooks").glob("*.ipynb")}


@pytest.mark.slow
def test_a_cluster_gives_the_same_bytes_also_when_a_worker_is_lost(own, cluster):
    address, processes = cluster
    here = notebooks(own)
    done = own.baocao("run", "--force", "--executor", "dask", "--scheduler", address, "--json")
    assert done.code == 0, done.err
    assert {one["state"] for one in json.loads(done.out)["notebooks"]} == {"succeeded"}
    assert notebooks(own) == here

    # How a run goes on is seen with a few.
    own.keep_chapters("tong-quan", "chi-tieu", "kinh-phi", "don-vi")
    assert own.baocao("run").code == 0
    here = notebooks(own)
    command = [sys.executable, "-m", "baocao", "run", "--force", "--executor", "dask", "--scheduler", address]
    with subprocess.Popen(command, cwd=own.root, stderr=subprocess.PIPE, text=True, encoding="utf-8") as running:
        assert running.stderr is not None
        assert "xong" in running.stderr.readline()
        lost = processes.pop()
        lost.send_signal(signal.SIGKILL)
        lost.wait()
        rest = running.stderr.read()
    assert running.returncode == 0, rest
    assert notebooks(own) == here


READS = """
import os, warnings
from notebooks.helper import V, complain
from baocao.workspace import open_report
complain()
V, sorted(os.listdir("extra")), open("extra/a.csv").read(), len(open_report("2026-02").ledger)
"""
ELSEWHERE = """
import os
os.environ.get("WARD_OF_THE_ANALYST", "nobody's")
"""


@pytest.mark.slow
def test_on_a_cluster_a_notebook_finds_its_projects_files_and_other_months_as_it_does_here(own, cluster):
    root = own.root
    own.keep_chapters("kinh-phi", "chi-tieu", "dinh-chinh")
    add_month(own, "2026-01", "2026-02")
    (root / "extra").mkdir()
    (root / "extra" / "a.csv").write_text("1", "utf-8")
    (root / "notebooks" / "helper.py").write_text(
        "import warnings\nV = 1\ndef complain():\n    warnings.warn('of a file')\n", "utf-8"
    )
    with_cell(root, "budget", READS)
    with_cell(root, "targets", ELSEWHERE)
    settings = {"WARD_OF_THE_ANALYST": "Đồn Sơn"}
    assert own.baocao("run", "2026-01", **settings).code == 0
    here = notebooks(own)
    assert b"notebooks/helper.py:4: UserWarning" in here["kinh-phi.ipynb"]
    assert str(root).encode() not in here["kinh-phi.ipynb"]
    arguments = ("run", "2026-01", "--executor", "dask", "--scheduler", cluster[0])
    done = own.baocao(*arguments, "--force", **settings)
    assert done.code == 0, done.err
    there = notebooks(own)
    assert b"nobody's" in there.pop("chi-tieu.ipynb")
    assert there == {name: data for name, data in here.items() if name != "chi-tieu.ipynb"}
    said = own.baocao("run", "2026-01", "--explain", **settings)
    assert "máy của cụm có biến môi trường WARD_OF_THE_ANALYST khác máy này, nên lần nào cũng chạy" in said.err
    assert notebooks(own) == here


@pytest.mark.slow
def test_a_run_whose_only_worker_is_gone_says_so_and_goes_on_when_one_comes(own, tmp_path):
    pytest.importorskip("distributed", reason="dask.distributed is not installed")
    own.keep_chapters("tong-quan", "kinh-phi", "don-vi")
    about = tmp_path / "scheduler.json"
    mine = [scheduler(about)]
    try:
        alone = address_in(about)
        mine.append(worker(alone, tmp_path / "a"))
        wait_for_workers(alone, 1)
        command = [sys.executable, "-m", "baocao", "run", "--force", "--executor", "dask", "--scheduler", alone]
        with subprocess.Popen(command, cwd=own.root, stderr=subprocess.PIPE, text=True, encoding="utf-8") as running:
            assert running.stderr is not None
            assert "xong" in running.stderr.readline()
            end(mine.pop())
            said = next(line for line in running.stderr if "đang chờ máy" in line)
            assert alone in said
            mine.append(worker(alone, tmp_path / "b"))
            rest = running.stderr.read()
        assert running.returncode == 0, rest
        assert "đang chờ máy" not in rest
    finally:
        for process in mine:
            end(process)


@pytest.mark.slow
def test_a_failing_notebook_on_a_cluster_is_kept_and_costs_its_own_chapter(own, cluster):
    own.keep_chapters("tong-quan", "kinh-phi")
    with_cell(own.root, "budget", "1 / 0")
    done = own.baocao("run", "--executor", "dask", "--scheduler", cluster[0])
    assert done.code == 1
    assert "ZeroDivisionError" in done.err
    assert b"ZeroDivisionError" in notebooks(own)["kinh-phi.ipynb"]


@pytest.mark.slow
def test_a_cluster_with_another_version_of_the_package_is_refused(own, cluster, monkeypatch):
    from baocao.errors import UserError  # noqa: PLC0415
    from baocao.execute import cluster as module  # noqa: PLC0415
    from baocao.execute.warm.children import Expected  # noqa: PLC0415

    monkeypatch.setattr(module, "package_digest", lambda: "f" * 64)
    executor = module.Dask(cluster[0])
    opened = executor.opened(own.root, "UTC", Expected(1, 0))
    with pytest.raises(UserError, match="không cùng phiên bản") as caught, opened:
        pass
    assert f"thay vì code {'f' * 64}" in str(caught.value)


# The command, but for how long it tries.
IMPATIENT = """
from baocao import process
process.settle()
from baocao.execute import cluster
cluster.CONNECT_SECONDS = 2.0
from baocao.cli.main import main
main()
"""


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "tls://127.0.0.1:9", "nowhere"])
def test_a_scheduler_that_nobody_runs_is_one_message(own, address):
    command = [sys.executable, "-c", IMPATIENT, "run", "--force", "--executor", "dask", "--scheduler", address]
    done = subprocess.run(command, cwd=own.root, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "không kết nối được với bộ điều phối Dask" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--executor", "dask"), "thiếu địa chỉ bộ điều phối"),
        (("--scheduler", "tcp://127.0.0.1:9"), "chỉ dùng với --executor dask"),
        (("2026-01", "--all-months"), "chỉ chọn một trong bốn"),
        (("--months", "2026-01"), "không phải là một khoảng tháng"),
        (("--months", "2026-01..2026-2"), "--months: “2026-2” không phải là một tháng báo cáo"),
        (("--sites", ""), "giá trị “” không hợp lệ cho tùy chọn --sites"),
    ],
)
def test_what_cannot_be_meant_is_refused(own, arguments, words):
    done = own.baocao("run", *arguments)
    assert done.code == 2
    assert words in done.err


def add_month(project: Project, old: str, new: str) -> None:
    """The same submissions in another month, dates and all."""
    folder = project.root / "data" / "submissions"
    (folder / new).mkdir()
    for path in (folder / old).iterdir():
        text = path.read_text("utf-8-sig").replace("/01/2026", "/02/2026").replace("01/2026", "02/2026")
        (folder / new / path.name).write_text(text, "utf-8")


def test_several_months_run_at_once_and_give_what_each_gives_alone(own):
    own.keep_chapters("tong-quan", "kinh-phi", "don-vi")
    add_month(own, "2026-01", "2026-02")
    done = own.baocao("run", "--months", "2026-01..2026-02", "--force", "--json")
    assert done.code == 0, done.err
    assert [one["month"] for one in json.loads(done.out)] == ["2026-01", "2026-02"]
    together = notebooks(own), notebooks(own, "2026-02")
    assert [len(one) for one in together] == [5, 5]
    for month in ("2026-01", "2026-02"):
        assert own.baocao("run", month, "--force").code == 0
    assert (notebooks(own), notebooks(own, "2026-02")) == together
    again = own.baocao("run", "--all-months", "--explain", "--json")
    assert "  2026-01  kinh-phi: không chạy" in again.err
    assert "  2026-02  kinh-phi: không chạy" in again.err
    assert {job["state"] for one in json.loads(again.out) for job in one["notebooks"]} == {"unchanged"}


CHAPTERS = ("tong-quan", "kinh-phi", "phuong-phap-nguon-goc")
"""Chapters of each site where it does not matter how many there are."""


def many_sites(folder: Path) -> Path:
    for name in ("mot", "hai", "hong"):
        shutil.copytree(SITES / "tiny", folder / name)
        Project(folder / name).keep_chapters(*CHAPTERS)
    (folder / "hong" / "params" / "units.yml").write_text("units: [", "utf-8")
    (folder / "ghi-chu").mkdir()
    return folder


def test_sites_of_a_folder_share_notebooks_and_a_broken_one_costs_itself(own, tmp_path):
    folder = many_sites(tmp_path / "sites")
    done: Done = own.baocao("run", "--sites", str(folder), "--json")
    assert done.code == 1
    told = {one["site"]: one for one in json.loads(done.out)}
    assert sorted(told) == ["hai", "hong", "mot"]
    assert "params/units.yml" in told["hong"]["error"]
    own.keep_chapters(*CHAPTERS)
    assert own.baocao("run").code == 0
    assert len(notebooks(own)) == 3
    for name in ("mot", "hai"):
        assert {job["state"] for job in told[name]["months"][0]["notebooks"]} == {"succeeded"}
        assert notebooks(Project(folder / name)) == notebooks(own)
    again = own.baocao("run", "--sites", str(folder), "--explain")
    assert "hong: LỖI" in again.err
    assert "  mot  2026-01  kinh-phi: không chạy" in again.err


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A folder of two sites."""
    for name in ("hai", "mot"):
        shutil.copytree(SITES / "tiny", tmp_path / "sites" / name)
    return tmp_path / "sites"


def in_turn(folder: Path, monkeypatch, first: BaseException, said: list[str]) -> tuple[SiteRun, ...]:
    """A run of the sites of a folder in which the first one raises this, and the next one has nothing to do."""

    def run_months(space, *_, **__):
        if space.root.name == "hai":
            raise first
        return ()

    monkeypatch.setattr(many, "run_months", run_months)
    return many.run_sites(folder, Workspace(REPOSITORY), Wanted(), executor=Local(1), say=said.append)


def test_a_site_whose_build_is_a_file_costs_itself(own, two):
    Project(two / "mot").keep_chapters("tong-quan")
    (two / "hai" / "build").write_text("", "utf-8")
    done = own.baocao("run", "--sites", str(two), "--json")
    assert done.code == 1
    assert "Traceback" not in done.err
    hai, mot = json.loads(done.out)
    assert "không đọc hoặc ghi được" in hai["error"]
    assert {job["state"] for job in mot["months"][0]["notebooks"]} == {"succeeded"}


@pytest.mark.parametrize(
    ("first", "told", "traced"),
    [
        (ValueError("lạ"), "lỗi ngoài dự kiến (ValueError: lạ).", True),
        (PermissionError(13, "Permission denied", "x"), "không đọc hoặc ghi được x (không có quyền).", False),
        (UserError("lệnh khác đang chạy.", exit_code=ExitCode.BUSY), "lệnh khác đang chạy.", False),
    ],
)
def test_a_site_that_fails_for_whatever_reason_costs_itself_and_a_bug_is_traced(two, monkeypatch, first, told, traced):
    said: list[str] = []
    assert in_turn(two, monkeypatch, first, said) == (SiteRun("hai", error=told), SiteRun("mot"))
    assert any("Traceback" in line for line in said) == traced


@pytest.mark.parametrize("first", [KeyboardInterrupt(), UserError("mất liên lạc.", where="--scheduler tcp://a:1")])
def test_ctrl_c_in_one_site_stops_all_and_so_does_what_no_site_can_run_without(two, monkeypatch, first):
    said: list[str] = []
    with pytest.raises(type(first)):
        in_turn(two, monkeypatch, first, said)
    assert said == ["[1/2] hai"]


def test_a_hidden_folder_is_no_site_and_one_that_may_not_be_read_is_told_of(two, monkeypatch):
    shutil.copytree(two / "mot", two / ".mot")
    look = Path.is_file

    def is_file(path):
        if path.is_relative_to(two / "hai"):
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(Path, "is_file", is_file)
    assert [path.name for path in many.sites(two)] == ["hai", "mot"]


def test_a_folder_that_is_no_site_is_named_at_the_end(two, monkeypatch):
    (two / "ghi-chu").mkdir()
    shutil.copytree(two / "mot", two / "thieu")
    (two / "thieu" / "params" / "site.yml").unlink()
    (two / "doc.txt").write_text("", "utf-8")
    (two / "o-dia-xa").symlink_to(two / "khong-con")
    (two / "lien-ket.txt").symlink_to("doc.txt")
    executors: list[Local] = []
    monkeypatch.setattr(many, "run_months", lambda *_, executor, **__: executors.append(executor) or ())
    said: list[str] = []
    many.run_sites(two, Workspace(REPOSITORY), Wanted(), executor=Local(1), say=said.append)
    assert executors == [Local(1, keep=True)] * 2  # processes that are warm serve the next site, too
    left = "ghi-chu, o-dia-xa, thieu"
    assert said == ["[1/2] hai", "[2/2] mot", f"Bỏ qua thư mục con không có tệp params/site.yml: {left}"]


def test_a_folder_without_sites_is_refused(own, tmp_path):
    (tmp_path / "empty").mkdir()
    done = own.baocao("run", "--sites", str(tmp_path / "empty"))
    assert done.code == 2
    assert "params/site.yml" in done.err
