"""Formulas that help reporters in a blank workbook; intake never reads their results."""

from __future__ import annotations

from collections.abc import Mapping

from baocao.template.names import TARGET_TABLE
from baocao.template.offer import GROWTH


def rate(cells: Mapping[str, str]) -> str:
    """A formula for a target's rate from numerator and denominator; blank while one is missing.

    The result is text, because LibreOffice saves a blank result in a cell with a number format as 0 in .xls.

    Parameters
    ----------
    cells
        Field → address of its cell in the row.
    """
    top, base = cells["numerator"], cells["denominator"]
    how = _of_target(cells, 5)
    percent = f'ROUND(100*({top}/{base}-IF({how}="{GROWTH}",1,0)),2)&"%"'
    quotient = f'IF({how}="","",{percent})'
    return f'=IF(AND(ISNUMBER({top}),ISNUMBER({base})),IFERROR({quotient},""),"")'


def meaning(cells: Mapping[str, str]) -> str:
    """A formula that says what the figures of the chosen target mean."""
    top, base, needed = (_of_target(cells, column) for column in (2, 3, 4))
    parts = f'IF({top}="","","Tử số: "&{top}&"; mẫu số: "&{base}&". ")'
    return f'=IF({cells["target"]}="","",IFERROR({parts}&"Cần ghi: "&{needed},""))'


def _of_target(cells: Mapping[str, str], column: int) -> str:
    return f"VLOOKUP({cells['target']},{TARGET_TABLE},{column},FALSE)"


def counted(names: str, nil: str) -> str:
    """A formula that counts the activities, and says whether that contradicts the nil mark.

    Parameters
    ----------
    names
        Range with the activities' names.
    nil
        Address of the cell with the nil mark.
    """
    count = f"COUNTA({names})"
    both = f'IF(AND({nil}<>"",{count}>0)," Có dấu x mà vẫn có hoạt động: bỏ một trong hai.","")'
    none = f'IF(AND({nil}="",{count}=0)," Không có hoạt động nào thì ghi x ở ô trên.","")'
    return f'="Đã ghi "&{count}&" hoạt động."&{both}&{none}'
