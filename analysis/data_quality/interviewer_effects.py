"""Interviewer effects: how much of the variance of the scores lies between interviewers, or between branches.

A respondent's composite is the mean of the scores he gave, by indicator weights (the weights of missing answers are shared out). Models:
composite ~ 1 | branch; composite ~ 1 | interviewer; composite ~ branch | interviewer, which leaves out of the interviewers what
their branches differ by. An interviewer who works where customers differ is not to blame for it: only the last one can be read as
an effect of the interviewer, and only as far as chance decided who interviewed whom within a branch (Mahalanobis 1946). What it
costs: a mean of interviews has a variance 1 + ρ(m − 1) times that of independent ones, with m interviews per interviewer, Σm²/Σm
where they differ (Kish 1962). The model itself is ``analysis.data_quality.random_intercept``. Every interview counts once. Hidden
branches take no part in the first model: with the scores of the others, the share of variance would tell theirs. The third does not
change with a branch's mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from scipy import stats

from analysis.data_quality.flagged_response_shares import fieldwork_columns
from analysis.data_quality.quality_rules import DEFAULT_QUALITY, QualityRules
from analysis.data_quality.random_intercept import RandomIntercept, fit_random_intercept
from analysis.disclosure.protected_counts import count_cells, protected_counts
from analysis.inference.parts import fails_alone
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.results.provenance import Fact, Provenance
from analysis.sums.scores import score_expression
from analysis.sums.tallies import Array
from survey_schema.columns import Role
from survey_schema.indicator_tree import Indicator
from survey_schema.models import SurveySchema
from words.language import Message, message

METHOD = message(
    "Mixed model with a random intercept by restricted maximum likelihood on respondents' composites (the mean of their scores by "
    "indicator weights); interval by profile likelihood, test by likelihood ratio against the boundary. Every interview counts once."
)
BRANCH, INTERVIEWER = str(Role.BRANCH), str(Role.INTERVIEWER)
BRANCHES, INTERVIEWERS, WITHIN = "branches", "interviewers", "interviewers_within_branches"
_N, _Y, _Q = "base", "composite__", "composite_squares__"


@dataclass(frozen=True)
class VarianceShare:
    """The share of variance 0-1 between groups of one kind (``share``; with p, and verdict higher where it matters).

    ``groups`` how many there are; ``deviation`` the standard deviation between groups in points; ``design_effect`` what it does to the
    variance of the total; ``effects`` each group's shrunk difference from the others in points, worst first, hidden ones left out.
    """

    kind: str
    share: Estimate
    groups: int
    deviation: float | None = None
    design_effect: float | None = None
    effects: tuple[Estimate, ...] = ()
    hidden: int = 0


@dataclass(frozen=True)
class InterviewerEffects:
    """Shares of variance between branches, between interviewers, and between interviewers within branches: those that apply."""

    shares: tuple[VarianceShare, ...]
    provenance: Provenance
    reason: Message | None = None

    def find(self, kind: str) -> VarianceShare | None:
        """The share of one kind; None where it does not apply."""
        return next((share for share in self.shares if share.kind == kind), None)

    @property
    def main(self) -> VarianceShare | None:
        """What to read first: interviewers within branches, else interviewers, else branches, as far as they could be estimated."""
        known = [found for kind in (WITHIN, INTERVIEWERS, BRANCHES) if (found := self.find(kind)) and found.share.value is not None]
        return known[0] if known else next(iter(self.shares), None)


def leaf_weights(schema: SurveySchema, items: Sequence[str]) -> dict[str, float]:
    """The indicator weight of each asked item of the tree in the index, products of the weights down the tree."""
    found: dict[str, float] = {}

    def below(node: Indicator, weight: float) -> None:
        for child in node.children:
            own = weight * node.child_weights()[child.code]
            if isinstance(child, Indicator):
                below(child, own)
            elif child.code in items:
                found[child.code] = own

    below(schema.tree, 1.0)
    return found


def composite(schema: SurveySchema, items: Sequence[str]) -> nw.Expr:
    """A respondent's composite 0-100 as an expression; null where none of the items is answered."""
    weights = leaf_weights(schema, items)
    known = [(score_expression(schema, code), weight) for code, weight in weights.items()]
    answered = nw.sum_horizontal(*((~nw.col(code).is_null()).cast(nw.Float64) * weight for code, weight in weights.items()))
    total = nw.sum_horizontal(*(points.fill_null(0.0) * weight for points, weight in known))
    return nw.when(answered > 0).then(total / answered)


