"""``estimate reliability``, ``factors`` and ``path-model``: does the questionnaire measure what it says?"""

from __future__ import annotations

from typing import get_args

from analysis.measurement.factor_extraction import Extraction
from analysis.measurement.factor_rotation import Rotation
from analysis.measurement.factors import Factors, estimate_factors
from analysis.measurement.path_model import estimate_path_model
from analysis.measurement.path_model_result import PathModelResult
from analysis.measurement.path_model_solution import Layout
from analysis.measurement.reliability import Reliability, estimate_reliability
from analysis.results.estimates import Estimate, Result
from analysis.sums.cross_moments import GroupMoments
from analysis.sums.mean_replacement import Missing
from analysis.sums.raked_groups import raking_said
from answers.flat import bare, collected, moments_by, refused, tagged, with_losses
from answers.selection import item_code
from command_line.path_model_comparisons import compared_groups, comparison_records
from command_line.requests import Request
from survey_schema.path_models import PathModel
from survey_schema.path_presets import path_models_for
from words.errors import ManyiError
from words.language import Message, message


def reliability(request: Request) -> Result:
    """Alpha, omega, item analysis, KMO and Bartlett of each dimension, or of the items of ``--code`` together."""
    sets = _item_sets(request)
    estimates: list[Estimate] = []
    notes: list[Message] = []
    method: Message | None = None
    raking: dict[str, object] = {}
    for name, items in sets.items():
        for group in moments_by(request, items):
            found = estimate_reliability(group.select(items), request.schema, items, request.thresholds)
            method, raking = found.method, raking_said(found.settings)
            if found.reason:
                refusal = refused(name, found.reason, found.n, found.n_eff, **group.keys, set=name, figure="alpha")
                estimates += with_losses([refusal], group)
            else:
                estimates += with_losses(_of_set(found, group, name), group)
                notes += [message("{set}: {verdict}", set=name, verdict=found.verdict)] if found.verdict and not request.by else []
                notes += found.notes
    return collected(estimates, method or message("Nothing was computed."), _settings(request, sets=sets, **raking), notes=notes)


def _of_set(found: Reliability, group: GroupMoments, name: str) -> list[Estimate]:
    keys = {**group.keys, "set": name}
    bartlett = Estimate(
        {**keys, "figure": "bartlett_chi2"}, name, found.bartlett_chi2, n=found.n, n_eff=found.n_eff,
        df=None if found.bartlett_df is None else float(found.bartlett_df), p=found.bartlett_p,
        reason=None if found.bartlett_chi2 is not None else message("A question is an exact combination of the others."),
    )  # fmt: skip
    whole = [
        Estimate({**keys, "figure": figure}, name, e.value, e.se, e.low, e.high, e.n, e.n_eff, marked=e.marked)
        for figure, e in (("alpha", found.alpha), ("alpha_standardised", found.alpha_standardised), ("omega", found.omega))
        if e is not None
    ]
    items = [
        e
        for row in found.item_analysis
        for e in (
            *tagged("mean", [row.mean], tested=False, **keys), *tagged("item_rest", [row.item_rest], tested=False, **keys),
            *tagged("alpha_if_dropped", [row.alpha_if_dropped], tested=False, **keys), *bare("kmo", {row.code: row.kmo}, found, **keys),
        )
    ]  # fmt: skip
    return [*whole, *bare("kmo", {name: found.kmo}, found, **keys), bartlett, *items]


def factors(request: Request) -> Result:
    """Rotated loadings, variance explained and dimension indices of the tree's items, or of those of ``--code``."""
    asked = request.explain
    extraction, rotation = _extraction(asked.method or "minres"), _rotation(asked.rotation)
    items = _asked_items(request) or request.schema.tree.items()
    estimates: list[Estimate] = []
    notes: list[Message] = []
    settings, method = _settings(request, items=items, extraction=extraction, rotation=rotation), None
    for group in moments_by(request, items):
        found = estimate_factors(
            group, request.schema, items, count=asked.factors, extraction=extraction, rotation=rotation, thresholds=request.thresholds
        )
        method = found.method
        settings |= raking_said(found.settings)
        if found.reason:
            estimates += with_losses([refused("factors", found.reason, found.n, found.n_eff, **group.keys, figure="loading")], group)
        else:
            estimates += with_losses(_of_factors(found, group), group)
            notes += found.notes
            settings |= {} if request.by else _number_of_factors(found)
    return collected(estimates, method or message("Nothing was computed."), settings, notes=notes)


def _of_factors(found: Factors, group: GroupMoments) -> list[Estimate]:
    keys = dict(group.keys)
    return [
        *tagged("loading", found.loadings, tested=False, **keys),
        *bare("communality", dict(found.communalities), found, **keys),
        *tagged("variance_percent", found.variance_percent, tested=False, **keys),
        *tagged("index", found.indices, tested=False, **keys),
    ]


def _number_of_factors(found: Factors) -> dict[str, object]:
    number = found.number
    counted = {} if number is None else {
        "by_parallel_analysis": number.by_parallel_analysis, "by_eigenvalue_above_one": number.by_eigenvalue_above_one,
        "eigenvalues": number.eigenvalues, "random_eigenvalues": number.random_eigenvalues,
    }  # fmt: skip
    return {"count": len(found.factors), "members": found.members, "factor_correlations": found.correlations.tolist(), **counted}


