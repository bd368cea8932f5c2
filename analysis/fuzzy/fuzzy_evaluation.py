"""Fuzzy comprehensive evaluation: the share of every grade in a judgement made of many indicators, level by level.

R has a row for each indicator below a node and a column for each of five grades; an item's row is the respondent-weighted
share of those who gave each grade. B = A∘R with A the indicator weights, and B of a node is its row one level further up.
Operators: ``weighted_mean`` M(·,+) Σ a·r; ``min_max`` M(∧,∨) max min(a, r); ``product_max`` M(·,∨) max a·r;
``bounded_sum`` M(∧,⊕) min(1, Σ min(a, r)). B is brought to sum 1 at every level, which M(·,+) does by itself.
The score is B times the grade values. Source: ``docs/methods.md``, section 2; worked check in ``tests/analysis/fuzzy``.

Intervals: delete-a-group jackknife over replicate groups; the score of M(·,+) is linear in means, so it has the linearised interval
that indices have. The other operators have corners. On one, as where indicators of equal weight are judged alike, the largest of the
smaller ones leans upwards: the interval of M(∧,∨) alone covered 89 % in simulation, that of the others 94 to 99 %. So the interval of
M(∧,∨) is widened by how far it leans: the mean over shares as scattered as samples would be, which are the replicates with their deviations
times √(G − 1), against the value itself. It then covers 94 to 96 % there, and elsewhere hardly changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any, Literal, get_args

import narwhals as nw
import numpy as np

from analysis.disclosure.protected_domains import Group, Suppression, protected_domains
from analysis.fuzzy.fuzzy_memberships import GRADES, GradeSums, fuzzy_memberships, points_frame
from analysis.inference.comparable import Asking
from analysis.inference.figures import estimate, figures_of, hide_small
from analysis.inference.replicates import Jackknife
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.results.provenance import Fact, Provenance
from analysis.results.reasons import suppression_reason
from analysis.sums.named_groups import are_named
from analysis.sums.raked_groups import reraked_margins
from analysis.sums.tallies import WAVE, Array, sums
from survey_schema.indicator_tree import Indicator
from survey_schema.models import SurveySchema
from words.errors import unknown
from words.language import Language, Message, message

#: A group of respondents and an indicator.
Place = tuple[Group, str]
Operator = Literal["weighted_mean", "min_max", "product_max", "bounded_sum"]
OPERATORS: tuple[Operator, ...] = get_args(Operator)
#: Two largest memberships nearer than this are a tie.
TIE = 0.05
METHOD = message(
    "Membership = respondent-weighted share of each of five grades; B = A∘R level by level with the indicator weights, brought to sum 1; "
    "score = B times the grade values; intervals by delete-a-group jackknife over replicate groups, for the score of M(·,+) by Taylor "
    "linearisation; that of M(∧,∨) is wider where indicators of equal weight are judged alike."
)
NAMES = {
    "weighted_mean": message("M(·,+): weighted mean"),
    "min_max": message("M(∧,∨): smaller of weight and membership, then the largest"),
    "product_max": message("M(·,∨): weight times membership, then the largest"),
    "bounded_sum": message("M(∧,⊕): smaller of weight and membership, then the sum up to 1"),
}
_GRADE_NAMES = (
    message("very satisfied"), message("satisfied"), message("basically satisfied"), message("dissatisfied"), message("very dissatisfied"),
)  # fmt: skip


@dataclass(frozen=True)
class FuzzyNode:
    """The evaluation of one indicator or item in one group.

    ``memberships`` are shares 0-1 by grade, best first, empty where hidden; ``score`` carries the reason then. ``grade`` is the place
    (0 best … 4 worst) of the largest membership; ``tie`` the place of the second largest where it is within 0.05.
    """

    keys: Mapping[str, str | None]
    code: str
    memberships: tuple[Estimate, ...]
    score: Estimate
    grade: int | None = None
    tie: int | None = None


@dataclass(frozen=True)
class FuzzyEvaluation:
    """The evaluation of every indicator in every group."""

    nodes: tuple[FuzzyNode, ...]
    operator: Operator
    grade_values: tuple[float, ...]
    provenance: Provenance

    def find(self, code: str, **keys: str | None) -> FuzzyNode | None:
        """The evaluation of one code whose keys include the given ones; None when there is none."""
        return next((n for n in self.nodes if n.code == code and all(n.keys.get(name) == value for name, value in keys.items())), None)


def compose(weights: Array, memberships: Array, operator: Operator) -> Array:
    """B = A∘R, not brought to sum 1. ``weights`` (…, m), ``memberships`` (…, m, grades).

    >>> R = np.array([[.2, .5, .3, 0], [.1, .3, .5, .1], [0, .1, .6, .3], [0, .4, .5, .1], [.5, .3, .2, 0]])
    >>> compose(np.array([.1, .1, .15, .3, .35]), R, "weighted_mean").round(3).tolist()
    [0.205, 0.32, 0.39, 0.085]
    """
    a = weights[..., None]
    if operator == "weighted_mean":
        combined: Array = (a * memberships).sum(axis=-2)
    elif operator == "min_max":
        combined = np.minimum(a, memberships).max(axis=-2)
    elif operator == "product_max":
        combined = (a * memberships).max(axis=-2)
    else:
        combined = np.minimum(1.0, np.minimum(a, memberships).sum(axis=-2))
    return combined


def memberships_of(schema: SurveySchema, items: Sequence[str], weights: Array, operator: Operator) -> dict[str, Array]:
    """Memberships (…, 5) of every item and indicator from Σw (…, k, 5); NaN where nobody answered.

    A child without answers drops out and the weights of its siblings are brought to sum 1 again.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = weights / weights.sum(axis=-1, keepdims=True)
    known = {code: shares[..., i, :] for i, code in enumerate(items)}

    def below(node: Indicator) -> None:
        for child in node.children:
            if isinstance(child, Indicator):
                below(child)
        present = [code for code in node.child_weights() if code in known]
        if not present:
            return
        rows = np.stack([known[code] for code in present], axis=-2)
        there = np.isfinite(rows).all(axis=-1)
        a = np.where(there, [node.child_weights()[code] for code in present], 0.0)
        with np.errstate(invalid="ignore", divide="ignore"):
            combined = compose(a / a.sum(axis=-1, keepdims=True), np.where(there[..., None], rows, 0.0), operator)
            known[node.code] = combined / combined.sum(axis=-1, keepdims=True)

    below(schema.tree)
    return known


