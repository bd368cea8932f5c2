"""Whether a measure worked, in a plain sentence that claims only what the comparison shows."""

from __future__ import annotations

from analysis.effects.difference_in_differences import EffectCheck
from analysis.results.estimates import Estimate
from analysis.results.sentences import Segment, Tone, p_equals_text
from words.language import Language, number_text, translator
from words.lists import listed
from words.periods import wave_text

_TONES: dict[str, Tone] = {"higher": "better", "lower": "worse"}
MOST = 3


def effect_sentence(found: EffectCheck, title: str, treated: list[str], language: Language) -> list[Segment]:
    """What changed where something was done and elsewhere, the effect with its interval, and whether paths ran alike before.

    ``treated`` are the names of the branches where something was done.
    """
    _ = translator(language)
    told, effect = found.difference, found.difference.effect
    if effect.value is None:
        return [Segment(told.reason.text(language) if told.reason else _("There are no figures to compare."), "unclear")]
    since = wave_text(found.after[0], language)
    text = _("{title} since {wave}: {own} points in {branches}, {others} in the {count} untouched branches")
    parts = [
        Segment(
            text.format(
                title=title, wave=since, branches=listed(treated, language, MOST), own=_points(told.own, language),
                others=_points(told.others, language), count=len(found.untouched),
            )
        )
    ]  # fmt: skip
    size = _("{points} points ({low} to {high}, {p})")
    if effect.low is not None and effect.high is not None:
        level = _points(effect, language)
        low, high = (number_text(end, 1, language, signed=True) for end in (effect.low, effect.high))
        size = size.format(points=level, low=low, high=high, p=p_equals_text(effect.p, language))
    verdict = effect.verdict or "unclear"
    words = {
        "higher": _("; the difference, {size}, is more than chance explains"),
        "lower": _("; the difference, {size}, is against the measure and more than chance explains"),
        "unclear": _("; the difference, {size}, cannot be told from chance"),
    }
    parts.append(Segment(words[verdict].format(size=size), _TONES.get(verdict, "unclear")))
    placebo = found.placebo.effect if found.placebo else None
    if placebo is not None and placebo.verdict in _TONES:
        apart = _("; but the branches had drifted apart before ({points} points), so the measure need not be the cause")
        parts.append(Segment(apart.format(points=_points(placebo, language)), "worse"))
    return [*parts, Segment(_("."))]


def _points(entry: Estimate, language: Language) -> str:
    return number_text(entry.value or 0.0, 1, language, signed=True)
