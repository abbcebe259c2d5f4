"""The codes of intake's findings: what their texts may mention, and which of their settings a site may change.

The texts and severities are in ``params/checks.yml``. The first part of a code says what a finding is about: ``TEP`` a
file, ``SO`` the register of receipt, ``TT`` the sheet of keys and values, ``BANG`` a sheet or a table as a whole,
``DONG`` a row, ``O`` a cell of any table, ``HD``, ``CT`` and ``KK`` a cell or row of activities, target values and
notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
COMMON = frozenset(("given", "unit"))
"""Placeholders that every text may use."""


@dataclass(frozen=True)
class CheckCode:
    """What the code requires of a check's entry in ``params/checks.yml``.

    Attributes
    ----------
    words
        Placeholders that its texts may use.
    severity
        The only severity that the check can have; None if a site may choose. What cannot be read must be rejected, or
        a cell would be lost in silence; what is found only after rows were accepted cannot reject them.
    """

    words: frozenset[str]
    severity: Severity | None = None

    @property
    def may_be_off(self) -> bool:
        """Whether the check may be switched off: never if a rejection would then lack its reason."""
        return self.severity != "error"


# Each line: code, then its placeholders besides the common ones.
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
    # A missing sheet rejects no row, so the site may decide whether it is an error.
    "BANG-THIEU": CheckCode(COMMON | {"table"}),
    **dict(_parsed(_CHOSEN, None)),
    **dict(_parsed(_ALWAYS_WARNINGS, "warning")),
}
"""Every code of a finding."""
