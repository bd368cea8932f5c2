"""Pareto: which few causes (or classes, branches, positions) make most complaints, by number, cost or hours, and what is within them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from analysis.pareto.before_and_after import ParetoPair
from analysis.pareto.estimate_pareto import VITAL_SHARE, Pareto, drill_down, pareto
from analysis.pareto.sentence import pair_sentence, pareto_sentence
from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Fact, Provenance
from analysis.results.sentences import Segment, plain_text
from answers.complaint_sums import DATA, GROUPS, KINDS, Data, complaint_sums, settled_data
from answers.flat import collected
from answers.kind_columns import NOT_STATED, kind_value_title
from answers.pareto_pair import PAIR_WORDS, named_period, pair_figures, pair_with, settled_pair
from answers.question import Question, option
from answers.source import Source
from answers.topic import Asked, Chapter, Topic
from words.errors import ManyiError
from words.language import Language, message

Weight = Literal["count", "cost", "hours"]
WEIGHTS: tuple[Weight, ...] = ("count", "cost", "hours")
#: Names of classes that hold what has no class of its own; they stand last.
LEFTOVERS = frozenset({"其他", "其它", "其他原因", "other", "others", "Other", "Others"})


@dataclass(frozen=True)
class ParetoOptions:
    """``then``: a column to break each of the vital few down by; ``weight``: what is measured; ``vital``: per cent the vital few reach.

    ``before``: the period the chart is set beside, cause by cause.
    """

    then: str | None = option("--then", message("Break each of the vital few down by this column."), known=GROUPS, metavar="COLUMN")
    weight: Weight = option(
        "--weight", message("What is measured: count, cost (or severity), or hours."), default="count", known=WEIGHTS, metavar="WEIGHT"
    )
    vital: float = option(
        "--vital", message("Per cent that the vital few reach together."), default=100 * VITAL_SHARE, metavar="NUMBER", minimum=1,
        maximum=100,
    )  # fmt: skip
    before: str | None = option(
        "--before", message("Set the chart beside that of this earlier period, such as 2026-05 or 2026Q1."), metavar="PERIOD"
    )
    data: Data | None = option(
        "--data", message("Count tickets, or take the stated numbers: tickets or counts."), known=DATA, metavar="DATA"
    )


@dataclass(frozen=True)
class Paretos:
    """The chart, one within each of its vital few, and where a period before was named the pair of both."""

    chart: Pareto
    within: tuple[Pareto, ...]
    pair: ParetoPair | None = None


def _settled(question: Question[ParetoOptions], source: Source) -> Question[ParetoOptions]:
    options = question.options
    by = question.by or ("cause",)
    if len(by) > 1:
        raise ManyiError(message("A Pareto chart is by one column; name the second one with --then."))
    if options.then == by[0]:
        raise ManyiError(message("--then {column} is the column of the chart itself; name another.", column=by[0]))
    both = replace(question, by=(*by, *([options.then] if options.then else [])))
    found, data = settled_data(both, source, options.data)
    if options.weight != "count" and data == "counts":
        raise ManyiError(message("Stated numbers have no cost and no hours; only tickets have. Ask for numbers, or bring tickets."))
    before = named_period(options.before) if options.before else None
    settled = replace(found, by=by, options=replace(options, data=data, before=before))
    return settled_pair(settled, source, before, data) if before else settled


def _compute(asked: Asked[ParetoOptions]) -> Paretos:
    options, by = asked.options, asked.by[0]
    columns = [by, *([options.then] if options.then else [])]
    sums = complaint_sums(replace(asked.question, by=tuple(columns)), asked.source, options.data or "tickets")
    cells = sums.cells(columns, asked.where, "hours" if options.weight == "count" else options.weight)
    titles = {cell.keys[name]: kind_value_title(PARETO, name, cell.keys[name], asked.schema, "zh_CN") for cell in cells for name in columns}
    leftovers = frozenset(code for code, title in titles.items() if code is not None and (code in LEFTOVERS or title in LEFTOVERS))
    vital = options.vital / 100
    measure: Literal["count", "weight"] = "count" if options.weight == "count" else "weight"
    chart = pareto(cells, by, measure=measure, leftovers=leftovers, vital_share=vital, thresholds=asked.thresholds)
    pair = pair_with(asked, chart, options.before, leftovers=leftovers, vital_share=vital) if options.before else None
    within: tuple[Pareto, ...] = ()
    if options.then:
        if all(cell.keys[options.then] is None for cell in cells if cell.count > 0):
            raise ManyiError(message("No case names a {column}, so none can be broken down by it; leave out --then.", column=options.then))
        within = drill_down(chart, cells, options.then, leftovers=leftovers, vital_share=vital, thresholds=asked.thresholds)
    return Paretos(chart, within, pair)


def _figures(asked: Asked[ParetoOptions], found: Paretos) -> Result:
    """For each chart its base, and for each cause its number, weight, share and cumulative share in per cent."""
    rows = [entry for chart in (found.chart, *found.within) for entry in _chart(chart)]
    if found.pair is not None and asked.options.before:
        rows += pair_figures(asked, found.pair, asked.options.before)
    named = [entry._replace(keys={name: NOT_STATED if value is None else value for name, value in entry.keys.items()}) for entry in rows]
    base = Fact("base", found.chart.base, message("Base"))
    return collected(named, Provenance(found.chart.method, asked.thresholds, facts=(base,)))


def _chart(chart: Pareto) -> list[Estimate]:
    where = dict(chart.where)
    base = {"n": round(chart.base), "n_eff": chart.base, "marked": chart.small_base}
    if chart.reason is not None:
        return [Estimate({"figure": "base", **where}, "base", None, reason=chart.reason)]
    rows = [Estimate({"figure": "base", **where}, "base", chart.base, **base)]  # type: ignore[arg-type]
    for row in chart.rows:
        keys = {**where, chart.by: row.cause}
        rows.append(Estimate({"figure": "count", **keys}, "complaints", row.count, **base))  # type: ignore[arg-type]
        if chart.measure == "weight":
            rows.append(Estimate({"figure": "weight", **keys}, "complaints", row.amount, **base))  # type: ignore[arg-type]
        rows.append(row.share._replace(keys={"figure": "share_percent", **keys}, code="complaints", verdict="vital" if row.vital else None))
        rows.append(row.cumulative._replace(keys={"figure": "cumulative_percent", **keys}, code="complaints"))
    return rows


def cause_name(asked: Asked[ParetoOptions], column: str, language: Language) -> Callable[[str | None], str]:
    """What the values of a column are called."""

    def told(value: str | None) -> str:
        return kind_value_title(PARETO, column, value, asked.schema, language)

    return told


def _sentence(asked: Asked[ParetoOptions], found: Paretos, language: Language) -> Sequence[Segment]:
    name = cause_name(asked, asked.by[0], language)
    told = pareto_sentence(found.chart, language, name)
    if found.pair is None:
        return told
    return [*told, Segment("" if language == "zh_CN" else " "), *pair_sentence(found.pair, language, name)]


def _remarks(asked: Asked[ParetoOptions], found: Paretos, language: Language) -> Sequence[str]:
    """What each of the vital few consists of."""
    name = cause_name(asked, asked.by[0], language)
    then = cause_name(asked, asked.options.then or "", language)
    return [f"{name(chart.where[asked.by[0]])}: {plain_text(pareto_sentence(chart, language, then))}" for chart in found.within]


PARETO = Topic(
    name="pareto",
    options=ParetoOptions,
    compute=_compute,
    figures=_figures,
    sentence=_sentence,
    remarks=_remarks,
    settle=_settled,
    waves="deliveries",
    takes=frozenset({"by", "where"}),
    kinds=KINDS,
    groups=GROUPS,
    figure_words={
        **PAIR_WORDS,
        "base": message("all cases"),
        "count": message("number"),
        "weight": message("weight of the cases"),
        "share_percent": message("share of all in %"),
        "cumulative_percent": message("cumulative share in %"),
    },
    chapters=(
        Chapter(
            "pareto.estimate_pareto",
            message("Pareto chart"),
            message(
                "Causes from most to least with their cumulative share; the vital few are the first that together reach 80 %. Where more "
                "than half of the causes are needed for that, the cases are spread and there are none. Base and shares are always our own "
                "sums. A share of cases has Wilson's interval, a share of weights the linearised one."
            ),
            r"\operatorname{var}(s) = \frac{(1-s)^2 \sum_c w^2 + s^2 \sum_{\text{rest}} w^2}{W^2}",
        ),
        Chapter(
            "pareto.before_and_after",
            message("Pareto charts before and after"),
            message(
                "Shares cannot say what became rarer: when one cause falls, the shares of the others rise. So each cause is compared by "
                "its number a month, as the ratio of two rates with its exact interval; p values by Holm over the causes. Both bases are "
                "our own sums."
            ),
        ),
    ),
)
TOPICS = {PARETO.name: PARETO}
