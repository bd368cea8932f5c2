"""The next wave's figures into a presentation that was edited since: a new file, and a list of what was done.

The report is made anew by the recipes that lie in the file; figures and words of that fresh presentation go to their places in the user's,
where positions, sizes, colours, titles and slides stay.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from pptx import Presentation

from reports.document import FigureItem, KeptItem, Report, Template, WordsItem
from reports.figures.figure_list import FIGURES
from reports.making.items import MadeItem
from reports.making.making import file_of, make_report
from reports.making.reader import Reader
from reports.refresh.at_wave import at_wave
from reports.refresh.deck_file import open_deck
from reports.refresh.deck_shapes import Placed, item_of, named_shapes
from reports.refresh.find_shapes import found_shapes
from reports.refresh.marks import add_mark, remove_marks
from reports.refresh.names_told import names_in
from reports.refresh.outcome import Line, Refreshed, in_order
from reports.refresh.record import Record, keep_record, read_record, written_parts
from reports.refresh.renew_shape import Known, news_by_name, renew_shape
from reports.refresh.renew_words import renew_cover, renew_pages, renew_words
from reports.refresh.table_rows import TableRows
from reports.refresh.texts import OurTexts
from reports.storylines.storylines import STORYLINES
from storage.catalogue import period_order
from words.errors import ManyiError, unknown
from words.language import Message, message
from words.lists import Listed
from words.periods import WaveName


def refreshed(deck: bytes, reader: Reader, wave: str = "", now: datetime | None = None) -> Refreshed:
    """The presentation with the figures of a wave, the latest where none is named.

    Raises ManyiError for a file that is no presentation or holds no figure of ours, and for a wave that is not there.
    """
    theirs, placed, record = _read(deck)
    at = now or datetime.now()
    moved = at_wave(record.report, reader, wave)
    report, more = _with_words(moved.report, record, reader, at)
    try:
        made = make_report(report, reader, at)
        fresh = Presentation(io.BytesIO(file_of(made, "pptx")))
    except (KeyError, TypeError, ValueError) as error:  # recipes that no version of this program wrote
        raise ManyiError(message("What the presentation says of how its figures were made cannot be read.")) from error
    work = _Work(theirs, fresh, replace(record, report=report), {each.item.id: each for each in made.items}, moved.stayed)
    lines = [*work.done(placed), *more]
    target = io.BytesIO()
    theirs.save(target)
    return Refreshed(target.getvalue(), in_order(lines))


def waves_for(deck: bytes, reader: Reader) -> tuple[str, ...]:
    """The waves a presentation can be refreshed to, oldest first: those of all surveys it has figures of.

    Raises ManyiError like :func:`refreshed`.
    """
    surveys = {item.scope.survey for item in _read(deck)[2].items}
    found = {survey: [wave.label for wave in reader.store.waves(survey)] for survey in sorted(surveys)}
    if not any(found.values()):
        raise unknown(message("survey"), ", ".join(sorted(surveys)), reader.store.surveys())
    return tuple(sorted({label for labels in found.values() for label in labels}, key=period_order))


def _read(deck: bytes) -> tuple[Any, list[Placed], Record]:
    theirs = open_deck(deck)
    placed, recipes = found_shapes(theirs)
    if not placed:
        raise ManyiError(
            message("No figure of this program is in the presentation, so there is nothing to refresh. Make one from a report first.")
        )
    record = _with_strays(read_record(theirs), recipes)
    if record is None:
        raise ManyiError(
            message("The presentation does not say how its figures were made, so they cannot be asked again. Make it anew from its report.")
        )
    return theirs, placed, record


def _with_strays(record: Record | None, recipes: Mapping[str, tuple[FigureItem, Any]]) -> Record | None:
    """The record with the figures of charts that came from other presentations, whose workbooks know their recipes."""
    if record is None:
        if not recipes:
            return None
        record = Record(Report("", next(iter(recipes.values()))[1]))
    known = {item.id for item in record.items} | set(record.kept)
    strays = tuple(item for name, (item, _language) in recipes.items() if name not in known)
    return replace(record, report=replace(record.report, items=(*record.report.items, *strays)))


def _with_words(report: Report, record: Record, reader: Reader, now: datetime) -> tuple[Report, list[Line]]:
    """The report of a storyline with its pages of words as they are told of the wave, and what else would be told of that wave."""
    storyline, first = STORYLINES.get(report.storyline), next(iter(report.items), None)
    report = replace(report, template=_template(report.template, reader))
    if storyline is None or storyline.report is None or not isinstance(first, FigureItem):
        return report, []
    try:
        told = storyline.report(reader.ask(first.scope), reader.by, report.language, now)
    except ManyiError:  # it cannot be told of this wave; its figures say why, each for itself
        return report, []
    pages = tuple(item for item in told.items if isinstance(item, WordsItem) and item.id in record.kept)
    return replace(report, items=(*report.items, *pages)), _not_there_yet(told, report, record)


def _not_there_yet(told: Report, report: Report, record: Record) -> list[Line]:
    """What a new report of the wave would have, and this presentation never had."""
    known = {item.id for item in report.items} | set(record.kept)
    new = [item for item in told.items if item.id not in known and not isinstance(item, KeptItem)]
    if not new:
        return []
    titles = [FIGURES[item.figure].title if isinstance(item, FigureItem) else item.texts.headline for item in new]
    names = Listed([title for place, title in enumerate(titles) if title not in titles[:place]], 5)
    more = message("A new report of this wave has {count} more: {names}. Take them from a new presentation.", count=len(new), names=names)
    return [Line("warning", more)]


def _template(template: Template | None, reader: Reader) -> Template | None:
    """The company's template, where the store still has it; new series take its colours."""
    try:
        found = reader.store.reports.part(template.part) if template else None
    except ManyiError:
        return None
    return template if found is not None else None


