"""What figures of measurement mean, by the limits the literature names: reliability, item fit, separation, effect sizes, adequacy.

Limits: α and composite reliability 0.60 (exploration), 0.70 (Nunnally and Bernstein, *Psychometric Theory*, 3rd ed. 1994) and 0.95 (Hair
and others, *A Primer on PLS-SEM*, 3rd ed. 2022); AVE 0.50 (Fornell and Larcker 1981); corrected item correlation 0.30 (Nunnally and
Bernstein 1994); HTMT 0.90 (Henseler, Ringle and Sarstedt 2015); f² 0.02, 0.15, 0.35 (Cohen 1988); VIF 5 (Hair and others 2022); KMO in
Kaiser's own steps (1974); loadings worth reading 0.40.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from analysis.measurement.factors import Factors
from analysis.measurement.path_model_quality import AVE_FROM, HTMT_BELOW
from analysis.measurement.path_model_result import ConstructQuality, PathModelResult, Separation
from analysis.measurement.reliability import EXPLORATORY_FROM, REDUNDANT_FROM, RELIABLE_FROM, ItemAnalysis, Reliability
from analysis.results.estimates import Estimate
from survey_schema.path_models import PathModel

#: A corrected item correlation below this says a question fits its set badly.
ITEM_REST_FROM = 0.30
#: α has to rise by more than this without a question before the question is said to lower it: half of the last digit shown.
ALPHA_GAIN = 0.005
#: From here on an f² counts as small, medium and large.
SMALL, MEDIUM, LARGE = 0.02, 0.15, 0.35
INNER_VIF_WARNED_ABOVE = 5.0
#: Loadings below this, by size, say little about a question.
LOADING_WORTH_READING = 0.40
#: Below these a KMO is not suitable, mediocre, good; from the last one on very good.
KMO_STEPS = (0.5, 0.7, 0.9)
#: Bartlett's test rejects unrelated questions below this p.
BARTLETT_ALPHA = 0.05

ReliabilityLevel = Literal["single", "none", "opposed", "weak", "exploratory", "reliable", "redundant"]
ConstructLevel = Literal["none", "weak", "narrow", "reliable", "redundant"]
EffectSize = Literal["negligible", "small", "medium", "large"]
KmoLevel = Literal["unsuitable", "mediocre", "good", "very good"]


def reliability_level(found: Reliability) -> ReliabilityLevel:
    """What α says about a set: ``single`` question, ``none`` computed, ``opposed`` (negative), ``weak``, … up to ``redundant``."""
    value = _value(found.alpha)
    if len(found.items) < 2:
        return "single"
    if value is None:
        return "none"
    if value < 0:
        return "opposed"
    if value < EXPLORATORY_FROM:
        return "weak"
    if value < RELIABLE_FROM:
        return "exploratory"
    return "reliable" if value <= REDUNDANT_FROM else "redundant"


def is_reliable(found: Reliability) -> bool:
    """Whether a set's α reaches :data:`RELIABLE_FROM`."""
    return reliability_level(found) in ("reliable", "redundant")


def fits_its_set(item: ItemAnalysis) -> bool:
    """Whether a question goes with the others of its set: corrected correlation from :data:`ITEM_REST_FROM` on."""
    return (item.item_rest.value or 0.0) >= ITEM_REST_FROM


def lowers_alpha(item: ItemAnalysis, found: Reliability) -> bool:
    """Whether α of the set would rise visibly without the question."""
    without, whole = _value(item.alpha_if_dropped), _value(found.alpha)
    return without is not None and whole is not None and without > whole + ALPHA_GAIN


def kmo_level(kmo: float) -> KmoLevel:
    """Kaiser's own words for the sampling adequacy, in four steps."""
    unsuitable, mediocre, good = KMO_STEPS
    return "unsuitable" if kmo < unsuitable else "mediocre" if kmo < mediocre else "good" if kmo < good else "very good"


def are_related(found: Reliability) -> bool | None:
    """Whether Bartlett's test rejects that the questions are unrelated; None without a test."""
    return None if found.bartlett_p is None else found.bartlett_p < BARTLETT_ALPHA


def construct_level(quality: ConstructQuality) -> ConstructLevel:
    """What composite reliability and AVE say: ``narrow`` is reliable, but the questions share less than half of their variance."""
    composite, shared = _value(quality.rho_c), _value(quality.ave)
    if composite is None or shared is None:
        return "none"
    if composite < RELIABLE_FROM:
        return "weak"
    if shared < AVE_FROM:
        return "narrow"
    return "reliable" if composite <= REDUNDANT_FROM else "redundant"


def hardly_told_apart(pair: Separation) -> bool:
    """Whether the HTMT of two constructs reaches :data:`HTMT_BELOW`; a pair without one is not said to be close."""
    return (pair.htmt.value or 0.0) >= HTMT_BELOW


def effect_size(f_squared: Estimate) -> EffectSize:
    """Cohen's word for an f²."""
    value = f_squared.value or 0.0
    return "negligible" if value < SMALL else "small" if value < MEDIUM else "medium" if value < LARGE else "large"


def is_inflated(inner_vif: Estimate | None) -> bool:
    """Whether a predecessor repeats the others so much that their arrows cannot be told apart well."""
    return (_value(inner_vif) or 0.0) > INNER_VIF_WARNED_ABOVE


def nearer_constructs(result: PathModelResult, model: PathModel) -> Mapping[str, frozenset[str]]:
    """Item → the constructs it correlates with more, by size, than with its own (cross-loadings); empty where its own is the nearest."""
    size = {(e.code, str(e.keys["construct"])): abs(e.value or 0.0) for e in result.cross_loadings}
    codes = [construct.code for construct in model.constructs]
    return {
        item: frozenset(code for code in codes if code != home.code and size[item, code] > size[item, home.code])
        for home in model.constructs
        for item in home.items
    }


def factors_of_items(found: Factors) -> Mapping[str, tuple[str, ...]]:
    """Item → the factors it loads on with :data:`LOADING_WORTH_READING` or more: none, one, or several (a cross-loading)."""
    return {item: tuple(str(e.keys["factor"]) for e in found.loadings if e.code == item and is_worth_reading(e)) for item in found.items}


def is_worth_reading(loading: Estimate) -> bool:
    """Whether a loading says something about its question, whatever its sign."""
    return abs(loading.value or 0.0) >= LOADING_WORTH_READING


def _value(e: Estimate | None) -> float | None:
    return None if e is None else e.value
