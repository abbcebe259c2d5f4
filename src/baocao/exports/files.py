"""All files of a book besides its pages, by name in its folder ``so-lieu/``."""

from __future__ import annotations

from collections.abc import Sequence

from baocao.exports.csvs import table_csv
from baocao.exports.ledger_pages import LedgerPage, ledger_files
from baocao.exports.tables import BookTable, file_name
from baocao.exports.workbook import sheets, workbook, workbook_name
from baocao.present.blocks import CSV_FOLDER
from baocao.present.labels import chapter_name
from baocao.report import Report


def export_files(
    report: Report,
    tables: Sequence[BookTable],
    ledger: Sequence[LedgerPage],
    used: frozenset[str],
    notices: tuple[str, str],
) -> dict[str, bytes]:
    """File name → content.

    Parameters
    ----------
    tables
        The tables of the book's chapters, in order.
    ledger
        The ledger pages for the same rows as in ``used``.
    used
        Ids of the ledger rows that the book's figures link to.
    notices
        HTML at the beginning and at the end of every page of the book.
    """
    units = {chapter_name(report, "unit", unit): unit.name for unit in report.units}
    pages = ledger_files(ledger, report, *notices)
    return {
        **{name: text.encode("utf-8") for name, text in pages.items()},
        **{f"{CSV_FOLDER}/{file_name(table)}": table_csv(table, report.ledger) for table in tables},
        workbook_name(report): workbook(report, sheets(tables, units), used),
    }
