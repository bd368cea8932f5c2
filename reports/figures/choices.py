"""Figures of several answers, rankings and the net promoter score, for everybody and by group."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from analysis.choices.estimate_choices import Choices as Chosen
from analysis.choices.estimate_nps import Promoters
from analysis.choices.estimate_ranking import RankedOptions
from analysis.results.estimates import Estimate
from analysis.results.sentences import Segment
from answers.choices import CHOICES
from answers.nps import NPS
from answers.ranking import RANKING
from answers.topic import Answered
from charts.choices.option_bars import chosen_options, ranked_options
from charts.choices.option_grid import option_grid
from charts.choices.promoter_bars import promoter_bars
from charts.kit.layout import Canvas, Chart
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from survey_schema.columns import DIMENSIONS, Role
from words.language import Language, message, translator

TOLD = frozenset({"question", "by"})


def _asked(ask: ScopedAsk, choices: Choices, topic: Any, by: Sequence[str] = ()) -> Answered[Any, Any]:
    """The answer about the question that is told, else the first one; a column that is compared is not narrowed to one value."""
    codes = [choices["question"]] if choices.get("question") else []
    waves = ask.waves_so_far if list(by) == ["wave"] else None
    return ask(topic, where=ask.without(*by), by=by, codes=codes, waves=waves)


def chosen(ask: ScopedAsk, choices: Choices) -> Drawn:
    """Shares of people and of mentions of everybody."""
    asked = _asked(ask, choices, CHOICES)
    found: Chosen = asked.result.questions[0]
    _refuse_hidden([row.people for row in found.rows])
    return Drawn(partial(chosen_options, found), (asked,), asked.sentence)


def ranked(ask: ScopedAsk, choices: Choices) -> Drawn:
    """Scores, shares put first and mean ranks of everybody."""
    asked = _asked(ask, choices, RANKING)
    found: RankedOptions = asked.result.questions[0]
    _refuse_hidden([row.score for row in found.rows])
    return Drawn(partial(ranked_options, found), (asked,), asked.sentence)


def promoters(ask: ScopedAsk, choices: Choices) -> Drawn:
    """Promoters, passives, detractors and the score, of everybody or by group."""
    by = [choices["by"]] if choices.get("by") else []
    asked = _asked(ask, choices, NPS, by)
    found: Promoters = asked.result
    _refuse_hidden([row.nps for row in found.rows])

    def drawn(on: Canvas) -> Chart:
        _ = translator(on.language)
        names = [on.value(by[0], row.keys[by[0]]) if by else _("All") for row in found.rows]
        title = on.title(found.rows[0].code)
        by_column = _("{question} by {column}").format(question=title, column=on.role_title(by[0])) if by else title
        return promoter_bars(found, on, names=names, title=by_column)

    return Drawn(drawn, (asked,), asked.sentence)


def chosen_by_group(ask: ScopedAsk, choices: Choices) -> Drawn:
    """Shares of people by group."""
    by = _column(ask, choices)
    asked = _asked(ask, choices, CHOICES, [by])
    found: Chosen = asked.result.questions[0]
    return _grid([row.people for row in found.rows], asked, by, found.question.title.text, 1)


def ranked_by_group(ask: ScopedAsk, choices: Choices) -> Drawn:
    """Scores by group."""
    by = _column(ask, choices)
    asked = _asked(ask, choices, RANKING, [by])
    found: RankedOptions = asked.result.questions[0]
    return _grid([row.score for row in found.rows], asked, by, found.question.title.text, 2)


def _grid(entries: Sequence[Estimate], asked: Answered[Any, Any], by: str, title: Any, decimals: int) -> Drawn:
    _refuse_hidden(entries)

    def drawn(on: Canvas) -> Chart:
        _ = translator(on.language)
        unit = _("Share of people, %.") if decimals == 1 else _("Score by places.")
        return option_grid(entries, on, title=title(on.language), role=by, decimals=decimals, unit=unit)

    return Drawn(drawn, (asked,), _no_sentence)


def _no_sentence(_language: Language) -> Sequence[Segment]:
    return ()


def columns_to_compare(ask: ScopedAsk) -> list[str]:
    """What a question can be compared by: dimensions of two values or more, text attributes with listed values, waves."""
    known = [str(name) for name in DIMENSIONS if ask.has(name) and name not in ask.where]
    listed = [column for column in ask.schema.columns if column.role is Role.ATTRIBUTE and column.kind == "text" and column.choices]
    return [*known, *(column.code for column in listed), *([str(Role.WAVE)] if len(ask.waves_so_far) > 1 else [])]


def _column(ask: ScopedAsk, choices: Choices) -> str:
    """The column that is told, else the first that can be compared."""
    there = [choices["by"]] if choices.get("by") else columns_to_compare(ask)
    if not there:
        raise nothing_to_draw(message("There are no groups to compare."))
    return str(there[0])


def _refuse_hidden(entries: Sequence[Estimate]) -> None:
    """Raises ManyiError where nothing may be shown, with the reason."""
    if not any(entry.value is not None for entry in entries):
        raise nothing_to_draw(next((entry.reason for entry in entries if entry.reason is not None), None))


CHOSEN = Figure("choices", message("What people chose"), ("choices",), chosen, TOLD)
CHOSEN_BY = Figure("choices-groups", message("What people chose, by group"), ("choices",), chosen_by_group, TOLD)
RANKED = Figure("ranking", message("What people put first"), ("ranking",), ranked, TOLD)
RANKED_BY = Figure("ranking-groups", message("What people put first, by group"), ("ranking",), ranked_by_group, TOLD)
PROMOTERS = Figure("promoters", message("Promoters, passives and detractors"), ("nps",), promoters, TOLD)
FIGURES = (CHOSEN, CHOSEN_BY, RANKED, RANKED_BY, PROMOTERS)
