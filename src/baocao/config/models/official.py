"""``params/official.yml``: the form of the official report."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from baocao.config.models.basics import Model, Text

Millimetres = Annotated[Decimal, Field(ge=5, le=60)]
Points = Annotated[Decimal, Field(ge=8, le=20)]


class Margins(Model):
    """Millimetres. Decree 30: top and bottom 20 to 25, left 30 to 35, right 15 to 20."""

    top: Millimetres = Decimal(22)
    bottom: Millimetres = Decimal(22)
    left: Millimetres = Decimal(30)
    right: Millimetres = Decimal(18)


class Sizes(Model):
    """Points."""

    body: Points = Decimal(14)
    country: Points = Decimal(13)
    motto: Points = Decimal(14)
    issuer: Points = Decimal(13)
    number: Points = Decimal(13)
    place: Points = Decimal(14)
    title: Points = Decimal(14)
    addressee: Points = Decimal(14)
    signature: Points = Decimal(14)
    recipients_heading: Points = Decimal(12)
    recipients: Points = Decimal(11)
    page_number: Points = Decimal(14)
    table: Points = Decimal(11)


class OfficialForm(Model):
    """The form of the official report (Decree 30/2020/NĐ-CP, Appendix I); what a site leaves out has its default."""

    country: Text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    motto: Text = "Độc lập - Tự do - Hạnh phúc"
    kind: Text = "BÁO CÁO"
    face: Literal["Times New Roman", "Liberation Serif", "Tinos", "TeX Gyre Termes", "Nimbus Roman"] = "Times New Roman"
    """Typeface of the Word file: that of Decree 30, or one with the same letter widths, like the PDF's typeface."""
    margins: Margins = Margins()
    sizes: Sizes = Sizes()
    first_line_cm: Annotated[Decimal, Field(ge=0, le=3)] = Decimal("1.27")
    paragraph_gap: Annotated[Decimal, Field(ge=0, le=24)] = Decimal(6)
    """Points after a paragraph."""
    line_spacing: Annotated[Decimal, Field(ge=1, le=2)] = Decimal("1.15")
    recipients: tuple[Text, ...] = ()
    """Recipients of a copy, listed between “Như trên” and “Lưu”."""
    annex_pages: Literal["continue", "restart"] = "restart"
    """Whether the annex continues the report's page numbers, or starts anew with no number on its first page.

    Decree 30/2020/NĐ-CP, Appendix I, part I, section III, point 1đ: each annex has page numbers of its own.
    """
