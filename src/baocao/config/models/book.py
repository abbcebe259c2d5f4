"""``params/book.yml``: the chapters of the book."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from baocao.config.models.basics import Model, Text

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
