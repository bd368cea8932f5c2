"""Findings that an answer tells in its own sentence: a level, a league, drivers, gaps, complaints, control charts, inspections, KPIs.

The sentence is the answer's own; whether it claims anything is read from the records it is made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.compare.compare_competitors import Duels
from analysis.compare.compare_waves import WaveChanges
from analysis.drivers.driver_sentence import tied_with
from analysis.drivers.drivers import Drivers
from analysis.inspections.sentence import standards_sentence
from analysis.results.estimates import Estimate, Result
from analysis.results.sentences import Tone, plain_text
from answers.complaint_figures import Complaints
from answers.control_chart_figures import ControlCharts
from answers.gaps import ServiceGaps
from answers.importance_performance import ImportanceFound
from answers.inspection_figures import Inspected
from answers.kpis import Kpis
from answers.pareto import Paretos
from answers.topic import Answered
from reports.narrative.finding import Finding, Kind, claimed, significance_of
from words.language import Language

#: What is at stake in points of the overall index where a finding is in other units: a judgement, the same for all surveys. A level comes
#: first since all else is read against it; what to do about it comes before what beside the survey agrees.
AT_STAKE: Mapping[Kind, float] = {
    "level": 1000.0, "branches": 8.0, "competitors": 8.0, "branch_changes": 6.0, "priority": 5.0, "signals": 4.0, "drivers": 3.0,
    "complaints": 3.0, "complaint_causes": 3.0, "complaint_signals": 3.0, "gaps": 2.5, "kpis": 2.0, "standards": 2.0, "inspections": 1.5,
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class OfAnswer:
    """The sentence of an answer."""

    answered: Answered[Any, Any]

    def text(self, language: Language) -> str:
        """As a page says it."""
        return plain_text(self.answered.sentence(language))


@dataclass(frozen=True, eq=False)
class OfStandards:
    """Which items of inspections fall short of their standard."""

    answered: Answered[Any, Inspected]

    def text(self, language: Language) -> str:
        """As the page on inspections says it."""
        schema = self.answered.asked.schema
        return plain_text(standards_sentence(self.answered.result.standards, language, lambda code: schema.title_of(code, language)))


def level(answered: Answered[Any, Result], code: str) -> Finding | None:
    """The index of the selection, with what changed and whom we lead: the headline of all pages."""
    entry = answered.result.find(code)
    if entry is None:
        return None
    there = entry.value is not None
    return Finding(
        "level", code, OfAnswer(answered), AT_STAKE["level"], 1.0 if there else 0.0, there, keys=entry.keys, value=entry.value,
        low=entry.low, high=entry.high, n=entry.n if there else 0,
    )  # fmt: skip


def league(answered: Answered[Any, Result]) -> Finding | None:
    """Who is above the rest and who below."""
    return _tested("branches", answered, answered.result.estimates)


def group_changes(answered: Answered[Any, WaveChanges]) -> Finding | None:
    """Which groups really changed."""
    step = answered.result.last
    return None if step is None else _tested("branch_changes", answered, step.differences.estimates, against=step.before)


def competitors(answered: Answered[Any, Duels]) -> Finding | None:
    """Whom we lead and whom we trail, and where most."""
    duels = (*answered.result.composite, *answered.result.duels)
    return _tested("competitors", answered, [duel.gap for duel in duels if duel.gap.keys.get("brand") is None])


def drivers(answered: Answered[Any, Any]) -> Finding | None:
    """What moves the outcome most; a claim where some driver certainly matters less than the first."""
    found = answered.result
    if not isinstance(found, Drivers) or found.reason or found.importance.reason or not found.importance.primary:
        return None
    order = sorted(found.importance.primary, key=lambda entry: entry.rank or 0)
    first = order[0]
    sure = first.low is not None and (len(order) == 1 or len(tied_with(found.importance, first.code)) < len(order) - 1)
    return _plain(
        "drivers", answered, first.code, sure, value=first.value, low=first.low, high=first.high, n=found.importance.n,
        tone="neutral" if sure else "unclear",
    )  # fmt: skip


def priority(answered: Answered[Any, ImportanceFound]) -> Finding | None:
    """What to improve first: important, low, and certainly so."""
    found = answered.result.map
    if found.reason is not None:
        return None
    first = found.first_improve[0] if found.first_improve else None
    if first is None:
        return _plain("priority", answered, "", False)
    entry = first.performance
    tone: Tone = "worse" if first.sure else "unclear"
    return _plain("priority", answered, first.code, first.sure, value=entry.value, low=entry.low, high=entry.high, n=entry.n, tone=tone)


def gaps(answered: Answered[Any, ServiceGaps]) -> Finding | None:
    """How many services fall short of what is expected."""
    known = answered.result.known
    if not known:
        return None
    short = any(analysis.short(analysis.counted) for analysis in known[-1:])
    return _plain("gaps", answered, known[-1].survey.tree.code, short, tone="worse" if short else "neutral")


def complaints(answered: Answered[Any, Complaints]) -> Finding | None:
    """Which groups have more complaints than the rest."""
    found = _tested("complaints", answered, answered.result.ratios.estimates, worse="higher")
    return found if answered.result.total else None


def complaint_causes(answered: Answered[Any, Paretos]) -> Finding | None:
    """The few causes of most complaints; a claim where there are such few."""
    chart = answered.result.chart
    if chart.reason is not None:
        return None
    few = bool(chart.vital_few) and not chart.spread and not chart.small_base
    return _plain("complaint_causes", answered, "complaints", few, n=round(chart.base), tone="worse" if few else "unclear")


def signals(kind: Kind, answered: Answered[Any, ControlCharts]) -> Finding | None:
    """Whether a figure moves more than chance explains in its latest phase; what goes on at the last point weighs double."""
    charts = [each.chart for each in answered.result.charts if each.chart.phases and each.chart.phases[-1].limits is not None]
    if not charts:
        return None
    own = [
        (chart, signal) for chart in charts for signal in chart.signals if chart.points[signal.places[-1]].phase == len(chart.phases) - 1
    ]  # fmt: skip
    now = any(signal.places[-1] == len(chart.points) - 1 for chart, signal in own)
    code = (answered.question.codes or (kind,))[0]
    return _plain(kind, answered, code, bool(own), times=2.0 if now else 1.0, tone="unclear" if own else "neutral")


def inspections(answered: Answered[Any, Inspected]) -> Iterable[Finding]:
    """Where points were lost; and which items certainly fall short of their standard."""
    found = answered.result
    total = next((row for row in found.whole.rows if row.code == "total"), None)
    if total is None:
        return
    lost = total.lost > 0
    yield _plain("inspections", answered, "total", lost, value=total.share.value, low=total.share.low, high=total.share.high,
                 n=total.visits, tone="worse" if lost else "better")  # fmt: skip
    if found.standards:
        short = [row for row in found.standards if row.verdict == "lower"]
        yield Finding(
            "standards", short[0].points.code if short else "total", OfStandards(answered), AT_STAKE["standards"],
            1.0 if short else 0.0, bool(short), value=short[0].difference if short else None, n=total.visits, against="standard",
            verdict="lower" if short else "unclear", tone="worse" if short else "neutral",
        )  # fmt: skip


def kpis(answered: Answered[Any, Kpis]) -> Finding | None:
    """Which targets are missed: counted, not tested."""
    judged = [each for each in answered.result.monthly if each.met is not None]
    if not judged:
        return None
    missed = [each for each in judged if not each.met]
    tone: Tone = "worse" if missed else "better"
    return _plain("kpis", answered, missed[0].kpi if missed else judged[0].kpi, bool(missed), n=len(judged), tone=tone)


def _tested(
    kind: Kind, answered: Answered[Any, Any], estimates: Iterable[Estimate], *, worse: str = "lower", against: str | None = None
) -> Finding | None:
    """A sentence on tested differences: it claims something where one of them does, as surely as the surest."""
    sure = [entry for entry in estimates if claimed(entry)]
    first = max(sure, key=significance_of, default=None)
    tones = {"worse" if entry.verdict == worse else "better" for entry in sure}
    tone: Tone = "unclear" if not tones else "worse" if "worse" in tones else "better"
    return Finding(
        kind, first.code if first else "", OfAnswer(answered), AT_STAKE[kind], significance_of(first) if first else 0.0, bool(sure),
        keys=first.keys if first else {}, verdict=first.verdict if first else None, against=against, tone=tone,
    )  # fmt: skip


def _plain(kind: Kind, answered: Answered[Any, Any], code: str, claims: bool, *, times: float = 1.0, **figures: Any) -> Finding:
    """A sentence that claims something surely or not at all."""
    return Finding(kind, code, OfAnswer(answered), times * AT_STAKE[kind], 1.0 if claims else 0.0, claims, **figures)
