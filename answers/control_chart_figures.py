"""The figures of control charts as flat records, and the words for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from analysis.complaints.complaint_rates import PER_MILLION, PER_TEN_THOUSAND
from analysis.control_charts.estimate_chart import METHODS, ControlChart, PlottedPoint, Signal
from analysis.control_charts.limits import PhaseLimits
from analysis.control_charts.phases import PhaseResult
from analysis.control_charts.rules import RULES
from analysis.control_charts.sentence import control_chart_cautions
from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Fact, Provenance
from answers.annotated import Annotation
from answers.charted_figures import FIGURES, Measure
from answers.control_chart_question import kpis_there
from answers.flat import collected
from answers.measure_moments import Moments, moment_remarks
from answers.topic import Asked
from survey_schema.answer_shares import SHARE_WORDS, SHARES
from words.language import Language, Message, message, number_text, translator
from words.lists import Listed
from words.periods import Period, WaveName

CHART_WORDS = {
    "point": message("point, with its control limits"),
    "centre": message("centre line of a phase"),
    "spread": message("spread: σ of individuals, σz of Laney charts"),
    "moving_range": message("moving range, with its upper limit"),
    "signal": message("rule broken: points of the pattern"),
    "false_alarms": message("rules that chance alone would break"),
    "annotation": message("what happened (1: a phase begins)"),
}
FIXED = message("Limits stay: they are made from the points up to {last}.")
TRIAL = message("Trial limits: they move with every new point of the phase.")


@dataclass(frozen=True)
class Happened:
    """An annotation and the period of the chart its day lies in."""

    period: str
    annotation: Annotation


@dataclass(frozen=True)
class Charted:
    """One chart: the group it is of, and what happened meanwhile, ``moments`` of measures among it."""

    keys: Mapping[str, str | None]
    chart: ControlChart
    happened: tuple[Happened, ...]
    moments: Moments


@dataclass(frozen=True)
class ControlCharts:
    """A chart for all together, or one for each group. ``per``: 100 for shares, the number of customers of a rate, else 1."""

    charts: tuple[Charted, ...]
    measure: Measure
    per: float

    @property
    def decimals(self) -> int:
        """Decimals that tell points apart: more where values are small."""
        return decimals_for([p.point.value for each in self.charts for p in each.chart.points if p.point.value is not None])

    def better(self, asked: Asked[Any]) -> Literal["higher", "lower"] | None:
        """The good direction; None for a KPI of which the survey says none."""
        return better_of(asked)


#: KPIs that are listed where one of them is charted.
_MOST_KPIS = 12


def decimals_for(values: Sequence[float]) -> int:
    """Decimals that tell values apart: more where all are small."""
    largest = max(map(abs, values), default=10.0)
    return 3 if largest < 1 else 2 if largest < 10 else 1


def better_of(asked: Asked[Any]) -> Literal["higher", "lower"] | None:
    """The good direction of the figure that is asked ``of``; None for a KPI of which the survey says none."""
    if asked.options.of != "kpi":
        return FIGURES[asked.options.of].better
    return next((each.direction for each in asked.schema.kpis if each.code == asked.question.codes[0]), None)


def title_of(asked: Asked[Any], per: float, language: Language) -> str:
    """What a figure asked ``of`` is called, with its unit; a rate is ``per`` so many customers, 1: a number."""
    _ = translator(language)
    of, codes = asked.options.of, asked.question.codes
    if of == "complaints":
        if per == 1:
            return _("Number of complaints")
        if per in (PER_TEN_THOUSAND, PER_MILLION):
            return _("Complaints per 10,000 customers") if per == PER_TEN_THOUSAND else _("Complaints per million customers")
        return _("Complaints per {count} customers").format(count=number_text(per, 0, language))
    if of == "kpi":
        kpi = next((each for each in asked.schema.kpis if each.code == codes[0]), None)
        name = kpi.title.text(language) if kpi else codes[0]
        return _("{name} ({unit})").format(name=name, unit=kpi.unit.text(language)) if kpi and kpi.unit else name
    if of == "points_lost":
        lost = _("Points lost in %")
        return lost if codes[0] == "total" else _("{what}: {item}").format(what=lost, item=asked.schema.title_of(codes[0], language))
    name = asked.schema.title_of(codes[0], language)
    if of not in SHARES:
        return name
    words = SHARE_WORDS[of].text(language)
    return _("{item}: {share}").format(item=name, share=words if of == "nps" else _("{share} in %").format(share=words))


def chart_figures(asked: Asked[Any], found: ControlCharts) -> Result:
    """Of each chart its phases, points, broken rules and annotations. ``low`` and ``high`` of a point are its control limits."""
    code = (asked.question.codes or (str(asked.options.of),))[0]
    estimates = [entry for each in found.charts for entry in _of_chart(asked, each, code)]
    kinds = dict.fromkeys(each.chart.kind for each in found.charts)
    methods = [METHODS[kind] for kind in kinds] or [message("There are no figures to put on a control chart.")]
    method = methods[0] if len(methods) == 1 else message("{methods}", methods=Listed(methods))
    rules = tuple(int(rule) for rule in asked.options.rules)
    facts = (
        Fact("charts", tuple(kinds)),
        Fact("rules_looked_at", rules, message("Rules looked at")),
    )
    return collected(estimates, Provenance(method, None if FIGURES[asked.options.of].kinds else asked.thresholds, facts=facts))


def _of_chart(asked: Asked[Any], charted: Charted, code: str) -> Iterator[Estimate]:
    chart, keys = charted.chart, charted.keys
    for phase in chart.phases:
        yield from _of_phase(phase, keys, code, chart.kind)
    small = None if FIGURES[asked.options.of].kinds else asked.thresholds.marked_below
    for plotted in chart.points:
        yield from _of_point(plotted, chart.phases[plotted.phase], keys, code, small)
    for signal in chart.signals:
        yield _of_signal(signal, chart, keys, code)
    if chart.phases and any(phase.limits for phase in chart.phases):
        yield Estimate({"figure": "false_alarms", **keys}, code, chart.expected_false_alarms)
    for each in charted.happened:
        noted = each.annotation
        told = {"period": each.period, "date": noted.day.isoformat(), "text": noted.text, "about": noted.branch, "author": noted.author}
        yield Estimate({"figure": "annotation", **keys, **told}, code, float(noted.phase_start))


def _of_phase(phase: PhaseResult, keys: Mapping[str, str | None], code: str, kind: str) -> Iterator[Estimate]:
    limits = phase.limits
    told: dict[str, str | None] = {**keys, "phase": phase.first, "phase_name": phase.name or None, "chart": kind}
    if limits is None:
        yield Estimate({"figure": "centre", **told}, code, None, reason=phase.reason)
        return
    told |= {"limits_from": limits.first, "limits_to": limits.last}
    yield Estimate(
        {"figure": "centre", **told}, code, limits.centre, n=limits.points, n_eff=float(limits.points), note=_state(phase, limits)
    )
    yield Estimate({"figure": "spread", **told}, code, limits.spread, n=limits.points, n_eff=float(limits.points))


def _state(phase: PhaseResult, limits: PhaseLimits) -> Message:
    return TRIAL if phase.trial else message(FIXED.template, last=WaveName(limits.last))


def _of_point(
    plotted: PlottedPoint, phase: PhaseResult, keys: Mapping[str, str | None], code: str, small: float | None
) -> Iterator[Estimate]:
    point = plotted.point
    told = {**keys, "period": point.period, "phase": phase.first}
    broken = Listed([RULES[rule] for rule in plotted.rules])
    yield Estimate(
        {"figure": "point", **told, "rules": ",".join(map(str, plotted.rules)) or None}, code, point.value, low=plotted.low,
        high=plotted.high, n=point.n, n_eff=point.base if point.value is not None else 0.0,
        marked=small is not None and point.value is not None and point.base < small, reason=point.reason,
        note=message("{rules}", rules=broken) if plotted.rules else None,
    )  # fmt: skip
    if plotted.moving_range is not None:
        yield Estimate({"figure": "moving_range", **told}, code, plotted.moving_range, high=plotted.moving_range_high)


def _of_signal(signal: Signal, chart: ControlChart, keys: Mapping[str, str | None], code: str) -> Estimate:
    first, last = (chart.points[place].point.period for place in (signal.places[0], signal.places[-1]))
    told = {**keys, "period": last, "since": first, "rules": str(signal.rule)}
    return Estimate({"figure": "signal", **told}, code, float(len(signal.places)), note=signal.name)


def chart_remarks(asked: Asked[Any], found: ControlCharts, language: Language) -> Sequence[str | Message]:
    """Of one chart which points the limits of each phase are from, and how far to trust them; which waves have no place in time."""
    told: list[str | Message] = []
    if len(found.charts) == 1:
        chart = found.charts[0].chart
        told += [_limits_told(phase) for phase in chart.phases if phase.limits]
        told += control_chart_cautions(chart, language, decimals=found.decimals)
    elif signals := sum(len(each.chart.signals) for each in found.charts):
        alone = number_text(sum(each.chart.expected_false_alarms for each in found.charts), 1, language)
        told.append(
            message(
                "Rules are broken {signals} times on these charts; chance alone would give about {alone}.", signals=signals, alone=alone
            )
        )
    if asked.options.of == "kpi" and len(there := kpis_there(asked.source, asked.schema)) > 1:
        named = Listed([f"{asked.schema.title_of(code, language)} ({code})" for code in there], _MOST_KPIS)
        told.append(message("This chart is of one KPI. There are: {known}.", known=named))
    told += moment_remarks([each.moments for each in found.charts])
    undated = [] if FIGURES[asked.options.of].kinds else [label for label in asked.source.labels if Period.parse(label) is None]
    if undated:
        told.append(message("Without a period, so without a place on the chart: {waves}.", waves=Listed(undated)))
    return told


def _limits_told(phase: PhaseResult) -> Message:
    limits = phase.limits
    if limits is None:
        raise TypeError("a phase without limits has none to tell of")
    return message(
        "Phase from {phase}: limits of {points} points, {first} to {last}. {state}", phase=WaveName(phase.first), points=limits.points,
        first=WaveName(limits.first), last=WaveName(limits.last), state=_state(phase, limits),
    )  # fmt: skip
