"""Which files of a project a book can be made of."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from baocao.sources import is_own, project_files

OWN = (
    "index.qmd", "_quarto.yml", "them.yml", "_environment", "_loi.md", "anh.svg", "ANH.Jpeg", "params/a/b.PNG",
    "notebooks/unit.ipynb", "notebooks/a/b.md", "reports/ngon-ngu.yml", "_extensions/baocao/baocao.lua",
)  # fmt: skip
NOT_OWN = (
    "README.md", "anh.txt", ".an.qmd", "them/loi.md", "params/site.yml", "data/anh.svg", "reports/chuong/a.qmd",
    "reports/.an/a.md", "notebooks/.ipynb_checkpoints/unit.ipynb", "_book/index.html",
    "notebooks/__pycache__/them.txt", "notebooks/them.pyc",
)  # fmt: skip


@pytest.mark.parametrize("name", [*OWN, *NOT_OWN])
def test_what_may_be_named_is_what_is_hashed_and_kept(tmp_path, name):
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("", "utf-8")
    assert [PurePath(name)] * (name in OWN) == list(project_files(tmp_path))
    assert is_own(PurePath(name)) == (name in OWN)


@pytest.mark.parametrize("name", ["../anh.svg", "reports/../them/anh.svg", "/reports/anh.svg", ".", "reports"])
def test_what_leads_elsewhere_or_is_no_file_is_none_of_the_projects(name):
    assert not is_own(PurePath(name))
