"""The live figures of a QC project drawn from the store: within its wave and selection, beside what they said when they were taken in."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from answers.source import StoreSource
from projects.evidence import AsOfThen, Evidence, LiveFigure, Part
from projects.evidence_of import with_evidence
from projects.figures_then import ThenAndNow, as_of_then, then_and_now
from projects.sections import About
from reports.document import Scope, new_item_id
from reports.figures.figure import Drawn, Figure
from reports.figures.figure_list import FIGURES
from reports.figures.scoped_ask import ScopedAsk
from reports.making.reader import Reader
from survey_schema.loading import builtin_names, load_schema, schema_hash
from words.errors import ManyiError
from words.language import Message, message


@dataclass(frozen=True)
class LookedAt:
    """A live figure looked at now. ``drawn`` is None where it cannot be drawn; ``found`` says why, and what it said when it was taken."""

    live: LiveFigure
    scope: Scope
    found: ThenAndNow
    drawn: Drawn | None = None
    figure: Figure | None = None


def scope_of(about: About, live: LiveFigure | None = None) -> Scope:
    """The data a figure of a project is about: its own wave and selection where it has some, else those of the project."""
    wave = (live.wave if live else "") or about.wave
    where: Mapping[str, str] | None = about.where or None
    if live is not None and live.where is not None:
        where = live.where
    return Scope(about.survey, wave, None if where is None else tuple(sorted(where.items())))


def asked_of(about: About, reader: Reader, live: LiveFigure | None = None) -> ScopedAsk:
    """The door within the data of a project. Raises ManyiError where it has no survey, or where its survey or wave is gone."""
    if not about.survey:
        raise ManyiError(message("This project names no survey, so nothing can be asked of the store."))
    return reader.ask(scope_of(about, live))


def own_ask(about: About, reader: Reader) -> ScopedAsk:
    """The door for figures of what a project holds itself, most of which read no data.

    Within the data of the project where they are there, for tests of causes may ask for them; else by another survey, or a ready-made one.
    """
    with suppress(ManyiError):
        return asked_of(about, reader)
    there = reader.store.surveys()
    if there:
        return reader.ask(Scope(about.survey if about.survey in there else there[0]))
    schema = load_schema(builtin_names()[0])
    source = StoreSource(reader.store, schema.name, schema_hash(schema), reader.rules, reader.kept, reader.rows, draft=schema, as_of=())
    return ScopedAsk(source, schema.name, "", {})


def looked_at(about: About, live: LiveFigure, reader: Reader) -> LookedAt:
    """The figure as it is now, set against what was taken in; one that cannot be had any more says why."""
    scope, figure = scope_of(about, live), FIGURES.get(live.figure)
    if figure is None:
        return _gone(live, scope, message("This version knows no figure “{code}”.", code=live.figure))
    try:
        drawn = figure.drawn(asked_of(about, reader, live), live.choices)
        now = _now(drawn)
    except ManyiError as error:
        return _gone(live, scope, error.message, figure)
    except (ValueError, TypeError, KeyError):  # choices of a file, or of a version that knew others
        return _gone(live, scope, message("The choices of this figure are not those it can be told."), figure)
    return LookedAt(live, scope, then_and_now(live.as_of, now), drawn, figure)


def taken(about: About, live: LiveFigure, reader: Reader) -> LiveFigure:
    """The figure with what it says now; as it was, with what it said then, where it cannot be had."""
    now = looked_at(about, live, reader).found.now
    return live if now is None else live.model_copy(update={"as_of": now})


def all_taken(about: About, part: Part, reader: Reader) -> Part:
    """A section whose figures nobody took in yet has what they say now."""

    def take(each: Evidence) -> Evidence:
        return taken(about, each, reader) if isinstance(each, LiveFigure) and each.as_of is None else each

    return with_evidence(part, take)


def new_figure(code: str, choices: Mapping[str, object] | None = None, *, wave: str = "", caption: str = "") -> LiveFigure:
    """A live figure that is in no project yet."""
    return LiveFigure(id=new_item_id(), figure=code, choices=dict(choices or {}), wave=wave, caption=caption)


def _now(drawn: Drawn) -> AsOfThen:
    return as_of_then(drawn.answers, drawn.sentence, datetime.now(UTC).isoformat(timespec="seconds"))


def _gone(live: LiveFigure, scope: Scope, why: Message, figure: Figure | None = None) -> LookedAt:
    return LookedAt(live, scope, then_and_now(live.as_of, None, why), None, figure)
