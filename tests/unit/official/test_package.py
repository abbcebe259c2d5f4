"""A Word file without clock and compressor."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from baocao.official.package import steady


def packed(time: tuple[int, int, int, int, int, int], level: int) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=level) as parts:
        for name, text in (("b.xml", "b" * 1000), ("a.xml", "a")):
            parts.writestr(ZipInfo(name, time), text)
    return out.getvalue()


def test_time_and_compression_leave_no_trace_and_the_order_stays():
    one, other = steady(packed((2020, 1, 1, 0, 0, 0), 1)), steady(packed((2026, 5, 4, 3, 2, 2), 9))
    assert one == other
    with ZipFile(BytesIO(one)) as parts:
        assert [(name, len(parts.read(name))) for name in parts.namelist()] == [("b.xml", 1000), ("a.xml", 1)]
