"""Path models of two groups: are the constructs the same thing in both, and do the paths and indices differ?

First compositional invariance (Henseler, Ringle and Sarstedt 2016, step 2): scores of all respondents with the weights of
one group must correlate almost perfectly with those of the other; judged by permuting the group labels. Only then are
path coefficients and indices compared: by the same permutations (rows, up to ``limit`` respondents), or, from sums
alone, by the jackknife of the difference. Holm over the paths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np
from statsmodels.stats.multitest import multipletests

from analysis.cross_moments import WEIGHT, Array, CrossMoments, GroupMoments
from analysis.path_model import index_weights, why_no_path_model
from analysis.path_model_solution import Layout, solve_path_model
from analysis.replicates import NotEstimableError, jackknife_jointly
from analysis.results import Estimate, Thresholds
from analysis.scores import score_expression
from survey_schema.language import Message, message
from survey_schema.models import PathModel, SurveySchema

ROW_LIMIT = 20_000


@dataclass(frozen=True)
class Invariance:
    """Compositional invariance of one construct: correlation ``c``, its 5 % quantile under permutation and p; ``same`` if it holds."""

    construct: str
    c: float
    lowest_expected: float
    p: float
    same: bool


@dataclass(frozen=True)
class PathModelComparison:
    """First group minus second. ``invariance`` is empty without rows; ``trusted`` says whether it holds for every construct."""

    groups: tuple[Mapping[str, str | None], Mapping[str, str | None]]
    n: tuple[int, int]
    n_eff: tuple[float, float]
    paths: tuple[Estimate, ...]
    indices: tuple[Estimate, ...]
    invariance: tuple[Invariance, ...]
    trusted: bool | None
    method: Message
    settings: Mapping[str, object]
    verdict: Message | None = None
    reason: Message | None = None


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
    """Compare two groups (from one ``cross_moments`` call with ``group_by``).

    With ``frame``, the selection both come from, invariance is tested and p-values are permutation p-values; without, or above
    ``limit`` respondents, p-values come from the replicate groups and invariance is left open and said.
    """
    layout = Layout.of(model)
    first, second = first.select(layout.items), second.select(layout.items)
    settings: dict[str, object] = {"model": model.code, "permutations": permutations, "seed": seed, "adjustment": "holm"}
    empty = PathModelComparison(
        (first.keys, second.keys), (first.n, second.n), (first.n_eff, second.n_eff), (), (), (), None,
        message("Difference of two path models; intervals by delete-a-group jackknife"), settings,
    )  # fmt: skip
    for group in (first, second):
        reason = why_no_path_model(group, schema, model, layout)
        if reason:
            return replace(empty, reason=reason)
    try:
        figures = jackknife_jointly([first, second], lambda both: _difference(both[0], both[1], layout), batched=True)
    except NotEstimableError:
        return replace(empty, reason=message("The path model did not settle in one of the groups."))
    arrows = [f"{start}->{end}" for start, end in model.paths]
    joint = replace(first + second, keys={})
    estimates = figures.estimates([*arrows, *layout.constructs], joint, thresholds)
    if frame is None or joint.n > limit:
        verdict = message("Whether the constructs mean the same in both groups was not tested, because no rows were read.")
        return replace(_judge(empty, estimates, len(arrows), thresholds), verdict=verdict)
    rows, weights, labels = _read(frame, schema, layout, first.keys, second.keys)
    draws = _permute(rows, weights, labels, layout, permutations, seed)
    observed = _composition(rows, weights, labels, layout)
    invariance = tuple(_invariance(code, observed[k], draws[1][:, k], thresholds) for k, code in enumerate(layout.constructs))
    extreme = (np.abs(draws[0]) >= np.abs(figures.value)[None]).sum(axis=0)
    p_values = (1 + extreme) / (1 + len(draws[0]))
    estimates = tuple(replace(e, p=float(p)) for e, p in zip(estimates, p_values, strict=True))
    trusted = all(row.same for row in invariance)
    verdict = (
        message("The constructs are composed alike in both groups, so their paths and indices can be compared.")
        if trusted
        else message("{constructs}: composed differently in the two groups; differences in paths there may be differences in meaning.",
                     constructs=", ".join(row.construct for row in invariance if not row.same))
    )  # fmt: skip
    method = message("Difference of two path models; permutation tests after checking compositional invariance")
    return replace(
        _judge(empty, estimates, len(arrows), thresholds), invariance=invariance, trusted=trusted, verdict=verdict, method=method
    )


def _difference(first: CrossMoments, second: CrossMoments, layout: Layout) -> Array:
    return _describe(first, layout)[0] - _describe(second, layout)[0]


def _describe(batch: CrossMoments, layout: Layout) -> tuple[Array, Array]:
    """Path coefficients and indices (batch, ·) and outer weights (batch, p, K); NaN where the model did not settle."""
    solution = solve_path_model(batch.correlation, layout)
    indices = np.einsum("bp,bpk->bk", batch.means, index_weights(solution, batch, layout))
    starts, ends = np.array(layout.arrows).T
    return np.concatenate([solution.paths[:, starts, ends], indices], axis=1), solution.weights


def _judge(empty: PathModelComparison, estimates: Sequence[Estimate], arrows: int, thresholds: Thresholds) -> PathModelComparison:
    def family(part: Sequence[Estimate]) -> tuple[Estimate, ...]:
        if any(e.p is None for e in part):
            return tuple(part)
        adjusted = multipletests([e.p for e in part], method="holm")[1]
        return tuple(
            replace(
                e,
                p_adjusted=float(p),
                verdict="unclear" if p > thresholds.alpha else "higher" if (e.value or 0.0) > 0 else "lower",
            )
            for e, p in zip(part, adjusted, strict=True)
        )

    return replace(empty, paths=family(estimates[:arrows]), indices=family(estimates[arrows:]))


def _read(
    frame: nw.LazyFrame[Any], schema: SurveySchema, layout: Layout, first: Mapping[str, str | None], second: Mapping[str, str | None]
) -> tuple[Array, Array, np.typing.NDArray[np.bool_]]:
    columns = list(first)
    table = (
        frame.select(
            *(nw.col(column) for column in columns),
            nw.col(WEIGHT).cast(nw.Float64).alias("w"),
            *(score_expression(schema, code).alias(f"v{i}") for i, code in enumerate(layout.items)),
        )
        .filter(nw.col("w") > 0, *(~nw.col(f"v{i}").is_null() for i in range(len(layout.items))))
        .collect("pandas")
        .to_native()
    )
    member = [(table[list(columns)] == [keys[column] for column in columns]).all(axis=1).to_numpy() for keys in (first, second)]
    inside = member[0] | member[1]
    rows = table[[f"v{i}" for i in range(len(layout.items))]].to_numpy(dtype=np.float64)
    return rows[inside], table["w"].to_numpy(dtype=np.float64)[inside], member[0][inside]


def _moments(rows: Array, weights: Array, layout: Layout) -> CrossMoments:
    weighted = rows * weights[:, None]
    return CrossMoments(
        layout.items,
        np.array([float(len(rows))]),
        np.array([weights.sum()]),
        np.array([(weights**2).sum()]),
        weighted.sum(axis=0)[None],
        (weighted.T @ rows)[None],
    )


def _composition(rows: Array, weights: Array, first: np.typing.NDArray[np.bool_], layout: Layout) -> Array:
    """Correlation, over all respondents, of the scores made with the weights of either group."""
    pooled = _moments(rows, weights, layout).correlation[0]
    one, other = (_describe(_moments(rows[m], weights[m], layout), layout)[1] for m in (first, ~first))
    return np.asarray(_likeness(one, other, pooled)[0])


def _likeness(one: Array, other: Array, pooled: Array) -> Array:
    across = np.einsum("bik,ij,bjk->bk", one, pooled, other, optimize=True)
    sizes = [np.einsum("bik,ij,bjk->bk", part, pooled, part, optimize=True) for part in (one, other)]
    return np.asarray(across / np.sqrt(sizes[0] * sizes[1]))


def _permute(
    rows: Array, weights: Array, first: np.typing.NDArray[np.bool_], layout: Layout, permutations: int, seed: int
) -> tuple[Array, Array]:
    """Differences and likenesses when the group labels are shuffled (weights stay with their respondents)."""
    generator = np.random.default_rng(seed)
    everybody = _moments(rows, weights, layout)
    shuffles = [generator.permutation(first) for _ in range(permutations)]
    parts = [_moments(rows[chosen], weights[chosen], layout) for chosen in shuffles]
    one = CrossMoments(
        layout.items,
        np.concatenate([part.n for part in parts]),
        np.concatenate([part.weight for part in parts]),
        np.concatenate([part.weight_squared for part in parts]),
        np.concatenate([part.sums for part in parts]),
        np.concatenate([part.products for part in parts]),
    )
    (figures, one_weights), (others, other_weights) = _describe(one, layout), _describe(everybody - one, layout)
    likenesses = _likeness(one_weights, other_weights, everybody.correlation[0])
    settled = np.isfinite(figures - others).all(axis=1)
    return (figures - others)[settled], likenesses[settled]


def _invariance(construct: str, c: float, draws: Array, thresholds: Thresholds) -> Invariance:
    p = float((1 + (draws <= c + 1e-12).sum()) / (1 + len(draws)))
    # A single-question construct is the same thing everywhere: c is one however it is permuted.
    return Invariance(construct, float(c), float(np.quantile(draws, thresholds.alpha)), p, p > thresholds.alpha)