@fails_alone(lambda: InterviewerEffects((), Provenance(METHOD)))
def estimate_interviewer_effects(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    *,
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    rules: QualityRules = DEFAULT_QUALITY,
) -> InterviewerEffects:
    """The shares of variance within ``where``. ``frame`` holds one wave, unfiltered. One engine pass, at any number of responses."""
    narrowed = where or {}
    facts = (
        Fact("fewest_groups", rules.fewest_groups, message("Groups needed for a share of variance")),
        Fact("variance_share", rules.variance_share, message("Smallest share of variance that matters")),
    )
    how = Provenance(METHOD, thresholds, facts=facts)
    columns = fieldwork_columns(frame, schema, narrowed)
    present = set(frame.collect_schema().names())
    items = [code for code in schema.tree.items() if code in present]
    if not columns or not items:
        return InterviewerEffects((), how, message("This wave names neither interviewers nor branches."))
    y = nw.col(_Y)
    measures = {_N: ~y.is_null(), _Y: y.fill_null(0.0), _Q: (y * y).fill_null(0.0)}
    cells = count_cells(frame.with_columns(composite(schema, items).alias(_Y)), measures, [*columns, *narrowed])
    table = cells[[_N, _Y, _Q]].to_numpy(dtype=np.float64)
    keep = table[:, 0] > 0
    for name, value in narrowed.items():
        keep &= (cells[name] == value).to_numpy(dtype=bool)
    inside = cells[keep]
    selection = protected_counts(cells, [], narrowed, thresholds, _N)
    if selection and selection[0].reason is not None:
        return InterviewerEffects((), how, selection[0].reason)
    shares = []
    for kind, group, fixed in ((BRANCHES, BRANCH, None), (INTERVIEWERS, INTERVIEWER, None), (WITHIN, INTERVIEWER, BRANCH)):
        needed = [name for name in (group, fixed) if name]
        told = inside.dropna(subset=needed) if all(name in columns for name in needed) else inside.iloc[:0]
        secret: set[str] = set()
        if kind == BRANCHES and len(told):
            secret = {
                str(one.keys[BRANCH]) for one in protected_counts(cells, [BRANCH], narrowed, thresholds, _N) if one.reason is not None
            }
            told = told[~told[BRANCH].isin(secret)]
        if len(told) and told[group].nunique() > 1 and (fixed is None or told[fixed].nunique() > 1):
            found = _share(kind, group, fixed, told, cells, narrowed, thresholds, rules)
            shares.append(replace(found, hidden=found.hidden + len(secret)))
    reason = None if shares else message("There is only one group of interviews, so nothing can differ between groups.")
    return InterviewerEffects(tuple(shares), how, reason)


def _share(
    kind: str, group: str, fixed: str | None, told: pd.DataFrame, cells: pd.DataFrame, where: Mapping[str, str], thresholds: Thresholds,
    rules: QualityRules,
) -> VarianceShare:  # fmt: skip
    names = sorted({str(name) for name in told[group]})
    n, y = _table(told, group, fixed, _N, names), _table(told, group, fixed, _Y, names)
    size = n.sum(axis=1)
    base = Estimate({}, kind, None, n=round(size.sum()), n_eff=float(size.sum()))
    if size.sum() < thresholds.hidden_below or len(names) < rules.fewest_groups:
        needed = message(
            "A share of variance needs at least {needed} groups; there are {found}.", needed=rules.fewest_groups, found=len(names)
        )
        return VarianceShare(kind, base._replace(reason=needed), len(names))
    fit = fit_random_intercept(n, y, float(told[_Q].sum()), thresholds.confidence)
    if fit is None:
        why = message("Interviewers cannot be told from branches here: each branch has interviewers of its own, one apiece.")
        return VarianceShare(kind, base._replace(reason=why if fixed else message("The scores do not vary.")), len(names))
    matters = fit.p < thresholds.alpha and fit.share >= rules.variance_share
    share = base._replace(value=fit.share, low=fit.low, high=fit.high, p=fit.p, verdict="higher" if matters else "unclear",
        marked=len(names) < 2 * rules.fewest_groups,
    )  # fmt: skip
    judged = {str(g.keys[group]): g for g in protected_counts(cells, [group], where, thresholds, _N)}
    shown = [number for number, name in enumerate(names) if name in judged and judged[name].reason is None]
    effects = _effects(fit, names, size, group, kind, shown, thresholds)
    cost = 1 + fit.share * (float((size**2).sum() / size.sum()) - 1)
    return VarianceShare(kind, share, len(names), fit.between, cost, effects, len(names) - len(shown))


def _table(told: pd.DataFrame, group: str, fixed: str | None, value: str, names: Sequence[str]) -> Array:
    """Sums by group and category, categories in any fixed order; one category where nothing is held fixed."""
    by = told[fixed].map(str) if fixed else pd.Series("", index=told.index)
    table = told.assign(_g=told[group].map(str), _f=by).pivot_table(index="_g", columns="_f", values=value, aggfunc="sum", fill_value=0.0)
    values: Array = table.reindex(list(names)).to_numpy(dtype=np.float64)
    return values


def _effects(
    fit: RandomIntercept, names: Sequence[str], size: Array, group: str, kind: str, shown: Sequence[int], thresholds: Thresholds
) -> tuple[Estimate, ...]:
    """Shrunk effects in points. Shrinking takes care of there being many, so their intervals are not adjusted again."""
    if fit.share == 0:
        return ()
    factor = float(stats.norm.ppf((1 + thresholds.confidence) / 2))
    found = []
    for place in sorted(shown, key=lambda number: fit.effects[number]):
        value, error = float(fit.effects[place]), float(fit.effect_errors[place])
        low, high = value - factor * error, value + factor * error
        verdict = "higher" if low > 0 else "lower" if high < 0 else "unclear"
        found.append(
            Estimate(
                {group: names[place]}, kind, value, se=error, low=low, high=high, n=round(size[place]), n_eff=float(size[place]),
                verdict=verdict, marked=bool(size[place] < thresholds.marked_below),
            )
        )  # fmt: skip
    return tuple(found)
