"""``params/site.yml``: who reports."""

from __future__ import annotations

from pydantic import Field, StrictBool

from baocao.config.models.basics import Code, Model, Text


class Signature(Model):
    """The signature block of the official report (Decree 30/2020/NĐ-CP, Appendix I)."""

    authority: str = ""
    """``TM. ỦY BAN NHÂN DÂN``; empty if the head signs by position alone, such as ``GIÁM ĐỐC``."""
    on_behalf: str = ""
    position: Text


class Site(Model):
    """Who reports: identity of the issuing body, and what every page says about it."""

    name: Text
    """The body as running text: ``UBND phường …``."""
    short_name: Text
    """The place's name as running text: ``phường …``."""
    issuer: tuple[Text, ...] = Field(min_length=1)
    """The issuing body's lines above the rule, in capitals."""
    superior: str = ""
    """The line above the issuing body's, if the form has one."""
    place: Text
    """Place name before the date."""
    report_to: Text
    """Who receives the official report (“Kính gửi:”)."""
    report_code: Text
    """The part of the document number after the slash: ``BC-UBND``."""
    coordinator: Code
    """The unit that gathers the reports."""
    draft_code: Text
    """The drafting unit's sign in the last line of the recipients' list (“Lưu: VT, …”)."""
    signature: Signature
    scopes: dict[str, Text]
    """Names of the targets' scopes, the site's own first: ``ward: Phường``, ``province: Tỉnh``."""
    timezone: Text = "Asia/Ho_Chi_Minh"
    demonstration: StrictBool = False
    """Whether the figures are made up; every page and document then says so."""
    book_title: Text
    book_subtitle: str = ""
    """Subtitle on the PDF's cover; none if empty."""
    emblem: str = ""
    """File of an emblem for the PDF's cover, relative to the project; none if empty."""