class _Work:
    """One refresh: figures, then words, then what is kept for the next one."""

    def __init__(
        self, theirs: Any, fresh: Any, record: Record, made: Mapping[str, MadeItem], stayed: Mapping[str, tuple[str, ...]]
    ) -> None:  # fmt: skip
        self._theirs, self._fresh, self._record, self._made, self._stayed = theirs, fresh, record, made, stayed
        self._names = {item: names_in(each.leaving) for item, each in made.items() if each.leaving is not None}
        self._new = {each.part: each for each in named_shapes(fresh)}
        self._slides = {slide.slide_id: place for place, slide in enumerate(theirs.slides)}
        self._lines: list[Line] = []

    def done(self, placed: list[Placed]) -> list[Line]:
        """All of it."""
        remove_marks(self._theirs)
        texts, renewed = OurTexts(self._theirs), set[str]()
        self._lines += renew_cover(self._theirs, self._fresh, self._record, texts)
        self._lines += renew_pages(self._theirs, self._fresh, self._record, texts)
        rows, told = TableRows(placed, fresh=self._new.values(), written=self._record.parts), set[str]()
        for each in placed:
            place, item = self._slides[each.slide.slide_id], item_of(each.part)
            new = self._counterparts(each.part)
            if not new:
                self._without_figure(each, place)
                continue
            made, known = self._made[item], Known(self._record.parts.get(each.part), rows.of(item), item in self._record.names)
            lines, whole = renew_shape(each, new, known, self._name(made), place + 1)
            self._lines += lines
            if whole:
                self._lines += renew_words(self._theirs, each, new[0], self._record, made, texts, self._name(made), each.part in renewed)
                self._lines += [] if item in told else self._told_of(made, place + 1)
                renewed.add(each.part)
                told.add(item)
        self._missing(placed)
        self._keep(renewed)
        return self._lines

    def _told_of(self, made: MadeItem, slide: int) -> list[Line]:
        """Names that are new or gone in a figure, and the periods it is still about."""
        item, name = made.item.id, self._name(made)
        before, now = self._record.names.get(item), self._names.get(item, ())
        lines = [] if before is None else news_by_name(
            name, [each for each in now if each not in before], [each for each in before if each not in now], slide
        )  # fmt: skip
        if item in self._stayed:
            periods = Listed(tuple(map(WaveName, self._stayed[item])), 3)
            told = message(
                "“{name}” is still about {periods}, which you had chosen; it does not follow the wave.", name=name, periods=periods
            )
            lines.append(Line("check", told, slide))
        return lines

    def _counterparts(self, part: str) -> list[Placed]:
        """The fresh shapes of a part. Where an item came in one piece and now comes in several, or the other way round, all of them."""
        if part in self._new:
            return [self._new[part]]
        item, _colon, place = part.partition(":")
        if not place:
            return [each for name, each in self._new.items() if item_of(name) == item and name.partition(":")[2].isdigit()]
        return [self._new[item]] if place == "1" and item in self._new else []

    def _without_figure(self, placed: Placed, place: int) -> None:
        """A shape there is nothing new for: kept as it was, gone, or not to be asked any more."""
        item = item_of(placed.part)
        made = self._made.get(item)
        if item in self._record.kept:
            told = message("A chart that was kept as it was stays so.")
            self._lines.append(Line("kept", told, place + 1))
        elif made is not None and made.problem:
            told = message("“{name}” has no figures of this wave and stays as it was: {why}", name=self._name(made), why=made.problem)
            self._lines.append(Line("check", told, place + 1))
            self._mark(placed, told)
        elif made is not None:
            told = message("A part of “{name}” is not needed any more and stays as it was.", name=self._name(made))
            self._lines.append(Line("check", told, place + 1))
            self._mark(placed, told)
        else:
            told = message("The shape {name} is called as ours are, but nothing says how its figure was made; it stays as it was.",
                           name=placed.shape.name)  # fmt: skip
            self._lines.append(Line("not found", told, place + 1))

    def _name(self, made: MadeItem) -> Message | str:
        """What the figure of an item is called in every presentation."""
        figure = FIGURES.get(made.item.figure) if isinstance(made.item, FigureItem) else None
        return figure.title if figure else made.headline

    def _mark(self, placed: Placed, told: Any) -> None:
        add_mark(self._theirs, placed.slide, placed.part, told, told, self._record.report.language)

    def _missing(self, placed: list[Placed]) -> None:
        """Figures of the report that are not in the presentation any more, or have grown by a part."""
        there = {each.part for each in placed}
        items = {item_of(part) for part in there}
        for made in self._made.values():
            if not isinstance(made.item, FigureItem):
                continue
            if made.item.id not in items:
                told = message(
                    "“{name}” was not found in the presentation; it was deleted, or its shape was renamed.", name=self._name(made)
                )
                self._lines.append(Line("not found", told))
                continue
            parts = [name for name in self._new if item_of(name) == made.item.id]
            extra = [name for name in parts if name not in there and not {name.rpartition(":")[0], made.item.id} & there]
            if extra:
                told = message("“{name}” has grown by {count} parts that have no slide here; take them from a new presentation.",
                               name=self._name(made), count=len(extra))  # fmt: skip
                self._lines.append(Line("warning", told))

    def _keep(self, renewed: set[str]) -> None:
        """What is written now is what the next refresh compares with; of what was left alone the old record stays."""
        fresh = written_parts(self._fresh)
        parts = {name: part for name, part in self._record.parts.items() if name not in renewed} | {
            name: part for name, part in fresh.items() if name in renewed or name not in self._record.parts
        }
        claims = {**self._record.claims, **{name: made.claims for name, made in self._made.items() if made.claims}}
        keep_record(self._theirs, replace(self._record, parts=parts, claims=claims, names={**self._record.names, **self._names}))
