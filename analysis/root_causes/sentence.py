"""Which end causes are confirmed, with their influence; which are not; and where more data would tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.results.sentences import Segment, Tone
from analysis.root_causes.verdicts import JudgedCause, RootCauses, Verdict
from words.language import Language, number_text, translator
from words.lists import listed

#: Causes named one by one.
MOST = 4
_TONES: Mapping[Verdict, Tone] = {"confirmed": "neutral", "not_confirmed": "neutral", "not_enough_data": "unclear"}


def root_causes_sentence(found: RootCauses, language: Language, names: Mapping[str, str] | None = None) -> list[Segment]:
    """One sentence; ``names`` gives the causes' texts where their ids are none."""
    _ = translator(language)
    if not found.causes:
        return [Segment(_("No end cause has been tested yet."), "unclear")]
    confirmed = found.of("confirmed")
    count, total = len(confirmed), len(found.causes)
    segments = [Segment(_("{count} of {total} tested end causes confirmed").format(count=count, total=total))]
    texts = {
        "confirmed": _(": {names}"),
        "not_confirmed": _("; not confirmed: {names}"),
        "not_enough_data": _("; not enough data: {names}"),
    }
    for verdict, tone in _TONES.items():
        those = found.of(verdict)
        if those:
            told = listed([_told(each, language, names or {}) for each in those], language, MOST)
            segments.append(Segment(texts[verdict].format(names=told), tone))
    return [*segments, Segment(_("."))]


def cause_texts(causes: Sequence[JudgedCause], names: Mapping[str, str]) -> list[str]:
    """The texts of causes."""
    return [names.get(each.cause, each.cause) for each in causes]


def _told(cause: JudgedCause, language: Language, names: Mapping[str, str]) -> str:
    """The cause with its influence and interval."""
    _ = translator(language)
    (name,), part = cause_texts([cause], names), cause.test.influence
    if part.value is None or part.low is None or part.high is None:
        return name
    value, low, high = (number_text(end, 1, language) for end in (part.value, part.low, part.high))
    return _("{cause} ({value} %, {low} to {high})").format(cause=name, value=value, low=low, high=high)
