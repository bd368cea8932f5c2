"""The CSI path model of a schema: weights, loadings, paths, R², indices, effects and importance map, all with intervals.

PLS path modelling (``path_model_solution``) on the weighted correlations of the items. A construct's **index** uses
unstandardised outer weights v_i = (ω_i/σ_i)/Σ(ω_j/σ_j) on items scored 0–100, so it lies on 0–100 (Fornell et al.
1996). An unstandardised effect is points of the target's index for one point of the construct's index. A negative outer
weight whose interval excludes zero takes the index and importance of its own construct and of what is computed from it;
the rest stands. Missing data: as the moments have it, listwise or replaced by means. Intervals: delete-a-group jackknife,
the whole model re-estimated for each replicate group.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.inference.estimability import titles, why_not_analysable
from analysis.inference.parts import part_or_reason
from analysis.inference.replicates import Jackknife, NotEstimableError, jackknife
from analysis.measurement.path_model_quality import construct_verdict, quality_labels, reliability_figures, separation_verdict
from analysis.measurement.path_model_result import ConstructQuality, Correlated, ImportancePoint, PathModelResult, Separation
from analysis.measurement.path_model_solution import Layout, Solution, solve_path_model
from analysis.measurement.path_model_structure import construct_pairs, detours, fornell_larcker_verdict, rival_arrows, structure_figures
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.provenance import Fact, Provenance, base_facts
from analysis.sums.cross_moments import Array, CrossMoments, GroupMoments
from analysis.sums.mean_replacement import MeanReplacedMoments, Missing
from analysis.sums.missing_answers import losses_sentence
from analysis.sums.raked_groups import reraked_margins
from survey_schema.models import SurveySchema
from survey_schema.path_models import PathModel
from words.language import Message, message

_MISSING_WORDS: dict[Missing, Message] = {
    "mean": message("replaced by the mean of their question"),
    "listwise": message("respondents with any question of the set unanswered are left out"),
}


def missing_fact(missing: Missing) -> Fact:
    """What was done about missing answers."""
    return Fact("missing_answers", missing, message("Missing answers"), _MISSING_WORDS[missing])


def estimate_path_model(
    moments: GroupMoments,
    schema: SurveySchema,
    model: PathModel,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
) -> PathModelResult:
    """Estimate ``model`` from moments that hold all of its items (scores 0–100)."""
    layout = Layout.of(model)
    moments = moments.select(layout.items)
    missing: Missing = "mean" if isinstance(moments, MeanReplacedMoments) else "listwise"
    empty = PathModelResult(
        model.code,
        model.satisfaction,
        missing,
        moments.n,
        moments.n_eff,
        moments.dropped,
        Provenance(
            message("PLS path model, path weighting scheme; intervals by delete-a-group jackknife"),
            thresholds,
            reraked_margins=reraked_margins(moments.margins),
            facts=(
                Fact("model", model.code),
                Fact("target", model.satisfaction),
                Fact("modes", dict(zip(layout.constructs, layout.modes, strict=True))),
                missing_fact(missing),
                Fact("listwise", missing == "listwise"),
                *base_facts(moments.n, moments.n_eff),
            ),
        ),
        losses=losses_sentence(moments),
    )

    def compute() -> PathModelResult:
        reason = why_no_path_model(moments, schema, model, layout)
        if reason:
            return replace(empty, reason=reason)
        return _assemble(empty, _Figures.estimate(moments, model, layout), moments, schema, model, layout, thresholds)

    return part_or_reason(empty, compute)


def why_no_path_model(moments: GroupMoments, schema: SurveySchema, model: PathModel, layout: Layout) -> Message | None:
    """The reason why the model cannot be estimated from these respondents; None when it can be tried."""
    for k, construct in enumerate(model.constructs):
        if not layout.before[k].size and not layout.after[k].size:
            return message("{construct} has no arrow to or from another construct.", construct=construct.title)
    largest = max(len(before) for before in layout.before)
    needed = max(10, largest + 2, *(len(block) + 2 for block in layout.blocks))
    return why_not_analysable(moments, schema, minimum=needed)


def index_weights(solution: Solution, moments: CrossMoments, layout: Layout) -> Array:
    """Unstandardised outer weights, shape (batch, p, K), summing to 1 in each construct."""
    raw = solution.weights / moments.deviations[..., :, None]
    return np.asarray(raw / raw.sum(axis=-2, keepdims=True))


@dataclass(frozen=True)
class _Figures:
    """All figures in one vector with its replicates, and where each kind lies in it."""

    jackknife: Jackknife
    slices: Mapping[str, slice]
    rounds: int

    @classmethod
    def estimate(cls, moments: GroupMoments, model: PathModel, layout: Layout) -> _Figures:
        slices: dict[str, slice] = {}
        rounds = [0]

        def statistic(batch: CrossMoments) -> Array:
            solution = solve_path_model(batch.correlation, layout)
            unsolved = why_unsolved(solution)
            if unsolved:
                raise NotEstimableError(unsolved)
            rounds[0] = solution.rounds
            parts = _all_figures(solution, batch, model, layout)
            start = 0
            for name, part in parts.items():
                slices[name] = slice(start, start + part.shape[1])
                start += part.shape[1]
            return np.concatenate(list(parts.values()), axis=1)

        return cls(jackknife(moments, statistic, batched=True, partial=True), slices, rounds[0])

    def part(self, name: str) -> Jackknife:
        """The figures of one kind."""
        return self.jackknife.select(self.slices[name])


def why_unsolved(solution: Solution) -> Message | None:
    """Why the first model of the stack has no solution; None when it has one."""
    if solution.converged[0]:
        return None
    if solution.singular[0]:
        return message("Questions or constructs of the model move together exactly, so their weights cannot be told apart.")
    return message("The path model did not settle after {rounds} rounds; simplify it or use more respondents.", rounds=solution.rounds)


def _all_figures(solution: Solution, batch: CrossMoments, model: PathModel, layout: Layout) -> dict[str, Array]:
    target = layout.constructs.index(model.satisfaction)
    shares = index_weights(solution, batch, layout)
    means = batch.means
    indices = np.einsum("bp,bpk->bk", means, shares)
    deviations = 1 / np.einsum("bpk->bk", solution.weights / batch.deviations[..., :, None])
    unstandardised = solution.total[:, :, target] * deviations[:, target : target + 1] / deviations
    members = [(k, i) for k, block in enumerate(layout.blocks) for i in block]
    starts, ends = np.array(layout.arrows).T
    far_starts, far_ends = np.array(_connected(layout)).T
    around = detours(layout)
    indirect = (solution.total - solution.paths)[:, [start for start, _end in around], [end for _start, end in around]]
    owners, places = np.array(members).T
    equal = np.stack([means[:, block].mean(axis=1) for block in layout.blocks], axis=-1)
    endogenous = [k for k, before in enumerate(layout.before) if before.size]
    return {
        "weights": solution.weights[:, places, owners],
        "loadings": solution.loadings[:, places, owners],
        "index_weights": shares[:, places, owners],
        "paths": solution.paths[:, starts, ends],
        "total": solution.total[:, far_starts, far_ends],
        "indirect": indirect,
        "r_squared": solution.r_squared[:, endogenous],
        "indices": indices,
        "equal": equal,
        "importance": unstandardised,
        "item_importance": unstandardised[:, owners] * shares[:, places, owners],
        "item_performance": means[:, places],
        **reliability_figures(solution, batch.correlation, layout),
        **structure_figures(solution, batch.correlation, layout),
    }


def _connected(layout: Layout) -> list[tuple[int, int]]:
    """All pairs with a directed way from one to the other."""
    reach = np.zeros((len(layout.constructs),) * 2, dtype=int)
    for start, end in layout.arrows:
        reach[start, end] = 1
    for _ in layout.constructs:
        reach = ((reach + reach @ reach) > 0).astype(int)
    return [(int(start), int(end)) for start, end in np.argwhere(reach)]


def _assemble(
    empty: PathModelResult,
    figures: _Figures,
    moments: GroupMoments,
    schema: SurveySchema,
    model: PathModel,
    layout: Layout,
    thresholds: Thresholds,
) -> PathModelResult:
    names, tables = layout.constructs, _Tables(figures, moments, layout, thresholds)
    weights = tables.of_items("weights")
    misled = misled_constructs(weights, schema, model)
    map_reason = misled.get(model.satisfaction)
    indices = without_misled(tables.of("indices", names), misled)
    ways = tables.named(_connected(layout))
    lead = [start for start, end in ways if end == model.satisfaction and start not in misled and map_reason is None]
    importance_map, item_importance_map = _maps(tables, indices, lead)
    quality = _quality(figures, moments, model, layout, thresholds)
    return replace(
        empty,
        weights=weights,
        loadings=tables.of_items("loadings"),
        index_weights=without_misled(tables.of_items("index_weights"), misled),
        paths=tables.of_arrows("paths", tables.named(layout.arrows)),
        total_effects=tables.of_arrows("total", ways),
        indirect_effects=tables.of_arrows("indirect", tables.named(detours(layout))),
        r_squared=tables.of("r_squared", [name for k, name in enumerate(names) if layout.before[k].size]),
        indices=indices,
        equal_weight_indices=tables.of("equal", names),
        quality=quality,
        separations=_separations(figures, moments, layout, thresholds),
        correlated=_correlated(figures, moments, layout, quality, thresholds),
        inner_vif=tables.of_arrows("inner_vif", tables.named(rival_arrows(layout))),
        f_squared=tables.of_arrows("f_squared", tables.named(layout.arrows)),
        cross_loadings=tables.of_pairs("cross_loadings", [(name, item) for item in layout.items for name in names]),
        misled=misled,
        importance_map=importance_map,
        item_importance_map=item_importance_map,
        map_reason=map_reason,
        target_effects=figures.part("importance"),
        iterations=figures.rounds,
        notes=tuple(_notes(figures, weights, misled, schema)),
    )


@dataclass(frozen=True)
class _Tables:
    """The estimates of each part of the figures, with what each is of as its code and keys."""

    figures: _Figures
    moments: GroupMoments
    layout: Layout
    thresholds: Thresholds

    @property
    def members(self) -> list[tuple[str, str]]:
        """Every construct with each of its items, block by block."""
        return [(self.layout.constructs[k], self.layout.items[i]) for k, block in enumerate(self.layout.blocks) for i in block]

    def named(self, arrows: Iterable[tuple[int, int]]) -> list[tuple[str, str]]:
        """Arrows by the names of their constructs."""
        return [(self.layout.constructs[start], self.layout.constructs[end]) for start, end in arrows]

    def of(self, part: str, codes: Sequence[str], keys: Sequence[Mapping[str, str | None]] | None = None) -> tuple[Estimate, ...]:
        estimates = self.figures.part(part).estimates(codes, self.moments, self.thresholds)
        return estimates if keys is None else tuple(e._replace(keys=dict(k)) for e, k in zip(estimates, keys, strict=True))

    def of_pairs(self, part: str, pairs: Sequence[tuple[str, str]]) -> tuple[Estimate, ...]:
        """A figure for each pair of a construct and an item."""
        return self.of(part, [item for _, item in pairs], [{**self.moments.keys, "construct": construct} for construct, _ in pairs])

    def of_items(self, part: str) -> tuple[Estimate, ...]:
        """A figure for each item in its own construct."""
        return self.of_pairs(part, self.members)

    def of_arrows(self, part: str, pairs: Sequence[tuple[str, str]]) -> tuple[Estimate, ...]:
        """A figure for each arrow or way between two constructs."""
        return self.of(part, [f"{start}->{end}" for start, end in pairs], [{**self.moments.keys, "from": s, "to": e} for s, e in pairs])


def _maps(
    tables: _Tables, indices: tuple[Estimate, ...], lead: Sequence[str]
) -> tuple[tuple[ImportancePoint, ...], tuple[ImportancePoint, ...]]:
    """Importance against performance for the constructs that ``lead`` to the target, and for their items."""
    names = tables.layout.constructs
    performance = dict(zip(names, indices, strict=True))
    importance, item_importance = tables.of("importance", names), tables.of_items("item_importance")
    constructs = tuple(ImportancePoint(e.code, e.code, e, performance[e.code]) for e in importance if e.code in lead)
    items = tuple(
        ImportancePoint(e.code, construct, e, level)
        for (construct, _), e, level in zip(tables.members, item_importance, tables.of_items("item_performance"), strict=True)
        if construct in lead
    )
    return constructs, items


def misled_constructs(weights: Sequence[Estimate], schema: SurveySchema, model: PathModel) -> dict[str, Message]:
    """The constructs with an outer weight (keyed by construct) whose interval lies below zero, each with the reason why it has no index."""
    found = {}
    for construct in model.constructs:
        against = [e.code for e in weights if e.keys["construct"] == construct.code and e.high is not None and e.high < 0]
        if against:
            found[construct.code] = message(
                "{items} have a negative outer weight that is not chance, so {construct} has no index and no importance; check their "
                "direction or leave them out.",
                items=titles(schema, against),
                construct=construct.title,
            )
    return found


def without_misled(estimates: Sequence[Estimate], misled: Mapping[str, Message]) -> tuple[Estimate, ...]:
    """The figures of constructs, or of their items, without those of the misled ones."""

    def told(e: Estimate) -> Estimate:
        reason = misled.get(str(e.keys.get("construct") or e.code))
        return e if reason is None else Estimate(e.keys, e.code, None, n=e.n, n_eff=e.n_eff, marked=e.marked, reason=reason)

    return tuple(told(e) for e in estimates)


def _notes(figures: _Figures, weights: Sequence[Estimate], misled: Mapping[str, Message], schema: SurveySchema) -> list[Message]:
    unsure = [e.code for e in weights if (e.value or 0.0) < 0 and e.keys["construct"] not in misled]
    notes = [figures.jackknife.reason] if figures.jackknife.reason else []
    notes += misled.values()
    if unsure:
        notes.append(
            message("{items} have a negative outer weight that may be chance; check their direction.", items=titles(schema, unsure))
        )
    return notes


def _quality(
    figures: _Figures, moments: GroupMoments, model: PathModel, layout: Layout, thresholds: Thresholds
) -> tuple[ConstructQuality, ...]:
    measured = quality_labels(layout).constructs
    tables = {
        name: dict(zip(measured, figures.part(name).estimates(measured, moments, thresholds), strict=True))
        for name in ("alpha", "rho_a", "rho_c", "ave", "root_ave")
    }
    rows = []
    for code in layout.constructs:
        found = {name: table.get(code) for name, table in tables.items()}
        values = {name: estimate.value for name, estimate in found.items() if estimate and estimate.value is not None}
        rows.append(ConstructQuality(code, **found, verdict=construct_verdict(model, code, values)))
    return tuple(rows)


def _separations(figures: _Figures, moments: GroupMoments, layout: Layout, thresholds: Thresholds) -> tuple[Separation, ...]:
    pairs = quality_labels(layout).pairs
    estimates = figures.part("htmt").estimates([f"{one}~{other}" for one, other in pairs], moments, thresholds)
    return tuple(Separation(pair, e, separation_verdict(e.value)) for pair, e in zip(pairs, estimates, strict=True))


def _correlated(
    figures: _Figures, moments: GroupMoments, layout: Layout, quality: Sequence[ConstructQuality], thresholds: Thresholds
) -> tuple[Correlated, ...]:
    pairs = [(layout.constructs[one], layout.constructs[other]) for one, other in construct_pairs(layout)]
    estimates = figures.part("score_correlations").estimates([f"{one}~{other}" for one, other in pairs], moments, thresholds)
    roots = {row.construct: row.root_ave.value if row.root_ave else None for row in quality}
    return tuple(
        Correlated(pair, e, fornell_larcker_verdict(e.value, (roots[pair[0]], roots[pair[1]])))
        for pair, e in zip(pairs, estimates, strict=True)
    )
