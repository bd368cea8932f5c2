"""A path model and the comparison of two of them as flat records, and what their figures are called."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.measurement.path_model_groups import PathModelComparison
from analysis.measurement.path_model_result import PathModelResult
from analysis.results.estimates import Estimate
from answers.flat import refused, tagged
from survey_schema.columns import DIMENSIONS
from survey_schema.models import SurveySchema
from survey_schema.path_models import PathModel
from words.language import Language, Message, message

Keys = Mapping[str, str | None]
PATH_MODEL_WORDS = {
    "path": message("path coefficient"),
    "indirect_effect": message("indirect effect"),
    "total_effect": message("total effect"),
    "r_squared": message("R²"),
    "index": message("score"),
    "equal_weight_index": message("score with equal weights"),
    "outer_weight": message("outer weight"),
    "loading": message("loading"),
    "index_weight": message("weight in the index"),
    "importance": message("points of satisfaction per point"),
    "item_importance": message("points of satisfaction per point, by question"),
    "alpha_standardised": message("standardised α"),
    "rho_a": message("reliability ρ_A"),
    "rho_c": message("composite reliability ρ_C"),
    "ave": message("average variance extracted (AVE)"),
    "root_ave": message("root of the AVE (Fornell–Larcker)"),
    "inner_vif": message("variance inflation among predecessors (inner VIF)"),
    "f_squared": message("effect size f²"),
    "cross_loading": message("correlation of the question with the construct (cross-loading)"),
    "construct_correlation": message("correlation of two constructs (Fornell–Larcker)"),
    "htmt": message("likeness of two constructs (HTMT)"),
    "invariance": message("same meaning in both groups (correlation)"),
    "path_difference": message("difference of path coefficients"),
    "index_difference": message("difference of indices, points"),
}


def model_rows(found: PathModelResult, keys: Keys) -> list[Estimate]:
    """Every figure of one model that could be estimated."""
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


def model_verdicts(found: PathModelResult) -> list[Message]:
    """How well constructs are measured, and which of them respondents tell apart."""
    apart = [*(row.verdict for row in found.separations), *(row.verdict for row in found.correlated)]
    return [*(row.verdict for row in found.quality), *apart]


def comparison_rows(found: PathModelComparison, model: PathModel) -> list[Estimate]:
    """Invariance of every construct, then differences of paths and indices; what is not the same thing in both has no verdict."""
    against = " · ".join(str(value) for value in found.groups[1].values()) or "rest"
    keys: dict[str, str | None] = {**found.groups[0], "against": against}
    if found.reason:
        return [refused(model.code, found.reason, min(found.n), min(found.n_eff), figure="path_difference", **keys)]
    paths = [
        _called(e, {**keys, "from": start, "to": end}, trusted=not {start, end} & found.unlike)
        for e, (start, end) in zip(found.paths, model.paths, strict=True)
    ]
    indices = [_called(e, keys, trusted=e.code not in found.unlike) for e in found.indices]
    invariance = [
        Estimate(
            {"figure": "invariance", **keys}, row.construct, row.c, n=found.paths[0].n, n_eff=found.paths[0].n_eff, p=row.p,
            verdict="same" if row.same else "unlike",
        )
        for row in found.invariance
    ]  # fmt: skip
    return [*invariance, *tagged("path_difference", paths), *tagged("index_difference", indices)]


def comparison_sentences(found: PathModelComparison, schema: SurveySchema, language: Language) -> list[Message]:
    """Whether the constructs mean the same in both groups, by the groups' names."""
    if found.reason or not found.verdict:
        return []
    first, second = (_name(group, schema, language) for group in found.groups)
    return [message("{first} against {second}: {verdict}", first=first, second=second, verdict=found.verdict)]


def _leading(found: PathModelResult) -> list[str]:
    """The constructs with an effect on the satisfaction construct."""
    return [str(e.keys["from"]) for e in found.total_effects if e.keys["to"] == found.target]


def _called(estimate: Estimate, keys: Keys, *, trusted: bool) -> Estimate:
    return estimate._replace(keys=dict(keys), verdict=estimate.verdict if trusted else None)


def _name(keys: Keys, schema: SurveySchema, language: Language) -> Message | str:
    """The group in words; everybody else where it has no keys."""
    if not keys:
        return message("everybody else")
    return " · ".join(schema.value_title(name, value, language) if name in DIMENSIONS else str(value) for name, value in keys.items())
