"""What ``params/`` may say: one frozen model a file, unknown keys refused.

Cross-file rules (duplicate codes, dangling references) are in :mod:`baocao.config.rules`; reading the YAML and
turning validation errors into messages with file and key path is in :mod:`baocao.config.load`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StrictBool,
    StringConstraints,
    field_validator,
)

from baocao.config.default_checks import default_checks
from baocao.months import Month
from baocao.text import fold_name


def _iso(read: Callable[[str], object]) -> BeforeValidator:
    """Reads text as ISO 8601 has it, and leaves the rest to the type.

    Numbers are no days and no times: YAML takes ``17:00`` without quotes for 1020, which pydantic takes for seconds.
    """

    def value(given: Any) -> Any:
        try:
            return read(given) if isinstance(given, str) else given
        except ValueError:
            return given

    return BeforeValidator(value)


def _clock(text: str) -> time:
    """A time of the site's own zone; one that names another would be read without it."""
    found = time.fromisoformat(text)
    if found.tzinfo is not None:
        raise ValueError(text)
    return found


Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
Whole: TypeAlias = Annotated[int, Strict()]
Day: TypeAlias = Annotated[date, Strict(), _iso(date.fromisoformat)]  # a field named `date` hides the type
Clock: TypeAlias = Annotated[time, Strict(), _iso(_clock)]
Year: TypeAlias = Annotated[int, Strict(), Field(ge=1900, le=2999)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-zĐđ0-9][A-Za-zĐđ0-9._-]*$", max_length=40)]
"""A code that also serves in file names and addresses: no separator, no space, no leading dot."""
MonthCode = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
"""A report month."""
VERSION = r"\.v(?P<version>[0-9]{1,4})"
"""How a submitted file's name states its version, right after the unit's code."""


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Former(Model):
    """How something was before it changed while the plan runs; the months up to then keep to it."""

    last_month: MonthCode
    """The last report month for which it held."""


_Former = TypeVar("_Former", bound=Former)


def former(known: tuple[_Former, ...], month: Month) -> _Former | None:
    """What held for a report month, if something else did than now; of several what ended first after it."""
    held = (one for one in known if str(month) <= one.last_month)
    return min(held, key=lambda one: one.last_month, default=None)


# -- params/site.yml ------------------------------------------------------------------------------------------------


class Signature(Model):
    """The signature block of the official report (Decree 30/2020/NĐ-CP, Appendix I)."""

    authority: Text
    on_behalf: str = ""
    position: Text


class Site(Model):
    """Who reports: identity of the issuing body, and what every page says of it."""

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
    """What stands after the number: ``BC-UBND``."""
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
    """What the book is about, under its title on the PDF's cover; nothing if empty."""
    emblem: str = ""
    """File of an emblem for the PDF's cover, relative to the project; none if empty."""


# -- params/plan.yml ------------------------------------------------------------------------------------------------


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
    dates_in_text: dict[str, Day] = {}
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
    """The units that led an area before others took it over; none if nobody had to work on it yet."""

    lead_units: tuple[Code, ...]


class Area(Model):
    """A content area of the plan with its bullets."""

    code: Code
    number: Whole = Field(ge=1)
    title: Text
    short_title: str = ""
    """A short name for tables and charts; ``title`` is the plan's."""
    bullets: tuple[Paragraph, ...] = ()
    lead_units: tuple[Code, ...]
    """Units that lead, in the plan's order; the first is the primary one."""
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


class Form(Model):
    """A form of communication."""

    code: Code
    number: Whole = Field(ge=1)
    name: Text
    """A short name for tables and charts; ``text`` is the plan's."""
    text: Text
    channels: tuple[Code, ...] = ()
    """Channels that go with the form; one that no form names goes with all."""
    products: tuple[Text, ...] = ()
    gathers: StrictBool = False
    """Whether people come together, so that attendees are counted."""


class Channel(Model):
    code: Code
    name: Text
    named_in: tuple[Text, ...] = ()


class Funding(Model):
    """A funding source (part IV of the plan)."""

    code: Code
    name: Text
    """What a reporter writes in the column."""
    earlier_names: tuple[Text, ...] = ()
    """What reporters wrote before it was renamed; files of earlier months still say so."""
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
    """A contradiction or typo of the plan: the text stays, the treatment stands beside it."""

    code: Code
    where: Text
    quote: Text
    kind: Text
    corrected: str = ""
    """The quote as it should read; empty where that is not certain or nothing is misspelt."""
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


# -- params/targets.yml ---------------------------------------------------------------------------------------------

TargetType = Literal["ratio", "threshold", "growth", "boolean", "relative", "qualitative"]
Comparator = Literal[">=", ">", "<=", "<", "==", "between", "in_leading_group"]


class Baseline(Model):
    year: Year
    value: Decimal
    source: Text


