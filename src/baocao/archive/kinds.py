"""The kinds of files in a sealed month: their places, names and makers."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class Kind:
    """A kind of files; ``patterns`` are names relative to the seal's folder, with ``{month}`` to be filled in."""

    name: str
    words: str
    made_by: str
    patterns: tuple[str, ...]

    def holds(self, name: str, month: str) -> bool:
        return any(fnmatchcase(name, pattern.format(month=month)) for pattern in self.patterns)


RECEIVED = "nhận từ đơn vị"
PROJECT = "dự án"
OUTPUTS = ("build/{month}/data/*.csv", "build/{month}/notebooks/*.ipynb", "reports/chuong/**/*", "_book/**/*")
"""Outputs in a project folder that are sealed; the rest of ``build/`` is stamps and temporary files."""

KINDS = (
    Kind("register", "Sổ tiếp nhận", "baocao receive", ("inputs/data/submissions/register.csv",)),
    Kind("submissions", "Tệp của các đơn vị", RECEIVED, ("inputs/data/submissions/*",)),
    Kind("params", "Tham số", PROJECT, ("inputs/params/*",)),
    Kind("previous", "Sổ cái của bản trước", "bản niêm phong trước", ("inputs/previous/*",)),
    Kind("source", "Mã nguồn, sổ tay, mẫu", PROJECT, ("inputs/*",)),
    Kind("inputs", "Bản kê đầu vào", "baocao close", ("inputs.json",)),
    Kind("reopened", "Lý do mở lại", "baocao reopen", ("reopened.json",)),
    Kind("ledger", "Sổ cái số liệu", "intake, measures", ("outputs/build/{month}/data/ledger.csv",)),
    Kind("findings", "Phát hiện", "intake", ("outputs/build/{month}/data/findings.csv",)),
    Kind("records", "Bản ghi", "intake", ("outputs/build/{month}/data/*",)),
    Kind("notebooks", "Sổ tay đã chạy", "papermill", ("outputs/build/{month}/notebooks/*",)),
    Kind("chapters", "Chương", "book", ("outputs/reports/chuong/*",)),
    Kind("official", "Báo cáo chính thức", "official", ("outputs/_book/*chinh-thuc*", "outputs/_book/*.docx")),
    Kind("book-pdf", "Sách PDF", "{engine}", ("outputs/_book/*.pdf",)),
    Kind("exports", "Bảng xuất ra", "exports", ("outputs/_book/*.csv", "outputs/_book/*.xlsx")),
    Kind("book-html", "Sách HTML", "{engine}", ("outputs/_book/*",)),
)
"""In order: a file is of the first kind that matches it."""


def kind_of(name: str, month: str) -> Kind:
    """The kind of a file of a sealed month.

    Raises
    ------
    ValueError
        If no kind is declared for it.
    """
    found = next((kind for kind in KINDS if kind.holds(name, month)), None)
    if found is None:
        raise ValueError(f"{name}: of no declared kind")
    return found
