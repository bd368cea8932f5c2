"""Figures of inspections: which items and which places lose points."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from analysis.inspections.estimate_inspections import TOTAL
from analysis.inspections.sentence import repeat_sentence
from analysis.results.sentences import Segment
from answers.inspections import INSPECTIONS
from charts.inspections.lost_points import LostRow, lost_points
from charts.inspections.repeat_bars import repeat_bars
from charts.kit.layout import Canvas, Chart
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from words.language import Language, message, translator
from words.periods import wave_text

GROUPS = {"hall": message("Hall"), "branch": message("Branch"), "month": message("Month"), "visit": message("Visit")}
_TITLES = {
    "hall": message("Which halls lose points?"), "branch": message("Which branches lose points?"),
    "month": message("In which months are points lost?"), "visit": message("At which visits are points lost?"),
}  # fmt: skip


def items(ask: ScopedAsk, choices: Choices) -> Drawn:
    """Points lost by item of the checklist; ``periods`` (usually those of the latest wave that has some)."""
    asked = ask(INSPECTIONS, where=ask.of_branch(), periods=_periods(ask, choices))

    def draw(on: Canvas) -> Chart:
        _ = translator(on.language)
        rows = [LostRow(on.title(row.points.code), row) for row in asked.result.items_of(asked.result.places[0].points)]
        return lost_points(rows, on, how=asked.provenance, title=_("Which items lose points?"), name_header=_("Checklist item"))

    return Drawn(draw, (asked,), asked.sentence)


def places(ask: ScopedAsk, choices: Choices) -> Drawn:
    """Points lost ``by`` hall (usual), branch, month or visit."""
    by = str(choices.get("by") or "hall")
    asked = ask(INSPECTIONS, where=ask.of_branch(), by=[by], codes=[TOTAL], periods=_periods(ask, choices))
    if len(asked.result.places) < 2:
        raise nothing_to_draw(message("There is nothing to compare."))

    def name(keys: dict[str, str | None], on: Canvas) -> str:
        shown = (wave_text(value, on.language) if key == "month" else on.value(key, value) for key, value in keys.items() if value)
        return " · ".join(shown) or translator(on.language)("(not given)")

    def draw(on: Canvas) -> Chart:
        rows = [LostRow(name(dict(row.points.keys), on), row) for row in asked.result.places]
        header, title = GROUPS[by].text(on.language), _TITLES[by].text(on.language)
        return lost_points(rows, on, how=asked.provenance, title=title, name_header=header)

    return Drawn(draw, (asked,), asked.sentence)


def repeats(ask: ScopedAsk, choices: Choices) -> Drawn:
    """What is lost again and again."""
    by = str(choices.get("by") or "hall")
    asked = ask(INSPECTIONS, where=ask.of_branch(), by=[by], codes=[TOTAL], periods=_periods(ask, choices))
    if not asked.result.repeats:
        raise nothing_to_draw(message("Nothing was lost again and again."))

    def told(language: Language) -> Sequence[Segment]:
        return repeat_sentence(asked.result.repeats, language, lambda code: asked.asked.schema.title_of(code, language))

    return Drawn(partial(repeat_bars, asked.result.repeats), (asked,), told)


def _periods(ask: ScopedAsk, choices: Choices) -> list[str]:
    return list(choices.get("periods") or ask.wave_with("inspections"))


ITEMS = Figure("inspection-items", message("Points lost by item"), ("inspections",), items, frozenset({"periods"}))
PLACES = Figure("inspection-places", message("Points lost by place"), ("inspections",), places, frozenset({"periods", "by"}))
REPEATS = Figure("inspection-repeats", message("Points lost again and again"), ("inspections",), repeats, frozenset({"periods", "by"}))
FIGURES = (ITEMS, PLACES, REPEATS)
