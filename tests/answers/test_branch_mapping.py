"""A branch that counts as another one: every answer is that of a store in which the responses were stored under the new name."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from analysis.data_quality.quality_rules import DEFAULT_QUALITY
from analysis.results.estimates import Thresholds
from answers.branch_mapping import branches_to_map, map_branch, mappings_seen, undo_mapping
from answers.kept import Kept
from answers.question import Question
from answers.records import record
from answers.rules import Rules
from answers.seal_check import check_seal
from answers.sealing import keep_seal
from answers.source import StoreSource
from answers.topic import answer
from answers.topics import topic_named
from storage.records import Scope
from storage.store import Store
from tests.stores.small_survey import make_schema, make_workbook
from words.errors import ManyiError

RULES = Rules(Thresholds(), DEFAULT_QUALITY, 10)
WAVES = ("2026Q1", "2026Q2")
SINCE = date(2026, 4, 1)
#: Topics of a survey of two questions, with what they are grouped by.
ASKED = (
    *((topic, ("branch",)) for topic in ("index", "trend", "distribution")),
    *((topic, ()) for topic in ("league", "compare", "composite", "data-quality")),
    ("index", ("wave", "branch")),
)

#: Others are asked of both waves; only the first one has the old name.
ONE_WAVE = ("composite", "league", "compare", "data-quality")


def branches(merged: bool, rows: int = 300) -> dict[str, list[str | None]]:
    """In the first wave a part of Lanzhou has a name of its own."""
    random = np.random.default_rng(5)
    first = random.choice(["lanzhou", "lanzhou_old", "tianshui"], rows).tolist()
    second = random.choice(["lanzhou", "tianshui"], rows).tolist()
    names = [*first, *second]
    return {"branch": ["lanzhou" if merged and name == "lanzhou_old" else name for name in names]}


def filled(folder: Path, *, merged: bool) -> Store:
    customers = {"lanzhou": 1000.0, "tianshui": 500.0} if merged else {"lanzhou": 700.0, "lanzhou_old": 300.0, "tianshui": 500.0}
    nothing = pa.nulls(len(customers), pa.string())
    names = {"branch": pa.array(list(customers)), "operator": nothing, "brand": nothing, "business_line": nothing}
    population = pa.table({**names, "customers": pa.array(list(customers.values()))})
    store = Store(folder)
    store.commit(replace(make_workbook(*WAVES, rows=300, **branches(merged)), population=population), make_schema(), "li")
    return store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = filled(tmp_path / "store", merged=False)
    yield made
    made.close()


def source_of(store: Store, scope: Scope | None = None, kept: Kept | None = None, **more: Any) -> StoreSource:
    return StoreSource(store, "small", store.waves("small")[-1].schema_hash, RULES, kept or Kept(), scope or Scope(), **more)


def figures(source: StoreSource, topic: str, by: tuple[str, ...], **asked: Any) -> list[dict[str, Any]] | str:
    found = topic_named(topic)
    try:
        return record(answer(found, Question(topic, "small", found.options(), by=by, **asked), source), "en")["estimates"]  # type: ignore[return-value]
    except ManyiError as error:
        return error.text("en")


def alike(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return bool(one == other)


def test_every_answer_is_that_of_the_new_name_and_undoing_brings_the_old_ones_back(store: Store, tmp_path: Path) -> None:
    wanted = filled(tmp_path / "merged", merged=True)
    ours, theirs = Kept(), Kept()
    before = {each: figures(source_of(store, kept=ours), *each, waves=WAVES) for each in ASKED}
    map_branch(source_of(store), "lanzhou_old", "lanzhou", SINCE, "wang")
    for topic, by in ASKED:
        waves = WAVES[:1] if topic in ONE_WAVE else WAVES
        expected = figures(source_of(wanted, kept=theirs), topic, by, waves=waves)
        assert not isinstance(expected, str), (topic, expected)
        assert alike(figures(source_of(store, kept=ours), topic, by, waves=waves), expected), (topic, by)
    undo_mapping(source_of(store), "lanzhou_old", "wang")
    assert {each: figures(source_of(store, kept=ours), *each, waves=WAVES) for each in ASKED} == before
    assert [(entry.action, entry.by) for entry in store.audit()][-2:] == [("map branch", "wang"), ("undo branch mapping", "wang")]
    wanted.close()


def test_a_question_that_names_the_old_branch_is_answered_by_the_new_one(store: Store) -> None:
    map_branch(source_of(store), "lanzhou_old", "lanzhou", SINCE, "wang")
    old, new = (figures(source_of(store), "index", (), where=(("branch", name),)) for name in ("lanzhou_old", "lanzhou"))
    assert not isinstance(new, str)
    assert old == new
    found = topic_named("index")
    told = answer(found, Question("index", "small", found.options(), by=("branch",)), source_of(store)).notes
    assert "lanzhou_old" in " ".join(note.text("en") for note in told)


def test_figures_can_be_made_again_as_they_were_and_the_seal_knows(store: Store) -> None:
    index = topic_named("index")
    question = Question("index", "small", index.options(), by=("branch",), waves=(WAVES[0],))
    seal = keep_seal([answer(index, question, source_of(store))], "wang")
    assert seal is not None
    before, moment = figures(source_of(store), "index", ("branch",), waves=WAVES), datetime.now(UTC)
    assert check_seal(store, seal.code, RULES, Kept()).equal
    map_branch(source_of(store), "lanzhou_old", "lanzhou", SINCE, "zhao")
    (changed,) = check_seal(store, seal.code, RULES, Kept()).changed
    assert (changed.what, changed.by) == ("branches", "zhao")
    assert figures(source_of(store), "index", ("branch",), waves=WAVES) != before
    assert figures(source_of(store, branches_at=moment), "index", ("branch",), waves=WAVES) == before
    again = keep_seal([answer(index, question, source_of(store))], "wang")
    assert again is not None
    assert again.code != seal.code
    undo_mapping(source_of(store), "lanzhou_old", "zhao")
    assert check_seal(store, seal.code, RULES, Kept()).equal
    assert check_seal(store, again.code, RULES, Kept()).changed[0].what == "branches"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("lanzhou", "lanzhou", "is the same branch"),
        ("lanzhou", "nowhere", "no branch nowhere"),
        ("nowhere", "lanzhou", "no branch nowhere"),
        ("lanzhou", "lanzhou_old", "counts as lanzhou already"),
        ("lanzhou_old", "tianshui", "Undo that first"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(store: Store, old: str, new: str, reason: str) -> None:
    map_branch(source_of(store), "lanzhou_old", "lanzhou", SINCE, "wang")
    with pytest.raises(ManyiError, match=reason):
        map_branch(source_of(store), old, new, SINCE, "wang")
    assert len(store.branches.of("small")) == 1


def test_a_chain_leads_to_its_end_and_a_circle_is_refused(store: Store) -> None:
    map_branch(source_of(store), "lanzhou_old", "lanzhou", SINCE, "wang")
    map_branch(source_of(store), "lanzhou", "tianshui", SINCE, "wang")
    assert source_of(store).branches == {"lanzhou_old": "tianshui", "lanzhou": "tianshui"}
    with pytest.raises(ManyiError, match="lanzhou_old counts as tianshui already"):
        map_branch(source_of(store), "tianshui", "lanzhou_old", SINCE, "wang")


def seeing(*names: str) -> Scope:
    return Scope({"branch": frozenset(names)})


def test_nobody_sees_more_rows_than_he_may_and_the_old_branch_keeps_its_own(store: Store) -> None:
    def n(scope: Scope) -> dict[str | None, int]:
        frame = source_of(store, scope).frame([WAVES[0]]).select("branch").collect()
        names = frame["branch"].to_list()
        sums = source_of(store, scope).tallies([WAVES[0]], ("wave", "branch"))
        assert {name: int(sums.where({"branch": name}).rows.sum()) for name in set(names)} == {x: names.count(x) for x in set(names)}
        return {name: names.count(name) for name in set(names)}

    before = n(Scope())
    map_branch(source_of(store), "lanzhou_old", "lanzhou", SINCE, "wang")
    assert n(seeing("lanzhou")) == {"lanzhou": before["lanzhou"] + before["lanzhou_old"]}
    assert n(seeing("lanzhou_old")) == {"lanzhou_old": before["lanzhou_old"]}
    assert n(seeing("lanzhou_old", "lanzhou")) == {"lanzhou": before["lanzhou"] + before["lanzhou_old"]}
    assert n(seeing("tianshui")) == {"tianshui": before["tianshui"]}


def test_who_does_not_see_a_branch_can_neither_map_nor_undo_nor_learn_of_it(store: Store) -> None:
    few = source_of(store, seeing("lanzhou_old", "tianshui"))
    assert branches_to_map(few) == ("lanzhou_old", "tianshui")
    with pytest.raises(ManyiError) as refused:
        map_branch(few, "lanzhou_old", "lanzhou", SINCE, "wang")
    with pytest.raises(ManyiError) as unknown:
        map_branch(few, "lanzhou_old", "nowhere", SINCE, "wang")
    known = "There are: lanzhou_old, tianshui."
    assert known in refused.value.text("en")
    assert known in unknown.value.text("en")
    map_branch(source_of(store), "lanzhou_old", "lanzhou", SINCE, "wang")
    assert mappings_seen(few) == ()
    with pytest.raises(ManyiError):
        undo_mapping(few, "lanzhou_old", "wang")
    assert len(mappings_seen(source_of(store))) == 1


def test_a_hidden_branch_is_not_shown_by_a_difference(tmp_path: Path) -> None:
    """The figures of four respondents would follow from those of Lanzhou before and after."""
    store = Store(tmp_path / "store")
    names = ["lanzhou"] * 50 + ["tiny"] * 4 + ["small"] * 6
    store.commit(make_workbook(WAVES[0], rows=60, branch=names), make_schema(), "li")
    for old, new in (("tiny", "lanzhou"), ("lanzhou", "tiny")):
        with pytest.raises(ManyiError, match="some branch has too few responses"):
            map_branch(source_of(store), old, new, SINCE, "wang")
    map_branch(source_of(store), "tiny", "small", SINCE, "wang")  # both hidden: neither follows from their sum
    store.close()


def test_the_branch_that_is_hidden_to_protect_another_is_not_shown_by_a_difference(tmp_path: Path) -> None:
    """Tiny and its complement are hidden; were the complement put together with Lanzhou, its own figures, and so tiny's, would follow."""
    store = Store(tmp_path / "store")
    names = ["lanzhou"] * 50 + ["tianshui"] * 40 + ["tiny"] * 4 + ["other"] * 16
    store.commit(make_workbook(WAVES[0], rows=110, branch=names), make_schema(), "li")
    for old, new in (("other", "lanzhou"), ("lanzhou", "tianshui"), ("tiny", "other")):
        with pytest.raises(ManyiError, match="some branch has too few responses"):
            map_branch(source_of(store), old, new, SINCE, "wang")
    store.close()


def test_two_at_once_make_one_mapping(store: Store) -> None:
    """What the second one was shown is not what holds by now."""
    known = branches_to_map(source_of(store))
    store.branches.make("small", "lanzhou_old", "lanzhou", SINCE, "wang", known)
    for old, new in (("lanzhou_old", "tianshui"), ("lanzhou", "lanzhou_old")):
        with pytest.raises(ManyiError):
            store.branches.make("small", old, new, SINCE, "zhao", known)
    assert [(each.source, each.target, each.made_by) for each in store.branches.of("small")] == [("lanzhou_old", "lanzhou", "wang")]
