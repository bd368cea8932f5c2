"""Figures of KPIs: what they say beside customers, and every KPI by branch."""

from __future__ import annotations

from answers.kpis import KPIS, Kpis
from answers.question import NoOptions
from answers.topic import Answered
from charts.kit.layout import Canvas, Chart, confidence_text
from charts.kpis.kpi_grid import kpi_grid
from charts.kpis.two_indices import two_indices
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from survey_schema.columns import Role
from words.language import message, translator

_PERIODS = frozenset({"periods"})


def beside(ask: ScopedAsk, choices: Choices) -> Drawn:
    """Branches by their KPIs and by their customers; ``periods`` (usually those of the latest wave that has some)."""
    asked = _asked(ask, choices)
    if not any(entry.objective_distance is not None for entry in asked.result.both):
        raise nothing_to_draw(message("No branch has both KPIs and answers of customers in these months."))

    def draw(on: Canvas) -> Chart:
        title = translator(on.language)("By KPIs and by customers")
        return two_indices(asked.result.both, on, title=title, confidence=confidence_text(asked.provenance, on))

    return Drawn(draw, (asked,), asked.sentence)


def means(ask: ScopedAsk, choices: Choices) -> Drawn:
    """Every KPI of every branch over the months."""
    asked = _asked(ask, choices)
    found = asked.result

    def draw(on: Canvas) -> Chart:
        _ = translator(on.language)
        return kpi_grid(
            found.means, found.order, on, column_of=lambda each: each.kpi, column_name=on.title, branches=branches_of(found, on),
            title=_("KPIs by branch: mean of the months"), column_header=_("KPI"),
        )  # fmt: skip

    return Drawn(draw, (asked,), asked.sentence)


def branches_of(found: Kpis, on: Canvas) -> list[str]:
    """Branches as the survey lists them, then those it does not know."""
    there = {each.branch for each in found.monthly if each.branch is not None}
    listed = [choice.code for choice in on.schema.choices(Role.BRANCH) if choice.code in there]
    return [*listed, *sorted(there - set(listed))]


def _asked(ask: ScopedAsk, choices: Choices) -> Answered[NoOptions, Kpis]:
    return ask(KPIS, where=ask.of_branch(), periods=choices.get("periods") or ask.wave_with("kpis"))


BESIDE = Figure("kpi-two-indices", message("By KPIs and by customers"), ("kpis",), beside, _PERIODS)
MEANS = Figure("kpi-means", message("KPIs by branch"), ("kpis",), means, _PERIODS)
FIGURES = (BESIDE, MEANS)
