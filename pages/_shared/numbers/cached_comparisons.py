"""Funnels, parted changes and composites, kept beside the sums they follow from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.compare.branch_composite import Composite, estimate_composite
from analysis.compare.decompose_change import ChangeSplit, decompose_change
from analysis.compare.funnel_limits import Funnel, estimate_funnel
from analysis.results.estimates import Thresholds
from analysis.sums.tallies import Tallies
from pages._shared.numbers.cached_results import result
from pages._shared.numbers.wave_numbers import without
from pages._shared.selection.choices import Chosen
from pages._shared.session.store_access import store
from storage.records import Wave
from survey_schema.columns import Role
from survey_schema.models import SurveySchema


def funnel_of(chosen: Chosen, code: str, *, common: bool = False) -> Funnel:
    """The branches of the chosen wave in a funnel, whatever branch is chosen; with ``common`` on the questions that all were asked."""
    where = without(chosen.where, Role.BRANCH)
    found: Funnel = result(
        estimate_funnel, [chosen.wave], chosen.schema_hash, groups=[Role.BRANCH], where=where, code=code, common=common
    )  # fmt: skip
    return found


def split_of(chosen: Chosen, before: Wave, code: str, by: Sequence[str]) -> ChangeSplit:
    """The change since an earlier wave, parted by some columns that the selection leaves open."""
    found: ChangeSplit = result(
        decompose_change, [before, chosen.wave], chosen.schema_hash, groups=by, where=chosen.where, now=chosen.wave.label,
        before=before.label, code=code, by=tuple(map(str, by)),
    )  # fmt: skip
    return found


def composite_of(chosen: Chosen) -> Composite:
    """The index and its dimensions by customers of the branches, whatever branch is chosen."""
    tree = chosen.schema.tree
    where = without(chosen.where, Role.BRANCH)
    codes = (tree.code, *(child.code for child in tree.children))
    wave = chosen.wave
    found: Composite = result(
        _composite, [wave], chosen.schema_hash, groups=[Role.BRANCH], where=where, codes=codes, wave_id=wave.wave_id
    )  # fmt: skip
    return found


def _composite(
    tallies: Tallies, schema: SurveySchema, *, where: Mapping[str, str], thresholds: Thresholds, codes: tuple[str, ...], wave_id: str
) -> Composite:
    """Population counts are few, so they are read here and not part of a key; the wave's id stands for them."""
    table = store().population(wave_id)
    asked = [code for code in codes if code in (*tallies.nodes, *tallies.items)]
    population = None if table is None else table.to_pandas()
    return estimate_composite(tallies, schema, where=where, codes=asked, population=population, thresholds=thresholds)
