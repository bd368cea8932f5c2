"""The words of ``estimate`` and the analysis each one names.

A new analysis becomes a new word by one more entry in :data:`VERBS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.compare.compare_competitors import Duel, compare_competitors
from analysis.compare.compare_groups import compare_pair, compare_with_rest, gap_to_best, gap_to_target, league
from analysis.compare.compare_waves import compare_waves
from analysis.compare.wave_order import previous_wave, year_before
from analysis.results.estimates import Estimate, Result
from command_line import (
    comparison_verbs,
    data_quality_verbs,
    driver_verbs,
    indicator_weight_verbs,
    measurement_verbs,
    tier_verbs,
    weights_verb,
)
from command_line.comparison_verbs import compared_column, one_code
from command_line.requests import ColumnRule, Request, WaveRule, stored_value
from survey_schema.models import DIMENSIONS, Role, SurveySchema
from words.errors import ManyiError
from words.language import message

_WAVES = ("previous", "year_before")


@dataclass(frozen=True)
class Verb:
    """One word: the analysis, the responses it needs when no wave is named, and what its values are.

    ``columns``: what it groups by beside ``--by`` and ``--where``. Few columns make few cells, and few cells are fast.
    ``takes``: the options it understands beside those of every word. ``share``: proportions, shown in per cent. ``signed``: differences,
    shown with their sign. ``decimals`` in the table. ``ours``: of our own customers where no operator is named or compared.
    """

    run: Callable[[Request], Result]
    waves: Callable[[str | None], WaveRule] = lambda _against: "latest"
    columns: ColumnRule = lambda _schema, _by, _against: ()
    takes: tuple[str, ...] = ()
    share: bool = False
    signed: bool = False
    decimals: int = 2
    ours: bool = True


def _league(request: Request) -> Result:
    return league(
        request.tallies, request.schema, dimension=_dimension(request), where=request.where, code=one_code(request),
        common=request.common, thresholds=request.thresholds,
    )  # fmt: skip


def _compare(request: Request) -> Result:
    """Against the rest (default), the best, the targets, the competitors, another wave, or one other group by name."""
    named = {
        None: _with_rest,
        "rest": _with_rest,
        "best": _with_best,
        "target": _with_target,
        "competitors": _with_competitors,
        "previous": _with_wave,
        "year_before": _with_wave,
    }
    return named.get(request.against, _with_group)(request)


def _with_rest(request: Request) -> Result:
    return compare_with_rest(
        request.tallies, request.schema, dimension=_dimension(request), where=request.where, codes=_codes(request),
        thresholds=request.thresholds,
    )  # fmt: skip


def _with_best(request: Request) -> Result:
    return gap_to_best(
        request.tallies, request.schema, dimension=_dimension(request), where=request.where, codes=_codes(request),
        thresholds=request.thresholds,
    )  # fmt: skip


def _with_target(request: Request) -> Result:
    found = gap_to_target(
        request.tallies, request.schema, by=request.by, where=request.where, codes=request.codes, thresholds=request.thresholds
    )
    if not found.estimates:
        raise ManyiError(message("The survey's schema sets no target for what is asked."))
    return found


def _with_group(request: Request) -> Result:
    """One group against the one named; the first is the one of ``--where``, or the only other one there is."""
    dimension = _dimension(request)
    column = request.schema.column_for(Role(dimension)) if dimension in DIMENSIONS else None
    second = stored_value(column.choices if column else [], request.against or "")
    where = dict(request.where)
    first = where.pop(dimension, None)
    values = request.tallies.where(where).values(dimension)
    if second not in values:
        known = ", ".join(values)
        raise ManyiError(message("There are no responses of {value} here. There are: {known}.", value=second, known=known))
    if first is None:
        others = [value for value in values if value != second]
        if len(others) != 1:
            asked = message("Say what is compared with {other}: add --where {dimension}=….", dimension=dimension, other=second)
            raise ManyiError(asked)
        first = others[0]
    return compare_pair(
        request.tallies, request.schema, first, second, dimension=dimension, where=where, codes=request.codes, thresholds=request.thresholds
    )


def _with_wave(request: Request) -> Result:
    labels = request.tallies.waves
    find = previous_wave if request.against == "previous" else year_before
    before = find(labels, request.wave)
    if before is None:
        raise ManyiError(message("There is no earlier wave to compare {wave} with.", wave=request.wave))
    groups = tuple(name for name in request.by if name != Role.WAVE)
    if groups:
        return comparison_verbs.changes_by(request, before, groups)
    change = compare_waves(
        request.tallies, request.schema, request.wave, before, where=request.where, codes=request.codes, thresholds=request.thresholds
    )
    return change.differences


def _with_competitors(request: Request) -> Result:
    if set(request.by) - {Role.OPERATOR, Role.BRAND}:
        raise ManyiError(message("Competitors are compared as a whole and by brand; use --where instead of --by."))
    population = request.population(request.wave)
    found = compare_competitors(
        request.tallies, request.schema, where=request.where, codes=_codes(request),
        population=None if population is None else population.to_pandas(), thresholds=request.thresholds,
    )  # fmt: skip
    estimates = [side for duel in found.duels for side in _sides(duel, "brand" if duel.gap.keys.get("brand") else "operator")]
    estimates += [side for duel in found.composite for side in _sides(duel, "composite")]
    details = {**found.settings, "composite_reason": found.composite_reason, "customer_shares": found.shares}
    return Result(tuple(estimates), found.method, details)


def _sides(duel: Duel, part: str) -> list[Estimate]:
    """Ours, theirs and the gap as three estimates that name brand, competitor and side."""
    keys = {"part": part, "brand": duel.gap.keys.get("brand"), "competitor": duel.gap.keys.get("operator")}
    named = (("ours", duel.ours), ("theirs", duel.theirs), ("gap", duel.gap))
    return [estimate._replace(keys={**keys, "side": side}) for side, estimate in named]


def _codes(request: Request) -> tuple[str, ...]:
    """The indicators asked for; comparisons of many groups keep to the headline when none is named."""
    return request.codes or (request.schema.tree.code,)


def _dimension(request: Request) -> str:
    return compared_column(request.schema, request.by)


def _compared_columns(schema: SurveySchema, by: tuple[str, ...], against: str | None) -> tuple[str, ...]:
    if against in _WAVES or against == "target":
        return ()
    return (Role.OPERATOR, Role.BRAND) if against == "competitors" else (compared_column(schema, by),)


_DRIVERS = ("--outcome", "--drivers")

VERBS: dict[str, Verb] = {
    "league": Verb(_league, columns=_compared_columns, takes=("--common", "--share")),
    "compare": Verb(
        _compare, waves=lambda against: "with_earlier" if against in _WAVES else "latest", columns=_compared_columns,
        takes=("--against", "--population", "--share"), signed=True,
    ),
    "ranks": Verb(comparison_verbs.ranks, columns=comparison_verbs.compared_columns, takes=("--common", "--share"), decimals=0),
    "funnel": Verb(comparison_verbs.funnel, columns=comparison_verbs.compared_columns, takes=("--common",)),
    "decompose": Verb(
        comparison_verbs.decompose, waves=lambda _against: "with_earlier", columns=comparison_verbs.parted_columns,
        takes=("--against",), signed=True,
    ),
    "composite": Verb(comparison_verbs.composite, columns=comparison_verbs.parted_columns, takes=("--population",)),
    "indicator-weights": Verb(
        indicator_weight_verbs.indicator_weights, columns=indicator_weight_verbs.weighted_columns, takes=("--method", "--compare"),
        decimals=4,
    ),
    "weights": Verb(weights_verb.weights, takes=("--margin", "--cells", "--start", "--trim", "--population"), decimals=3, ours=False),
    "drivers": Verb(driver_verbs.drivers, takes=_DRIVERS, decimals=3),
    "importance": Verb(driver_verbs.importance, takes=_DRIVERS),
    "what-if": Verb(driver_verbs.what_if, takes=(*_DRIVERS, "--shift", "--target", "--cost", "--limit"), signed=True),
    "reliability": Verb(measurement_verbs.reliability, decimals=3),
    "factors": Verb(measurement_verbs.factors, takes=("--method", "--rotation", "--factors"), decimals=3),
    "path-model": Verb(measurement_verbs.path_model, takes=("--model", "--against", "--missing"), decimals=3),
    "tiers": Verb(tier_verbs.tiers, takes=("--outcome", "--model", "--list")),
    "data-quality": Verb(data_quality_verbs.data_quality, takes=("--list", "--population")),
}  # fmt: skip
