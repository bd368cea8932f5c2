"""Path models of two groups: are the constructs the same thing in both, and do the paths and indices differ?

First compositional invariance (Henseler, Ringle and Sarstedt 2016, step 2): scores of all respondents with the weights of
one group must correlate almost perfectly with those of the other; judged by permuting the group labels (Holm). Only then are
path coefficients and indices compared: by the same permutations (rows, up to ``limit`` respondents), or, where respondents
come in clusters, which a permutation of single respondents would not see, or from sums alone, by the jackknife of the
difference. Holm over the paths and over the indices of two groups; Benjamini–Hochberg where many groups are compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain, islice
from operator import add
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt

from analysis.inference.adjusted_tests import adjusted_p, with_verdicts
from analysis.inference.estimability import why_not_asked
from analysis.inference.parts import part_or_reason
from analysis.inference.replicates import NotEstimableError, jackknife, jackknife_jointly
from analysis.measurement.path_model import index_weights, misled_constructs, why_no_path_model, why_unsolved, without_misled
from analysis.measurement.path_model_solution import Layout, solve_path_model
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.provenance import Adjustment, Fact, Provenance
from analysis.results.reasons import suppression_reason
from analysis.sums.cross_moments import Array, CrossMoments, GroupMoments
from analysis.sums.mean_replacement import MeanReplacedMoments, mean_replaced, moments_with_answer_marks
from analysis.sums.moments_plan import WEIGHT
from analysis.sums.raked_groups import reraked_margins
from analysis.sums.scores import score_expression
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from survey_schema.path_models import PathModel
from words.language import Message, message
from words.lists import Listed

ROW_LIMIT = 20_000


@dataclass(frozen=True)
class Invariance:
    """Compositional invariance of one construct: correlation ``c``, its 5 % quantile under permutation and p; ``same`` if it
    holds, by Holm over the constructs."""

    construct: str
    c: float
    lowest_expected: float
    p: float
    same: bool


@dataclass(frozen=True)
class PathModelComparison:
    """First group minus second; a second group without keys is everybody else.

    ``invariance`` is empty without rows; ``trusted`` says whether it holds for every construct, ``verdict`` says it in words.
    """

    groups: tuple[Mapping[str, str | None], Mapping[str, str | None]]
    n: tuple[int, int]
    n_eff: tuple[float, float]
    paths: tuple[Estimate, ...]
    indices: tuple[Estimate, ...]
    invariance: tuple[Invariance, ...]
    trusted: bool | None
    provenance: Provenance
    verdict: Message | None = None
    reason: Message | None = None

    @property
    def unlike(self) -> frozenset[str]:
        """Constructs that do not mean the same in both groups; differences that touch them are not called."""
        return frozenset(row.construct for row in self.invariance if not row.same)


def compare_path_models(
    first: GroupMoments,
    second: GroupMoments,
    schema: SurveySchema,
    model: PathModel,
    *,
    frame: nw.LazyFrame[Any] | None = None,
    permutations: int = 500,
    seed: int = 20_160_607,
    limit: int = ROW_LIMIT,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
) -> PathModelComparison:
    """Compare two groups (from one ``cross_moments`` call with ``group_by``); ``second`` without keys is everybody else.

    With ``frame``, the selection both come from, invariance is tested and p-values are permutation p-values; without, or above
    ``limit`` respondents, p-values come from the replicate groups and invariance is left open and said.
    """
    layout = Layout.of(model)
    first, second = first.select(layout.items), second.select(layout.items)
    facts = (
        Fact("model", model.code), Fact("permutations", permutations, message("Permutations")), Fact("seed", seed),
        Fact("bases", (first.n, second.n), message("Base")),
    )  # fmt: skip
    method = message("Difference of two path models; intervals by delete-a-group jackknife")
    how = Provenance(method, thresholds, "holm", reraked_margins=reraked_margins(first.margins), facts=facts)
    empty = PathModelComparison(
        (first.keys, second.keys), (first.n, second.n), (first.n_eff, second.n_eff), (), (), (), None,
        how,
    )  # fmt: skip
    return part_or_reason(
        empty, lambda: _compared(empty, first, second, schema, model, layout, frame, permutations, seed, limit, thresholds)
    )


def _compared(
    empty: PathModelComparison,
    first: GroupMoments,
    second: GroupMoments,
    schema: SurveySchema,
    model: PathModel,
    layout: Layout,
    frame: nw.LazyFrame[Any] | None,
    permutations: int,
    seed: int,
    limit: int,
    thresholds: Thresholds,
) -> PathModelComparison:
    for group, other in ((first, second), (second, first)):
        reason = why_not_asked(group, other.answered, schema) or why_no_path_model(group, schema, model, layout)
        if reason is None and group.n_eff < thresholds.hidden_below:  # everybody else, who are not a group of their own
            reason = suppression_reason(group.n_eff, thresholds)
        reason = reason or why_unsolved(solve_path_model(group.total.correlation[None], layout))
        if reason:
            return replace(empty, reason=reason)
    try:
        figures = jackknife_jointly([first, second], lambda both: _difference(both[0], both[1], layout), batched=True)
    except NotEstimableError:
        return replace(empty, reason=message("The path model did not settle in one of the groups."))
    arrows = [f"{start}->{end}" for start, end in model.paths]
    joint = replace(first + second, keys={})
    estimates = figures.estimates([*arrows, *layout.constructs], joint, thresholds)
    misled = {**_misled(first, schema, model, layout, thresholds), **_misled(second, schema, model, layout, thresholds)}
    if frame is None or joint.n > limit:
        verdict = message("Whether the constructs mean the same in both groups was not tested, because no rows were read.")
        return adjusted(_split(replace(empty, verdict=verdict), estimates, len(arrows), misled), "holm", thresholds)
    rows = _read(frame, schema, layout, first.keys, second.keys, replaced=isinstance(first, MeanReplacedMoments))
    draws = _permute(rows, layout, permutations, seed)
    observed = _composition(rows, layout)
    invariance = _invariance(layout, observed, draws[1], thresholds)
    found = replace(empty, invariance=invariance, trusted=all(row.same for row in invariance), verdict=_verdict(invariance, model))
    if rows.clustered or first.reraked is not None:  # shuffled respondents would keep the weights their categories were raked to
        method = message("Difference of two path models after checking compositional invariance; intervals and tests by replicate groups")
        return adjusted(
            _split(replace(found, provenance=replace(found.provenance, method=method)), estimates, len(arrows), misled), "holm", thresholds
        )
    extreme = (np.abs(draws[0]) >= np.abs(figures.value)[None]).sum(axis=0)
    p_values = (1 + extreme) / (1 + len(draws[0]))
    estimates = tuple(e._replace(p=float(p)) for e, p in zip(estimates, p_values, strict=True))
    method = message("Difference of two path models; permutation tests after checking compositional invariance")
    return adjusted(
        _split(replace(found, provenance=replace(found.provenance, method=method)), estimates, len(arrows), misled), "holm", thresholds
    )


def compare_all_path_models(
    groups: Sequence[GroupMoments],
    schema: SurveySchema,
    model: PathModel,
    *,
    frame: nw.LazyFrame[Any] | None = None,
    permutations: int = 500,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
) -> tuple[PathModelComparison, ...]:
    """Two groups with each other, more of them each with everybody else. The tests of all groups together are one family."""
    if len(groups) == 2:
        return (compare_path_models(groups[0], groups[1], schema, model, frame=frame, permutations=permutations, thresholds=thresholds),)
    everybody = reduce(add, groups)
    found = [
        compare_path_models(group, everybody - group, schema, model, frame=frame, permutations=permutations, thresholds=thresholds)
        for group in groups
    ]
    estimable = [one for one in found if one.reason is None]
    if not estimable:
        return tuple(found)
    together = replace(
        estimable[0],
        paths=tuple(chain.from_iterable(one.paths for one in estimable)),
        indices=tuple(chain.from_iterable(one.indices for one in estimable)),
    )
    whole = adjusted(together, "fdr_bh", thresholds)
    paths, indices = iter(whole.paths), iter(whole.indices)

    def judged(one: PathModelComparison) -> PathModelComparison:
        own_paths, own_indices = tuple(islice(paths, len(one.paths))), tuple(islice(indices, len(one.indices)))
        return replace(one, paths=own_paths, indices=own_indices, provenance=one.provenance.plus(adjustment="fdr_bh"))

    return tuple(one if one.reason else judged(one) for one in found)


def _split(empty: PathModelComparison, estimates: Sequence[Estimate], arrows: int, misled: Mapping[str, Message]) -> PathModelComparison:
    """Paths and indices; no difference of an index that one of the groups has not."""
    return replace(empty, paths=tuple(estimates[:arrows]), indices=without_misled(estimates[arrows:], misled))


def _misled(group: GroupMoments, schema: SurveySchema, model: PathModel, layout: Layout, thresholds: Thresholds) -> Mapping[str, Message]:
    """The constructs a negative outer weight takes the index of in one group."""
    members = [(k, i) for k, block in enumerate(layout.blocks) for i in block]
    owners, places = np.array(members).T
    weights = jackknife(group, lambda batch: solve_path_model(batch.correlation, layout).weights[:, places, owners], batched=True)
    keyed = [
        e._replace(keys={"construct": layout.constructs[k]})
        for e, (k, _i) in zip(weights.estimates([layout.items[i] for _k, i in members], group, thresholds), members, strict=True)
    ]
    return misled_constructs(keyed, schema, model)


def _verdict(invariance: Sequence[Invariance], model: PathModel) -> Message:
    """Whether the constructs mean the same in both groups, by their titles."""
    unlike = {row.construct for row in invariance if not row.same}
    if not unlike:
        return message(
            "The constructs mean the same in both groups (compositional invariance holds, lowest correlation {c}), so they compare.",
            c=f"{min(row.c for row in invariance):.3f}",
        )
    return message(
        "{constructs}: composed differently in the two groups; differences there may be differences in meaning and are not called.",
        constructs=Listed([construct.title for construct in model.constructs if construct.code in unlike]),
    )


def _difference(first: CrossMoments, second: CrossMoments, layout: Layout) -> Array:
    return _describe(first, layout)[0] - _describe(second, layout)[0]


def _describe(batch: CrossMoments, layout: Layout) -> tuple[Array, Array]:
    """Path coefficients and indices (batch, ·) and outer weights (batch, p, K); NaN where the model did not settle."""
    solution = solve_path_model(batch.correlation, layout)
    indices = np.einsum("bp,bpk->bk", batch.means, index_weights(solution, batch, layout))
    starts, ends = np.array(layout.arrows).T
    return np.concatenate([solution.paths[:, starts, ends], indices], axis=1), solution.weights


def adjusted(found: PathModelComparison, method: Adjustment, thresholds: Thresholds) -> PathModelComparison:
    """The comparison with adjusted p-values and verdicts, paths and indices each as a family."""

    def family(part: Sequence[Estimate]) -> tuple[Estimate, ...]:
        return tuple(with_verdicts(part, method, thresholds))

    return replace(found, paths=family(found.paths), indices=family(found.indices))


@dataclass(frozen=True)
class _Rows:
    """Respondents of both groups: scores (n, p), weights, who is in the first group, whether they come in clusters.

    Complete ones, or, where missing answers (NaN) are ``replaced`` by the mean of their group, all with an answer.
    """

    scores: Array
    weights: Array
    first: npt.NDArray[np.bool_]
    clustered: bool
    replaced: bool


def _read(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    layout: Layout,
    first: Mapping[str, str | None],
    second: Mapping[str, str | None],
    *,
    replaced: bool,
) -> _Rows:
    columns = list(first)
    cluster = str(Role.CLUSTER)
    design = [nw.col(cluster).alias("psu")] if cluster in frame.collect_schema().names() else []
    missing = [nw.col(f"v{i}").is_null() for i in range(len(layout.items))]
    left_out = nw.all_horizontal(*missing, ignore_nulls=False) if replaced else nw.any_horizontal(*missing, ignore_nulls=False)
    table = (
        frame.select(
            *(nw.col(column) for column in columns),
            *design,
            nw.col(WEIGHT).cast(nw.Float64).alias("w"),
            *(score_expression(schema, code).alias(f"v{i}") for i, code in enumerate(layout.items)),
        )
        .filter(nw.col("w") > 0, ~left_out, *(~nw.col(name).is_null() for name in columns))
        .collect("pandas")
        .to_native()
    )
    named = (table[columns] == list(first.values())).all(axis=1).to_numpy()
    inside = named | (table[columns] == list(second.values())).all(axis=1).to_numpy() if second else np.ones(len(table), dtype=bool)
    scores = table[[f"v{i}" for i in range(len(layout.items))]].to_numpy(dtype=np.float64)
    clustered = bool(design) and bool(table["psu"][inside].notna().any())
    return _Rows(scores[inside], table["w"].to_numpy(dtype=np.float64)[inside], named[inside], clustered, replaced)


def _sums(rows: _Rows, chosen: npt.NDArray[Any], layout: Layout) -> CrossMoments:
    """Sums over some of the rows, which add up; :func:`_moments` makes moments of them."""
    scores, weights = rows.scores[chosen], rows.weights[chosen]
    return moments_with_answer_marks(scores, weights, layout.items) if rows.replaced else _plain_sums(scores, weights, layout)


def _moments(rows: _Rows, sums: CrossMoments) -> CrossMoments:
    return mean_replaced(sums) if rows.replaced else sums


def _plain_sums(rows: Array, weights: Array, layout: Layout) -> CrossMoments:
    weighted = rows * weights[:, None]
    return CrossMoments(
        layout.items,
        np.array([float(len(rows))]),
        np.array([weights.sum()]),
        np.array([(weights**2).sum()]),
        weighted.sum(axis=0)[None],
        (weighted.T @ rows)[None],
    )


def _composition(rows: _Rows, layout: Layout) -> Array:
    """Correlation, over all respondents, of the scores made with the weights of either group."""
    pooled = _moments(rows, _sums(rows, np.arange(len(rows.first)), layout)).correlation[0]
    one, other = (_describe(_moments(rows, _sums(rows, m, layout)), layout)[1] for m in (rows.first, ~rows.first))
    return np.asarray(_likeness(one, other, pooled)[0])


def _likeness(one: Array, other: Array, pooled: Array) -> Array:
    across = (one * (pooled @ other)).sum(axis=1)
    sizes = [(part * (pooled @ part)).sum(axis=1) for part in (one, other)]
    return np.asarray(across / np.sqrt(sizes[0] * sizes[1]))


def _permute(rows: _Rows, layout: Layout, permutations: int, seed: int) -> tuple[Array, Array]:
    """Differences (their signs are arbitrary) and likenesses when the group labels are shuffled; weights stay with respondents."""
    generator = np.random.default_rng(seed)
    everybody = _sums(rows, np.arange(len(rows.first)), layout)
    # Summing the smaller group is less work; the other is the difference.
    size = min(int(rows.first.sum()), int((~rows.first).sum()))
    shuffles = [generator.permutation(len(rows.first))[:size] for _ in range(permutations)]
    parts = [_sums(rows, chosen, layout) for chosen in shuffles]
    one = CrossMoments(
        everybody.variables,
        np.concatenate([part.n for part in parts]),
        np.concatenate([part.weight for part in parts]),
        np.concatenate([part.weight_squared for part in parts]),
        np.concatenate([part.sums for part in parts]),
        np.concatenate([part.products for part in parts]),
    )
    halves = [_describe(_moments(rows, half), layout) for half in (one, everybody - one)]
    (figures, one_weights), (others, other_weights) = halves
    likenesses = _likeness(one_weights, other_weights, _moments(rows, everybody).correlation[0])
    settled = np.isfinite(figures - others).all(axis=1)
    return (figures - others)[settled], likenesses[settled]


def _invariance(layout: Layout, observed: Array, draws: Array, thresholds: Thresholds) -> tuple[Invariance, ...]:
    """Every construct's correlation against those of the shuffled groups; Holm over the constructs."""
    # A single-question construct is the same thing everywhere: c is one however it is permuted.
    p_values = (1 + (draws <= observed + 1e-12).sum(axis=0)) / (1 + len(draws))
    same = adjusted_p(p_values, "holm") > thresholds.alpha
    lowest = np.quantile(draws, thresholds.alpha, axis=0)
    return tuple(
        Invariance(code, float(observed[k]), float(lowest[k]), float(p_values[k]), bool(same[k]))
        for k, code in enumerate(layout.constructs)
    )
