"""Funnel plot of groups: how far a rate or a score may lie from the overall one by chance, given its base.

With θ the figure of all groups together and z_i = (y_i − θ)/s_i the distance of a group in standard errors expected at θ, the limits are
θ ± z·s·√φ at 95 % and 99.8 % (z = 1.96 and 3.09). Groups differ by more than their samples explain, so φ is the mean of the z_i², after the
outer tenth of the z_i on each side was drawn in to the tenth and ninetieth percentile; below 1 it counts as 1 (Spiegelhalter 2005, *Stat.
Med.* 24:1185-1202, sections 4 and 5; "multiplicative, winsorised"). θ counts as known. A **rate** has s² = θ(1 − θ)/n_eff. A **score** has
s_i from its own linearised variance, and is placed at the base σ²/s_i² that a group of the usual spread would need for such a variance, σ²
being the median of n_eff·s_i²: so the limits are the same curves for every group.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import numpy as np
from scipy import stats

from analysis.index.estimate_index import estimate_index
from analysis.index.estimate_rates import estimate_rates
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.results.provenance import Fact, Provenance
from analysis.results.sentences import Segment, names, unranked
from analysis.sums.tallies import Array, Tallies
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Language, Message, message, number_text, translator
from words.lists import Listed

METHOD = message(
    "Funnel plot: limits at 95 % and 99.8 % around the figure of all together, by effective base, widened where the groups differ by more "
    "than their samples explain (winsorised mean of z², Spiegelhalter 2005); a group outside 99.8 % is not explained by chance."
)
WARNING_LEVEL, ACTION_LEVEL = 0.95, 0.998
WINSORISED = 0.1
#: Below this number of groups there is no telling a funnel from chance.
FEWEST = 3
#: Above this φ the groups are said to differ by more than their samples explain.
SPREAD_OUT = 1.0
Measure = Literal["rate", "score"]


@dataclass(frozen=True)
class FunnelPoint:
    """One group: its ``estimate`` (verdict higher or lower outside the 99.8 % limits, else unclear), the ``base`` it is placed at, its
    distance ``z`` in widened standard errors, and whether it is ``outside`` of "99.8", "95" or none of the limits."""

    estimate: Estimate
    base: float | None
    z: float | None
    outside: Literal["99.8", "95"] | None


@dataclass(frozen=True)
class Funnel:
    """All groups with the target θ, the overdispersion φ (1 = none) and the spread σ of one response; ``reason`` where there is none."""

    code: str
    dimension: str
    measure: Measure
    target: float | None
    overdispersion: float
    spread: float
    points: tuple[FunnelPoint, ...]
    reason: Message | None
    provenance: Provenance

    @property
    def widening(self) -> float:
        """How many times as wide as for pure chance the limits are, √φ."""
        return float(np.sqrt(self.overdispersion))

    def limits(self, base: Array, level: float) -> tuple[Array, Array]:
        """Lower and upper limits at some bases; rates stay within 0-1, scores within 0-100."""
        if self.target is None:
            raise ValueError("a funnel without a target has no limits")
        half = _quantile(level) * self.spread * np.sqrt(self.overdispersion / base)
        return np.maximum(self.target - half, 0), np.minimum(self.target + half, 1 if self.measure == "rate" else 100)

    def in_points(self) -> Result:
        """The groups as a plain result, rates in per cent; target, φ and the limits of every group on the plot as settings."""
        times = 100.0 if self.measure == "rate" else 1.0
        scaled = tuple(_times(point.estimate, times) for point in self.points)
        target = Fact("target", None if self.target is None else self.target * times)
        return Result(scaled, self.provenance.plus(target, Fact("limits", self.limits_in_points())))

    def limits_in_points(self) -> dict[str, dict[str, list[float]]]:
        """``{group: {"95": [low, high], "99.8": […], "z": […]}}`` of the groups on the plot, rates in per cent."""
        times = 100.0 if self.measure == "rate" else 1.0
        found = {}
        for point in self.points:
            if point.base is None or point.z is None:
                continue
            ends = {name: self.limits(np.array([point.base]), level) for name, level in (("95", WARNING_LEVEL), ("99.8", ACTION_LEVEL))}
            both = {name: [float(low[0] * times), float(high[0] * times)] for name, (low, high) in ends.items()}
            found[str(point.estimate.keys[self.dimension])] = {**both, "z": [point.z]}
        return found


def estimate_funnel(
    tallies: Tallies,
    schema: SurveySchema,
    *,
    dimension: str = "branch",
    where: Mapping[str, str] | None = None,
    code: str | None = None,
    measure: Measure | None = None,
    common: bool = False,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Funnel:
    """The funnel of one indicator's score (0-100, the index by default) or of one item's satisfaction rate (0-1).

    ``measure`` defaults to the rate for an item and the score for an indicator. Hidden groups keep their reason, are not placed and do not
    count for φ, nor does a group of one opinion in a funnel of scores. A group that was not asked what others were has a note and is not
    placed, unless with ``common`` all stand on their common questions. Fewer than three groups with a figure: a reason and no limits.
    Raises ManyiError for the rate of what is no item.
    """
    code = code or schema.tree.code
    measure = measure or ("rate" if code in tallies.items else "score")
    if measure == "rate" and code not in tallies.items:
        raise ManyiError(
            message("{code} is no item; only items have a satisfaction rate. Items: {known}.", code=code, known=Listed(tallies.items))
        )
    if measure == "rate":
        groups, total = (
            estimate_rates(tallies, schema, by=by, where=where, codes=[code], shares=["satisfied"], thresholds=thresholds)
            for by in ([dimension], [])
        )
    else:
        groups = estimate_index(tallies, schema, by=[dimension], where=where, codes=[code], common=common, thresholds=thresholds)
        on = next((entry.questions.asked for entry in groups.estimates if common and entry.questions), None)
        only = None if on is None else {code: on}
        total = estimate_index(tallies, schema, where=where, codes=[code], only=only, thresholds=thresholds)
    entries = [entry._replace(rank=None, keys={dimension: entry.keys[dimension]}) for entry in groups.estimates]
    whole = total.find(code)
    target = whole.value if whole else None
    usable = [e for e in entries if e.value is not None and e.note is None and (measure == "rate" or (e.se or 0) > 0)]
    spread = _spread(usable, target, measure)
    how = replace(groups.provenance, method=METHOD).plus(
        Fact("measure", measure), Fact("winsorised", WINSORISED, message("Share winsorised at each end (funnel)"))
    )
    if target is None or len(usable) < FEWEST or spread <= 0:
        why = (whole.reason if whole else None) or message("A funnel needs at least three groups whose answers differ.")
        bare = tuple(FunnelPoint(entry, None, None, None) for entry in entries)
        return Funnel(code, dimension, measure, target, 1.0, spread, bare, why, how)
    bases = {id(e): e.n_eff if measure == "rate" else (spread / (e.se or 1)) ** 2 for e in usable}
    distance = {id(e): ((e.value or 0) - target) / spread * np.sqrt(bases[id(e)]) for e in usable}
    factor = overdispersion(np.array(list(distance.values())))
    points = tuple(_point(entry, bases.get(id(entry)), distance.get(id(entry)), factor) for entry in entries)
    widened = Fact("overdispersion", factor, message("Overdispersion φ of the funnel (1 = chance alone)"))
    return Funnel(code, dimension, measure, target, factor, spread, points, None, how.plus(widened))


def overdispersion(z: Array, winsorised: float = WINSORISED) -> float:
    """φ: the mean of z² with the outer share of the z on each side drawn in to the quantiles there; at least 1."""
    low, high = np.quantile(z, [winsorised, 1 - winsorised])
    return max(float(np.mean(np.clip(z, low, high) ** 2)), 1.0)


def _spread(usable: list[Estimate], target: float | None, measure: Measure) -> float:
    """Standard deviation of one response: √(θ(1 − θ)) of a rate, the usual one of the groups for a score."""
    if target is None or not usable:
        return 0.0
    if measure == "rate":
        return float(np.sqrt(target * (1 - target)))
    return float(np.sqrt(np.median([e.n_eff * (e.se or 0) ** 2 for e in usable])))


def _point(entry: Estimate, base: float | None, z: float | None, factor: float) -> FunnelPoint:
    if base is None or z is None:
        return FunnelPoint(entry, None, None, None)
    z = float(z / np.sqrt(factor))
    beyond = [level for level in (ACTION_LEVEL, WARNING_LEVEL) if abs(z) > _quantile(level)]
    outside: Literal["99.8", "95"] | None = None if not beyond else "99.8" if beyond[0] == ACTION_LEVEL else "95"
    verdict = ("higher" if z > 0 else "lower") if outside == "99.8" else "unclear"
    return FunnelPoint(entry._replace(p=float(2 * stats.norm.sf(abs(z))), verdict=verdict), base, z, outside)


@cache
def _quantile(level: float) -> float:
    """How many standard errors hold this part of a normal distribution about its middle."""
    return float(stats.norm.ppf((1 + level) / 2))


def _times(entry: Estimate, times: float) -> Estimate:
    if entry.value is None:
        return entry
    low, high = (None if end is None else end * times for end in (entry.low, entry.high))
    return entry._replace(value=entry.value * times, se=None if entry.se is None else entry.se * times, low=low, high=high)


def funnel_sentence(found: Funnel, schema: SurveySchema, language: Language) -> list[Segment]:
    """Who lies outside the 99.8 % limits, who between 95 % and 99.8 %, and how much more the groups differ than by chance.

    Without colours: who is better or worse is what the league says, the funnel is a stricter test.
    """
    _ = translator(language)
    apart = [point.estimate for point in found.points if point.estimate.value is not None and point.estimate.note is not None]
    aside = unranked(apart, schema, language, found.dimension)
    if found.reason is not None:
        return [Segment(found.reason.text(language), "unclear"), *aside]
    placed = [point for point in found.points if point.base is not None]
    parts: list[Segment] = []
    sides = (("higher", _("{names} above what chance explains")), ("lower", _("{names} below what chance explains")))
    for verdict, template in sides:
        beyond = [point.estimate for point in placed if point.estimate.verdict == verdict]
        if beyond:
            parts += [Segment(_("; "))] if parts else []
            parts.append(Segment(template.format(names=names(beyond, schema, language, found.dimension))))
    if not parts:
        parts.append(Segment(_("None of the {count} groups lies outside the 99.8 % limits").format(count=len(placed)), "unclear"))
    watched = [point.estimate for point in placed if point.outside == "95"]
    if watched:
        parts.append(
            Segment(_("; between the limits of 95 % and 99.8 %: {names}").format(names=names(watched, schema, language, found.dimension)))
        )
    if found.overdispersion > SPREAD_OUT:
        factor = number_text(found.overdispersion, 1, language)
        parts.append(
            Segment(_("; the groups vary {factor} times as much as chance alone, the limits are widened for it").format(factor=factor))
        )
    return [*parts, Segment(_(".")), *aside]
