"""The document as PDF/A-2b, tagged for screen readers (PDF/UA-1), made by Typst."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from baocao.config.models import OfficialForm
from baocao.official.content import Block, Document, Paragraph, Table
from baocao.official.docx_head import RULE_SHARE, SIGNATURE_LINES
from baocao.official.docx_writer import WHOLE
from baocao.official.widths import FACE
from baocao.printable import FONTS, printable
from baocao.typeset import MAIN, typeset


def to_pdf(document: Document, form: OfficialForm, root: Path) -> bytes:
    """Write a document as PDF.

    Parameters
    ----------
    document
        Its content; it is passed to Typst as data, never as markup.
    form
        Its form; the typeface is the house's, with the letter widths of Times New Roman.
    root
        The project's folder, for the house's fonts.
    """
    source = Path(__file__).with_name("form.typ").read_text("utf-8")
    given = json.dumps(_data(document, form), ensure_ascii=False)
    inputs = {"document": given, "printable": printable(root)}
    return typeset({MAIN: source}, root, root / FONTS, inputs=inputs)


def _data(document: Document, form: OfficialForm) -> dict[str, Any]:
    data = asdict(document)
    annex = document.annex
    return data | {
        "day": [document.day.year, document.day.month, document.day.day],
        "form": form.model_dump(mode="json") | {"face": FACE},
        "body": [_block(block) for block in document.body],
        "annex": data["annex"] | {"blocks": [_block(block) for block in annex.blocks]} if annex else None,
        "rule_share": RULE_SHARE,
        "signature_lines": SIGNATURE_LINES,
        "whole": WHOLE,
    }


def _block(block: Block) -> dict[str, Any]:
    kind = "table" if isinstance(block, Table) else type(block).__name__.lower()
    return asdict(block) | {"kind": kind, "leads_in": isinstance(block, Paragraph) and block.leads_in}