class Reference(Model):
    """The value that a relative target is held against, for one year."""

    year: Year
    value: Decimal
    source: Text


class Target(Model):
    """A target of the plan (types: design, section 2)."""

    code: Code
    scope: Text
    paragraph: Code
    year: Year
    name: Text
    type: TargetType
    comparator: Comparator | None = None
    comparator_explicit: StrictBool = True
    value: StrictBool | Decimal | None = Field(default=None, union_mode="left_to_right")
    """The bound, in ``unit``; true for a boolean; none for a range, a relative or a qualitative target."""
    value_min: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    numerator: str = ""
    denominator: str = ""
    part_of: Code | None = None
    text: Text
    note: str = ""
    errata: tuple[Code, ...] = ()
    unscored_because: str = ""
    """Why the target is listed but not scored (in Vietnamese); empty if it is scored."""
    reporters: tuple[Code, ...] = ()
    """Units that owe the value, by precedence; empty if none is named."""
    baseline: Baseline | None = None
    references: tuple[Reference, ...] = ()

    @property
    def scale(self) -> int:
        """What a numerator on its denominator is multiplied with to be in ``unit``: per cent, per mille, or neither."""
        return {"%": 100, "‰": 1000}.get(self.unit[:1], 1)


class TargetParagraph(Model):
    code: Code
    scope: Text
    year: Year
    text: Text


class Targets(Model):
    paragraphs: tuple[TargetParagraph, ...]
    targets: tuple[Target, ...]


# -- params/units.yml -----------------------------------------------------------------------------------------------


class Unit(Model):
    """A reporting unit and the time for which it is on the register."""

    code: Code
    name: Text
    kind: Code
    """The kind by which groups gather units: ``office``, ``school``, ``quarter`` …"""
    valid_from: Day
    valid_to: Day | None = None
    """Last day, included; none while the unit exists."""

    def valid_on(self, day: Day) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def answers_to(self, text: str) -> bool:
        """Whether a text is the unit's code or name, also a name that it shares with others, or both together."""
        shared = self.name.removesuffix(f" ({self.code})")
        names = (self.code, self.name, shared, f"{self.code} - {shared}", f"{shared} ({self.code})")
        return fold_name(text) in map(fold_name, names)


class Group(Model):
    """A group that the plan names (“các trường học”), resolved through the register."""

    code: Code
    name: Text
    kinds: tuple[Code, ...] = ()
    units: tuple[Code, ...] = ()
    leads: StrictBool = False
    """Whether the group is that of all units which lead a content area."""


