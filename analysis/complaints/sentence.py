"""What complaints say, in plain sentences: rates, promises, and the unhappy who say nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analysis.complaints.handling import PromiseKept
from analysis.complaints.silent_unhappy import SilentUnhappy
from analysis.complaints.ticket_sums import ESCALATED, FIRST_CONTACT, HAND_OVERS
from analysis.results.estimates import Estimate, Result
from analysis.results.sentences import Segment, Tone
from words.counts import complaints_text
from words.language import Language, number_text, translator
from words.lists import listed

Name = Callable[[str | None], str]
MOST = 3


def rates_sentence(rates: Result, compared: Result, dimension: str, language: Language, name: Name) -> list[Segment]:
    """All complaints, who has significantly more than the rest and who fewer; ``compared`` are the groups against the rest."""
    _ = translator(language)
    total = sum(entry.n for entry in rates.estimates)
    unknown = [entry for entry in rates.estimates if entry.value is None]
    segments = [Segment(complaints_text(total, language))]
    sides: tuple[tuple[str, Tone, str], ...] = (
        ("higher", "worse", _("; more than the rest: {names}")),
        ("lower", "better", _("; fewer than the rest: {names}")),
    )
    for verdict, tone, text in sides:
        those = [entry for entry in compared.estimates if entry.verdict == verdict and entry.p_adjusted is not None]
        if those:
            segments.append(Segment(text.format(names=listed([name(entry.keys[dimension]) for entry in those], language, MOST)), tone))
    if len(segments) == 1 and compared.estimates:
        segments.append(Segment(_("; no rate can be told from the rest"), "unclear"))
    if unknown:
        text = _("; without customers, so without a rate: {names}")
        segments.append(Segment(text.format(names=listed([name(entry.keys[dimension]) for entry in unknown], language, MOST)), "unclear"))
    return [*segments, Segment(_("."))]


def promises_sentence(found: Sequence[PromiseKept], language: Language) -> list[Segment]:
    """Each promise: mean and longest time against it, the share within, and how many open tickets are already too old."""
    _ = translator(language)
    if not found:
        return [Segment(_("No ticket falls under a promise."), "unclear")]
    segments: list[Segment] = []
    for kept in found:
        segments += [Segment(_("{name}: ").format(name=kept.promise.name)), *_times(kept, language)]
        if kept.open:
            text = _("; {open} still open, {overdue} of them longer than promised") if kept.promise.longest_hours is not None else _(
                "; {open} still open"
            )  # fmt: skip
            tone: Tone = "worse" if kept.overdue else "neutral"
            told = text.format(open=number_text(kept.open, 0, language), overdue=number_text(kept.overdue, 0, language))
            segments.append(Segment(told, tone))
        segments.append(Segment(_(". ")))
    return [*segments[:-1], Segment(_("."))]


def handling_sentence(handling: Result, language: Language) -> list[Segment]:
    """Shares solved at first contact and escalated, and mean hand-overs, of all tickets; what no ticket tells is left out."""
    _ = translator(language)
    texts = {
        FIRST_CONTACT: _("solved at first contact, %: {value}"),
        ESCALATED: _("escalated, %: {value}"),
        HAND_OVERS: _("hand-overs a ticket: {value}"),
    }
    known = [(texts[entry.code], entry) for entry in handling.estimates if entry.value is not None]
    if not known:
        return []
    told = [text.format(value=_between(entry, 2 if entry.code == HAND_OVERS else 1, language)) for text, entry in known]
    return [Segment(_("; ").join(told)), Segment(_("."))]


def silent_sentence(found: SilentUnhappy, when: str, language: Language) -> list[Segment]:
    """The rule of thumb and the survey of ``when`` side by side, and whether they can both be true."""
    _ = translator(language)
    rule = number_text(found.by_rule.value or 0.0, 0, language)
    head = _("{when}: {complaints} complaints times {ratio} make {rule} unhappy customers").format(
        when=when, complaints=number_text(found.complaints, 0, language), ratio=number_text(found.ratio, 0, language), rule=rule
    )
    if found.by_survey.value is None:
        reason = found.by_survey.reason.text(language) if found.by_survey.reason else ""
        return [Segment(head), Segment(_(". ")), Segment(reason, "unclear")]
    survey = _("; the survey estimates {value}").format(value=_between(found.by_survey, 0, language))
    verdicts = {
        "higher": _(": the rule claims more than the survey finds"),
        "lower": _(": the rule claims fewer than the survey finds"),
        "unclear": _(": the two do not contradict each other"),
    }
    segments = [Segment(head), Segment(survey), Segment(verdicts[found.verdict or "unclear"], "unclear")]
    if found.implied.value is not None:
        text = _("; by the survey one complaint stands for {value} unhappy customers")
        segments.append(Segment(text.format(value=_between(found.implied, 1, language))))
    return [*segments, Segment(_("."))]


def _times(kept: PromiseKept, language: Language) -> list[Segment]:
    _ = translator(language)
    tones: dict[bool | None, Tone] = {True: "better", False: "worse", None: "unclear"}
    segments = []
    if kept.mean.value is not None:
        text = _("on average {hours} hours") if kept.promise.mean_hours is None else _("on average {hours} hours, promised {promised}")
        promised = "" if kept.promise.mean_hours is None else number_text(kept.promise.mean_hours, 0, language)
        told = text.format(hours=number_text(kept.mean.value, 1, language), promised=promised)
        segments.append(Segment(told, tones[kept.mean_kept]))
    else:
        segments.append(Segment(_("no ticket resolved yet"), "unclear"))
    if kept.longest_hours is not None and kept.promise.longest_hours is not None:
        text = _("; longest {hours} hours, promised at most {promised}")
        told = text.format(
            hours=number_text(kept.longest_hours, 1, language), promised=number_text(kept.promise.longest_hours, 0, language)
        )
        segments.append(Segment(told, tones[kept.longest_kept]))
    if kept.within.value is not None:
        segments.append(Segment(_("; {share} % in time").format(share=number_text(kept.within.value, 1, language))))
    return segments


def _between(entry: Estimate, decimals: int, language: Language) -> str:
    """A figure with its interval."""
    value = number_text(entry.value or 0.0, decimals, language)
    if entry.low is None or entry.high is None:
        return value
    low, high = (number_text(end, decimals, language) for end in (entry.low, entry.high))
    return translator(language)("{value} ({low} to {high})").format(value=value, low=low, high=high)
