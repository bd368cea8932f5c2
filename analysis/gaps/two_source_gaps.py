"""Gaps 1 to 3: between what customers find important, what managers believe, the standard set, and what is delivered.

1 understanding: customers' stated importance − managers' belief; 2 standards: importance − standard; 3 delivery: standard − score of
inspections. Each is the difference of two independent samples, or of a sample and a fixed number: var = se₁² + se₂², t with Welch's degrees
of freedom. Both sides of an indicator stand on the items both have; where these carry less than half of its weight there is no gap.
Positive gaps fall short: the first side asks for more than the second gives. p by Benjamini and Hochberg as in
:mod:`analysis.gaps.service_gap`.

Source: ``docs/methods.md``, section 6; Parasuraman, Zeithaml and Berry (1985); checked against R ``survey``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from analysis.gaps.gap_result import Gap, GapAnalysis, GapKind, falls_short
from analysis.gaps.gap_schema import gap_codes
from analysis.gaps.service_gap import adjusted
from analysis.gaps.sides import GapSide, Keys, Wanted
from analysis.inference.comparable import Asking
from analysis.inference.independent_difference import independent_difference
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Questions, Result, Thresholds
from analysis.results.provenance import Provenance
from analysis.sums.indicator_coefficients import indicator_coefficients
from analysis.sums.tallies import WAVE
from survey_schema.models import SurveySchema
from words.language import Message, message

METHODS: Mapping[GapKind, Message] = {
    "understanding": message("Importance customers state minus the importance managers believe they find, two independent samples."),
    "standards": message("Importance customers state minus the standard set, which is known."),
    "delivery": message("Standard set minus what is delivered: the score of inspections, visits as sampling units, or what staff say."),
}
#: Why an item or indicator has no gap where one of the sides says nothing of it.
ONE_SIDE = message("Not asked: one of the two sides has no figure for it.")


def no_gap(kind: GapKind, reason: Message, survey: SurveySchema, missing: Sequence[str] = ()) -> GapAnalysis:
    """A gap that there is none of, for a ``reason``; ``missing`` are the kinds of data that would bring it."""
    return GapAnalysis(kind, (), Result((), Provenance(METHODS.get(kind, reason))), survey, tuple(missing), reason)


def joined_waves(waves: Mapping[str, GapAnalysis], thresholds: Thresholds = DEFAULT_THRESHOLDS) -> GapAnalysis:
    """The gaps of several waves as one analysis, each with its wave among its keys; p adjusted over all of them together.

    The reason of the latest wave where none has a gap; a wave without any is left out.
    """
    found = {wave: each for wave, each in waves.items() if each.reason is None}
    if not found:
        return list(waves.values())[-1]
    own = [(_of_wave(gap, wave), each) for wave, each in found.items() for gap in each.gaps]
    last = list(found.values())[-1]
    judged = adjusted([gap.gap for gap, _ in own], last.survey, thresholds)
    gaps = tuple(replace(gap, gap=new, falls_short=falls_short(new, below=False)) for (gap, _), new in zip(own, judged, strict=True))
    return replace(last, gaps=gaps, result=replace(last.result, estimates=tuple(judged)))


def _of_wave(gap: Gap, wave: str) -> Gap:
    one, plus, minus = (side._replace(keys={WAVE: wave, **side.keys}) for side in (gap.gap, gap.plus, gap.minus))
    return replace(gap, gap=one, plus=plus, minus=minus)


def estimate_gap(
    kind: GapKind,
    plus: GapSide,
    minus: GapSide,
    derived: SurveySchema,
    *,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> GapAnalysis:
    """The gap of every item and indicator of ``derived`` (:func:`analysis.gaps.gap_schema.gap_schema`) in every group of both sides.

    Groups that one of the sides does not have are not asked there, which is their reason.
    """
    wanted = [each for keys in _groups(plus, minus) for each in _wanted(keys, plus, minus, derived)]
    known = [place for place, (_, reason, _) in enumerate(wanted) if reason is None]
    asked = [wanted[place][0] for place in known]
    sides = iter(zip(plus.levels(asked), minus.levels(asked), strict=True))
    pairs = []
    for each, reason, questions in wanted:
        if reason is None:
            one, other = next(sides)
        else:
            one = other = Estimate(each.keys, each.code, None, reason=reason, questions=questions)
        pairs.append((one, other, _difference(one, other, questions, thresholds)))
    judged = adjusted([pair[2] for pair in pairs], derived, thresholds)
    gaps = tuple(Gap(gap, one, other, falls_short(gap, below=False)) for gap, (one, other, _) in zip(judged, pairs, strict=True))
    return GapAnalysis(kind, gaps, Result(tuple(judged), Provenance(METHODS[kind], thresholds, "fdr_bh")), derived)


def _groups(plus: GapSide, minus: GapSide) -> list[Keys]:
    """Groups of either side; everybody where any will do."""
    known = [side.groups() for side in (plus, minus)]
    found: dict[frozenset[tuple[str, str | None]], Keys] = {}
    for keys in (keys for groups in known if groups is not None for keys in groups):
        found.setdefault(frozenset(keys.items()), keys)
    return list(found.values()) if any(groups is not None for groups in known) else [{}]


def _wanted(keys: Keys, plus: GapSide, minus: GapSide, derived: SurveySchema) -> list[tuple[Wanted, Message | None, Questions | None]]:
    """The levels to estimate on the items both sides have, or the reason why not, and the questions where they are not all."""
    common = plus.items(keys) & minus.items(keys)
    items = [item.code for item in derived.items]
    scored = np.array([item in common for item in items], dtype=bool)
    made_of = indicator_coefficients(derived, items, scored)
    asking = Asking(derived)
    found: list[tuple[Wanted, Message | None, Questions | None]] = []
    for code in gap_codes(derived):
        if code not in made_of:
            found.append((Wanted(keys, code, {}), ONE_SIDE, None))
            continue
        weights = {item: float(weight) for item, weight in zip(items, made_of[code], strict=True) if weight}
        questions = asking.asked(code, common)
        found.append((Wanted(keys, code, weights), asking.too_little(code, questions), questions))
    return found


def _difference(one: Estimate, other: Estimate, questions: Questions | None, thresholds: Thresholds) -> Estimate:
    """plus − minus of two independent estimates. Its base is that of the sampled side; of two samples the smaller."""
    sampled = [side for side in (one, other) if side.n] or [one]
    smaller = min(sampled, key=lambda side: side.n_eff)
    plain = Estimate(one.keys, one.code, None, n=smaller.n, n_eff=smaller.n_eff, questions=questions, marked=one.marked or other.marked)
    reason = one.reason or other.reason
    if reason is not None or one.value is None or other.value is None:
        return plain._replace(reason=reason or ONE_SIDE)
    return independent_difference(one, other, plain, thresholds)
