"""A report as it is kept: cover and items; figures are asked anew from the store whenever a file is made of it.

An item is a figure (its code, scope and choices), a chart kept as it was, or words. The id of an item is its own for good: shapes in
slides and documents are called ``manyi:<id>`` (``manyi:<id>:2`` the second part of a long one), by which a later wave's figures find
their place in a deck that was edited meanwhile.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from reports.kept_chart import KeptChart
from words.language import Language


@dataclass(frozen=True)
class Scope:
    """What an item is about. No ``wave``: the latest there is when a file is made. ``where`` None: as usual, our own customers."""

    survey: str
    wave: str = ""
    where: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True)
class Texts:
    """What a user wrote in the place of the pre-written words; an empty one is the pre-written again.

    ``headline`` stands on top, usually the sentence of the answer; ``caption`` below the figure, usually its title and how to read it.
    """

    headline: str = ""
    caption: str = ""


@dataclass(frozen=True)
class FigureItem:
    """A figure that is asked anew; ``choices`` are plain values of JSON."""

    id: str
    figure: str
    scope: Scope
    choices: Mapping[str, Any] = field(default_factory=dict)
    texts: Texts = Texts()


@dataclass(frozen=True)
class KeptItem:
    """A chart no figure code stands for, kept as it was, with its table and its seal."""

    id: str
    kept: KeptChart
    texts: Texts = Texts()


@dataclass(frozen=True)
class WordsItem:
    """A page of words: a heading and paragraphs."""

    id: str
    paragraphs: tuple[str, ...] = ()
    texts: Texts = Texts()


Item: TypeAlias = FigureItem | KeptItem | WordsItem


@dataclass(frozen=True)
class Cover:
    """The first page. An empty ``title`` is that of the survey, an empty ``date`` the day the file is made."""

    title: str = ""
    subtitle: str = ""
    organisation: str = ""
    author: str = ""
    date: str = ""


@dataclass(frozen=True)
class Template:
    """A company's template of slides: what its file was called, and under which id the store keeps it (base64 of the .pptx)."""

    name: str
    part: str


@dataclass(frozen=True)
class Report:
    """A report. ``storyline`` names the one it was made of; none of one that was put together by hand.

    Without a ``template`` slides are plain.
    """

    name: str
    language: Language
    items: tuple[Item, ...] = ()
    cover: Cover = Cover()
    storyline: str = ""
    template: Template | None = None

    def with_item(self, item: Item) -> Report:
        """The report with one more at its end, or in the place of the one with that id."""
        if any(each.id == item.id for each in self.items):
            return replace(self, items=tuple(item if each.id == item.id else each for each in self.items))
        return replace(self, items=(*self.items, item))

    def joined(self, other: Report) -> Report:
        """The report with the items of another one behind its own; an empty one becomes the other, in its own template."""
        if not self.items:
            return replace(other, template=self.template)
        return replace(self, items=(*self.items, *(replace(item, id=new_item_id()) for item in other.items)))

    def without(self, item_id: str) -> Report:
        """The report without an item."""
        return replace(self, items=tuple(each for each in self.items if each.id != item_id))

    def moved(self, item_id: str, steps: int) -> Report:
        """The report with an item so many places further down, or up."""
        items = list(self.items)
        place = next(number for number, each in enumerate(items) if each.id == item_id)
        item = items.pop(place)
        items.insert(min(max(place + steps, 0), len(items)), item)
        return replace(self, items=tuple(items))


def new_item_id() -> str:
    """An id no other item has."""
    return uuid.uuid4().hex[:12]
