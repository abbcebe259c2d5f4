"""Codes and names as reporters write them: ``II.4``, ``4``, ``II.4.b``, a code with its words, or a name alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from baocao.config.models import Area, Channel, Config, Form, Paragraph, Target
from baocao.intake.contract import NOTE_KIND_ALIASES, NOTE_KINDS
from baocao.intake.values import Fault, Raw, parse_text
from baocao.text import fold, fold_code

UNKNOWN, CONTRADICTORY = Fault("O-MA"), Fault("O-MACHU")

# A dot ends a code only if words follow: “II.4.b, II.5” does not begin with the code II.4.
_CODE_HEAD = re.compile(
    r"([0-9a-z]+(?:[._/-][0-9a-z]+)*)(?:[.:)\]](?![0-9]|[a-z](?![a-z]))|\s*[-:]\s|\s|[,;&+](?=\s)|$)"
)
_WORDS_AT_ONCE = re.compile(r"([0-9a-z]+(?:[._/-][0-9a-z]+)*)[.:)\]](?=[a-z]{2})")
_JOINED = re.compile(r"(?:[-:.,;&+\s]|(?:va|den|hoac)\s)*")

_NUMERIC = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_AS_TEXT = "; gõ mã vào ô kiểu Văn bản (Text), vì bảng tính đổi mã như 1.10 thành số hoặc ngày"
_NO_FUNDING = "Để trống: kế hoạch không có nguồn kinh phí nào"
_NO_TARGET = "Để trống: kế hoạch không có chỉ tiêu"


_SHORT = 90
"""Length to which a text in a drop-down is shortened."""


def offered(code: str, words: str) -> str:
    """The choice for a code in the blank workbook's drop-downs, which must therefore always be understood."""
    return f"{code} - {words}"


def shortened(text: str) -> str:
    """A bullet's first words, for a drop-down."""
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rsplit(' ', 1)[0].rstrip(',;:')}…"


@dataclass(frozen=True)
class Lookup:
    """Finds the code that a cell means.

    Attributes
    ----------
    codes
        Folded text → code, for texts that may be followed by words.
    names
        Folded name → code, for names that fill the whole cell.
    known
        The allowed codes, as a text for messages.
    """

    codes: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    known: str = ""
    _found: dict[str, str | Fault] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __bool__(self) -> bool:
        """Whether the list has any entries."""
        return bool(self.codes or self.names)

    def find(self, raw: Raw) -> str | Fault:
        """The code that a cell means; a fault if it means none, or if its code and its words contradict each other."""
        text = parse_text(raw)
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def allowed(self, raw: Raw) -> str:
        """The allowed codes, with advice if this cell's number or day may be a code changed by the spreadsheet."""
        may_be_changed = not isinstance(raw, str) and any(_NUMERIC.fullmatch(code) for code in self.codes)
        return self.known + (_AS_TEXT if may_be_changed else "")

    def _find(self, text: str) -> str | Fault:
        key = fold_code(text)
        whole = self.codes.get(key) or self.names.get(key)
        if whole:
            return whole
        words = fold(text.replace("–", "-").replace("—", "-")).lstrip("([ ")
        heads = (pattern.match(words) for pattern in (_CODE_HEAD, _WORDS_AT_ONCE))
        match = next((head for head in heads if head and fold_code(head[1]) in self.codes), None)
        if match is None:
            return UNKNOWN
        code = self.codes[fold_code(match[1])]
        meant = self._meant(words[match.end() :])
        return CONTRADICTORY if meant and meant != code else code

    def _meant(self, behind: str) -> str | None:
        """The code that the words after a code mean: by its name, or because they are a second code."""
        if name := self.names.get(fold_code(behind.lstrip("-:. "))):
            return name
        rest = _JOINED.sub("", behind, count=1)
        match = _CODE_HEAD.match(rest)
        if match is None or (match[1].isdigit() and match.end() < len(rest)):
            return None  # words may begin with a number
        return self.codes.get(fold_code(match[1]))


def _unique(pairs: Iterable[tuple[str, str]], taken: Mapping[str, str] | None = None) -> dict[str, str]:
    """Folded text → code, for texts that mean exactly one code and are not among ``taken``."""
    meanings: dict[str, set[str]] = {}
    for text, code in pairs:
        if key := fold_code(text):
            meanings.setdefault(key, set()).add(code)
    return {key: min(codes) for key, codes in meanings.items() if len(codes) == 1 and key not in (taken or {})}


