"""Facts about a PDF, for tests of any PDF of the house."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pikepdf

A4 = (595.28, 841.89)
"""Width and height in points."""


def page_texts(path: Path) -> list[str]:
    """The text of each page; needs ``pdftotext``."""
    tool = shutil.which("pdftotext")
    assert tool, "pdftotext (poppler-utils) is missing"
    done = subprocess.run([tool, "-layout", str(path), "-"], capture_output=True, encoding="utf-8", check=True)
    return done.stdout.split("\f")[:-1]


def page_sizes(path: Path) -> set[tuple[float, float]]:
    with pikepdf.open(path) as pdf:
        boxes = [[float(value) for value in page.mediabox] for page in pdf.pages]
    return {(round(x1 - x0, 2), round(y1 - y0, 2)) for x0, y0, x1, y1 in boxes}


def fonts(path: Path) -> dict[str, bool]:
    """Name of each font without its subset's tag → whether it is embedded."""
    found: dict[str, bool] = {}
    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                name = str(thing["/FontName"]).lstrip("/").split("+")[-1]
                found[name] = any(key in thing for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return found


def pdfa(path: Path) -> tuple[str, str]:
    """Part and conformance level that the file claims in its metadata."""
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        return str(metadata.get("pdfaid:part")), str(metadata.get("pdfaid:conformance"))


def standards(path: Path) -> tuple[str, str, str]:
    """Part and level of PDF/A, and part of PDF/UA, that the file claims in its metadata."""
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        return (*pdfa(path), str(metadata.get("pdfuaid:part")))


def tag_faults(path: Path) -> list[str]:
    """Faults for users of screen readers, as far as the file's structure shows them.

    The package registries have no validator of PDF/A or PDF/UA. These checks are possible by reading the file: that it
    is tagged, that it states language and title, that pictures have descriptions and tables headings, and that every
    page's content is in the structure tree.
    """
    with pikepdf.open(path) as pdf:
        root = pdf.Root
        faults = [] if root.MarkInfo.Marked else ["not tagged"]
        faults += [] if str(root.Lang).startswith("vi") else ["language"]
        faults += [] if root.ViewerPreferences.DisplayDocTitle else ["title not shown"]
        faults += [f"page {i}: no structure" for i, page in enumerate(pdf.pages, 1) if "/StructParents" not in page]
        elements = list(_elements(root.StructTreeRoot))
    kinds = [str(one.S) for one in elements]
    faults += [
        "a picture without words" for one in elements if str(one.S) == "/Figure" and not str(one.get("/Alt", ""))
    ]
    faults += [] if kinds.count("/Table") <= kinds.count("/THead") else ["a table without a head"]
    faults += [f"no {kind}" for kind in ("/H1", "/P", "/TOC", "/Table", "/TH", "/Figure") if kind not in kinds]
    return faults


def _elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _elements(child)


def outside_links(path: Path) -> list[str]:
    """Addresses of links out of the document."""
    with pikepdf.open(path) as pdf:
        links = [link for page in pdf.pages for link in page.get("/Annots", []) if "/A" in link]
        return [str(link["/A"]["/URI"]) for link in links if "/URI" in link["/A"]]