class Units(Model):
    kinds: dict[Code, Text]
    units: tuple[Unit, ...]
    """Those that share a name (quarters of wards that were merged) have their code behind it."""
    groups: tuple[Group, ...] = ()

    @field_validator("units")
    @classmethod
    def _told_apart(cls, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        count = Counter(fold_name(unit.name) for unit in units)
        return tuple(
            unit.model_copy(update={"name": f"{unit.name} ({unit.code})"}) if count[fold_name(unit.name)] > 1 else unit
            for unit in units
        )


# -- params/calendar.yml --------------------------------------------------------------------------------------------


class DueDay(Model):
    """A day of the report month, and how “before” it is read."""

    day: Whole = Field(ge=1, le=31)
    months_later: Whole = Field(default=0, ge=0, le=2)
    strict: StrictBool = True
    """Strict: “before the 14th” ends with the 13th; otherwise with the 14th."""
    at: Clock = time(23, 59, 59)
    text: str = ""


class FormerDueDay(DueDay, Former):
    """A deadline as it was before."""


class Deadline(DueDay):
    """A deadline as it holds now, and as it held before."""

    earlier: tuple[FormerDueDay, ...] = ()

    def of(self, month: Month) -> DueDay:
        """The deadline that holds for a report month."""
        return former(self.earlier, month) or self


class Calendar(Model):
    """Period scheme and deadlines (Decree 09/2019/NĐ-CP, Article 12)."""

    scheme: Literal["mid-month", "calendar-month"]
    first_day: Whole = Field(default=15, ge=2, le=28)
    """First day of a mid-month period: that day of the month before the report month."""
    first_month: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")]
    """The plan's first report month."""
    starts: Day
    """The day on which the plan takes effect; no activity is older."""
    cut_off: Deadline
    unit_due: Deadline
    site_due: Deadline
    lock: Deadline
    move_to_working_day: StrictBool = False
    """Whether a deadline on a day off moves to the working day before it."""
    country: str = ""
    """ISO code of the country whose public holidays are days off; without it only Saturdays and Sundays are."""
    days_off: tuple[Day, ...] = ()
    """Days off that the holidays of the country do not know."""
    working_days: tuple[Day, ...] = ()
    """Days on which people work although they are a weekend's or a holiday's."""


# -- params/checks.yml ----------------------------------------------------------------------------------------------


MOST = 10_000_000_000_000
"""Of what one cell may be allowed to hold: numbers of 64 bits still hold the sum of 900 000 such cells."""


class Thresholds(Model):
    max_quantity: Whole = Field(default=1_000_000, ge=1, le=MOST)
    max_people: Whole = Field(default=10_000_000, ge=1, le=MOST)
    max_cost: Whole = Field(default=1_000_000_000_000, ge=1, le=MOST)
    max_text: Whole = Field(default=2_000, ge=1)
    max_rows: Whole = Field(default=50_000, ge=1)
    max_file_mb: Whole = Field(default=20, ge=1)
    history_months: Whole = Field(default=13, ge=2)
    """How many months before the report month the ledger carries for comparison."""
    duplicate_months: Whole = Field(default=3, ge=0)
    """In how many months before the report month an activity is looked for that is reported again."""
    jump_min_months: Whole = Field(default=4, ge=2)
    """How many earlier months with figures a unit needs before its figures are held against them."""
    jump_score: Decimal = Field(default=Decimal("3.5"), gt=0)
    """Robust z-score beyond which a figure is asked about (Iglewicz and Hoaglin, 1993)."""
    jump_min_percent: Whole = Field(default=50, ge=0)
    """Smallest change, in per cent of the median, that is asked about."""
    evidence_patterns: tuple[Text, ...] = ()
    """Regular expressions one of which a piece of evidence must match somewhere; any text passes if there is none."""


class Check(Model):
    """What a finding says, and how grave it is (codes: :mod:`baocao.config.check_codes`)."""

    severity: Literal["error", "warning"]
    """``error`` rejects the row, the sheet or the file; ``warning`` keeps it and asks."""
    enabled: StrictBool = True
    message: Text
    """What is wrong."""
    allowed: str = ""
    """What is allowed; empty for what the column allows."""
    action: Text
    """What to do."""


class Checks(Model):
    thresholds: Thresholds = Thresholds()
    checks: Mapping[str, Check] | None = None
    """Checks by their code. One that is not listed is as the package brings it: the file may be older than the check,
    and what a closed month keeps cannot be brought up to date."""


def _default_checks() -> Any:
    return {code: Check.model_validate(entry) for code, entry in default_checks().items()}


# -- params/book.yml ------------------------------------------------------------------------------------------------

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class Chapter(Model):
    """A chapter kind: one notebook, run once a month or once a month and unit."""

    notebook: Slug
    """Name of the notebook without its ending."""
    slug: Slug
    """File and address of the chapter; a unit chapter's is followed by ``-`` and the unit's code in lower case."""
    title: Text
    """The chapter's title; a unit chapter's is the unit's name."""
    per: Literal["month", "unit"] = "month"
    part: str = ""
    """The part of the book under which the chapter stands; none if empty."""
    about: str = ""
    """What the chapter answers, for the map of the book on the front page."""


class Book(Model):
    chapters: tuple[Chapter, ...]


# -- params/official.yml --------------------------------------------------------------------------------------------

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
    """The form of the official report (Decree 30/2020/NĐ-CP, Appendix I); a site may leave out what stays as it is."""

    country: Text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    motto: Text = "Độc lập - Tự do - Hạnh phúc"
    kind: Text = "BÁO CÁO"
    face: Text = "Times New Roman"
    """The typeface of the Word file; the PDF takes the house's face of the same widths."""
    margins: Margins = Margins()
    sizes: Sizes = Sizes()
    first_line_cm: Annotated[Decimal, Field(ge=0, le=3)] = Decimal("1.27")
    paragraph_gap: Annotated[Decimal, Field(ge=0, le=24)] = Decimal(6)
    """Points after a paragraph."""
    line_spacing: Annotated[Decimal, Field(ge=1, le=2)] = Decimal("1.15")
    recipients: tuple[Text, ...] = ()
    """Who receives a copy, between “Như trên” and “Lưu”."""
    annex_pages: Literal["continue", "restart"] = "restart"
    """Whether the annex goes on with the report's page numbers, or has its own, none shown on its first page.

    Decree 30/2020/NĐ-CP, Appendix I, part I, section III, point 1đ: each annex is numbered by itself.
    """


class Config(Model):
    """All of ``params/``, checked."""

    site: Site
    plan: Plan
    targets: Targets
    units: Units
    calendar: Calendar
    book: Book
    official: OfficialForm = OfficialForm()
    thresholds: Thresholds = Thresholds()
    checks: Mapping[str, Check] = Field(default_factory=_default_checks)

    @property
    def target_scopes(self) -> dict[str, str]:
        """The scopes for which the plan has targets, with their names; a plan may have none."""
        used = {target.scope for target in self.targets.targets}
        return {code: name for code, name in self.site.scopes.items() if code in used}
