"""The score of a whole with customers as weights: branches (or branches by brand) rolled up by their customers, not by their answers.

Composite C = Σ_g P_g·I_g with P_g the share of a group's customers, taken as known, and I_g its score; the variance is that of the sum,
since the groups are parts of one sample. Beside it stands the score of the respondents of the same groups as they were weighted, and the
difference of the two: what the make-up of the sample does to the headline.

A hidden group takes no part in either, or the composite would give it away together with the plain score; the share of the customers that
is covered says how much is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.disclosure.protected_domains import protected_domains
from analysis.inference.adjusted_tests import with_verdicts
from analysis.inference.comparable import Comparable, Figure
from analysis.inference.figures import combined, contrast, described, estimate, figures_of, hide_small, wanted_codes
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.results.provenance import Adjustment, Fact, Provenance
from analysis.sums.customers import customers_by
from analysis.sums.domains import Domains
from analysis.sums.tallies import Array, Tallies
from survey_schema.columns import DIMENSIONS
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Message, message
from words.lists import Listed

METHOD = message(
    "Composite = scores of the groups weighted by their customers, taken as known; beside it the score of the respondents of the same "
    "groups as weighted in the survey, both on the questions that all these groups were asked; linearised variance with the covariance of "
    "the two; hidden groups take no part in either."
)
Keys = Mapping[str, str | None]


@dataclass(frozen=True)
class CompositeScore:
    """One indicator by customers and by respondents, the difference, the share 0-1 of the customers covered and who is left out."""

    by_customers: Estimate
    by_respondents: Estimate
    difference: Estimate
    covered: float
    left_out: tuple[Keys, ...]


@dataclass(frozen=True)
class Composite:
    """Composites of several indicators; ``shares`` are customers (0-1) by group; ``scores`` is empty where ``reason`` says why."""

    by: tuple[str, ...]
    scores: tuple[CompositeScore, ...]
    shares: Mapping[tuple[str, ...], float]
    reason: Message | None
    provenance: Provenance

    def find(self, code: str) -> CompositeScore | None:
        """The composite of one indicator; None when there is none."""
        return next((score for score in self.scores if score.difference.code == code), None)


def estimate_composite(
    tallies: Tallies,
    schema: SurveySchema,
    *,
    by: Sequence[str] = ("branch",),
    where: Mapping[str, str] | None = None,
    codes: Sequence[str] | None = None,
    population: pd.DataFrame | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Composite:
    """Composites (0-100) of the indicators asked for, over one or two dimensions, of one wave.

    ``population`` has the dimensions and ``customers``. A group with answers but without customers is a reason that names it, as is a
    missing population. One indicator is judged by its own p, several are one family of Benjamini-Hochberg. Raises ManyiError for more than
    two dimensions or what is none.
    """
    by, where = tuple(by), where or {}
    if not 1 <= len(by) <= 2 or not set(by) <= set(DIMENSIONS):
        raise ManyiError(message("A composite is made over one or two of branch, operator, brand and business line."))
    over, suppression = protected_domains(tallies, schema, by, where, thresholds)
    wanted = wanted_codes(schema, tallies, codes)
    provenance = described(METHOD, schema, thresholds, over)
    customers = _customers(population, schema, by, where)
    unknown = [names for keys in over.keys if not customers.get(names := _names(keys, by))]
    reason = _reason(customers, unknown, len(over))
    if reason is not None:
        return Composite(by, (), {}, reason, provenance)
    total = sum(customers.values())
    shares = {names: amount / total for names, amount in customers.items()}
    comparable = Comparable(over, schema, thresholds, suppression.reason)
    figures = [hide_small(figures_of(over, schema, [code]), suppression) for code in wanted]
    sides = [_sides(over, own, comparable.level(own), code, shares, by) for code, own in zip(wanted, figures, strict=True)]
    joined = over.with_sets([{}] * len(wanted), np.stack([side.members for side in sides]))
    composites = [side.composite for side in sides]
    plain = [figures_of(joined, schema, [code], [len(over) + place])[0] for place, code in enumerate(wanted)]
    together = Comparable(joined, schema, thresholds, suppression.reason)
    plain = [together.level([figure], side.only)[0] for figure, side in zip(plain, sides, strict=True)]
    plain = [figure._replace(reason=figure.reason or side.composite.reason) for figure, side in zip(plain, sides, strict=True)]
    differences = [contrast(one, other, {}) for one, other in zip(composites, plain, strict=True)]
    differences = [gap._replace(reason=gap.reason or together.too_few_answers(gap)) for gap in differences]
    adjustment: Adjustment = "holm" if len(wanted) == 1 else "fdr_bh"
    tested = estimate(joined, differences, thresholds, tested=True)
    scores = map(
        CompositeScore,
        estimate(joined, composites, thresholds),
        estimate(joined, plain, thresholds),
        with_verdicts(tested, adjustment, thresholds, schema.comparison.smallest_interesting_difference),
        [side.covered for side in sides],
        [side.left_out for side in sides],
    )
    counted = Fact("customers", total, message("Customers counted"))
    return Composite(by, tuple(scores), shares, None, provenance.plus(counted, adjustment=adjustment))


def as_result(found: Composite) -> Result:
    """All figures as one result; the key ``figure`` says which."""
    estimates: list[Estimate] = []
    for score in found.scores:
        named = (("by_customers", score.by_customers), ("by_respondents", score.by_respondents), ("difference", score.difference))
        estimates += [entry._replace(keys={"figure": name}) for name, entry in named]
    covered = {score.difference.code: score.covered for score in found.scores}
    return Result(tuple(estimates), found.provenance.plus(Fact("customers_covered", covered)))


def _customers(
    population: pd.DataFrame | None, schema: SurveySchema, by: tuple[str, ...], where: Mapping[str, str]
) -> dict[tuple[str, ...], float]:
    if len(by) == 1:
        return {(str(name),): amount for name, amount in customers_by(population, schema, by[0], where).items()}
    others = [] if population is None else sorted(population[by[1]].dropna().astype(str).unique())
    return {
        (str(name), other): amount
        for other in others
        for name, amount in customers_by(population, schema, by[0], {**where, by[1]: other}).items()
    }


def _reason(customers: Mapping[tuple[str, ...], float], unknown: Sequence[tuple[str, ...]], groups: int) -> Message | None:
    if not customers or sum(customers.values()) <= 0:
        return message("A population sheet with the customers of each group would bring the composite.")
    if groups < 2:
        return message("There is one group only, so there is nothing to roll up.")
    if unknown:
        named = Listed([" × ".join(names) for names in unknown])
        return message("The population sheet has no customers of {names}; with them there is a composite.", names=named)
    return None


@dataclass(frozen=True, eq=False)
class _Sides:
    """The composite of one indicator, the groups it is made of (B), their share of the customers, and who is not among them."""

    composite: Figure
    members: Array
    covered: float
    left_out: tuple[Keys, ...]

    @property
    def only(self) -> frozenset[str] | None:
        """The questions all groups were asked, where these are not all of the indicator's."""
        return self.composite.questions.asked if self.composite.questions else None


