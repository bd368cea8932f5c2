"""A change between two waves, parted into who answered (*mix*) and what they said (*score*), exactly and with intervals.

The parts of an indicator are those of its items (``analysis/compare/kitagawa_decomposition.py``) added up with the indicator weights. Mix
and score are on the questions both waves were asked and make the change that is judged everywhere
(``analysis.inference.comparable``). Where the waves were asked different questions, the difference of the two printed scores has a
third part, *questions*, which is no change of the customers: neither it nor that difference has a verdict. Mix and score are smooth
functions of the groups' sums Σwz and Σwd, so their variance is linearised like any other. Waves are independent samples; respondent
weights count as fixed,
so weights that bring the groups to known shares leave little mix.

A group stands alone only if every item that counts may be shown in it in both waves; all others are taken together as one group. Parting by
the hidden groups one by one would give mix and score that, beside the totals, give the hidden scores away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from analysis.compare.compare_waves import compare_waves
from analysis.compare.kitagawa_decomposition import GroupSums, change_derivatives, change_of_scores, derivatives, group_sums, kitagawa_parts
from analysis.disclosure.protected_domains import Suppression, protected_domains
from analysis.inference.adjusted_tests import with_verdicts
from analysis.inference.figures import base, two_sided_p
from analysis.inference.linearise import value, variance_of_sums
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.results.provenance import Fact, Provenance
from analysis.results.reasons import not_asked
from analysis.sums.domains import Domains
from analysis.sums.indicator_coefficients import indicator_coefficients
from analysis.sums.tallies import WAVE, Array, Tallies
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Message, message

METHOD = message(
    "A change is parted exactly into mix (the groups' shares changed, at the mean of their scores) and score (the groups' scores changed, "
    "at the mean of their shares), symmetric in the two waves (Kitagawa 1955), both on the questions asked in both waves; what other "
    "questions do to the two scores is a third part and no change; linearised variance. Mix and score are one Holm family, the parts of "
    "the groups one of Benjamini and Hochberg."
)


@dataclass(frozen=True)
class GroupPart:
    """What one group contributes, in points of the whole: ``mix`` and ``score``, with its shares (0-1) of the answers and its scores.

    Shares and scores are None where the group is hidden; a score also where nobody of the group answered in that wave.
    """

    keys: Mapping[str, str | None]
    mix: Estimate
    score: Estimate
    share_before: float | None = None
    share_now: float | None = None
    score_before: float | None = None
    score_now: float | None = None


@dataclass(frozen=True)
class ChangeSplit:
    """The difference ``now`` minus ``before`` of one indicator's two scores, in points: total = mix + score (+ questions, where the items
    differ; the total is then no change and has no verdict).

    ``mix``, ``score`` and ``groups`` are there unless ``reason`` says why not. ``unjudged`` says why nothing has a verdict.
    """

    now: str
    before: str
    code: str
    by: tuple[str, ...]
    total: Estimate
    mix: Estimate | None
    score: Estimate | None
    questions: Estimate | None
    groups: tuple[GroupPart, ...]
    reason: Message | None
    provenance: Provenance
    unjudged: Message | None = None

    def without_verdicts(self, why: Message) -> ChangeSplit:
        """The same sizes and intervals, and no test of any of them."""

        def bare(part: Estimate) -> Estimate:
            return part._replace(p=None, p_adjusted=None, verdict=None)

        groups = tuple(replace(group, mix=bare(group.mix), score=bare(group.score)) for group in self.groups)
        mix, score = (part and bare(part) for part in (self.mix, self.score))
        return replace(self, total=bare(self.total), mix=mix, score=score, groups=groups, unjudged=why)

    def as_result(self) -> Result:
        """All parts as one result; the key ``figure`` says which."""
        parts = {"change": self.total, "who_answered": self.mix, "what_they_said": self.score, "questions_asked": self.questions}
        found = [e._replace(keys={"figure": name, **dict.fromkeys(self.by)}) for name, e in parts.items() if e is not None]
        for group in self.groups:
            for name, part in (("who_answered", group.mix), ("what_they_said", group.score)):
                found.append(part._replace(keys={"figure": name, **group.keys}))
        return Result(tuple(found), self.provenance)


def decompose_change(
    tallies: Tallies,
    schema: SurveySchema,
    now: str,
    before: str,
    *,
    by: Sequence[str] = ("branch",),
    where: Mapping[str, str] | None = None,
    code: str | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> ChangeSplit:
    """Parts the change of an indicator (the index by default) from wave ``before`` to ``now`` by the groups of one or more columns.

    Missing answers drop out of their own item, so shares are those of the answers. Responses that name no group are in the whole
    only. Groups that are hidden in a wave count as one group
    without a part of its own. A part is called real when it is certain and at least the smallest interesting difference, a group's part
    when it is certain. Raises ManyiError for a column that the selection holds fixed, and for a wave without answers.
    """
    code, by, where = code or schema.tree.code, tuple(by), where or {}
    for name in by:
        if name in where or name == WAVE:
            raise ManyiError(message("The selection holds {name} fixed, so a change cannot be parted by it.", name=name))
    change = compare_waves(tallies, schema, now, before, where=where, codes=[code], thresholds=thresholds).differences
    total = change.find(code)
    if total is None:
        raise ManyiError(message("One of the waves {now} and {before} has no answers in this selection.", now=now, before=before))
    how = replace(change.provenance, method=METHOD).plus(Fact("against", before), Fact("parted_by", by))
    whole = ChangeSplit(now, before, code, by, total, None, None, None, (), total.reason, how)
    if total.value is None:
        return whole
    over, suppression = protected_domains(tallies, schema, [WAVE, *by], {**where, WAVE: [now, before]}, thresholds, unnamed=True)
    bases = _bases(over, schema, (before, now), by, code, suppression)
    shown = [one.name for one in bases if one.reason is None]
    if not shown:
        return replace(whole, reason=message("No group has enough answers in both waves."))
    names = [_name(keys, by) for keys in over.keys]
    sums = group_sums(over, (before, now), [shown.index(name) if name in shown else len(shown) for name in names])
    by_wave = [indicator_coefficients(schema, over.tallies.items, asked)[code] for asked in (sums.asked[0], sums.asked[1])]
    common = indicator_coefficients(schema, over.tallies.items, np.asarray(sums.asked.all(axis=0)))[code]
    values = kitagawa_parts(sums.scores, sums.weights) @ common
    gradients = derivatives(sums) * common
    joint = gradients.sum(axis=1)
    parts = [_part(total, size, se, thresholds) for size, se in zip(values.sum(axis=1), _errors(over, sums, joint), strict=True)]
    parts = with_verdicts(parts, "holm", thresholds, schema.comparison.smallest_interesting_difference)
    asked_alike = np.allclose(by_wave[0], by_wave[1])
    if not asked_alike:
        raw = change_derivatives(sums, np.stack([by_wave[0], by_wave[1]]))
        sizes = [change_of_scores(sums, by_wave[0], by_wave[1]), 0.0]
        sizes[1] = sizes[0] - float(values.sum())
        errors = _errors(over, sums, np.stack([raw, raw - joint.sum(axis=0)]))
        bare = [_part(total, size, se, thresholds)._replace(p=None, questions=None) for size, se in zip(sizes, errors, strict=True)]
        told = message("The two scores are of different questions, so their difference is no change; it is judged on common questions.")
        whole, questions = replace(whole, total=bare[0]._replace(note=told)), bare[1]
    group_errors = _errors(over, sums, gradients.reshape(-1, *gradients.shape[2:])).reshape(values.shape)
    estimates = _group_estimates(total, values, group_errors, bases, thresholds)
    groups = tuple(part for part in _group_parts(over, schema, bases, sums.shares @ common, estimates) if None not in part.keys.values())
    return replace(whole, mix=parts[0], score=parts[1], questions=None if asked_alike else questions, groups=groups)


def _errors(over: Domains, sums: GroupSums, gradients: Array) -> Array:
    """Standard errors of functions with these derivatives (S, 2, G, 2, k)."""
    errors: Array = np.sqrt(variance_of_sums(over, sums.by_domain(gradients)))
    return errors


def _part(total: Estimate, size: float, se: float, thresholds: Thresholds) -> Estimate:
    """A part of the whole change, with the change's base and degrees of freedom; without an interval where the change has none."""
    if not total.df or total.df <= 0:
        return total._replace(value=float(size), p=None, p_adjusted=None, verdict=None)
    half = float(stats.t.ppf((1 + thresholds.confidence) / 2, total.df) * se)
    p = two_sided_p(float(size), float(se), total.df)
    return total._replace(
        value=float(size), se=float(se), low=float(size) - half, high=float(size) + half, p=p, p_adjusted=None, verdict=None
    )