def _lookup(
    exact: Iterable[tuple[str, str]],
    short: Iterable[tuple[str, str]],
    names: Iterable[tuple[str, str]],
    known: str,
    renamed: Iterable[Area | Form | Channel | Target] = (),
) -> Lookup:
    """A lookup; exact codes precede short forms, these forms without separators, and names precede former names."""
    exact, short, names = tuple(exact), tuple(short), tuple(names)
    codes = _unique(exact)
    codes |= _unique(short, codes)
    codes |= _unique(((fold_code(text).replace(".", ""), code) for text, code in exact), codes)
    taken = codes | {fold_code(name): code for name, code in names}
    earlier = [(text, one.code) for one in renamed for name in one.earlier_names for text in _called(one.code, name)]
    return Lookup(codes, _unique(names, codes) | _unique(earlier, taken), known)


def _called(code: str, name: str) -> tuple[str, str]:
    """A name alone, and as the drop-down offers it."""
    return name, offered(code, name)


@dataclass(frozen=True)
class Codes:
    """The lookups for all code lists of a configuration."""

    content: Lookup
    form: Lookup
    channel: Lookup
    funding: Lookup
    target: Lookup
    note_kind: Lookup

    @classmethod
    def of(cls, config: Config) -> Codes:
        return cls(_content(config), _form(config), _channel(config), _funding(config), _target(config), NOTE_KIND)

    def of_kind(self, kind: str) -> Lookup:
        """The lookup for a column of this kind."""
        lookup: Lookup = getattr(self, kind.replace("-", "_"))
        return lookup


def _content(config: Config) -> Lookup:
    areas = config.plan.areas
    bullets = [(area, bullet) for area in areas for bullet in area.bullets]
    exact = [(area.code, area.code) for area in areas] + [(bullet.code, bullet.code) for _, bullet in bullets]
    short = [(str(area.number), area.code) for area in areas]
    for area, bullet in bullets:
        last = _last_part(bullet, area.code)
        short += [(f"{head}{dot}{last}", bullet.code) for head in (area.code, str(area.number)) for dot in (".", "")]
    names = [(name, area.code) for area in areas for name in dict.fromkeys((area.title, area.short_title))]
    names += [(bullet.text, bullet.code) for _, bullet in bullets]
    names += [(offered(area.code, area.title), area.code) for area in areas]
    names += [(offered(bullet.code, shortened(bullet.text)), bullet.code) for _, bullet in bullets]
    known = _range([area.code for area in areas])
    known += f", hoặc một ý như {bullets[0][1].code}" if bullets else ""
    return _lookup(exact, short, names, known, areas)


def _last_part(bullet: Paragraph, area: str) -> str:
    return bullet.code.removeprefix(area).strip("._-")


def _range(codes: list[str]) -> str:
    return f"{codes[0]} đến {codes[-1]}" if len(codes) > 3 else ", ".join(codes)


def _form(config: Config) -> Lookup:
    forms = config.plan.forms
    names = [(name, form.code) for form in forms for name in (form.name, form.text, offered(form.code, form.name))]
    short = [(str(form.number), form.code) for form in forms]
    return _lookup([(f.code, f.code) for f in forms], short, names, _range([f.code for f in forms]), forms)


def _channel(config: Config) -> Lookup:
    channels = config.plan.channels
    names = [(name, one.code) for one in channels for name in _called(one.code, one.name)]
    return _lookup([(c.code, c.code) for c in channels], (), names, _range(sorted(c.code for c in channels)), channels)


def _funding(config: Config) -> Lookup:
    sources = config.plan.funding
    called = [(name, source.code) for source in sources for name in (source.name, *source.earlier_names)]
    names = [(f"{before}{name}", code) for name, code in called for before in ("", "Nguồn ", "Kinh phí ")]
    names += [(source.text, source.code) for source in sources if source.text]
    return _lookup([(s.code, s.code) for s in sources], (), names, ", ".join(s.name for s in sources) or _NO_FUNDING)


def _target(config: Config) -> Lookup:
    targets = config.targets.targets
    names = [(name, one.code) for one in targets for name in _called(one.code, one.name)]
    known = _range([target.code for target in targets]) or _NO_TARGET
    return _lookup([(t.code, t.code) for t in targets], (), names, known, targets)


def _note_kind() -> Lookup:
    names = [(name, code) for code, name in NOTE_KINDS.items()]
    names += [(name, code) for code, aliases in NOTE_KIND_ALIASES.items() for name in aliases]
    return Lookup({}, _unique(names), ", ".join(NOTE_KINDS.values()))


NOTE_KIND = _note_kind()
"""The lookup for kinds of notes, which does not depend on the configuration."""
