"""What ``params/`` may say: one frozen model for each file, unknown keys refused.

Cross-file rules (duplicate codes, dangling references) are in :mod:`baocao.config.rules`; reading the YAML and
turning validation errors into messages with file and key path is in :mod:`baocao.config.load`.
"""

from baocao.config.models.basics import VERSION, Former, Model, Text
from baocao.config.models.book import Book, Chapter
from baocao.config.models.calendar import Calendar, Deadline, DueDay, FormerDueDay
from baocao.config.models.checks import Check, Checks, Thresholds
from baocao.config.models.official import OfficialForm
from baocao.config.models.plan import Area, Channel, Erratum, Form, FormerLeads, Funding, Paragraph, Plan
from baocao.config.models.site import Signature, Site
from baocao.config.models.targets import Baseline, Reference, Target, TargetParagraph, Targets
from baocao.config.models.units import Group, Unit, Units
from baocao.config.models.whole import Config

__all__ = [
    "VERSION",
    "Area",
    "Baseline",
    "Book",
    "Calendar",
    "Channel",
    "Chapter",
    "Check",
    "Checks",
    "Config",
    "Deadline",
    "DueDay",
    "Erratum",
    "Form",
    "Former",
    "FormerDueDay",
    "FormerLeads",
    "Funding",
    "Group",
    "Model",
    "OfficialForm",
    "Paragraph",
    "Plan",
    "Reference",
    "Signature",
    "Site",
    "Target",
    "TargetParagraph",
    "Targets",
    "Text",
    "Thresholds",
    "Unit",
    "Units",
]
