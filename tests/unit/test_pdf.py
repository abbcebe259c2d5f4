"""What a packed PDF keeps."""

from __future__ import annotations

from io import BytesIO

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
def plain():
    data = typst.Compiler(SOURCE).compile(format="pdf", pdf_standards=["a-2b", "ua-1"])
    assert isinstance(data, bytes)
    return data


def contents(data: bytes) -> list[object]:
    with pikepdf.open(BytesIO(data)) as pdf:
        tags = [str(one.S) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S")]
        pages = [page.Contents.read_bytes() for page in pdf.pages]
        about = {str(key): str(value) for key, value in pdf.docinfo.items()}
        return [sorted(tags), pages, about, pdf.Root.Metadata.read_bytes(), str(pdf.Root.Lang)]


def test_it_is_much_smaller_and_says_and_tags_the_same(plain):
    packed = compact(plain)
    assert len(packed) < len(plain) / 2
    assert contents(packed) == contents(plain)


def test_the_same_document_gives_the_same_bytes_however_often_it_is_packed(plain):
    packed = compact(plain)
    assert compact(plain) == packed
    assert compact(packed) == packed


def test_a_file_is_replaced_by_its_packed_form(plain, tmp_path):
    path = tmp_path / "sach.pdf"
    path.write_bytes(plain)
    make_compact(path)
    assert path.read_bytes() == compact(plain)
