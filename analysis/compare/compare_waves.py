"""A wave against the previous one and against the same wave a year before: what changed beyond chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.disclosure.protected_domains import find_suppression, protected_domains
from analysis.inference.adjusted_tests import with_verdicts
from analysis.inference.comparable import Comparable
from analysis.inference.figures import contrast, described, estimate, figures_of, hide_small, nobody, wanted_codes
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.results.gaps import Gaps
from analysis.results.provenance import Adjustment, Provenance
from analysis.sums.domains import Domains, domains
from analysis.sums.indicator_coefficients import indicator_coefficients
from analysis.sums.tallies import WAVE, Tallies
from survey_schema.models import SurveySchema
from words.language import message

METHOD = message(
    "Score of this wave minus the earlier one on the questions both were asked; waves are independent samples; linearised variance, t "
    "test, adjusted p; a change is called one only if it is certain and at least the smallest interesting difference."
)

GROUPS_METHOD = message(
    "Score of each group in this wave minus the earlier one on the questions it was asked in both; waves are independent samples; "
    "linearised variance, t test; p adjusted for the number of groups; a change is called one only if it is certain and at least the "
    "smallest interesting difference."
)

#: A second cause is named beside the first where it contributes this share of it or more.
_OF_FIRST = 0.5


@dataclass(frozen=True)
class WaveChange:
    """Differences ``now`` minus ``before`` by indicator (or by group), and what each item contributes to the change of the overall index.

    ``contributions`` are those of all groups together, so there are none where each group has its own change.
    """

    now: str
    before: str
    differences: Gaps
    contributions: Mapping[str, float]

    def real_items(self) -> list[Estimate]:
        """The items whose change is certain and large enough to matter, the largest contribution to the change of the index first."""
        real = [e for e in self.items() if e.verdict in ("higher", "lower") and e.value is not None]
        return sorted(real, key=lambda e: -abs(self.contributions[e.code]))

    def main_causes(self, code: str) -> tuple[str, ...]:
        """The one or two items through which the index ``code`` really moved, the largest contribution first.

        They are real changes themselves and go the way the index went; a second one is named where it contributes at least half as much
        as the first. None where the index did not really change.
        """
        index = self.differences.find(code)
        if index is None or index.verdict not in ("higher", "lower"):
            return ()
        way = 1 if index.verdict == "higher" else -1
        along = [e.code for e in self.real_items() if way * self.contributions[e.code] > 0][:2]
        return tuple(item for item in along if abs(self.contributions[item]) >= _OF_FIRST * abs(self.contributions[along[0]]))

    def items(self) -> list[Estimate]:
        """The items of the index that were compared."""
        return [e for e in self.differences.estimates if e.code in self.contributions]


@dataclass(frozen=True)
class WaveChanges:
    """One change, or one of every wave from an earlier one, oldest first; none where no wave has an earlier one."""

    steps: tuple[WaveChange, ...]
    provenance: Provenance

    @property
    def last(self) -> WaveChange | None:
        """The change of the latest wave."""
        return self.steps[-1] if self.steps else None

    @property
    def joined(self) -> Gaps:
        """The differences of all steps as one result, described as the last of them."""
        if not self.steps:
            return Gaps((), self.provenance)
        return replace(self.steps[-1].differences, estimates=tuple(e for step in self.steps for e in step.differences.estimates))


def compare_waves(
    tallies: Tallies,
    schema: SurveySchema,
    now: str,
    before: str,
    *,
    where: Mapping[str, str] | None = None,
    codes: Sequence[str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> WaveChange:
    """Change of every indicator asked for from wave ``before`` to wave ``now``, in points.

    The headline (the root of the tree, or a single code) is judged by its own p; the others are one Benjamini-Hochberg
    family. Both waves stand on the questions both were asked; ``contributions`` are the weight of an item among these × its change, so
    they add up to the change of the index.
    """
    over = domains(tallies.where({**(where or {}), WAVE: [now, before]}), [WAVE])
    wanted = wanted_codes(schema, tallies, codes)
    suppression = find_suppression(tallies, schema, [WAVE], {**(where or {}), WAVE: [now, before]}, thresholds)
    sides = [
        {figure.code: figure for figure in hide_small(figures_of(over, schema, wanted, [g]), suppression)}
        if (g := over.find(wave=label)) is not None
        else {}
        for label in (now, before)
    ]
    comparable = Comparable(over, schema, thresholds, suppression.reason)
    both = [(sides[0][code], sides[1][code]) for code in wanted if code in sides[0] and code in sides[1]]
    pairs = [contrast(*comparable.pair(*sides), {WAVE: now}) for sides in both]
    found = estimate(over, pairs, thresholds, tested=True)
    smallest = schema.comparison.smallest_interesting_difference
    head = [entry for entry in found if entry.code == schema.tree.code]
    others = [entry for entry in found if entry.code != schema.tree.code]
    judged = with_verdicts(head, "holm", thresholds, smallest) + with_verdicts(others, "fdr_bh", thresholds, smallest)
    weights = _weights(over, schema)
    contributions = {entry.code: weights[entry.code] * entry.value for entry in judged if entry.value is not None and entry.code in weights}
    differences = Gaps(tuple(judged), described(METHOD, schema, thresholds, over, adjustment="fdr_bh"), against=before)
    return WaveChange(now, before, differences, contributions)


def compare_waves_by_group(
    tallies: Tallies,
    schema: SurveySchema,
    now: str,
    before: str,
    *,
    dimension: str = "branch",
    where: Mapping[str, str] | None = None,
    codes: Sequence[str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Gaps:
    """Change of each group from wave ``before`` to wave ``now``, in points, for every indicator asked for.

    Every group that answered in either wave has an estimate; one that is hidden or missing in one of them has a reason. One
    indicator is a family of Holm, several one family of Benjamini-Hochberg, as for groups against the rest.
    """
    over, suppression = protected_domains(tallies, schema, [dimension, WAVE], {**(where or {}), WAVE: [now, before]}, thresholds)
    wanted = wanted_codes(schema, tallies, codes)
    figures = hide_small(figures_of(over, schema, wanted), suppression)
    known = {(figure.keys[dimension], figure.keys[WAVE], figure.code): figure for figure in figures}
    groups = list(dict.fromkeys(keys[dimension] for keys in over.keys))
    comparable = Comparable(over, schema, thresholds, suppression.reason)
    changes = []
    for group in groups:
        for code in wanted:
            this, earlier = (known.get((group, label, code)) or nobody({}, code) for label in (now, before))
            changes.append(contrast(*comparable.pair(this, earlier), {dimension: group, WAVE: now}))
    adjustment: Adjustment = "holm" if len(wanted) == 1 else "fdr_bh"
    found = estimate(over, changes, thresholds, tested=True)
    judged = with_verdicts(found, adjustment, thresholds, schema.comparison.smallest_interesting_difference)
    return Gaps(tuple(judged), described(GROUPS_METHOD, schema, thresholds, over, adjustment=adjustment), against=before)


def _weights(over: Domains, schema: SurveySchema) -> dict[str, float]:
    """Indicator weight of every item in the index on the questions that every wave was asked."""
    items = over.tallies.items
    index = indicator_coefficients(schema, items, np.asarray((over.answered > 0).all(axis=0))).get(schema.tree.code)
    return {} if index is None else {item: float(weight) for item, weight in zip(items, index, strict=True) if weight > 0}