Name = tuple[str | None, ...]


def _name(keys: Mapping[str, str | None], by: Sequence[str]) -> Name:
    return tuple(keys[name] for name in by)


@dataclass(frozen=True)
class _Base:
    """A group: its domain in each wave (None where it is not there), its answers now, its smaller effective base, why it is hidden."""

    name: Name
    keys: Mapping[str, str | None]
    places: tuple[int | None, int | None]
    n: int
    n_eff: float
    reason: Message | None


def _bases(
    over: Domains, schema: SurveySchema, waves: tuple[str, str], by: Sequence[str], code: str, suppression: Suppression
) -> list[_Base]:
    coefficients = indicator_coefficients(schema, over.tallies.items, np.ones(len(over.tallies.items))).get(code)
    counted = [
        code,
        *(item for item, weight in zip(over.tallies.items, coefficients if coefficients is not None else [], strict=False) if weight),
    ]
    found = []
    for name in dict.fromkeys(_name(keys, by) for keys in over.keys):
        keys = dict(zip(by, name, strict=True))
        before, now = (over.find(**{WAVE: wave}, **keys) for wave in waves)
        there = [place for place in (before, now) if place is not None and base(over, place, code)[0] > 0]
        why = [
            reason
            for place in there
            for item in counted
            if base(over, place, item)[0] > 0 and (reason := suppression.reason(over.keys[place], item)) is not None
        ]
        reason = why[0] if why else None if there else not_asked()
        if None in name:
            reason = message("Responses that name no group count in the whole only.")
        n = 0 if now is None else base(over, now, code)[0]
        n_eff = min((base(over, place, code)[1] for place in there), default=0.0)
        found.append(_Base(name, keys, (before, now), n, n_eff, reason))
    return found


