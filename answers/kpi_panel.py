"""Does satisfaction move with a KPI within branches, in the same months or later?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.kpis.definitions import VALUE
from analysis.kpis.objective_index import BRANCH, PERIOD
from analysis.kpis.satisfaction_panel import ENOUGH_BRANCHES, METHOD, PanelSlope, SatisfactionPanel, satisfaction_panel
from analysis.kpis.sentence import panel_sentence
from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Fact, Provenance
from analysis.results.sentences import Segment, plain_text
from answers.flat import collected
from answers.index import INDEX, IndexOptions
from answers.kpi_chapters import PANEL_CHAPTERS
from answers.kpi_data import customers_fact, kpi_order, kpi_values, our_customers, refuse_unknown, settled_kpis
from answers.question import Question, option
from answers.source import Source
from answers.topic import Asked, Topic
from survey_schema.columns import Role
from survey_schema.data_kinds.kpis import KPIS as KIND
from words.language import Language, Message, message
from words.periods import Period


@dataclass(frozen=True)
class KpiPanelOptions:
    """``indicator``: what of the survey is set against the KPI; ``dots``: what the slopes are drawn through, too."""

    indicator: str | None = option(
        "--indicator", message("The indicator or item of the survey; the index where none is named."), metavar="CODE"
    )
    month_effects: bool = option("--month-effects", message("Take out ups and downs that all branches share."), default=False)
    dots: bool = option("--dots", message("Print every branch and wave the slopes are drawn through."), default=False)


@dataclass(frozen=True)
class KpiPanels:
    """A panel for each KPI, in the order of the survey."""

    panels: tuple[SatisfactionPanel, ...]

    def of(self, kpi: str) -> SatisfactionPanel:
        """That of one KPI."""
        return next(panel for panel in self.panels if panel.kpi == kpi)


def _settled(question: Question[KpiPanelOptions], source: Source) -> Question[KpiPanelOptions]:
    settled = settled_kpis(question, source)
    options: KpiPanelOptions = settled.options
    return replace(settled, options=replace(options, indicator=options.indicator or source.schema.tree.code))


def _reads(_question: Question[KpiPanelOptions], labels: Sequence[str]) -> tuple[str, ...]:
    """Every wave that names a period: which of them have the KPI so many months earlier, the panel finds."""
    return tuple(label for label in labels if Period.parse(label) is not None)


def _compute(asked: Asked[KpiPanelOptions]) -> KpiPanels:
    """Raises ManyiError for a KPI or branch without a value, and for an indicator the survey does not have."""
    values = asked.summed(KIND.code, kpi_values)
    refuse_unknown(asked, values)
    wanted = asked.where.get(Role.BRANCH)
    of_branches = values[values[BRANCH].notna() & ((values[BRANCH] == wanted) if wanted else True)]
    survey = _satisfaction(asked)
    codes = asked.codes or kpi_order(asked.schema, values)
    return KpiPanels(
        tuple(
            satisfaction_panel(
                of_branches[of_branches["kpi"] == code], survey, code, period_effects=asked.options.month_effects,
                thresholds=asked.thresholds,
            )
            for code in codes
        )
    )  # fmt: skip


def _satisfaction(asked: Asked[KpiPanelOptions]) -> pd.DataFrame:
    """The indicator of every branch in every wave, on the questions all were asked; what is hidden is not there."""
    rows: list[tuple[str, str, float]] = []
    if any(asked.source.values(wave).get(Role.BRANCH) for wave in asked.reads):
        found = asked.ask(
            INDEX, options=IndexOptions(common=True), waves=asked.reads, by=(str(Role.WAVE), str(Role.BRANCH)),
            where=our_customers(asked), codes=(asked.options.indicator,),
        )  # fmt: skip
        rows = [
            (str(entry.keys[Role.WAVE]), str(entry.keys[Role.BRANCH]), entry.value)
            for entry in found.estimates
            if entry.value is not None and entry.keys.get(Role.BRANCH) is not None
        ]
    return pd.DataFrame(rows, columns=[PERIOD, BRANCH, VALUE])


def _figures(asked: Asked[KpiPanelOptions], found: KpiPanels) -> Result:
    """For each KPI and lag the slope, what a usual move goes with, that move and the branches; on wish the dots."""
    estimates: list[Estimate] = []
    for panel in found.panels:
        for slope in panel.slopes:
            estimates += _of_lag(panel.kpi, slope)
    if asked.options.dots:
        estimates += [row for panel in found.panels for slope in panel.slopes for row in _dots(panel.kpi, slope)]
    limits = replace(asked.thresholds, marked_below=ENOUGH_BRANCHES, hidden_below=0)  # branches: nothing is hidden here
    facts = (Fact("indicator", asked.options.indicator), Fact("survey_waves", asked.reads), customers_fact(asked))
    return collected(estimates, Provenance(METHOD, limits, "holm", facts=facts))


def _of_lag(kpi: str, slope: PanelSlope) -> list[Estimate]:
    entry, lag = slope.estimate, str(slope.lag)
    rows = [entry._replace(keys={"figure": "slope", "lag": lag}, code=kpi)]
    if entry.value is None or slope.usual_move is None:
        return rows
    rows.append(slope.per_usual_move._replace(keys={"figure": "per_usual_move", "lag": lag}, code=kpi))
    for figure, value in (("usual_move", slope.usual_move), ("branches", float(slope.branches))):
        rows.append(Estimate({"figure": figure, "lag": lag}, kpi, value, n=entry.n, n_eff=entry.n_eff))
    return rows


def _dots(kpi: str, slope: PanelSlope) -> list[Estimate]:
    return [
        Estimate({"figure": figure, "lag": str(slope.lag), BRANCH: dot.branch, "wave": dot.period}, kpi, value, n=1, n_eff=1.0)
        for dot in slope.dots
        for figure, value in (("kpi_distance", dot.kpi), ("satisfaction_distance", dot.satisfaction))
    ]


def _sentence(asked: Asked[KpiPanelOptions], found: KpiPanels, language: Language) -> Sequence[Segment]:
    """Of one KPI; several are told in remarks."""
    if len(found.panels) != 1:
        return ()
    return _told(asked, found.panels[0], language)


def _told(asked: Asked[KpiPanelOptions], panel: SatisfactionPanel, language: Language) -> Sequence[Segment]:
    return panel_sentence(panel, asked.schema.title_of(panel.kpi, language), language)


def _remarks(asked: Asked[KpiPanelOptions], found: KpiPanels, language: Language) -> Sequence[str | Message]:
    rough = any(slope.estimate.marked for panel in found.panels for slope in panel.slopes)
    marks = [message("Marked: fewer than ten branches, so intervals are rough.")] if rough else []
    if len(found.panels) == 1:
        return marks
    title = asked.schema.title_of
    return [
        *marks,
        *(f"{title(panel.kpi, language)}: {plain_text(_told(asked, panel, language))}" for panel in found.panels),
    ]


KPI_PANEL = Topic(
    name="kpi-panel",
    options=KpiPanelOptions,
    compute=_compute,
    figures=_figures,
    sentence=_sentence,
    remarks=_remarks,
    settle=_settled,
    reads=_reads,
    waves="deliveries",
    ours=False,
    takes=frozenset({"where", "codes"}),
    kinds=(KIND.code,),
    groups=(str(Role.BRANCH),),
    decimals=3,
    figure_words={
        "slope": message("points per unit of the KPI"),
        "per_usual_move": message("points per usual move of the KPI"),
        "usual_move": message("usual move of the KPI within a branch"),
        "branches": message("branches"),
        "kpi_distance": message("KPI, distance from the branch's mean"),
        "satisfaction_distance": message("satisfaction, distance from the branch's mean"),
    },
    chapters=PANEL_CHAPTERS,
)
TOPICS = {KPI_PANEL.name: KPI_PANEL}
