"""Ours against the competitors: by operator, by brand against its rival, and the composite by customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.disclosure.protected_domains import find_suppression
from analysis.inference.adjusted_tests import with_verdicts
from analysis.inference.comparable import Comparable, Figure
from analysis.inference.figures import combined, contrast, described, estimate, figures_of, hide_small, wanted_codes
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.results.provenance import Adjustment, Provenance
from analysis.results.reasons import kind_of
from analysis.sums.customers import customers_by
from analysis.sums.domains import Domains, domains
from analysis.sums.tallies import Tallies
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from words.language import Message, message

METHOD = message(
    "Ours minus the competitor on the questions both were asked, linearised variance of the difference, adjusted for their number; "
    "each of our brands is set against the competitor that the survey's schema names for it. Composite = brand scores weighted by our "
    "customers of each brand, the same shares on both sides, taken as known, on the questions that all of them were asked."
)


@dataclass(frozen=True)
class Duel:
    """Ours, theirs and the gap for one indicator: ``gap.keys`` hold the brand (None = all brands) and the competitor."""

    ours: Estimate
    theirs: Estimate
    gap: Estimate


@dataclass(frozen=True)
class Duels:
    """Comparisons with competitors. ``composite`` holds one duel an indicator, or ``composite_reason`` says why there is none."""

    duels: tuple[Duel, ...]
    composite: tuple[Duel, ...]
    composite_reason: Message | None
    shares: Mapping[str, float]
    provenance: Provenance

    def as_result(self) -> Result:
        """The gaps as a plain result, composites last."""
        return Result(tuple(duel.gap for duel in (*self.duels, *self.composite)), self.provenance)

    def main_duel(self, code: str) -> Duel | None:
        """The duel of one indicator a headline names; None without competitors.

        The composite where there is one; else that with the strongest competitor, against whom ours minus theirs is smallest; where none
        has a figure, one that cannot be compared.
        """
        composite = next((duel for duel in self.composite if duel.gap.code == code), None)
        if composite is not None:
            return composite
        duels = [duel for duel in self.duels if duel.gap.code == code and duel.gap.keys["brand"] is None]
        shown = [duel for duel in duels if duel.gap.value is not None]
        apart = next((duel for duel in duels if kind_of(duel.gap.reason) == "not comparable"), None)
        return min(shown, key=lambda duel: duel.gap.value or 0.0, default=apart)

    def main_gap(self, code: str) -> Estimate | None:
        """The gap of :meth:`main_duel`."""
        duel = self.main_duel(code)
        return duel.gap if duel is not None else None


def compare_competitors(
    tallies: Tallies,
    schema: SurveySchema,
    *,
    where: Mapping[str, str] | None = None,
    codes: Sequence[str] | None = None,
    population: pd.DataFrame | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Duels:
    """Ours against each competitor overall, and each of our brands against its rival, for every indicator asked for.

    A brand's rival is ``schema.comparison.rivals`` (all responses of that operator); without one, the same brand segment of
    each competitor that has it. ``population`` gives the brand shares of the composite: those of our customers within
    ``where``, applied to both sides. No operator of ours, no competitor or no population each give empty parts and a reason.
    One indicator is a family of Holm, several one of Benjamini-Hochberg. Gaps in points.
    """
    narrowed = {name: value for name, value in (where or {}).items() if name not in (Role.OPERATOR, Role.BRAND)}
    over = domains(tallies.where(narrowed), [Role.OPERATOR, Role.BRAND])
    ours, wanted = schema.our_operator, wanted_codes(schema, tallies, codes)
    pairs = _pairs(over, schema)
    adjustment: Adjustment = "holm" if len(wanted) == 1 else "fdr_bh"
    provenance = described(METHOD, schema, thresholds, over, adjustment=adjustment)
    if ours is None or not pairs:
        return Duels((), (), message("There are no responses of a competitor to compare with."), {}, provenance)
    over, sides = _with_sides(over, ours, pairs)
    by_operator = find_suppression(tallies, schema, [Role.OPERATOR], narrowed, thresholds)
    by_brand = find_suppression(tallies, schema, [Role.OPERATOR, Role.BRAND], narrowed, thresholds)

    def hidden(keys: Mapping[str, str | None], item: str) -> Message | None:
        return (by_brand if Role.BRAND in keys else by_operator).reason(keys, item)

    comparable = Comparable(over, schema, thresholds, hidden)
    figures = {}
    for side in {side for pair in sides for side in pair}:
        keys = over.keys[side]
        judged_by = by_operator if keys["brand"] is None else by_brand
        asked = {name: value for name, value in keys.items() if value is not None}
        found = [figure._replace(keys=asked) for figure in figures_of(over, schema, wanted, [side])]
        figures[side] = hide_small(found, judged_by)
    duels = []
    for (brand, rival), (our_side, their_side) in zip(pairs, sides, strict=True):
        for pair in zip(figures[our_side], figures[their_side], strict=True):
            one, other = comparable.pair(*pair)
            duels.append((one, other, contrast(one, other, {"brand": brand, "operator": rival})))
    shares = _shares(population, schema, {**narrowed, Role.OPERATOR: ours}, [brand for brand, _rival in pairs if brand is not None])
    composite, reason = _composites(pairs, sides, figures, shares, comparable)
    judged = [_estimated(over, part, adjustment, schema, thresholds) for part in (duels, composite)]
    return Duels(judged[0], judged[1], reason, shares, provenance)


def _pairs(over: Domains, schema: SurveySchema) -> list[tuple[str | None, str]]:
    """(brand, competitor): None and every competitor, then each of our brands and its rival."""
    ours = schema.our_operator
    present = {(keys["operator"], keys["brand"]) for keys in over.keys}
    operators = {operator for operator, _brand in present}
    known = [choice.code for choice in schema.choices(Role.OPERATOR)]
    rivals = sorted((o for o in operators if o and o != ours), key=lambda o: (known.index(o) if o in known else len(known), o))
    pairs: list[tuple[str | None, str]] = [(None, rival) for rival in rivals] if ours in operators else []
    order = [choice.code for choice in schema.choices(Role.BRAND)]
    brands = sorted((b for o, b in present if o == ours and b), key=lambda b: (order.index(b) if b in order else len(order), b))
    for brand in brands:
        if brand in schema.comparison.rivals:
            pairs += [(brand, rival) for rival in rivals if rival == schema.comparison.rivals[brand]]
        else:
            pairs += [(brand, rival) for rival in rivals if (rival, brand) in present]
    return pairs


def _with_sides(over: Domains, ours: str, pairs: Sequence[tuple[str | None, str]]) -> tuple[Domains, list[tuple[int, int]]]:
    """Adds the two sets of each pair; returns their numbers."""
    groups = len(over)
    has_rival_brand = {(keys["operator"], keys["brand"]) for keys in over.keys}
    keys: list[Mapping[str, str | None]] = []
    members = []
    sides = []
    for brand, rival in pairs:
        their_brand = brand if (rival, brand) in has_rival_brand else None
        for operator, side_brand in ((ours, brand), (rival, their_brand)):
            inside = [k["operator"] == operator and side_brand in (None, k["brand"]) for k in over.keys]
            keys.append({"operator": operator, "brand": side_brand})
            members.append(np.array(inside, dtype=np.float64))
        sides.append((groups + len(keys) - 2, groups + len(keys) - 1))
    return over.with_sets(keys, np.stack(members)), sides


def _shares(population: pd.DataFrame | None, schema: SurveySchema, of_ours: Mapping[str, str], brands: Sequence[str]) -> dict[str, float]:
    """Our customers by brand as shares of the brands compared; empty when the population does not tell."""
    customers = customers_by(population, schema, Role.BRAND, of_ours)
    total = sum(customers.get(brand, 0.0) for brand in brands)
    if not set(brands) <= set(customers) or total <= 0:
        return {}
    return {brand: customers[brand] / total for brand in dict.fromkeys(brands)}


def _composites(
    pairs: Sequence[tuple[str | None, str]],
    sides: Sequence[tuple[int, int]],
    figures: Mapping[int, Sequence[Figure]],
    shares: Mapping[str, float],
    comparable: Comparable,
) -> tuple[list[tuple[Figure, Figure, Figure]], Message | None]:
    by_brand = [(brand, sides[place]) for place, (brand, _rival) in enumerate(pairs) if brand is not None]
    if not by_brand:
        return [], message("No brand of ours has a rival here, so there is no composite.")
    if not shares:
        return [], message("A population sheet with our customers by brand would bring the composite.")
    if len({brand for brand, _side in by_brand}) < len(by_brand):
        return [], message("Several competitors have the same brands; name each brand's rival in the schema for a composite.")
    composites = []
    for index in range(len(figures[by_brand[0][1][0]])):
        keys = {"brand": None, "operator": None}
        every = iter(comparable.level([figures[place][index] for _brand, side in by_brand for place in side]))
        level = [(shares[brand or ""], next(every), next(every)) for brand, _side in by_brand]
        ours = combined([(share, one) for share, one, _other in level], keys)
        theirs = combined([(share, other) for share, _one, other in level], keys)
        gap = contrast(ours, theirs, keys)
        composites.append((ours, theirs, gap._replace(reason=gap.reason or comparable.too_few_answers(gap))))
    return composites, None


def _estimated(
    over: Domains,
    duels: Sequence[tuple[Figure, Figure, Figure]],
    adjustment: Adjustment,
    schema: SurveySchema,
    thresholds: Thresholds,
) -> tuple[Duel, ...]:
    ours = estimate(over, [duel[0] for duel in duels], thresholds)
    theirs = estimate(over, [duel[1] for duel in duels], thresholds)
    gaps = estimate(over, [duel[2] for duel in duels], thresholds, tested=True)
    judged = with_verdicts(gaps, adjustment, thresholds, schema.comparison.smallest_interesting_difference)
    return tuple(Duel(*sides) for sides in zip(ours, theirs, judged, strict=True))