def estimate_fuzzy(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    *,
    operator: str | None = None,
    by: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
    codes: Sequence[str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> FuzzyEvaluation:
    """Memberships and scores of indicators (all of the tree by default), for everybody or for each group of ``by``.

    ``frame`` is not narrowed down. ``n`` of an indicator counts respondents with at least one answer under it. Groups whose effective
    base is below the hiding threshold, and those that would follow from them, have a reason instead, as in the index. Raises ManyiError
    for an unknown operator, column or code.
    """
    chosen = _operator(operator or schema.fuzzy.operator)
    groups = fuzzy_memberships(frame, schema, by=by, where=where)
    groups = list(compress(groups, are_named([group.keys for group in groups])))
    items = groups[0].items if groups else ()
    wanted = _wanted(schema, items, codes)
    values = np.array(schema.fuzzy.grade_values)
    jackknives = [_jackknives(group, schema, chosen, values) for group in groups]
    leanings = [_leanings(group, schema, chosen, values) if chosen == "min_max" else {} for group in groups]
    linear, suppression = _linear_scores(frame, schema, by, where or {}, wanted, thresholds, chosen) if groups else ({}, None)
    nodes, asking = [], Asking(schema)
    answered = [_answered(group) for group in groups]
    for code in wanted:
        for place, group in enumerate(groups):
            found, leaning = jackknives[place].get(code), leanings[place]
            reason = suppression.reason(group.keys, code) if suppression else None
            if reason is not None or found is None:
                nodes.append(_without(group, code, reason or suppression_reason(0.0, thresholds)))
            else:
                node = _node(group, code, found, thresholds, linear.get(_place(group.keys, code)), leaning.get(code))
                nodes.append(replace(node, score=node.score._replace(questions=asking.asked(code, answered[place]))))
    order = {key: place for place, key in enumerate(tuple(group.keys.items()) for group in groups)}
    nodes.sort(key=lambda node: order[tuple(node.keys.items())])
    facts = (
        Fact("operator", NAMES[chosen], message("Operator of the fuzzy evaluation")),
        Fact("grade_values", schema.fuzzy.grade_values, message("Values of the grades")),
    )
    raked = reraked_margins(groups[0].margins if groups else None)
    return FuzzyEvaluation(tuple(nodes), chosen, schema.fuzzy.grade_values, Provenance(METHOD, thresholds, None, {}, raked, facts))


def grade_name(schema: SurveySchema, place: int, language: Language) -> str:
    """The word for a grade, best first: the survey's own where its items are asked on five labelled grades, else the usual one."""
    for code in schema.tree.items():
        scale = schema.scale_of(code)
        if len(scale.grades) == GRADES and len(scale.labels) == GRADES:
            return next(label for label in scale.labels if label.grade == scale.grades[GRADES - 1 - place]).text(language)
    return _GRADE_NAMES[place].text(language)


def _operator(name: str) -> Operator:
    for known in OPERATORS:
        if known == name:
            return known
    raise unknown(message("fuzzy operator"), name, OPERATORS)


def _wanted(schema: SurveySchema, items: Sequence[str], codes: Sequence[str] | None) -> list[str]:
    nodes = {node.code for node in schema.tree.walk()}
    known = [code for code in schema.indicator_codes() if code in items or (items and code in nodes)]
    for code in codes or ():
        if items and code not in known:
            raise unknown(message("indicator"), code, known, place=message("these responses"))
    return known if codes is None else [code for code in codes if code in known]


def _leanings(group: GradeSums, schema: SurveySchema, operator: Operator, values: Array) -> dict[str, Array]:
    """How far the five memberships and the score (6) of every code lean, where the operator has a corner within chance of the answers."""
    total = group.weights.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares, rest = total / total.sum(axis=-1, keepdims=True), group.rest
        deviations = rest / rest.sum(axis=-1, keepdims=True) - shares
    scattered = np.nan_to_num(np.clip(shares + np.sqrt(max(len(rest) - 1, 1)) * deviations, 0.0, None))
    found = {}
    for code, memberships in memberships_of(schema, group.items, np.concatenate([total[None], scattered]), operator).items():
        every = np.concatenate([memberships, (memberships @ values)[:, None]], axis=1)
        found[code] = np.abs(np.nan_to_num(every[1:].mean(axis=0) - every[0]))
    return found


def _jackknives(group: GradeSums, schema: SurveySchema, operator: Operator, values: Array) -> dict[str, Jackknife]:
    """Five memberships and the score of every code with their replicates: the whole first, then without each replicate group."""
    total = group.weights.sum(axis=0)
    rest = group.rest
    stacked = np.concatenate([total[None], np.where(rest > 1e-12 * total, rest, 0.0)])  # what rounding leaves of nothing is nothing
    found = {}
    for code, shares in memberships_of(schema, group.items, stacked, operator).items():
        every = np.concatenate([shares, (shares @ values)[:, None]], axis=1)
        if np.isfinite(every[0]).all():
            usable = group.occupied > 1 and bool(np.isfinite(every).all())
            found[code] = Jackknife(every[0], every[1:] if usable else None, float(max(group.occupied - 1, 1)))
    return found


def _answered(group: GradeSums) -> list[str]:
    """The items that anybody of a group answered: its memberships are of these."""
    return [item for item, weight in zip(group.items, group.weights.sum(axis=(0, 2)), strict=True) if weight > 0]


def _without(group: GradeSums, code: str, reason: Message) -> FuzzyNode:
    return FuzzyNode(group.keys, code, (), Estimate(group.keys, code, None, n=group.n[code], n_eff=group.n_eff[code], reason=reason))


def _linear_scores(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    by: Sequence[str],
    where: Mapping[str, str],
    codes: Sequence[str],
    thresholds: Thresholds,
    operator: Operator,
) -> tuple[dict[Place, Estimate], Suppression]:
    """The scores of M(·,+) as an index of answers that are worth their grade values, and what may be shown of whatever operator."""
    points, worth = points_frame(frame, schema)
    tallies = sums(points, worth, [WAVE, *(name for name in (*by, *where) if name != WAVE)], worth.tree.items())
    over, suppression = protected_domains(tallies, worth, by, where, thresholds)
    if operator != "weighted_mean":
        return {}, suppression
    scores = estimate(over, hide_small(figures_of(over, worth, codes), suppression), thresholds)
    return {_place(score.keys, score.code): score for score in scores}, suppression


def _place(keys: Mapping[str, str | None], code: str) -> Place:
    return frozenset(keys.items()), code


def _node(
    group: GradeSums, code: str, found: Jackknife, thresholds: Thresholds, linear: Estimate | None, leaning: Array | None
) -> FuzzyNode:
    base = Estimate(group.keys, code, None, n=group.n[code], n_eff=group.n_eff[code], marked=group.n_eff[code] < thresholds.marked_below)
    margins, errors, interval = found.margin(thresholds.confidence), found.se, found.replicates is not None
    margins = margins if leaning is None or not interval else margins + leaning
    every = [
        base._replace(value=float(value), se=float(se) if interval else None, df=found.df if interval else None,
            low=float(value - margin) if interval else None, high=float(value + margin) if interval else None,
        )
        for value, se, margin in zip(found.value, errors, margins, strict=True)
    ]  # fmt: skip
    memberships = tuple(
        e._replace(keys={**group.keys, "grade": str(GRADES - place)}, low=_within(e.low), high=_within(e.high))
        for place, e in enumerate(every[:GRADES])
    )
    score = every[GRADES]
    if linear is not None and linear.value is not None:
        score = score._replace(se=linear.se, low=linear.low, high=linear.high, df=linear.df)
    best, second = np.argsort(-found.value[:GRADES], kind="stable")[:2]
    tied = found.value[best] - found.value[second] <= TIE + 1e-12
    return FuzzyNode(group.keys, code, memberships, score, int(best), int(second) if tied else None)


def _within(end: float | None) -> float | None:
    """The end of a share's interval, kept between 0 and 1."""
    return None if end is None else min(max(end, 0.0), 1.0)
