"""Where responses come from: the rows of a user are cut there, for answers, sums, customers and values alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import narwhals as nw
import numpy as np
import pytest

from analysis.results.estimates import Result
from analysis.results.provenance import Provenance
from analysis.sums.raked_groups import margins_frame
from analysis.sums.tallies import sums
from answers.index import INDEX
from answers.items import RATES, RatesOptions
from answers.kept import Kept
from answers.question import NoOptions, Question
from answers.selection import ours_where
from answers.source import Frame, StoreSource
from answers.topic import Asked, Topic, answer
from settings import Settings
from storage.records import Scope, Selection
from storage.store import Store
from tests.stores import raked_store, small_store
from tests.stores.weighable_store import CUSTOMERS, SURVEY
from words.language import message

SEEN = Scope({"branch": frozenset({"Lanzhou", "Wuwei"})})


@pytest.fixture(scope="module")
def raked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One wave with customers and raked weights."""
    folder = tmp_path_factory.mktemp("raked") / "data"
    raked_store.fill(folder)
    store = Store(folder)
    yield store
    store.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three waves."""
    folder = tmp_path_factory.mktemp("small") / "data"
    small_store.fill(folder)
    store = Store(folder)
    yield store
    store.close()


def source_of(store: Store, scope: Scope | None = None, kept: Kept | None = None) -> StoreSource:
    (survey,) = store.surveys()
    latest = store.waves(survey)[-1]
    return StoreSource(store, survey, latest.schema_hash, Settings().rules, Kept() if kept is None else kept, scope or Scope())


def branches(frame: Frame) -> set[str]:
    return set(frame.select("branch").unique().collect()["branch"].to_list())


def test_a_user_gets_the_rows_he_may_see_and_nothing_else_in_any_shape(raked: Store) -> None:
    source, everything = source_of(raked, SEEN), source_of(raked)
    (wave,), allowed = source.labels, SEEN.allowed["branch"]
    assert source.narrowed
    assert branches(source.frame([wave])) == allowed
    assert set(source.tallies([wave], ["branch"]).keys["branch"]) == allowed
    assert source.tallies([wave], []).rows.sum() == 200 == everything.tallies([wave], []).rows.sum() / 3
    population = source.population(wave)
    assert population is not None
    assert dict(zip(population["branch"], population["customers"], strict=True)) == {name: CUSTOMERS[name] for name in allowed}
    assert source.values(wave)["branch"] == tuple(sorted(allowed))
    assert branches(everything.frame([wave])) == set(CUSTOMERS)
    assert everything.values(wave)["branch"] == tuple(sorted(CUSTOMERS))


def test_users_who_share_what_is_kept_do_not_share_rows(raked: Store) -> None:
    kept, question = Kept(), Question("index", SURVEY, INDEX.options(), codes=("index",))
    whole, part, again = (answer(INDEX, question, source_of(raked, scope, kept)) for scope in (Scope(), SEEN, Scope()))
    assert [found.result.estimates[0].n for found in (whole, part, again)] == [600, 200, 600]
    assert again.result is whole.result
    assert answer(INDEX, question, source_of(raked, SEEN, kept)).result is part.result


def test_sums_of_the_rows_a_user_may_see_equal_a_pass_over_them(small: Store) -> None:
    source = source_of(small, Scope({"operator": frozenset({"mobile"})}))
    labels = source.labels[1:]
    kept = source.tallies(labels, ["branch"])
    made = sums(small.scan(Selection(source.survey, labels)), source.schema).where({"operator": "mobile"}).collapse(["branch"])
    order = ["wave", "branch"]
    one, two = (part.keys.reset_index().sort_values(order) for part in (kept, made))
    assert len(one) > 20
    assert one[order].to_numpy().tolist() == two[order].to_numpy().tolist()
    for name in ("rows", "first", "second"):
        np.testing.assert_allclose(getattr(kept, name)[one["index"]], getattr(made, name)[two["index"]])
    assert kept.design.sort_values("wave").reset_index(drop=True).equals(made.design.sort_values("wave").reset_index(drop=True))


def test_weights_are_raked_to_margins_of_the_whole_wave_whatever_a_user_sees(raked: Store) -> None:
    rows: list[tuple[int, int]] = []

    def compute(asked: Asked[NoOptions]) -> Result:
        margins = margins_frame(asked.frame)
        assert margins is not None
        counted = [len(frame.select(nw.col("wave")).collect()) for frame in (asked.frame, margins)]
        rows.append((counted[0], counted[1]))
        return Result((), Provenance(message("Nothing was computed.")))

    probe = Topic(name="probe", compute=compute, figures=lambda _asked, found: found)
    for scope in (Scope(), SEEN):
        answer(probe, Question("probe", SURVEY, NoOptions()), source_of(raked, scope))
    assert rows == [(600, 600), (200, 600)]
    outside = source_of(raked, SEEN)
    margins = margins_frame(outside.frame(outside.labels))
    assert margins is not None
    assert len(margins.select(nw.col("wave")).collect()) == 200, "only while an answer is computed"


def test_what_began_with_other_weights_ends_with_them(tmp_path: Path) -> None:
    raked_store.fill(tmp_path / "data")
    store, kept = Store(tmp_path / "data"), Kept()
    began = replace(source_of(store, kept=kept), as_of=store.waves(SURVEY))
    question = Question("index", SURVEY, INDEX.options(), codes=("index",))
    before = answer(INDEX, question, began).result.estimates[0].value
    store.weightings.use(store.waves(SURVEY)[0].wave_id, None, "test")
    assert answer(INDEX, question, source_of(store, kept=kept)).result.estimates[0].value != before
    late = replace(began, kept=Kept())
    assert answer(INDEX, question, late).result.estimates[0].value == before
    store.close()


def test_ours_is_usual_where_ours_may_be_seen(small: Store) -> None:
    assert ours_where(source_of(small), "2026Q2") == {"operator": "mobile"}
    assert ours_where(source_of(small, Scope({"operator": frozenset({"unicom"})})), "2026Q2") == {}


def test_one_pass_makes_the_same_sums_as_the_waves_kept(small: Store) -> None:
    question = Question("rates", "telecom_csi", RatesOptions(), where=(("operator", "mobile"),), by=("branch",), codes=("C11",))
    paged, once = (answer(RATES, question, replace(source_of(small), whole_waves=whole)).result.estimates for whole in (True, False))
    assert len(paged) > 10
    assert [(e.keys, e.n) for e in paged] == [(e.keys, e.n) for e in once]
    np.testing.assert_allclose([e.value for e in paged], [e.value for e in once])