def _sides(
    over: Domains, own: Sequence[Figure], figures: Sequence[Figure], code: str, shares: Mapping[tuple[str, ...], float], by: tuple[str, ...]
) -> _Sides:
    """Shares of the shown groups are brought to sum 1; the effective base is the one that they leave as weights, 1/Σ(P²/n_eff).

    ``figures`` are the ``own`` scores of the groups on their common questions.
    """
    share = [shares[_names(figure.keys, by)] for figure in figures]
    shown = [g for g, figure in enumerate(figures) if figure.reason is None]
    covered = sum(share[g] for g in shown)
    answered = {_names(figure.keys, by) for figure in figures}
    left_out: list[Keys] = [figure.keys for figure in figures if figure.reason is not None]
    left_out += [dict(zip(by, names, strict=True)) for names in shares if names not in answered]
    members = np.isin(np.arange(len(over)), shown).astype(np.float64)
    if not shown:
        apart = next((after.reason for before, after in zip(own, figures, strict=True) if before.reason is None), None)
        reason = apart or message("No group has enough answers.")
        return _Sides(Figure({}, code, {}, 0, 0.0, reason), members, 0.0, tuple(left_out))
    terms = [(share[g] / covered, figures[g]) for g in shown]
    n_eff = 1 / sum(part**2 / figure.n_eff for part, figure in terms)
    composite = combined(terms, {})._replace(n=sum(figure.n for _part, figure in terms), n_eff=n_eff)
    return _Sides(composite, members, covered, tuple(left_out))


def _names(keys: Keys, by: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(keys[name]) for name in by)
