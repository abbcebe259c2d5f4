"""The findings that intake can make: which codes there are, what their texts may mention, which can be changed.

What a finding says and how grave it is stands in ``params/checks.yml``. The codes' first part says what is meant:
``TEP`` a file, ``SO`` the register of receipt, ``TT`` the sheet of keys and values, ``BANG`` a sheet or a table as a
whole, ``DONG`` a row, ``O`` a cell of any table, ``HD``, ``CT`` and ``KK`` a cell or row of activities, target values
and notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
COMMON = frozenset(("given", "unit"))
"""Placeholders that every text may hold."""


@dataclass(frozen=True)
class CheckCode:
    """What code demands of a check's entry.

    Attributes
    ----------
    words
        Placeholders that its texts may hold.
    severity
        The only severity that the check can have; none if a site may choose. What cannot be read is rejected, or a
        cell would be lost in silence; what is seen only after rows were accepted cannot reject them.
    """

    words: frozenset[str]
    severity: Severity | None = None

    @property
    def may_be_off(self) -> bool:
        """Whether the check may be switched off: never where a rejection would then have no reason."""
        return self.severity != "error"


# Code and the placeholders besides the common ones.
_ALWAYS_ERRORS = """
TEP-LA
TEP-MACRO
TEP-THUMUC
TEP-NGOAI
TEP-TRUNG
TEP-DONVI
TEP-HIEULUC
TEP-MO
TEP-RONG
TEP-MATKHAU
TEP-SAILOAI
TEP-HONG
TEP-LON limit
TEP-NEN
TEP-DONG limit
TEP-MAHOA
TEP-CSV
TEP-TRONG
TT-DONVI
TT-THANG period
BANG-TIEUDE table rows needed
BANG-PHONG table rows needed
BANG-THIEUCOT table rows needed limit
BANG-COTTRUNG table rows needed limit
BANG-DONVITINH table rows needed limit
BANG-TENTRANG table rows
BANG-QUADONG table rows needed limit
DONG-TONG line
DONG-TIEUDE line
DONG-LAC line
DONG-TRENTIEUDE line
DONG-THUAO line
O-TRONG
O-GOP
O-CONGTHUC
O-LOI
O-KHONGLUU
O-SO
O-SOMAPMO
O-NGUYEN
O-KHOANG low high
O-NGAY
O-NGAYSAI
O-MA known
O-MACHU known
HD-NGAY-DAO window
CT-CAP
CT-MAU
CT-AM
CT-TRONG needed
CT-COKHONG
CT-DINHTINH
CT-PHANTRAM needed
"""
_CHOSEN = """
O-DAI limit
O-PHONG
O-CANHAN
HD-NGAY-SAU window
HD-NGAY-TRUOC window
HD-NGAY-MUON window
HD-KENH
HD-NGUON
HD-TRUNG first
HD-GANTRUNG first
HD-HTKENH needed known
HD-HTSANPHAM needed known
HD-THAMDU needed known
HD-MINHCHUNG
CT-TYLE first
CT-CHIGIATRI
CT-NAMGOC
CT-PHANSO first
CT-LECH first
CT-TUTINH first
CT-NGAYCHOT window
CT-DONVI needed
CT-TRUNG first
KK-TRUNG first
"""
_ALWAYS_WARNINGS = """
TEP-THIEUBANG version
TEP-LIENKET
TEP-GIONG
SO-TIEPNHAN
SO-KHACTEP
SO-MATTEP
TT-THIEU
TT-KHOA
TT-KHONGRO
TT-KHONGVACO rows
TT-CHUARO
BANG-VANG table
BANG-COTVANG table
BANG-COTTHUA
BANG-TRANGTHUA
BANG-AN table rows
BANG-DONGAN table rows line
BANG-COTAN table
HD-DONVI needed rows
HD-TRUNGDONVI other first
HD-TRUNGKY period first
HD-THIEUMINHCHUNG rows
HD-DOTBIEN what first score
CT-TRUNGDONVI other first
CT-DOTBIEN needed what first score
"""


def _parsed(lines: str, severity: Severity | None) -> Iterator[tuple[str, CheckCode]]:
    for line in lines.split("\n"):
        if line:
            code, *words = line.split()
            yield code, CheckCode(COMMON | set(words), severity)


CODES: dict[str, CheckCode] = {
    **dict(_parsed(_ALWAYS_ERRORS, "error")),
    # An absent sheet rejects no row; whether it is a fault is the site's to say.
    "BANG-THIEU": CheckCode(COMMON | {"table"}),
    **dict(_parsed(_CHOSEN, None)),
    **dict(_parsed(_ALWAYS_WARNINGS, "warning")),
}
"""Every code of a finding."""
