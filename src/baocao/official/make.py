"""Making the official documents of a report and keeping them in ``build/<period>/chinh-thuc/``, copied to ``_book/``.

A renderer replaces ``_book/`` as a whole, so the documents are kept elsewhere and copied into it after each render.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from baocao import files
from baocao.config.months import Additions, load_additions
from baocao.identity import Identity
from baocao.measures.ledger import Ledger
from baocao.official.content import Document
from baocao.official.documents import documents, extract_name, official_name
from baocao.official.label import Label
from baocao.official.templates import FOLDER
from baocao.printable import FONTS
from baocao.report import Report
from baocao.slices import unpacked
from baocao.sources import package_digest
from baocao.workspace import Workspace

KEPT = "chinh-thuc"
_STAMP = "stamp.json"


def kept_folder(space: Workspace, label: Label) -> Path:
    """Where a period's documents are kept."""
    return space.root / "build" / label.code / KEPT


def make_official(space: Workspace, report: Report, label: Label) -> tuple[Path, ...]:
    """Bring a period's documents up to date, in their folder and in ``_book/``.

    Returns
    -------
    tuple of Path
        In ``_book/``: the official report as DOCX and PDF, the extract as DOCX.

    Raises
    ------
    UserError
        If a template or the period's additions cannot be used; documents made before are kept.
    """
    prepare_official(space, report, label)
    return copy_official(space, label)


def prepare_official(space: Workspace, report: Report, label: Label) -> None:
    """The same without copies in ``_book/``, which is replaced when the book is made."""
    key = _key(space, report, label)  # of what is read below, or of what was there before
    additions = load_additions(space.root, label.code)
    if not _stands(space, label, key):
        _make(space, report, label, additions, key)


def prepare_packed(space: Workspace, data: bytes, identity: Identity, earlier: Ledger | None, label: Label) -> None:
    """The same in another process: the report is given as bytes, its origin separately."""
    prepare_official(space, replace(unpacked(data), identity=identity, earlier_ledger=earlier), label)


def copy_official(space: Workspace, label: Label) -> tuple[Path, ...]:
    """Copy a period's documents into ``_book/``, if they were made; returns the copies."""
    folder = kept_folder(space, label)
    copies = []
    for name in file_names(label):
        if (folder / name).is_file():
            files.write_bytes(space.book / name, (folder / name).read_bytes())
            copies.append(space.book / name)
    return tuple(copies)


def keep_official(space: Workspace, report: Report, label: Label) -> tuple[Path, ...]:
    """Copy a period's documents into ``_book/`` if they are up to date with this report; returns the copies."""
    return copy_official(space, label) if _stands(space, label, _key(space, report, label)) else ()


def file_names(label: Label) -> tuple[str, ...]:
    """The names of a period's files."""
    return (f"{official_name(label)}.docx", f"{official_name(label)}.pdf", f"{extract_name(label)}.docx")


def _make(space: Workspace, report: Report, label: Label, additions: Additions, key: str) -> None:
    # Imported only if there is something to write, because python-docx and Typst load slowly.
    from baocao.official.docx_writer import to_docx  # noqa: PLC0415
    from baocao.official.pdf import to_pdf  # noqa: PLC0415

    form = report.config.official
    official, extract = documents(space.root, report, label, additions)

    def both(document: Document) -> bytes:
        return to_docx(document, form, space.root)

    made = dict(
        zip(file_names(label), (both(official), to_pdf(official, form, space.root), both(extract)), strict=True)
    )
    with files.replaced_folder(kept_folder(space, label)) as fresh:
        for name, data in made.items():
            files.write_bytes(fresh / name, data)
        files.write_text(fresh / _STAMP, json.dumps({"key": key, "outputs": _outputs(fresh, label)}) + "\n")


def _key(space: Workspace, report: Report, label: Label) -> str:
    """One hash over all that the documents depend on."""
    sources = files.folder_digest(space.root, [f"{FOLDER}/**/*", f"{FONTS}/*", f"params/months/{label.code}.yml"])
    return files.digest((label.code, report.provenance["inputs"], report.identity.trace, sources, package_digest()))


def _stands(space: Workspace, label: Label, key: str) -> bool:
    folder = kept_folder(space, label)
    said = files.read_object(folder / _STAMP)
    return said.get("key") == key and said.get("outputs") == _outputs(folder, label)


def _outputs(folder: Path, label: Label) -> str:
    """One hash over the documents, to detect that one was changed or removed later."""
    return files.folder_digest(folder, file_names(label))
