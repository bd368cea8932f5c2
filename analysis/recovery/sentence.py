"""How far the recovery of unhappy customers got and whether it helped, in plain sentences that claim only what was found."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.recovery.progress import Progress
from analysis.recovery.recovery_effect import AskedIn, RecoveryEffect
from analysis.results.estimates import Estimate
from analysis.results.sentences import Segment, Tone, p_equals_text
from words.language import Language, Message, message, number_text, translator

#: Where satisfaction afterwards was asked.
ASKED_IN: dict[AskedIn, Message] = {
    "survey": message("next wave"),
    "sheet": message("sheet of contacts"),
}
_TONES: dict[str, Tone] = {"higher": "better", "lower": "worse"}


def progress_sentence(found: Progress, on: str, language: Language, *, reported: bool) -> list[Segment]:
    """How many there are to recover, how many of them were contacted, reached and repaired, and for how many the time is up."""
    _ = translator(language)
    if found.reason is not None:
        return [Segment(found.reason.text(language), "unclear")]
    if not found.to_recover:
        return [Segment(_("Nobody here is to be recovered."))]
    count = number_text(found.to_recover, 0, language)
    if not reported:
        return [Segment(_("{count} customers are to be recovered; no sheet of contacts came for this wave yet.").format(count=count))]
    contacted, reached, repaired = (_share(found, step, language) for step in ("contacted", "reached", "repaired"))
    text = _("Of {count} customers to recover {contacted} were contacted, {reached} reached and {repaired} repaired")
    parts = [Segment(text.format(count=count, contacted=contacted, reached=reached, repaired=repaired))]
    if found.overdue:
        late = _("; {overdue} are overdue on {on}").format(overdue=number_text(found.overdue, 0, language), on=on)
        parts.append(Segment(late, "worse"))
    return [*parts, Segment(_("."))]


def answer_sentence(found: Progress, effect: RecoveryEffect | None, language: Language, *, reported: bool) -> list[Segment]:
    """The answer in one line: how many were contacted, for how many the time is up, what contact made."""
    _ = translator(language)
    if not reported or found.reason is not None or not found.to_recover:
        return progress_sentence(found, "", language, reported=reported)
    text = _("Of {count} customers to recover {contacted} were contacted")
    parts = [Segment(text.format(count=number_text(found.to_recover, 0, language), contacted=_share(found, "contacted", language)))]
    if found.overdue:
        parts.append(Segment(_("; {overdue} are overdue").format(overdue=number_text(found.overdue, 0, language)), "worse"))
    if effect is not None and effect.effect.value is not None:
        verdict = effect.effect.verdict or "unclear"
        words = {
            "higher": _("; contact made {size}, more than chance explains"),
            "lower": _("; the contacted are behind by {size}, more than chance explains"),
            "unclear": _("; the contacted differ by {size}, which cannot be told from chance"),
        }
        parts.append(Segment(words[verdict].format(size=_size(effect.effect, language)), _TONES.get(verdict, "unclear")))
    return [*parts, Segment(_("."))]


def _size(effect: Estimate, language: Language) -> str:
    low, high = (number_text(end or 0.0, 1, language, signed=True) for end in (effect.low, effect.high))
    text = translator(language)("{number} points").format(number=_points(effect, language))
    return translator(language)("{level} ({low} to {high})").format(level=text, low=low, high=high)


def _share(found: Progress, step: str, language: Language) -> str:
    _ = translator(language)
    share = number_text(found.percent(step) or 0.0, 2, language)
    return _("{count} ({share} %)").format(count=number_text(getattr(found, step), 0, language), share=share)


def effect_sentence(found: RecoveryEffect, language: Language) -> list[Segment]:
    """What changed for the contacted and for the others of the list, and whether the difference is more than chance explains."""
    _ = translator(language)
    own, others, effect = found.changed("contacted"), found.changed("not_contacted"), found.effect
    where = ASKED_IN[found.asked_in].text(language)
    if own is None or own.value is None:
        reason = own.reason if own is not None and own.reason is not None else effect.reason
        return [Segment(reason.text(language) if reason is not None else "", "unclear")]
    text = _("Asked again ({where}), the satisfaction of {n} contacted customers changed by {change} points")
    parts = [Segment(text.format(n=number_text(own.n, 0, language), where=where, change=_points(own, language)))]
    if effect.value is None or others is None or others.value is None:
        told = effect.reason.text(language) if effect.reason is not None else ""
        return [*parts, Segment(_(". {reason}").format(reason=told), "unclear")]
    beside = _(", that of {n} comparable ones not contacted by {change}")
    parts.append(Segment(beside.format(n=number_text(others.n, 0, language), change=_points(others, language))))
    low, high = (number_text(end or 0.0, 1, language, signed=True) for end in (effect.low, effect.high))
    size = _("{points} points ({low} to {high}, {p})")
    size = size.format(points=_points(effect, language), low=low, high=high, p=p_equals_text(effect.p, language))
    words = {
        "higher": _("; at equal starting points contact made {size}, more than chance explains."),
        "lower": _("; at equal starting points the contacted are behind by {size}, more than chance explains."),
        "unclear": _("; at equal starting points the difference, {size}, cannot be told from chance."),
    }
    verdict = effect.verdict or "unclear"
    return [*parts, Segment(words[verdict].format(size=size), _TONES.get(verdict, "unclear"))]


def main_effect(effects: Sequence[RecoveryEffect]) -> RecoveryEffect | None:
    """The one to speak of first: with a comparison before one without, of the survey before that of the sheet."""
    return min(effects, key=lambda each: (each.effect.value is None, each.asked_in != "survey"), default=None)


def _points(entry: Estimate, language: Language) -> str:
    return number_text(entry.value or 0.0, 1, language, signed=True)
