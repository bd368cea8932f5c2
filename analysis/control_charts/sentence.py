"""What a control chart says, in plain sentences: stable or not, where which rule is broken, and how far the limits can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.control_charts.estimate_chart import ControlChart, PlottedPoint, Signal
from analysis.results.sentences import Segment, Tone, at_a_glance
from words.language import Language, number_text, translator
from words.lists import listed
from words.periods import wave_text

#: Signals told one by one where the sentence stays short; the others are counted.
MOST = 3


@dataclass(frozen=True)
class Named:
    """A chart with the name of what it is of."""

    name: str
    chart: ControlChart


def control_chart_sentence(
    chart: ControlChart, title: str, language: Language, *, better: Literal["higher", "lower"] | None = None, decimals: int = 1
) -> list[Segment]:
    """The state of the latest phase and its signals.

    ``title`` names the figure; ``better`` colours what lies above or below, without it nothing is good or bad.
    """
    _ = translator(language)
    if not chart.phases:
        return [Segment(_("There are no figures to put on a control chart."), "unclear")]
    phase = chart.phases[-1]
    if phase.limits is None:
        reason = phase.reason.text(language) if phase.reason else ""
        return [Segment(_("{title} cannot be judged by control limits yet. {reason}").format(title=title, reason=reason), "unclear")]
    own = _own_signals(chart)
    centre = number_text(phase.limits.centre, decimals, language)
    around = Segment(_("{title} moves around {centre}").format(title=title, centre=centre))
    if not own:
        return [around, Segment(_(", no more than chance explains; no rule is broken")), Segment(_("."))]
    ends = _latest_of_each_pattern(own)
    told = [Segment(signal_text(each, chart, language), _tone(each, chart.points[each.places[-1]], better)) for each in ends]
    return at_a_glance(lambda most: [around, *_first(told, most, language), Segment(_("."))], MOST, language)


def control_chart_cautions(chart: ControlChart, language: Language, *, decimals: int = 1) -> list[str]:
    """What to mind beside the sentence: centre lines by phase, how far limits can be trusted, how often chance alone signals."""
    return [*_phases(chart, language, decimals), *_cautions(chart, language)] if chart.phases else []


def charts_sentence(
    named: Sequence[Named], title: str, language: Language, *, better: Literal["higher", "lower"] | None = None
) -> list[Segment]:
    """Of several charts of one figure: how many have a signal in their latest phase, those with the latest first; which are not judged."""
    _ = translator(language)
    judged = [each for each in named if each.chart.phases and each.chart.phases[-1].limits is not None]
    if not judged:
        return [Segment(_("{title} cannot be judged by control limits yet.").format(title=title), "unclear")]
    loud = [(each, own) for each in judged if (own := _own_signals(each.chart))]
    loud.sort(key=lambda entry: -entry[1][-1].places[-1])  # what is going on now goes before what was
    counts = {"title": title, "loud": number_text(len(loud), 0, language), "judged": number_text(len(judged), 0, language)}
    counted = Segment(_("{title}: {loud} of {judged} charts show a signal").format(**counts))
    told = []
    for each, own in loud:
        last = _latest_of_each_pattern(own)[0]
        words = _("{name}, {signal}").format(name=each.name, signal=signal_text(last, each.chart, language))
        told.append(Segment(words, _tone(last, each.chart.points[last.places[-1]], better)))
    left = len(named) - len(judged)
    end = [Segment(_("; {count} not judged").format(count=left), "unclear")] if left else []
    return at_a_glance(lambda most: [counted, *_first(told, most, language), *end, Segment(_("."))], MOST, language)


def unjudged_caution(named: Sequence[Named], language: Language) -> str | None:
    """Which of several charts have no limits, with the reason of the first; None where all have."""
    silent = [each for each in named if not each.chart.phases or each.chart.phases[-1].limits is None]
    if not silent:
        return None
    phases = silent[0].chart.phases
    reason = phases[-1].reason.text(language) if phases and phases[-1].reason else ""
    names = listed([each.name for each in silent], language, MOST)
    return translator(language)("Not judged: {names}. {reason}").format(names=names, reason=reason)


def _first(told: Sequence[Segment], most: int, language: Language) -> list[Segment]:
    """The first few, each after a semicolon, and how many more."""
    _ = translator(language)
    segments = [segment for each in told[:most] for segment in (Segment(_("; ")), each)]
    return segments if len(told) <= most else [*segments, Segment(_("; and {count} more").format(count=len(told) - most))]


def _own_signals(chart: ControlChart) -> list[Signal]:
    """The signals of the latest phase."""
    return [signal for signal in chart.signals if chart.points[signal.places[-1]].phase == len(chart.phases) - 1]


def signal_text(signal: Signal, chart: ControlChart, language: Language) -> str:
    """Where a rule is broken and which: for the list beside the chart and the point's label."""
    _ = translator(language)
    first, last = (wave_text(chart.points[place].point.period, language) for place in (signal.places[0], signal.places[-1]))
    if first == last:
        return _("{period}: {rule}").format(period=last, rule=signal.name.text(language))
    return _("{first} to {last}: {rule}").format(first=first, last=last, rule=signal.name.text(language))


def _latest_of_each_pattern(own: list[Signal]) -> list[Signal]:
    """A pattern that lasts marks one point after the other; only its last one is told."""
    going_on = {(signal.rule, signal.places[-1] - 1) for signal in own if signal.rule != 1}
    return [signal for signal in reversed(own) if (signal.rule, signal.places[-1]) not in going_on]


def _tone(signal: Signal, point: PlottedPoint, better: str | None) -> Tone:
    if better is None or point.z is None or signal.rule in (3, 4, 7, 8):
        return "unclear"
    return "better" if (point.z > 0) == (better == "higher") else "worse"


def _phases(chart: ControlChart, language: Language, decimals: int) -> list[str]:
    """The centre lines of the phases before, where there are several."""
    _ = translator(language)
    centres = [
        _("{name} {centre}").format(
            name=phase.name or wave_text(phase.first, language), centre=number_text(phase.limits.centre, decimals, language)
        )
        for phase in chart.phases
        if phase.limits is not None
    ]
    return [_("Centre lines by phase: {phases}.").format(phases=listed(centres, language))] if len(centres) > 1 else []


def _cautions(chart: ControlChart, language: Language) -> list[str]:
    _ = translator(language)
    phase = chart.phases[-1]
    told = []
    if phase.limits is not None and phase.provisional:
        told.append(_("The limits stand on {points} points only and are provisional.").format(points=phase.limits.points))
    for each in chart.phases:
        if each.moved:
            name = each.name or wave_text(each.first, language)
            told.append(
                _("The data behind the kept limits of {name} have changed since; the limits were left as they are.").format(name=name)
            )
    small = sum(point.small_base for point in chart.points)
    if small:
        told.append(_("At {count} points fewer than five cases are expected, so the limits there are rough.").format(count=small))
    if chart.signals:
        count = number_text(chart.expected_false_alarms, 1, language)
        told.append(_("Chance alone would give about {count} such signals on this chart.").format(count=count))
    return told
