import datetime as dt

import pytest

from baocao.config.models import Book, Unit
from baocao.errors import UserError
from baocao.execute.jobs import month_jobs
from baocao.months import Month

UNITS = tuple(Unit(code=code, name=f"Đơn vị {code}", kind="office", valid_from=dt.date(2025, 1, 1)) for code in "AB")
BOOK = Book.model_validate(
    {
        "chapters": [
            {"notebook": "overview", "slug": "tong-quan", "title": "Tổng quan"},
            {"notebook": "unit", "slug": "don-vi", "title": "Đơn vị", "per": "unit", "part": "Từng đơn vị"},
        ]
    }
)


def test_a_month_has_a_job_a_chapter_and_one_a_unit(tmp_path):
    for name in ("overview", "unit"):
        (tmp_path / f"{name}.ipynb").touch()
    jobs = month_jobs(BOOK, tmp_path, Month(2025, 10), UNITS)
    assert [(job.name, job.title) for job in jobs] == [
        ("tong-quan", "Tổng quan"),
        ("don-vi-a", "Đơn vị A"),
        ("don-vi-b", "Đơn vị B"),
    ]
    assert [job.parameters for job in jobs][1:] == [{"month": "2025-10", "unit": u} for u in "AB"]


def test_a_chapter_without_its_notebook_is_refused_with_file_and_key_path(tmp_path):
    (tmp_path / "overview.ipynb").touch()
    with pytest.raises(UserError, match=r"unit\.ipynb") as caught:
        month_jobs(BOOK, tmp_path, Month(2025, 10), UNITS)
    assert caught.value.where == "params/book.yml: chapters[1].notebook"
