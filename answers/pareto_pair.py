"""The pair of Pareto charts before and after: which periods are before, the comparison, and its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from analysis.pareto.before_and_after import CauseChange, ParetoPair, compare_paretos
from analysis.pareto.estimate_pareto import Pareto, pareto
from analysis.results.estimates import Estimate
from answers.complaint_sums import KIND, Data, complaint_sums
from answers.periods import periods_within
from answers.question import Question
from answers.source import Source
from answers.topic import Asked
from words.errors import ManyiError
from words.language import message
from words.periods import Period, WaveName

#: Months that are the same but for rounding.
_SAME = 1e-6
#: Figures of the pair beside those of the charts.
PAIR_WORDS = {
    "base_before": message("all cases before"),
    "count_before": message("number before"),
    "months_before": message("months before"),
    "months_after": message("months after"),
    "expected": message("number after, had nothing changed"),
    "ratio": message("rate after as a multiple of the rate before"),
    "share_change": message("change of the share, points"),
}


def settled_pair(question: Question[Any], source: Source, before: str, data: Data) -> Question[Any]:
    """The question with its periods after those before; raises ManyiError where there are none before, or none after them."""
    earlier = [period for label in periods_within(source, KIND[data], (before,)) if (period := Period.parse(label)) is not None]
    end = max((period.ends for period in earlier), default=0.0)
    after = tuple(label for label in question.waves if (period := Period.parse(label)) is not None and period.begins >= end - _SAME)
    if not after:
        raise ManyiError(message("None of the periods comes after {before}, so there is nothing to compare.", before=WaveName(before)))
    return replace(question, waves=after)


def named_period(text: str) -> str:
    """A period as it is stored, however it was written."""
    period = Period.parse(text)
    return text if period is None else period.label


def pair_with(asked: Asked[Any], chart: Pareto, before: str, **how: Any) -> ParetoPair:
    """The chart beside that of the periods ``before``, each cause by its number a month. ``how`` the charts are made."""
    data: Data = asked.options.data or "tickets"
    earlier = periods_within(asked.source, KIND[data], (before,))
    question = replace(asked.question, by=(chart.by,), waves=earlier)
    weight = "hours" if asked.options.weight == "count" else asked.options.weight
    cells = complaint_sums(question, asked.source, data).cells([chart.by], asked.where, weight)
    first = pareto(cells, chart.by, measure=chart.measure, thresholds=asked.thresholds, **how)
    if first.reason is not None:
        raise ManyiError(message("There are no cases before, in {before}; name another period.", before=WaveName(before)))
    return compare_paretos(first, chart, months(earlier), months(asked.waves), thresholds=asked.thresholds)


def months(labels: Sequence[str]) -> float:
    """How many months the periods last together."""
    known = [period for label in labels if (period := Period.parse(label)) is not None]
    return sum(round(period.ends - period.begins, 6) for period in known)


def pair_figures(asked: Asked[Any], pair: ParetoPair, before: str) -> list[Estimate]:
    """All cases and each cause: the numbers before and expected, the ratio with its interval and p by Holm, the change of the share."""
    data: Data = asked.options.data or "tickets"
    lasted = {"months_before": months(periods_within(asked.source, KIND[data], (before,))), "months_after": months(asked.waves)}
    base = round(pair.before.base)
    found = [Estimate({"figure": figure}, "base", value, n=base, n_eff=pair.before.base) for figure, value in lasted.items()]
    found.append(Estimate({"figure": "base_before"}, "base", pair.before.base, n=base, n_eff=pair.before.base))
    found += _change(pair.total, {}, "base")
    for change in pair.causes:
        found += _change(change, {pair.before.by: change.cause}, "complaints")
    return found


def _change(change: CauseChange, keys: Mapping[str, str | None], code: str) -> list[Estimate]:
    n = {"n": change.before + change.after, "n_eff": float(change.before + change.after)}

    def plain(figure: str, value: float) -> Estimate:
        return Estimate({"figure": figure, **keys}, code, value, **n)  # type: ignore[arg-type]

    ratio = change.ratio
    reason = message("There were none before, so there is no ratio.") if ratio.ratio is None else None
    told = Estimate(
        {"figure": "ratio", **keys}, code, ratio.ratio, low=ratio.low, high=ratio.high, p=ratio.p, p_adjusted=change.p_adjusted,
        verdict=change.verdict, reason=reason, **n,  # type: ignore[arg-type]
    )  # fmt: skip
    counted = [plain("count_before", float(change.before)), plain("expected", change.expected), told]
    return [*counted, *([plain("share_change", change.share_change)] if keys else [])]
