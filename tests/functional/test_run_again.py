"""What a run leaves as it was is what a run of everything would have made: no result is ever stale."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from unittest.mock import ANY

import nbformat
import pytest

from baocao import files
from baocao.execute import drawings
from projects import Project

DATA = "data/submissions/2026-01"


def in_file(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        path = root / DATA / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return change


def names_ran(done) -> set[str]:
    assert done.code in (0, 1), done.err
    return {one["name"] for one in json.loads(done.out)["notebooks"] if one["state"] == "succeeded"}


def made(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((root / "build/2026-01/notebooks").glob("*.ipynb"))}


def removed(name: str) -> Callable[[Path], None]:
    return lambda root: (root / DATA / name).unlink()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "runs", "stays"),
    [
        (
            in_file("VP.hoat-dong.csv", "Họp vận động tặng sách", "Họp vận động góp sách"),
            {"don-vi-vp", "phuong-phap-nguon-goc"},
            {
                "chat-luong-so-lieu",
                "tong-quan",
                "kinh-phi",
                "noi-dung",
                "chi-tieu",
                "dinh-chinh",
                "kho-khan-kien-nghi",
                "don-vi-banmay",
            },
        ),
        (
            in_file("VP.hoat-dong.csv", "1.500.000", "2.500.000"),
            {"kinh-phi", "tong-quan", "don-vi-vp"},
            {"dinh-chinh", "kho-khan-kien-nghi", "chi-tieu", "don-vi-banmay"},
        ),
        (
            in_file("VP.chi-tieu.csv", ";312;", ";313;"),
            {"chi-tieu", "tong-quan", "don-vi-vp"},
            {"kinh-phi", "noi-dung"},
        ),
        (in_file("VP.kho-khan.csv", "Thiếu giá", "Thiếu hai giá"), {"kho-khan-kien-nghi"}, {"kinh-phi", "chi-tieu"}),
        (in_file("VP.hoat-dong.csv", ";HT1;", ";HT9;"), {"chat-luong-so-lieu", "hinh-thuc-kenh"}, {"dinh-chinh"}),
        (removed("BanMay.hoat-dong.csv"), {"nop-bao-cao", "don-vi-banmay", "tong-quan"}, {"dinh-chinh", "don-vi-vp"}),
    ],
    ids=["name", "cost", "target", "note", "refused-row", "no-report"],
)
def test_after_a_change_what_did_not_run_again_is_as_a_full_run_makes_it(own: Project, change, runs, stays):
    change(own.root)
    ran = names_ran(own.baocao("run", "--json"))
    assert runs <= ran
    assert not stays & ran
    kept = made(own.root)
    stayed = {name.removesuffix(".ipynb") for name in kept} - ran
    forget(own.root, stayed)
    # Those that ran have just been made of what is there now: only of the others it is to be seen.
    assert names_ran(own.baocao("run", "--json")) == stayed
    assert made(own.root) == kept
    assert names_ran(own.baocao("run", "--json")) == set()


def forget(root: Path, names: set[str]) -> None:
    """Let these notebooks run as if they never had, and draw what they show."""
    for name in names:
        (root / f"build/2026-01/notebooks/{name}.ipynb").unlink()
        (root / f"build/2026-01/notebooks/{name}.key.json").unlink()
    shutil.rmtree(drawings.folder(root))


def test_what_a_notebook_reads_is_noted_in_an_ordinary_kernel_too_and_leaves_no_trace(own: Project):
    before = made(own.root)
    # All notebooks of the project: no other test holds each of them against papermill's own kernel. That of a unit for
    # one of them: such a kernel takes seconds to start.
    others = {"don-vi-vp", "don-vi-bangio"}
    forget(own.root, {name.removesuffix(".ipynb") for name in before} - others)
    done = own.baocao("run", "--json", BAOCAO_PAPERMILL_ENGINE="nbclient")
    assert len(names_ran(done)) == len(before) - len(others) == len(list((own.root / "notebooks").glob("*.ipynb")))
    assert made(own.root) == before
    key = json.loads((own.root / "build/2026-01/notebooks/dinh-chinh.key.json").read_text("utf-8"))
    assert "scope" in key["reads"]
    assert "*" not in key["reads"]


def with_cell(root: Path, name: str, source: str) -> None:
    path = root / "notebooks" / f"{name}.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells.append(nbformat.v4.new_code_cell(source, id="beside"))
    nbformat.write(notebook, path)


@pytest.mark.slow
def test_what_is_opened_beside_a_notebooks_own_report_is_noted(own: Project):
    own.keep_chapters("kinh-phi", "don-vi")
    with_cell(own.root, "unit", "from baocao.workspace import open_report\nlen(open_report(month).ledger)")
    with_cell(own.root, "budget", 'len(open_report("2026-Q1").ledger)')
    assert {"don-vi-banmay", "don-vi-vp", "kinh-phi"} <= names_ran(own.baocao("run", "--json"))
    done = own.baocao("run", "--explain")
    assert "kinh-phi: chạy, sổ tay mở cả báo cáo của kỳ khác (2026-Q1), nên lần nào cũng chạy" in done.out + done.err
    in_file("VP.kho-khan.csv", "Thiếu giá", "Thiếu hai giá")(own.root)
    assert {"don-vi-banmay", "don-vi-vp", "kinh-phi"} <= names_ran(own.baocao("run", "--json"))


def test_an_empty_folder_among_the_submissions_is_found_at_once(own: Project):
    (own.root / DATA / "trống").mkdir()
    assert "chat-luong-so-lieu" in names_ran(own.baocao("run", "--json"))


def run_after(own: Project, noted: Path, change: dict[Path, str], **settings: str) -> tuple[set[str], str]:
    """The notebooks that run again after files were written, and what is said, where ``noted`` is the last run.

    The files are afterwards as they were, so that each change is seen by itself. An ordinary kernel takes seconds to
    start: who notes what is read is asked once, by the run that is kept; who runs again is no matter.
    """
    shutil.rmtree(own.root / "build")
    shutil.copytree(noted, own.root / "build")
    before = {path: path.read_text("utf-8") if path.is_file() else None for path in change}
    for path, text in change.items():
        path.write_text(text, "utf-8")
    done = own.baocao("run", "--json", **settings)
    for path, text in before.items():
        path.unlink() if text is None else path.write_text(text, "utf-8")
    return names_ran(done), done.out


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["", "nbclient"])
def test_files_that_a_notebook_opens_and_modules_that_it_imports_from_the_project_count(
    own: Project, tmp_path: Path, engine: str
):
    root = own.root
    (root / "extra").mkdir()
    (root / "extra" / "a.csv").write_text("1", "utf-8")
    (root / "helper.py").write_text("V = 1", "utf-8")
    with_cell(
        root, "budget", "import os, helper\nhelper.V, [open(f'extra/{one}').read() for one in os.listdir('extra')]"
    )
    optional = "try:\n    import later\nexcept ImportError:\n    later = None"
    with_cell(root, "errata", f"import os\nos.path.exists('later.csv')\n{optional}")
    assert names_ran(own.baocao("run", "--json", BAOCAO_PAPERMILL_ENGINE=engine)) == {"kinh-phi", "dinh-chinh"}
    noted = shutil.copytree(root / "build", tmp_path / "noted")
    assert run_after(own, noted, {}) == (set(), ANY)
    for name in ("helper.py", "extra/a.csv", "extra/b.csv"):
        ran, said = run_after(own, noted, {root / name: "V = 22"})
        assert ran == {"kinh-phi"}, name
    assert "đã đổi: số liệu mà sổ tay đọc (tệp extra" in said
    for name in ("later.csv", "later.py"):
        assert run_after(own, noted, {root / name: "4"}) == ({"dinh-chinh"}, ANY), name


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["", "nbclient"])
def test_variables_files_elsewhere_and_hidden_ones_that_a_notebook_reads_count(
    own: Project, tmp_path: Path, engine: str
):
    secret, elsewhere = own.root / ".env", tmp_path / "elsewhere.txt"
    secret.write_text("1", "utf-8")
    elsewhere.write_text("1", "utf-8")
    with_cell(own.root, "budget", "import os\nos.environ.get('WARD_MODE'), os.listdir()")
    with_cell(own.root, "errata", f"open('.env').read(), open({str(elsewhere)!r}).read()")
    ran = names_ran(own.baocao("run", "--json", BAOCAO_PAPERMILL_ENGINE=engine, WARD_MODE="a"))
    assert ran == {"kinh-phi", "dinh-chinh"}
    noted = shutil.copytree(own.root / "build", tmp_path / "noted")
    assert run_after(own, noted, {}, WARD_MODE="a", UNASKED="1") == (set(), ANY)
    for path in (secret, elsewhere):
        assert run_after(own, noted, {path: "2"}, WARD_MODE="a") == ({"dinh-chinh"}, ANY), path
    ran, said = run_after(own, noted, {}, WARD_MODE="b")
    assert ran == {"kinh-phi"}
    assert "đã đổi: số liệu mà sổ tay đọc (biến môi trường WARD_MODE)" in said


def test_a_notebook_that_calls_a_program_runs_each_time_and_it_is_told_why(own: Project):
    with_cell(own.root, "budget", "!cat params/site.yml")
    for _ in range(2):
        done = own.baocao("run", "--json")
        assert names_ran(done) == {"kinh-phi"}
    assert "sổ tay gọi chương trình khác hoặc đọc từ mạng, nên lần nào cũng chạy" in done.out


def test_the_reason_names_what_was_read(own: Project):
    in_file("VP.hoat-dong.csv", "1.500.000", "2.500.000")(own.root)
    done = own.baocao("run", "--explain")
    assert (
        "kinh-phi: chạy, đã đổi: số liệu mà sổ tay đọc (tổng kinh phí, tính trên các dòng có ghi" in done.out + done.err
    )


def test_pictures_are_kept_and_with_force_all_are_drawn_again(own: Project):
    own.keep_chapters("tong-quan", "kinh-phi")
    own.baocao("run")
    before = made(own.root)
    pictures = drawings.folder(own.root)
    own.baocao("run", "--force")
    assert len(made(own.root)) == 2
    names = sorted(path.name for path in pictures.iterdir())
    assert names
    for path in pictures.iterdir():
        wrong = path.read_text("utf-8").partition("\n")[2].replace("</svg>", "<!-- old --></svg>")
        path.write_text(f"{files.digest([wrong])}\n{wrong}", "utf-8")
    for path in (own.root / "build/2026-01/notebooks").glob("*.ipynb"):
        path.unlink()
    own.baocao("run")
    assert any(b"<!-- old -->" in notebook for notebook in made(own.root).values())
    own.baocao("run", "--force")
    assert sorted(path.name for path in pictures.iterdir()) == names
    assert made(own.root) == before
