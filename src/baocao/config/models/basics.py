"""What the models of ``params/`` are made of: texts, codes, days, and how something was before it changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints

from baocao.months import Month


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


class Named(Model):
    """Something that reporters may name by its name instead of its code."""

    earlier_names: tuple[Text, ...] = ()
    """What it was called before it was renamed; files of earlier months may still say so."""


class Former(Model):
    """How something was before it changed while the plan runs; the months up to then keep to it."""

    last_month: MonthCode
    """The last report month for which it held."""


_Former = TypeVar("_Former", bound=Former)


def former(known: tuple[_Former, ...], month: Month) -> _Former | None:
    """What held for a report month, if something else did than now; of several what ended first after it."""
    held = (one for one in known if str(month) <= one.last_month)
    return min(held, key=lambda one: one.last_month, default=None)
