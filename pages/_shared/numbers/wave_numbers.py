"""What the result pages ask of the store and the analysis, named once: each is kept, so pages share them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.compare.compare_competitors import Duels, compare_competitors
from analysis.compare.compare_groups import PairOfGroups, compare_sides, compare_with_rest, gap_to_best, gap_to_target, league
from analysis.compare.compare_waves import METHOD, WaveChange, compare_waves, compare_waves_by_group
from analysis.compare.wave_order import steps
from analysis.results.estimates import Estimate, Result, Thresholds
from analysis.sums.tallies import Tallies
from answers.index import INDEX, TREND
from answers.items import DISPERSION, DISTRIBUTION
from charts.compare.league_dots import History
from pages._shared.numbers.cached_results import result
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.store_access import store
from pages._shared.session.words import _, language
from storage.records import Wave
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from words.language import Message

#: Waves in a small line.
LAST_WAVES = 8


def without(where: Mapping[str, str], *dimensions: str) -> dict[str, str]:
    """The selection without some dimensions: what a comparison across them needs."""
    return {name: value for name, value in where.items() if name not in dimensions}


def scores(chosen: Chosen, where: Mapping[str, str] | None = None, by: Sequence[str] = ()) -> Result:
    """Scores of every indicator in the chosen wave, for the selection or by group."""
    return ask(INDEX, chosen, where=where, by=by).result


def make_first_page(chosen: Chosen) -> None:
    """Makes and keeps what the Overview asks for, most urgent first."""
    scores(chosen)
    for before in (chosen.previous, chosen.year_before):
        change_since(chosen, before)
    if has(chosen, "operator"):
        duels(chosen)
    trend(chosen)
    if has(chosen, "branch"):
        scores(chosen, without(chosen.where, "branch"), by=["branch"])
        against_rest(chosen)
    ask(DISTRIBUTION, chosen, codes=chosen.schema.tree.items())
    ask(DISPERSION, chosen)


def trend(chosen: Chosen, where: Mapping[str, str] | None = None, by: Sequence[str] = (), codes: Sequence[str] | None = None) -> Result:
    """Scores in every wave up to the chosen one, for the selection or by group; of every indicator unless some are named."""
    every = chosen.schema.indicator_codes() if codes is None else codes
    return ask(TREND, chosen, waves=waves_so_far(chosen), where=where, by=by, codes=every).result


def at_wave(over_time: Result, label: str) -> Result:
    """The part of a trend that belongs to one wave."""
    return replace(over_time, estimates=tuple(e for e in over_time.estimates if e.keys.get("wave") == label))


def waves_so_far(chosen: Chosen) -> tuple[Wave, ...]:
    """The waves up to the chosen one, oldest first; a wave that names no period stands alone."""
    return chosen.waves_so_far


def steps_so_far(chosen: Chosen) -> list[tuple[Wave, Wave]]:
    """Every wave up to the chosen one that has a previous one, oldest first: (before, now)."""
    waves = {wave.label: wave for wave in waves_so_far(chosen)}
    return [(waves[before], waves[now]) for before, now in steps(list(waves))]


def change_since(chosen: Chosen, before: Wave | None, where: Mapping[str, str] | None = None) -> WaveChange | None:
    """Change of every indicator since an earlier wave; None without one."""
    if before is None:
        return None
    return _change(chosen, chosen.wave, before, chosen.where if where is None else where)


def changes_along(chosen: Chosen, where: Mapping[str, str]) -> Result:
    """The change of each wave from its previous one, for every wave up to the chosen one; empty where no wave has one."""
    found = [_change(chosen, now, before, where).differences for before, now in steps_so_far(chosen)]
    return joined(found, METHOD)


def joined(found: Sequence[Result], method: Message) -> Result:
    """Several steps as one result, described as the last one; without any an empty result of that method."""
    return replace(found[-1], estimates=tuple(e for step in found for e in step.estimates)) if found else Result((), method)


def changes_by(chosen: Chosen, dimension: str, code: str) -> list[Result]:
    """The change of one indicator in each group of a dimension, from wave to wave up to the chosen one, oldest first."""
    where = without(chosen.where, dimension)
    return [
        result(
            compare_waves_by_group, [before, now], chosen.schema_hash, groups=[dimension], where=where, now=now.label, before=before.label,
            dimension=dimension, codes=(code,),
        )
        for before, now in steps_so_far(chosen)
    ]  # fmt: skip


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


def _change(chosen: Chosen, now: Wave, before: Wave, where: Mapping[str, str]) -> WaveChange:
    return result(compare_waves, [before, now], chosen.schema_hash, where=where, now=now.label, before=before.label)


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


@dataclass(frozen=True)
class Lead:
    """Ours minus a competitor on the index, and the competitor's name."""

    gap: Estimate
    name: str


def main_rival(chosen: Chosen) -> Lead | None:
    """The lead a headline names (``Duels.main_gap``); None without competitors or for another operator's figures."""
    schema = chosen.schema
    ours = schema.our_operator
    if ours is None or not has(chosen, "operator") or chosen.where.get("operator", ours) != ours or "brand" in chosen.where:
        return None
    gap = duels(chosen).main_gap(schema.tree.code)
    if gap is None:
        return None
    rival = gap.keys["operator"]
    return Lead(gap, chosen.title("operator", rival) if rival else _("the competition"))
