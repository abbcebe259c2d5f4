"""Building blocks of the models of ``params/``: texts, codes, days, and former states of things that changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints

from baocao.months import Month


def _iso(read: Callable[[str], object]) -> BeforeValidator:
    """A validator that parses text in ISO 8601 form and leaves other values to the type.

    Numbers are refused as days and times: YAML reads ``17:00`` without quotes as 1020, which pydantic would take for
    seconds.
    """

    def value(given: Any) -> Any:
        try:
            return read(given) if isinstance(given, str) else given
        except ValueError:
            return given

    return BeforeValidator(value)


def _clock(text: str) -> time:
    """A time in the site's own zone; a text with another zone is refused, because the zone would be lost."""
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
"""The version in a submitted file's name, right after the unit's code."""


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Named(Model):
    """Something that reporters may refer to by name instead of by code."""

    earlier_names: tuple[Text, ...] = ()
    """Names before it was renamed; files of earlier months may still use them."""


class Former(Model):
    """The former state of something that changed while the plan runs; earlier months keep to it."""

    last_month: MonthCode
    """The last report month for which this state held."""


_Former = TypeVar("_Former", bound=Former)


def former(known: tuple[_Former, ...], month: Month) -> _Former | None:
    """The former state that held in a report month: of those that ended later, the first to end; None if none did."""
    held = (one for one in known if str(month) <= one.last_month)
    return min(held, key=lambda one: one.last_month, default=None)
