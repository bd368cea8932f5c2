"""Figures that set us against competitors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from analysis.compare.compare_competitors import Duels
from analysis.compare.competitor_sentence import Telling, competitors_sentence, rivals, telling
from analysis.results.sentences import Segment
from answers.compare import WITH_COMPETITORS
from answers.compared import CompareOptions
from answers.topic import Answered
from charts.compare.lead_lag_bars import lead_lag_bars
from charts.compare.rival_matrix import rival_matrix
from charts.kit.layout import Canvas, Chart
from reports.figures.duel_rows import DuelRows, brand_rows, indicator_rows
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from survey_schema.columns import Role
from words.language import Language, message, translator

NO_RIVALS = message("This wave has no responses of ours and of a competitor.")
BRINGS_RIVALS = message(
    "Store a workbook whose operator column tells our customers from those of a competitor; the survey says which operator is ours."
)
Asked = Answered[CompareOptions, Duels]


def asked_competitors(ask: ScopedAsk) -> Asked:
    """All comparisons with competitors, of every operator and brand, whatever is selected of them."""
    everybody = ask.without(Role.OPERATOR, Role.BRAND)
    return ask(WITH_COMPETITORS, CompareOptions("competitors"), where=everybody, codes=ask.schema.indicator_codes())


def sentence_against(asked: Asked, rival: str, language: Language) -> Sequence[Segment]:
    """The answer as far as it is about one competitor."""
    duels = tuple(duel for duel in asked.result.duels if duel.gap.keys["operator"] == rival)
    return competitors_sentence(replace(asked.result, duels=duels, composite=()), asked.asked.schema, language)


def matrix(ask: ScopedAsk, _choices: Choices) -> Drawn:
    """Every indicator against every competitor."""
    asked = _with_rivals(ask)
    return Drawn(lambda on: rival_matrix(asked.result, on), (asked,), asked.sentence)


def brands(ask: ScopedAsk, choices: Choices) -> Drawn:
    """Our brands against their rivals in one indicator, ``code`` (usually that of the answer's red clause)."""
    asked = _with_rivals(ask)
    code = choices.get("code") or told_of(asked).code

    def draw(on: Canvas) -> Chart:
        _ = translator(on.language)
        title = _("{indicator}: our brands against their rivals").format(indicator=on.title(code))
        return _bars(asked, brand_rows(asked.result, on.schema, code, on.language), title, _("Brand"), False, 2, on)

    return Drawn(draw, (asked,), asked.sentence)


def _by(level: str) -> Callable[[ScopedAsk, Choices], Drawn]:
    """Dimensions or items against one competitor, ``rival`` (usually that of the answer's red clause)."""

    def figure(ask: ScopedAsk, choices: Choices) -> Drawn:
        asked = _with_rivals(ask)
        rival = choices.get("rival") or told_of(asked).rival

        def draw(on: Canvas) -> Chart:
            _ = translator(on.language)
            heading = _("By dimension, against {rival}") if level == "dimensions" else _("By indicator, against {rival}")
            rows = indicator_rows(asked.result, on.schema, rival, level, on.language)
            title = heading.format(rival=on.value(Role.OPERATOR, rival))
            return _bars(asked, rows, title, _("Indicator"), level == "items", 1, on)

        return Drawn(draw, (asked,), partial(sentence_against, asked, rival))

    return figure


def told_of(asked: Asked) -> Telling:
    """The competitor and the indicator the answer points at; there are competitors."""
    found = telling(asked.result, asked.asked.schema)
    if found is None:
        raise nothing_to_draw(NO_RIVALS, BRINGS_RIVALS)
    return found


def _with_rivals(ask: ScopedAsk) -> Asked:
    asked = asked_competitors(ask)
    if not rivals(asked.result):
        raise nothing_to_draw(NO_RIVALS, BRINGS_RIVALS)
    return asked


def _bars(asked: Asked, rows: DuelRows, title: str, header: str, ordered: bool, decimals: int, on: Canvas) -> Chart:
    result = asked.result.as_result()
    return lead_lag_bars(
        rows.gaps,
        rows.ours,
        rows.theirs,
        rows.names,
        on,
        title=title,
        result=result,
        name_header=header,
        ordered=ordered,
        decimals=decimals,
    )


MATRIX = Figure("competitor-matrix", message("Every indicator against every competitor"), ("compare",), matrix)
BRANDS = Figure("competitor-brands", message("Our brands against their rivals"), ("compare",), brands, frozenset({"code"}))
DIMENSIONS = Figure(
    "competitor-dimensions", message("Dimensions against a competitor"), ("compare",), _by("dimensions"), frozenset({"rival"})
)
ITEMS = Figure("competitor-indicators", message("Indicators against a competitor"), ("compare",), _by("items"), frozenset({"rival"}))
FIGURES = (MATRIX, BRANDS, DIMENSIONS, ITEMS)
