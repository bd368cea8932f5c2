"""Control charts: does a figure move more than chance explains, since when, and which rule says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.control_charts.chart_points import ChartPoint
from analysis.control_charts.estimate_chart import ControlChart, control_chart
from analysis.control_charts.limits import ChartKind, default_kind
from analysis.control_charts.phases import Phase
from analysis.control_charts.rules import RULES
from analysis.control_charts.sentence import Named, charts_sentence, control_chart_sentence, unjudged_caution
from analysis.results.sentences import Segment
from answers.annotated import Annotation, annotations_of, place_of
from answers.charted_figures import BRANCH, FIGURES, OF, Collected, Measure, Of, Series
from answers.complaint_sums import DATA, Data
from answers.control_chart_chapters import CONTROL_CHART_CHAPTERS
from answers.control_chart_figures import CHART_WORDS, Charted, ControlCharts, Happened, chart_figures, chart_remarks, title_of
from answers.control_chart_question import settled_chart
from answers.kind_columns import kind_value_title
from answers.measure_moments import measure_moments
from answers.measure_rows import measure_rows
from answers.periods import survey_wave
from answers.question import option
from answers.topic import Asked, Topic
from survey_schema.data_kinds.measures import MEASURES
from survey_schema.data_kinds.references import ANNOTATIONS
from survey_schema.data_kinds.schema_choices import ALL_COMPLAINTS, CLASS_OF_COMPLAINTS
from words.errors import ManyiError
from words.language import Language, Message, message
from words.lists import Listed
from words.periods import Period

KIND_NAMES: tuple[ChartKind, ...] = ("p", "p_prime", "u", "u_prime", "i")
#: The charts that fit what is measured; that of individuals fits everything, and knows no bases.
FITTING: Mapping[Measure, tuple[ChartKind, ...]] = {
    "share": ("p", "p_prime", "i"),
    "rate": ("u", "u_prime", "i"),
    "value": ("i",),
}


@dataclass(frozen=True)
class ControlChartOptions:
    """``of``: the figure; ``chart``: the kind of chart, by the figure unless named; the rest is about phases, limits and rules."""

    of: Of = option(
        "--of",
        message("What the chart is of: index, satisfied, dissatisfied, top_box, nps, complaints, points_lost or kpi."),
        default="index",
        known=OF,
        metavar="FIGURE",
    )
    chart: ChartKind | None = option(
        "--chart",
        message("The kind of chart: p, p_prime, u, u_prime or i; by the figure and its bases unless named."),
        known=KIND_NAMES,
        metavar="CHART",
    )
    phase_from: tuple[str, ...] = option(
        "--phase-from", message("A phase with limits of its own begins with this period."), default=(), metavar="PERIOD", many=True
    )
    one_phase: bool = option("--one-phase", message("Annotations begin no phases; only --phase-from does."), default=False)
    limits_to: str | None = option(
        "--limits-to", message("Limits of its phase are made from the points up to this period, and do not move with later ones."),
        metavar="PERIOD",
    )  # fmt: skip
    rules: tuple[str, ...] = option(
        "--rules", message("Only these of the eight rules."), default=tuple(map(str, RULES)), metavar="1,2,…", joined=True
    )
    per: int = option("--per", message("Complaints per so many customers."), default=10_000, minimum=1, maximum=1_000_000)
    data: Data | None = option(
        "--data", message("Count tickets, or take the stated numbers: tickets or counts."), known=DATA, metavar="DATA"
    )


def _compute(asked: Asked[ControlChartOptions]) -> ControlCharts:
    """Raises ManyiError for a chart that does not fit the figure and for phases that lie outside of the chart."""
    figure = FIGURES[asked.options.of]
    collected = figure.collect(asked)
    now = asked.source.branches
    noted = tuple(replace(each, branch=now.get(each.branch or "", each.branch)) for each in annotations_of(asked.source))
    if asked.options.chart not in (None, *FITTING[figure.measure]):
        raise ManyiError(
            message(
                "A chart {chart} does not fit: {figure}. Charts that do: {known}.", chart=asked.options.chart,
                figure=figure.title, known=Listed(FITTING[figure.measure]),
            )
        )  # fmt: skip
    return ControlCharts(tuple(_charted(asked, series, collected, noted) for series in collected.series), figure.measure, collected.per)


def _charted(asked: Asked[ControlChartOptions], series: Series, collected: Collected, noted: Sequence[Annotation]) -> Charted:
    branch = series.keys.get(BRANCH) or asked.where.get(BRANCH)
    periods = [point.period for point in series.points]
    moments = measure_moments([each.measure for each in measure_rows(asked.source)], _targets(asked), branch)
    everything = sorted([*(each for each in noted if each.about(branch)), *moments.shown], key=lambda each: each.day)
    happened = tuple(Happened(periods[place], each) for each in everything if (place := place_of(each.day, periods)) is not None)
    kind = asked.options.chart or default_kind(series.points, FIGURES[asked.options.of].measure)
    chart = _chart(asked.options, series.points, kind, collected.per, happened, branch)
    on_chart = tuple(each.annotation for each in happened if each.annotation in moments.shown)
    return Charted(series.keys, chart, happened, replace(moments, shown=on_chart))


def _targets(asked: Asked[ControlChartOptions]) -> tuple[str, ...]:
    """What measures against the charted figure aim at; those against all complaints and against a class stand on one another's chart."""
    if asked.options.of == "points_lost":
        return ()
    if asked.options.of != "complaints":
        return asked.question.codes
    of_class = asked.where.get("ministry_class")
    classes = [of_class] if of_class else [each.code for each in asked.schema.complaints.classes]
    return (ALL_COMPLAINTS, *(f"{CLASS_OF_COMPLAINTS}{each}" for each in classes))


