"""What the result pages ask of the store and the analysis, named once: each is kept, so pages share them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.compare.compare_competitors import Duels, compare_competitors
from analysis.compare.compare_groups import PairOfGroups, compare_sides, compare_with_rest, gap_to_best, gap_to_target, league
from analysis.results.estimates import Estimate, Result, Thresholds
from analysis.sums.tallies import Tallies
from answers.index import INDEX, TREND
from charts.compare.league_dots import History
from pages._shared.numbers.cached_results import result
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.store_access import store
from pages._shared.session.words import language
from storage.records import Wave
from survey_schema.columns import Role
from survey_schema.models import SurveySchema

#: Waves in a small line.
LAST_WAVES = 8


def without(where: Mapping[str, str], *dimensions: str) -> dict[str, str]:
    """The selection without some dimensions: what a comparison across them needs."""
    return {name: value for name, value in where.items() if name not in dimensions}


def scores(chosen: Chosen, where: Mapping[str, str] | None = None, by: Sequence[str] = ()) -> Result:
    """Scores of every indicator in the chosen wave, for the selection or by group."""
    return ask(INDEX, chosen, where=where, by=by).result


def trend(chosen: Chosen, where: Mapping[str, str] | None = None, by: Sequence[str] = (), codes: Sequence[str] | None = None) -> Result:
    """Scores in every wave up to the chosen one, for the selection or by group; of every indicator unless some are named."""
    every = chosen.schema.indicator_codes() if codes is None else codes
    return ask(TREND, chosen, waves=waves_so_far(chosen), where=where, by=by, codes=every).result


def waves_so_far(chosen: Chosen) -> tuple[Wave, ...]:
    """The waves up to the chosen one, oldest first; a wave that names no period stands alone."""
    return chosen.waves_so_far


def branch_league(chosen: Chosen, code: str | None = None, *, common: bool = False) -> Result:
    """The branches by score, whatever branch is chosen; with ``common`` on the questions that all were asked."""
    where = without(chosen.where, "branch")
    return result(
        league, [chosen.wave], chosen.schema_hash, groups=["branch"], where=where, code=code or chosen.schema.tree.code, common=common
    )


def against_rest(chosen: Chosen) -> Result:
    """Every branch against the rest on every indicator."""
    return result(compare_with_rest, [chosen.wave], chosen.schema_hash, groups=["branch"], where=without(chosen.where, "branch"))


def to_best(chosen: Chosen) -> Result:
    """Every branch against the best one of each indicator."""
    where = without(chosen.where, "branch")
    return result(gap_to_best, [chosen.wave], chosen.schema_hash, groups=["branch"], where=where)


def to_target(chosen: Chosen) -> Result:
    """Every branch against the targets of the survey's schema."""
    where = without(chosen.where, "branch")
    return result(gap_to_target, [chosen.wave], chosen.schema_hash, groups=["branch"], where=where, by=("branch",))


def pair(chosen: Chosen, first: str, second: str) -> PairOfGroups:
    """One branch minus another on every indicator, with both scores."""
    where = without(chosen.where, "branch")
    return result(compare_sides, [chosen.wave], chosen.schema_hash, groups=["branch"], where=where, first=first, second=second)


def duels(chosen: Chosen) -> Duels:
    """Ours against the competitors on every indicator, by brand too, with the composite where there is a population."""
    where = without(chosen.where, "operator", "brand")
    return result(
        _compare_with_population, [chosen.wave], chosen.schema_hash, groups=["operator", "brand"], where=where, wave_id=chosen.wave.wave_id
    )


def _compare_with_population(
    tallies: Tallies, schema: SurveySchema, *, where: Mapping[str, str], thresholds: Thresholds, wave_id: str
) -> Duels:
    """Population counts are few, so they are read here and not part of a key; the wave's id stands for them."""
    table = store().population(wave_id)
    population = None if table is None else table.to_pandas()
    return compare_competitors(tallies, schema, where=where, population=population, thresholds=thresholds)


def has(chosen: Chosen, dimension: str, at_least: int = 2) -> bool:
    """Whether the chosen wave has that many values of a dimension."""
    return len(chosen.values.get(dimension, ())) >= at_least


def branch_order(chosen: Chosen) -> list[str]:
    """The branches of the chosen wave as the survey lists them; others follow by name."""
    listed = [choice.code for choice in chosen.schema.choices(Role.BRANCH)]
    present = chosen.values.get(Role.BRANCH, ())
    return [code for code in listed if code in present] + sorted(code for code in present if code not in listed)


def history(chosen: Chosen, code: str | None = None, last: int = LAST_WAVES) -> History | None:
    """The last scores of every branch; None where hidden, not asked, or on other questions than the last one; nothing with one wave."""
    code, waves = code or chosen.schema.tree.code, waves_so_far(chosen)[-last:]
    if len(waves) < 2:
        return None
    past = trend(chosen, without(chosen.where, "branch"), by=["branch"], codes=[code])
    asked = {e.keys["branch"]: e.questions for e in past.estimates if e.keys["wave"] == waves[-1].label}
    points = {(e.keys["branch"], e.keys["wave"]): e.value for e in past.estimates if e.questions == asked.get(e.keys["branch"])}
    labels = [wave.label for wave in waves]
    return History(labels, {branch: [points.get((branch, label)) for label in labels] for branch in chosen.values.get("branch", ())})


def pair_of_branches(chosen: Chosen, first: str, second: str) -> tuple[Result, list[Estimate | None], list[Estimate | None], list[str]]:
    """One branch minus another on every indicator, both scores on the same questions beside it, and the indicators' names."""
    found = pair(chosen, first, second)
    titles = [chosen.schema.title_of(gap.code, language()) for gap in found.gaps.estimates]
    return found.gaps, list(found.first), list(found.second), titles
