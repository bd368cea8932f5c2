"""The items of a report asked anew: chart, words, origin and seal of each, ready for any kind of file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from analysis.results.sentences import plain_text
from answers.pool.telling import tell
from charts.kit.layout import Canvas
from reports.chart_files import Leaving
from reports.document import FigureItem, Item, KeptItem, Report, Texts
from reports.figures.figure import Figure
from reports.figures.figure_list import FIGURES
from reports.making.reader import Reader
from reports.narrative.claims import claims_of
from reports.origins import origin_of
from reports.refresh.recipes import recipe_text
from reports.sealed import sealed_as
from words.errors import ManyiError
from words.language import Language, message

#: Pixels of a chart in a report.
PAPER = 968


@dataclass(frozen=True)
class MadeItem:
    """One item as it stands in a file: ``headline`` on top, ``leaving`` the chart whose caption and title are those of the item.

    Where there is none, ``problem`` says why, or it is a page of words (``paragraphs``). ``written`` are the pre-written texts, whether
    they are used or not, ``claims`` fingerprints of what the sentence among them claims; ``title`` is what the chart is called by itself.
    """

    item: Item
    headline: str
    written: Texts
    leaving: Leaving | None = None
    paragraphs: tuple[str, ...] = ()
    problem: str = ""
    title: str = ""
    claims: tuple[str, ...] = ()


def make_items(report: Report, reader: Reader, now: datetime) -> tuple[MadeItem, ...]:
    """Every item in its order, sealed. What cannot be asked keeps its place and says why."""
    made: list[MadeItem] = []
    for place, item in enumerate(report.items, start=1):
        made.append(make_item(item, reader, report.language, now, seal=True))
        tell(place, len(report.items), made[-1].title or made[-1].headline)
    return tuple(made)


def make_item(item: Item, reader: Reader, language: Language, now: datetime, *, seal: bool) -> MadeItem:
    """One item; a figure that cannot be drawn has a problem in the place of its chart. ``seal`` for what leaves, not for looking at it."""
    if isinstance(item, FigureItem):
        return _figure(item, reader, language, now, seal)
    if isinstance(item, KeptItem):
        return _kept(item, reader)
    return MadeItem(item, item.texts.headline, Texts(), paragraphs=item.paragraphs)


def _figure(item: FigureItem, reader: Reader, language: Language, now: datetime, seal: bool) -> MadeItem:
    figure = FIGURES.get(item.figure)
    if figure is None:
        gone = message("This version knows no figure “{code}”.", code=item.figure)
        return MadeItem(item, item.texts.headline or item.figure, Texts(), problem=gone.text(language))
    try:
        return _drawn(item, figure, reader, language, now, seal)
    except ManyiError as error:
        return MadeItem(
            item,
            item.texts.headline or figure.title.text(language),
            Texts(),
            problem=error.text(language),
            title=figure.title.text(language),
        )


def _drawn(item: FigureItem, figure: Figure, reader: Reader, language: Language, now: datetime, seal: bool) -> MadeItem:
    ask = reader.ask(item.scope)
    drawn = figure.drawn(ask, item.choices)
    on = Canvas(ask.schema, language, width=PAPER)
    chart = drawn.draw(on)
    sentence = drawn.sentence(language)
    written = Texts(plain_text(sentence) or chart.title, _how_to_read(chart.title, chart.caption, language))
    origin = origin_of(drawn.answers, ask.schema, language, now, sealed_as(drawn.answers, reader.by) if seal else "")
    origin = replace(origin, recipe=recipe_text(item, language))
    headline = item.texts.headline or written.headline
    shown = replace(chart, title=headline, caption=item.texts.caption or written.caption)
    return MadeItem(item, headline, written, Leaving(shown, on, origin, item.id), title=chart.title, claims=claims_of(sentence))


def _kept(item: KeptItem, reader: Reader) -> MadeItem:
    kept = item.kept
    written = Texts(kept.title, kept.caption)
    headline = item.texts.headline or written.headline
    shown = replace(kept.chart, title=headline, caption=item.texts.caption or written.caption)
    on = Canvas(reader.store.schema(kept.schema_hash), kept.origin.language, width=kept.width)
    return MadeItem(item, headline, written, Leaving(shown, on, kept.origin, item.id, kept.native), title=kept.title)


def _how_to_read(title: str, caption: str, language: Language) -> str:
    """The title of a chart, which its headline does not repeat, and how to read it."""
    stop = "。" if language == "zh_CN" else ". "
    return f"{title}{stop}{caption}".strip()
