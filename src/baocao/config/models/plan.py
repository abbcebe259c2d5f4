"""``params/plan.yml``: the plan as a document, what it asks of whom, and its contradictions.

Some fields only keep the plan's own words (``date_text``, ``due_text``, ``preamble`` …): no figure or page uses them,
but with them the file holds the whole plan and can be compared with it.
"""

from __future__ import annotations

from pydantic import Field, StrictBool

from baocao.config.models.basics import Code, Day, Former, Model, Named, Text, Whole, former
from baocao.config.models.site import Signature
from baocao.months import Month, Term


class Document(Model):
    """The plan as a document."""

    number: Text
    kind: Text
    issuer: tuple[Text, ...]
    place: Text
    date: Day
    date_text: Text
    title: Text
    signature: Signature
    signer: str = ""
    short_title: Text
    """What the plan is called in running text."""


class LegalBasis(Model):
    code: Code
    kind: Text
    number: Text
    number_corrected: str = ""
    issuer: Text
    date: Day | None = None
    """Empty where the plan contradicts itself: a date is never guessed."""
    dates_in_text: dict[str, Day] = Field(default_factory=dict)
    about: str = ""
    where: str = ""
    erratum: Code | None = None


class Paragraph(Model):
    """A paragraph of the plan, word for word."""

    code: Code
    text: Text


class Timing(Model):
    text: Text
    recurring: StrictBool
    start_year: Whole
    end: Day | None = None


class FormerLeads(Former):
    """The units that led an area in earlier months; empty if no unit had to work on it yet."""

    lead_units: tuple[Code, ...]


class Area(Named):
    """A content area of the plan with its bullets."""

    code: Code
    number: Whole = Field(ge=1)
    title: Text
    short_title: str = ""
    """A short name for tables and charts; ``title`` is the plan's."""
    bullets: tuple[Paragraph, ...] = ()
    lead_units: tuple[Code, ...]
    """Units that lead, in the plan's order; the first is the primary one. Empty if nobody has to work on the area any
    more; the units that did are then in ``earlier_leads``."""
    earlier_leads: tuple[FormerLeads, ...] = ()
    lead_text: Text
    coordinating_units: tuple[Code, ...] = ()
    """Units and groups that coordinate."""
    coordinating_text: str = ""
    timing: Timing
    note: str = ""

    def leads_in(self, month: Month) -> tuple[Code, ...]:
        """Codes of the units and groups that lead in a report month, the primary one first."""
        before = former(self.earlier_leads, month)
        return before.lead_units if before else self.lead_units

    def counts_in(self, term: Term) -> bool:
        """Whether anybody has to work on the area during the term; not if it was dropped before or comes later."""
        return any(self.leads_in(month) for month in term.months)


class Form(Named):
    """A form of communication."""

    code: Code
    number: Whole = Field(ge=1)
    name: Text
    """A short name for tables and charts; ``text`` is the plan's."""
    text: Text
    channels: tuple[Code, ...] = ()
    """Channels that belong to the form; a channel that no form names belongs to all of them."""
    products: tuple[Text, ...] = ()
    gathers: StrictBool = False
    """Whether people gather, so that attendees are counted."""


class Channel(Named):
    code: Code
    name: Text
    named_in: tuple[Text, ...] = ()


class Funding(Named):
    """A funding source (part IV of the plan)."""

    code: Code
    name: Text
    """What a reporter writes in the column."""
    text: str = ""


class ReportingDuty(Model):
    cycle_in_text: tuple[Text, ...]
    sender: Text
    receiver: Text
    via: Code
    due_text: Text
    forward_to: Text
    forward_due_text: Text


class Duty(Model):
    code: Code
    unit: Code
    text: Text
    tasks: tuple[Text, ...] = ()
    reporting: ReportingDuty | None = None
    errata: tuple[Code, ...] = ()


class Recipient(Model):
    text: Text
    corrected: Text
    role: Text
    role_code: str = ""


class Erratum(Model):
    """A contradiction or typo in the plan: the plan's text is kept, the treatment is shown beside it."""

    code: Code
    where: Text
    quote: Text
    kind: Text
    corrected: str = ""
    """The quote as it should read; empty if that is uncertain or the spelling is right."""
    problem: Text
    """What is wrong, in Vietnamese."""
    treatment: Text
    """How the reports treat it, in Vietnamese."""


class Section(Model):
    title: Text
    text: str = ""


class Plan(Model):
    document: Document
    legal_bases: tuple[LegalBasis, ...] = ()
    preamble: str = ""
    purposes: tuple[Paragraph, ...] = ()
    requirements: tuple[Paragraph, ...] = ()
    areas_title: Text
    areas: tuple[Area, ...]
    forms_title: Text
    forms: tuple[Form, ...]
    channels: tuple[Channel, ...]
    budget: Section
    funding: tuple[Funding, ...]
    duties_section: Section
    duties: tuple[Duty, ...] = ()
    closing: str = ""
    recipients: tuple[Recipient, ...] = ()
    errata: tuple[Erratum, ...] = ()

    @property
    def area_codes(self) -> dict[str, str]:
        """Each area's and bullet's code → its area's code."""
        pairs = {area.code: area.code for area in self.areas}
        return pairs | {b.code: area.code for area in self.areas for b in area.bullets}
