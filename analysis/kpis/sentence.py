"""What KPIs say beside customers, in plain sentences; never that one causes the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analysis.kpis.monthly_values import KpiFigure, targets_missed
from analysis.kpis.objective_index import TwoIndices
from analysis.kpis.satisfaction_panel import PanelSlope, SatisfactionPanel
from analysis.results.sentences import Segment, Tone, p_equals_text
from words.language import Language, number_text, translator
from words.lists import listed

MOST = 3


def targets_sentence(monthly: Sequence[KpiFigure], language: Language, title: Callable[[str], str]) -> list[Segment]:
    """In how many months of branches the targets are met, and which KPI misses its own most often."""
    _ = translator(language)
    judged = [each for each in monthly if each.met is not None]
    if not judged:
        return [Segment(_("No target is set for these KPIs."), "unclear")]
    met = sum(bool(each.met) for each in judged)
    text = _("{met} of {count} monthly targets met ({share} %)")
    share = number_text(100 * met / len(judged), 0, language)
    parts = [Segment(text.format(count=len(judged), met=met, share=share), "better" if met == len(judged) else "neutral")]
    worst = targets_missed(monthly)[0]
    if worst.missed:
        often = _("; most often missed: {kpi}, {count} of {of}").format(kpi=title(worst.kpi), count=worst.missed, of=worst.judged)
        parts.append(Segment(often, "worse"))
    return [*parts, Segment(_("."))]


def two_indices_sentence(
    found: Sequence[TwoIndices], language: Language, name: Callable[[str], str], *, short: bool = False
) -> list[Segment]:
    """The branches where KPIs and customers disagree: where to look first. ``short`` names one branch that customers judge worse, or else
    one they judge better."""
    _ = translator(language)
    judged = [entry for entry in found if entry.verdict is not None]
    if not judged:
        return [Segment(_("No branch has both an objective index and a survey index with their intervals."), "unclear")]
    sentences: list[Segment] = []
    told: tuple[tuple[str, str, Tone], ...] = (
        ("better by KPIs", _("Better by KPIs than by their customers: {names}."), "worse"),
        ("better by customers", _("Better by their customers than by KPIs: {names}."), "unclear"),
    )
    for verdict, text, tone in told:
        those = [name(entry.branch) for entry in judged if entry.verdict == verdict]
        if those and not (short and sentences):
            sentences += [Segment("" if language == "zh_CN" else " ")] if sentences else []
            sentences.append(Segment(text.format(names=listed(those, language, 1 if short else MOST)), tone))
    if not sentences and len(judged) == 1:
        return [Segment(_("KPIs and customers judge {name} alike, within their intervals.").format(name=name(judged[0].branch)))]
    if not sentences:
        return [Segment(_("KPIs and customers rank the {count} branches alike, within their intervals.").format(count=len(judged)))]
    return sentences


def panel_sentence(panel: SatisfactionPanel, title: str, language: Language) -> list[Segment]:
    """At which lag satisfaction moves with the KPI within branches, or that it does not; always with the caution about causes."""
    _ = translator(language)
    shown = [slope for slope in panel.slopes if slope.estimate.value is not None]
    if not shown:
        reason = next((slope.estimate.reason for slope in panel.slopes if slope.estimate.reason), None)
        return [Segment(reason.text(language) if reason else _("There are no figures of this KPI."), "unclear")]
    certain = [slope for slope in shown if slope.estimate.verdict in ("higher", "lower")]
    if not certain:
        text = _("Within branches satisfaction does not move with {title} beyond chance, at none of the {count} lags")
        segments = [Segment(text.format(title=title, count=len(shown)), "unclear")]
    else:
        segments = _strongest(max(certain, key=_strength), title, language)
    if any(slope.estimate.marked for slope in shown):
        segments.append(Segment(_("; few branches, so intervals are rough"), "unclear"))
    return [*segments, Segment(_(". This says what goes together, not what causes what."), "unclear")]


def _strength(slope: PanelSlope) -> float:
    return abs((slope.estimate.value or 0.0) / (slope.estimate.se or 1.0))


def _strongest(slope: PanelSlope, title: str, language: Language) -> list[Segment]:
    _ = translator(language)
    entry, move = slope.estimate, slope.usual_move or 0.0
    ends = sorted((entry.low or 0.0) * move if end is None else end * move for end in (entry.low, entry.high))
    points, low, high = (number_text(end, 1, language, signed=True) for end in ((entry.value or 0.0) * move, *ends))
    when = {0: _("in the same month"), 1: _("one month later")}.get(slope.lag, _("{lag} months later").format(lag=slope.lag))
    text = _(
        "Within branches, {title} higher by a usual move of {move} goes with {points} points of satisfaction ({low} to {high}) {when} ({p})"
    )
    return [
        Segment(
            text.format(
                title=title,
                move=number_text(move, 2, language),
                points=points,
                low=low,
                high=high,
                when=when,
                p=p_equals_text(entry.p_adjusted, language),
            )
        )
    ]