def _group_estimates(total: Estimate, values: Array, errors: Array, bases: Sequence[_Base], thresholds: Thresholds) -> list[list[Estimate]]:
    """Mix and score of every group, one family; hidden groups have their reason and no test. ``values`` has the shown groups first."""
    made = []
    for kind in (0, 1):
        place = iter(range(values.shape[1]))
        for one in bases:
            if one.reason:
                made.append(Estimate(one.keys, total.code, None, n=one.n, n_eff=one.n_eff, reason=one.reason))
                continue
            g = next(place)
            part = _part(total, values[kind, g], errors[kind, g], thresholds)
            made.append(part._replace(keys=one.keys, n=one.n, n_eff=one.n_eff, marked=one.n_eff < thresholds.marked_below))
    judged = with_verdicts(made, "fdr_bh", thresholds)
    return [judged[: len(bases)], judged[len(bases) :]]


def _group_parts(
    over: Domains, schema: SurveySchema, bases: Sequence[_Base], shares: Array, estimates: Sequence[Sequence[Estimate]]
) -> tuple[GroupPart, ...]:
    parts, place = [], iter(range(shares.shape[1]))
    for one, mix, score in zip(bases, *estimates, strict=True):
        if one.reason:
            parts.append(GroupPart(one.keys, mix, score))
            continue
        g = next(place)
        before, now = (_score(over, schema, domain, mix.code) for domain in one.places)
        parts.append(GroupPart(one.keys, mix, score, float(shares[0, g]), float(shares[1, g]), before, now))
    return tuple(parts)


def _score(over: Domains, schema: SurveySchema, place: int | None, code: str) -> float | None:
    if place is None:
        return None
    coefficients = indicator_coefficients(schema, over.tallies.items, over.answered[place] > 0).get(code)
    return None if coefficients is None else value(over, {place: coefficients})
