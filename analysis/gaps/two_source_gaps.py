"""Gaps 1 to 4: between what customers find important, what managers believe, the standard set, what is delivered and what is promised.

1 understanding: customers' stated importance − managers' belief; 2 standards: importance − standard; 3 delivery: standard − score of
inspections; 4 communication: promise − delivery. Each is the difference of two independent samples, or of a sample and a fixed number:
var = se₁² + se₂², t with Welch's degrees of freedom. Both sides of an indicator stand on the items both have; where these carry less than
half of its weight there is no gap. Positive gaps fall short (the first side asks for more than the second gives), but for units such as
hours, where less is better, negative ones do. p by Benjamini and Hochberg as in :mod:`analysis.gaps.service_gap`.

Source: ``docs/methods.md``, section 6; Parasuraman, Zeithaml and Berry (1985); checked against R ``survey``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from analysis.gaps.gap_result import Gap, GapAnalysis, GapKind, falls_short
from analysis.gaps.gap_schema import gap_codes
from analysis.gaps.service_gap import adjusted
from analysis.gaps.sides import GapSide, Keys, Wanted
from analysis.inference.comparable import Asking
from analysis.inference.independent_difference import independent_difference
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Questions, Result, Thresholds
from analysis.results.provenance import Provenance
from analysis.results.reasons import not_asked
from analysis.sums.indicator_coefficients import indicator_coefficients
from survey_schema.models import SurveySchema
from words.language import Message, message

METHODS: Mapping[GapKind, Message] = {
    "understanding": message("Importance customers state minus the importance managers believe they find, two independent samples."),
    "standards": message("Importance customers state minus the standard set, which is known."),
    "delivery": message("Standard set minus the score of inspections, visits as sampling units."),
    "communication": message("What is promised minus what is delivered."),
}
#: The sheets a gap needs beside the survey's own questions.
SHEETS: Mapping[GapKind, tuple[str, ...]] = {
    "understanding": ("staff",),
    "standards": ("standards",),
    "delivery": ("standards", "inspections"),
    "communication": ("promises", "inspections"),
    "service": (),
}


def missing_gap(kind: GapKind, missing: Sequence[str]) -> GapAnalysis:
    """A gap that is hidden for the sheets it needs and does not have."""
    reason = message("This gap needs data that is not there yet.")
    return GapAnalysis(kind, (), Result((), Provenance(METHODS[kind])), tuple(missing), reason)


def estimate_gap(
    kind: GapKind,
    plus: GapSide,
    minus: GapSide,
    derived: SurveySchema,
    *,
    less_is_better: frozenset[str] = frozenset(),
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> GapAnalysis:
    """The gap of every item and indicator of ``derived`` (:func:`analysis.gaps.gap_schema.gap_schema`) in every group of both sides.

    Groups that one of the sides does not have are not asked there, which is their reason. ``less_is_better`` names codes in units such as
    hours.
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
    gaps = tuple(
        Gap(gap, one, other, falls_short(gap, below=gap.code in less_is_better)) for gap, (one, other, _) in zip(judged, pairs, strict=True)
    )
    return GapAnalysis(kind, gaps, Result(tuple(judged), Provenance(METHODS[kind], thresholds, "fdr_bh")))


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
            found.append((Wanted(keys, code, {}), not_asked(), None))
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
        return plain._replace(reason=reason or not_asked())
    return independent_difference(one, other, plain, thresholds)