def _chart(
    options: ControlChartOptions,
    points: Sequence[ChartPoint],
    kind: ChartKind,
    per: float,
    happened: Sequence[Happened],
    branch: str | None,
) -> ControlChart:
    periods = [point.period for point in points]
    starts = {periods[0]: ""} if periods else {}
    if not options.one_phase:
        starts |= {each.period: each.annotation.text for each in happened if each.annotation.starts_phase(branch)}
    for label in options.phase_from:
        starts.setdefault(_on_chart(label, periods), "")
    order = sorted(starts, key=periods.index)
    ends = [periods.index(period) for period in order[1:]] + [len(periods)]
    fixed = periods.index(_on_chart(options.limits_to, periods)) if options.limits_to else None
    phases = []
    for first, end in zip(order, ends, strict=True):
        within = fixed is not None and periods.index(first) <= fixed < end
        phases.append(Phase(starts[first], first, periods[fixed] if within and fixed is not None else None))
    return control_chart(points, kind, per=per, phases=phases, rules=tuple(int(rule) for rule in options.rules))


def _on_chart(label: str, periods: Sequence[str]) -> str:
    """The period of the chart that a named one begins in; raises ManyiError where it lies outside."""
    period = Period.parse(label)
    place = place_of(period.first_day, periods) if period else None
    if place is None:
        ends = [periods[0], periods[-1]] if periods else []
        raise ManyiError(
            message("Period {period} is not on the chart, which runs from {first} to {last}.", period=label, first=ends[0], last=ends[-1])
        )
    return periods[place]


def _sentence(asked: Asked[ControlChartOptions], found: ControlCharts, language: Language) -> Sequence[Segment]:
    title, better, decimals = title_of(asked, found.per, language), found.better(asked), found.decimals
    if not asked.by and found.charts:
        return control_chart_sentence(found.charts[0].chart, title, language, better=better, decimals=decimals)
    return charts_sentence(_named(asked, found, language), title, language, better=better)


def _remarks(asked: Asked[ControlChartOptions], found: ControlCharts, language: Language) -> Sequence[str | Message]:
    silent = unjudged_caution(_named(asked, found, language), language) if asked.by else None
    return [*([silent] if silent else []), *chart_remarks(asked, found, language)]


def _named(asked: Asked[ControlChartOptions], found: ControlCharts, language: Language) -> list[Named]:
    return [Named(group_name(asked, each, language), each.chart) for each in found.charts]


def group_name(asked: Asked[Any], charted: Charted, language: Language) -> str:
    """The group a chart is of, for a reader."""
    topic = CONTROL_CHART.suited(asked.options)
    told = [
        kind_value_title(topic, name, value, asked.schema, language)
        if name in topic.groups
        else asked.schema.value_title(name, value, language)
        for name, value in charted.keys.items()
    ]
    return " · ".join(told)


CONTROL_CHART: Topic[ControlChartOptions, ControlCharts] = Topic(
    name="control-chart",
    options=ControlChartOptions,
    compute=_compute,
    figures=chart_figures,
    sentence=_sentence,
    remarks=_remarks,
    settle=settled_chart,
    waves="all",
    takes=frozenset({"by", "where", "codes", "population"}),
    kinds=(ANNOTATIONS.code, MEASURES.code),
    figure_words=CHART_WORDS,
    chapters=CONTROL_CHART_CHAPTERS,
    as_asked=lambda options: _VARIANTS[options.of],
)
#: The topic for each figure: those of the survey read its waves, the others deliveries with columns of their own.
_VARIANTS: Mapping[Of, Topic[ControlChartOptions, ControlCharts]] = {
    of: replace(
        CONTROL_CHART, waves="deliveries", ours=False, kinds=(*figure.kinds, ANNOTATIONS.code, MEASURES.code), groups=figure.groups,
        reads=survey_wave if of == "complaints" else CONTROL_CHART.reads,
    ) if figure.kinds else CONTROL_CHART
    for of, figure in FIGURES.items()
}  # fmt: skip
TOPICS = {CONTROL_CHART.name: CONTROL_CHART}
