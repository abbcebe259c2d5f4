"""What a packed PDF keeps."""

from __future__ import annotations

import shutil
from pathlib import Path

import pikepdf
import pytest
import typst

from baocao.pdf import compact, make_compact

SOURCE = b"""
#set document(title: "Th\xe1\xbb\xad", date: datetime(year: 2025, month: 10, day: 14))
#set text(lang: "vi")
= M\xe1\xbb\xa5c m\xe1\xbb\x99t
#table(columns: 4, table.header[a][b][c][d], ..range(2000).map(str))
"""


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "sách.pdf"
    typst.Compiler(SOURCE).compile(output=path, format="pdf", pdf_standards=["a-2b", "ua-1"])
    return path


def contents(path: Path) -> list[object]:
    with pikepdf.open(path) as pdf:
        tags = [str(one.S) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S")]
        pages = [page.Contents.read_bytes() for page in pdf.pages]
        about = {str(key): str(value) for key, value in pdf.docinfo.items()}
        return [sorted(tags), pages, about, pdf.Root.Metadata.read_bytes(), str(pdf.Root.Lang)]


@pytest.fixture
def packed(plain, tmp_path):
    path = tmp_path / "sách.pdf"
    shutil.copyfile(plain, path)
    make_compact(path)
    return path


def test_it_is_much_smaller_and_says_and_tags_the_same(plain, packed):
    assert packed.stat().st_size < plain.stat().st_size / 2
    assert contents(packed) == contents(plain)


def test_the_same_document_gives_the_same_bytes_however_often_it_is_packed(plain, packed):
    assert packed.read_bytes() == compact(plain) == compact(packed)
