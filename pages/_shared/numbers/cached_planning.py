"""Fuzzy evaluations and sample plans, kept beside the sums they follow from."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.planner.sample_planner import Aim, Plan, plan_sample
from analysis.results.estimates import Thresholds
from analysis.sums.tallies import Tallies
from pages._shared.numbers.cached_results import result
from pages._shared.numbers.wave_numbers import without
from pages._shared.selection.choices import Chosen
from pages._shared.session.store_access import store
from survey_schema.models import SurveySchema


def plan_of(chosen: Chosen, aim: Aim, code: str, dimension: str | None) -> Plan:
    """The plan of the chosen wave, whatever branch is chosen."""
    where = without(chosen.where, dimension) if dimension else dict(chosen.where)
    groups = [*([dimension] if dimension else []), *where]
    found: Plan = result(
        _plan, [chosen.wave], chosen.schema_hash, groups=groups, where=where, wave_id=chosen.wave.wave_id,
        code=code, dimension=dimension or "", wish=aim.wish, size=aim.size, power=aim.power,
    )  # fmt: skip
    return found


def _plan(
    tallies: Tallies,
    schema: SurveySchema,
    *,
    where: Mapping[str, str],
    thresholds: Thresholds,
    wave_id: str,
    dimension: str,
    code: str,
    **aim: object,
) -> Plan:
    """Population counts are few, so they are read here and not part of a key; the wave's id stands for them."""
    table = store().population(wave_id)
    return plan_sample(
        tallies, schema, Aim(**aim), dimension=dimension or None, where=where, code=code,  # type: ignore[arg-type]
        population=None if table is None else table.to_pandas(), thresholds=thresholds,
    )  # fmt: skip
