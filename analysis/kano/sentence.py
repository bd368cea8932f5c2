"""What Kano's classes say of the features, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.drivers.penalty_reward import Contrast
from analysis.kano.beside_penalty_reward import CLASS_OF
from analysis.kano.estimate_kano import KanoFeature
from analysis.kano.evaluation_table import CLASSES, KanoClass
from analysis.results.sentences import Segment, Tone
from words.language import Language, translator
from words.lists import listed

#: Features named one by one in a class.
MOST = 3
_TONES: Mapping[KanoClass, Tone] = {"M": "worse", "A": "better"}


def class_name(kind: KanoClass, language: Language) -> str:
    """What a class is called."""
    _ = translator(language)
    return {
        "M": _("must-be"),
        "O": _("one-dimensional"),
        "A": _("attractive"),
        "I": _("indifferent"),
        "R": _("reverse"),
        "Q": _("questionable"),
    }[kind]


def kano_sentence(features: Sequence[KanoFeature], titles: Mapping[str, str], language: Language) -> list[Segment]:
    """Features by class, must-be first; those whose class cannot be told from the next stand apart. Features of one group."""
    _ = translator(language)
    shown = [feature for feature in features if feature.kind is not None]
    if not shown:
        return [Segment(_("No feature has enough answers for a class."), "unclear")]
    segments: list[Segment] = []
    for kind in CLASSES:
        names = [titles[feature.code] for feature in shown if feature.kind == kind and feature.ambiguous is False]
        if names:
            text = _("{kind}: {names}").format(kind=class_name(kind, language), names=listed(names, language, MOST))
            segments += [*([Segment(_("; "))] if segments else []), Segment(text, _TONES.get(kind, "neutral"))]
    unsure = [titles[feature.code] for feature in shown if feature.ambiguous is not False]
    if unsure:
        text = _("between two classes: {names}").format(names=listed(unsure, language, MOST))
        segments += [*([Segment(_("; "))] if segments else []), Segment(text, "unclear")]
    return [*_begun(segments), Segment(_("."))]


def contrasts_sentence(contrasts: Sequence[Contrast], titles: Mapping[str, str], language: Language) -> list[Segment]:
    """Drivers by the class of their penalty and reward, must-be first; those without one are not named."""
    _ = translator(language)
    segments: list[Segment] = []
    for kind in CLASSES:
        names = [titles[each.driver] for each in contrasts if CLASS_OF[each.kind] == kind]
        if names:
            text = _("{kind}: {names}").format(kind=class_name(kind, language), names=listed(names, language, MOST))
            segments += [*([Segment(_("; "))] if segments else []), Segment(text, _TONES.get(kind, "neutral"))]
    if not segments:
        return [Segment(_("Penalty and reward tell no class."), "unclear")]
    return [*_begun(segments), Segment(_(" (by penalty and reward)."))]


def _begun(segments: Sequence[Segment]) -> list[Segment]:
    """The segments with a capital letter at the start."""
    first, *others = segments
    return [replace(first, text=first.text[:1].upper() + first.text[1:]), *others]
