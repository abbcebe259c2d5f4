"""Defined names of a blank workbook, by which drop-downs and formulas refer to the sheet of lists."""

from __future__ import annotations

NAMES = {
    "content": "DS_NOI_DUNG", "form": "DS_HINH_THUC", "channel": "DS_KENH", "product": "DS_SAN_PHAM",
    "funding": "DS_NGUON", "target": "DS_CHI_TIEU", "note-kind": "DS_LOAI",
}  # fmt: skip
"""Kind of column, or field of a free text with suggestions → defined name of its list."""
TARGET_TABLE = "BANG_CHI_TIEU"
"""The targets with their definitions: label, numerator, denominator, figures to give, how the rate follows."""
