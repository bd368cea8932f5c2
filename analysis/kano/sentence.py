"""What Kano's classes say of the features, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.drivers.penalty_reward import Contrast
from analysis.kano.beside_penalty_reward import CLASS_OF
from analysis.kano.estimate_kano import KanoFeature
from analysis.kano.evaluation_table import CLASSES, KanoClass
from analysis.results.sentences import Segment
from words.language import Language, number_text, translator
from words.lists import listed

#: Features named one by one in a class.
MOST = 2
#: The classes that the question is about: what is taken for granted, and what delights.
_ASKED: tuple[KanoClass, ...] = ("M", "A")


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
    """What is taken for granted and what delights, the clearest first with the share that says so; what stands between; the base.

    Features of one group. No class is better than another, so none is coloured.
    """
    _ = translator(language)
    shown = [feature for feature in features if feature.kind is not None]
    if not shown:
        return [Segment(_("No feature has enough answers for a class."), "unclear")]
    texts = {"M": _("taken for granted (must-be): {names}"), "A": _("delights (attractive): {names}")}
    parts = [texts[kind].format(names=_clear(shown, kind, titles, language)) for kind in _ASKED if _of(shown, kind)]
    segments = [Segment(_("; ").join(parts) if parts else _("no feature is taken for granted or delights for certain"))]
    unsure = [titles[feature.code] for feature in shown if feature.ambiguous is not False]
    if unsure:
        text = _("between two classes: {names}").format(names=listed(unsure, language, MOST))
        segments += [Segment(_("; ")), Segment(text, "unclear")]
    base = _("; {n} respondents").format(n=number_text(max(feature.strength.n for feature in shown), 0, language))
    return [*_begun(segments), Segment(base), Segment(_("."))]


def other_classes(features: Sequence[KanoFeature], titles: Mapping[str, str], language: Language) -> str:
    """The features of the classes that the answer does not name; empty where there are none."""
    _ = translator(language)
    parts = [
        _("{kind}: {names}").format(
            kind=class_name(kind, language), names=listed([titles[each.code] for each in _of(features, kind)], language)
        )
        for kind in CLASSES
        if kind not in _ASKED and _of(features, kind)
    ]
    return _("Other classes: {list}.").format(list=_("; ").join(parts)) if parts else ""


def _of(features: Sequence[KanoFeature], kind: KanoClass) -> list[KanoFeature]:
    """The features that are clearly of a class, the clearest first."""
    clear = [feature for feature in features if feature.kind == kind and feature.ambiguous is False]
    return sorted(clear, key=lambda feature: -(feature.strength.value or 0.0))


def _clear(features: Sequence[KanoFeature], kind: KanoClass, titles: Mapping[str, str], language: Language) -> str:
    """The names of a class; the first with its share of respondents."""
    _ = translator(language)
    first, *others = _of(features, kind)
    share = first.shares[kind]
    value = number_text(share.value or 0.0, 0, language)
    if share.low is not None and share.high is not None:
        half = number_text((share.high - share.low) / 2, 0, language)
        named = _("{name} {share} % (±{half})").format(name=titles[first.code], share=value, half=half)
    else:
        named = _("{name} {share} %").format(name=titles[first.code], share=value)
    return listed([named, *(titles[each.code] for each in others)], language, MOST)


def contrasts_sentence(contrasts: Sequence[Contrast], titles: Mapping[str, str], language: Language) -> list[Segment]:
    """Drivers by the class of their penalty and reward, must-be first; those without one are not named."""
    _ = translator(language)
    parts = [
        _("{kind}: {names}").format(kind=class_name(kind, language), names=listed(names, language, MOST))
        for kind in CLASSES
        if (names := [titles[each.driver] for each in contrasts if CLASS_OF[each.kind] == kind])
    ]
    if not parts:
        return [Segment(_("Penalty and reward tell no class."), "unclear")]
    return [*_begun([Segment(_("; ").join(parts))]), Segment(_(" (by penalty and reward)."))]


def _begun(segments: Sequence[Segment]) -> list[Segment]:
    """The segments with a capital letter at the start."""
    first, *others = segments
    return [replace(first, text=first.text[:1].upper() + first.text[1:]), *others]