def path_model(request: Request) -> Result:
    """Paths, effects, indices and quality of ``--model``, else of the survey's first; groups of ``--by`` are compared as well."""
    model = _model(request)
    if request.against and not request.by:
        raise ManyiError(message("Say with --by along which column the groups are compared."))
    groups = moments_by(request, Layout.of(model).items, _missing(request.explain.missing))
    estimates: list[Estimate] = []
    notes: list[Message] = []
    method: Message | None = None
    settings = _settings(request, model=model.code)
    for group in groups:
        found = estimate_path_model(group, request.schema, model, request.thresholds)
        method = found.method
        if found.reason:
            estimates += with_losses([refused(model.code, found.reason, found.n, found.n_eff, **group.keys, figure="path")], group)
        else:
            estimates += with_losses(_of_model(found, group), group)
            notes += [*found.notes, *(() if request.by else _verdicts(found))]
        notes += [found.losses] if found.losses and not request.by else []
        settings |= {"missing_answers": found.settings["missing_answers"], **raking_said(found.settings)}
    if request.by:
        compared = compared_groups(request, groups, model)
        differences, verdicts = comparison_records(compared, model, request)
        estimates, notes = [*differences, *estimates], [*verdicts, *notes]
        settings |= {"comparison": {"method": compared[0].method, **compared[0].settings}} if compared else {}
    return collected(estimates, method or message("Nothing was computed."), settings, notes=notes)


def _of_model(found: PathModelResult, group: GroupMoments) -> list[Estimate]:
    keys = dict(group.keys)
    quality = [
        e
        for row in found.quality
        for name, estimate in (
            ("alpha_standardised", row.alpha), ("rho_a", row.rho_a), ("rho_c", row.rho_c), ("ave", row.ave), ("root_ave", row.root_ave),
        )
        for e in tagged(name, [estimate], tested=False, **keys)
    ]  # fmt: skip
    lost = [
        refused(code, reason, found.n, found.n_eff, figure="importance", **keys)
        for code, reason in (dict.fromkeys(_leading(found), found.map_reason) if found.map_reason else found.misled).items()
    ]
    return [
        *tagged("path", found.paths, tested=True, **keys),
        *tagged("indirect_effect", found.indirect_effects, tested=True, **keys),
        *tagged("total_effect", found.total_effects, tested=True, **keys),
        *tagged("r_squared", found.r_squared, tested=False, **keys),
        *tagged("index", found.indices, tested=False, **keys),
        *tagged("equal_weight_index", found.equal_weight_indices, tested=False, **keys),
        *tagged("outer_weight", found.weights, tested=False, **keys),
        *tagged("loading", found.loadings, tested=False, **keys),
        *tagged("index_weight", found.index_weights, tested=False, **keys),
        *tagged("importance", [point.importance for point in found.importance_map], tested=False, **keys),
        *tagged("item_importance", [point.importance for point in found.item_importance_map], tested=False, **keys),
        *lost,
        *quality,
        *tagged("inner_vif", found.inner_vif, tested=False, **keys),
        *tagged("f_squared", found.f_squared, tested=False, **keys),
        *tagged("cross_loading", found.cross_loadings, tested=False, **keys),
        *tagged("construct_correlation", [row.correlation for row in found.correlated], tested=False, **keys),
        *tagged("htmt", [row.htmt for row in found.separations], tested=False, **keys),
    ]


def _verdicts(found: PathModelResult) -> list[Message]:
    apart = [*(row.verdict for row in found.separations), *(row.verdict for row in found.correlated)]
    return [*(row.verdict for row in found.quality), *apart]


def _leading(found: PathModelResult) -> list[str]:
    """The constructs with an effect on the satisfaction construct."""
    return [str(e.keys["from"]) for e in found.total_effects if e.keys["to"] == found.settings["target"]]


def _missing(text: str) -> Missing:
    for known in get_args(Missing):
        if text == known:
            found: Missing = known
            return found
    raise ManyiError(
        message("There is no way {missing} with missing answers. There are: {known}.", missing=text, known=", ".join(get_args(Missing)))
    )


def _model(request: Request) -> PathModel:
    models = path_models_for(request.schema)
    if not models:
        raise ManyiError(message("This survey has no path model; add path_models to its schema."))
    asked = request.explain.model
    if asked is not None and asked not in models:
        raise ManyiError(message("There is no path model {model}. There are: {known}.", model=asked, known=", ".join(models)))
    return models[asked or next(iter(models))]


def _item_sets(request: Request) -> dict[str, list[str]]:
    items = _asked_items(request)
    if items:
        return {"asked": items}
    tree = request.schema.tree
    sets = {node.code: node.items() for node in tree.walk() if node is not tree and len(node.items()) > 1}
    return sets or {tree.code: tree.items()}


def _asked_items(request: Request) -> list[str]:
    """Items of ``--code``; an indicator stands for its items."""
    schema = request.schema
    nodes = {node.code: node.items() for node in schema.tree.walk()}
    codes = [code for text in request.codes or () for code in nodes.get(text) or [item_code(text, schema)]]
    return list(dict.fromkeys(codes))


def _extraction(text: str) -> Extraction:
    for known in get_args(Extraction):
        if text == known:
            found: Extraction = known
            return found
    raise ManyiError(message("There is no method {method}. There are: {known}.", method=text, known=", ".join(get_args(Extraction))))


def _rotation(text: str) -> Rotation:
    for known in get_args(Rotation):
        if text == known:
            found: Rotation = known
            return found
    raise ManyiError(message("There is no rotation {rotation}. There are: {known}.", rotation=text, known=", ".join(get_args(Rotation))))


def _settings(request: Request, **more: object) -> dict[str, object]:
    limits = request.thresholds
    return {**more, "confidence": limits.confidence, "marked_below": limits.marked_below, "hidden_below": limits.hidden_below}
