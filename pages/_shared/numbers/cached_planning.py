"""Fuzzy evaluations and sample plans, kept beside the sums they follow from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.fuzzy.fuzzy_evaluation import FuzzyEvaluation, estimate_fuzzy
from analysis.planner.sample_planner import Aim, Plan, plan_sample
from analysis.results.estimates import Thresholds
from analysis.sums.tallies import Tallies
from pages._shared.numbers.cached_results import result
from pages._shared.numbers.wave_numbers import without
from pages._shared.selection.choices import Chosen
from pages._shared.session.store_access import margins_of, scope, store
from storage.records import Selection
from survey_schema.models import SurveySchema


def fuzzy_of(chosen: Chosen, operator: str, where: Mapping[str, str] | None = None, by: Sequence[str] = ()) -> FuzzyEvaluation:
    """The evaluation of every indicator in the chosen wave, for the selection or by group."""
    wave, selection = chosen.wave, chosen.where if where is None else where
    found: FuzzyEvaluation = result(
        _evaluate, [wave], chosen.schema_hash, groups=by, where=selection, survey=wave.survey, content_id=wave.content_id,
        operator=operator, by=tuple(by),
    )  # fmt: skip
    return found


def plan_of(chosen: Chosen, aim: Aim, code: str, dimension: str | None) -> Plan:
    """The plan of the chosen wave, whatever branch is chosen."""
    where = without(chosen.where, dimension) if dimension else dict(chosen.where)
    groups = [*([dimension] if dimension else []), *where]
    found: Plan = result(
        _plan, [chosen.wave], chosen.schema_hash, groups=groups, where=where, wave_id=chosen.wave.wave_id,
        code=code, dimension=dimension or "", wish=aim.wish, size=aim.size, power=aim.power,
    )  # fmt: skip
    return found


def _evaluate(
    _tallies: Tallies,
    schema: SurveySchema,
    *,
    where: Mapping[str, str],
    thresholds: Thresholds,
    survey: str,
    content_id: str,
    operator: str,
    by: tuple[str, ...],
) -> FuzzyEvaluation:
    """Grades are not part of the sums, so this is a pass of its own over the rows the user may see."""
    frame = store().scan(Selection(survey, (content_id,)), scope())
    with margins_of(survey, (content_id,)):
        return estimate_fuzzy(frame, schema, operator=operator, by=by, where=where, thresholds=thresholds)


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
