"""Recovery through the door: the list by its rules, contacts that come back, groups that are hidden, effects with a comparison."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from answers.kept import Kept
from answers.question import Question, pairs
from answers.recovery import RECOVERY
from answers.recovery_figures import Recovery
from answers.recovery_question import RecoveryOptions
from answers.source import StoreSource
from answers.topic import Answered, answer
from reports.recovery.list_file import list_file
from settings import Settings
from storage.records import Scope
from storage.store import Store
from tests.stores import recovery_store as made
from words.errors import ManyiError

ON = "2026-06-30"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = made.fill(tmp_path / "store")
    yield store
    store.close()


def source(store: Store, scope: Scope | None = None) -> StoreSource:
    newest = store.waves("recover")[-1]
    return StoreSource(store, "recover", newest.schema_hash, Settings(data=store.data_folder).rules, Kept(), scope=scope or Scope())


def asked(
    store: Store, scope: Scope | None = None, where: dict[str, str] | None = None, **options: Any
) -> Answered[RecoveryOptions, Recovery]:
    question = Question("recovery", "recover", RecoveryOptions(**{"on": ON, **options}), (made.WAVE,), pairs(where or {}))
    return answer(RECOVERY, question, source(store, scope))


def report(store: Store, rows: list[tuple[object, ...]], **commit: bool) -> None:
    schema = made.recovery_schema()
    outcome = made.checked(store, schema, made.contacts_of(rows))
    assert not outcome.findings.totals.keys() - {"contacted_too_often"}, outcome.findings.totals
    store.commit(outcome, schema, "test", **commit)


def test_the_list_holds_the_unhappy_of_the_layer_and_the_very_low_with_reasons_and_days(store: Store) -> None:
    found = asked(store, listed=True).result
    expected = [k for k in range(made.CUSTOMERS) if (k % 2 == 0 and made.grade_of(k) < 8) or made.grade_of(k) <= 3]
    assert found.whole.to_recover == len(expected) == 80
    assert found.listed is not None
    by_priority = {each: sum(row.priority == each for row in found.listed) for each in (1, 2, 3)}
    assert by_priority == {1: 40, 2: 40, 3: 0}
    first = found.listed[0]
    assert (first.deadline.isoformat(), first.low, first.classes) == (
        "2026-04-04",
        ("hall", "network"),
        {"value": "high", "leaving": "high"},
    )
    assert first.score == pytest.approx(200 / 9)
    assert all(len(row.respondent_id) == 16 and not row.respondent_id.startswith("K") for row in found.listed)
    assert asked(store, listed=True, issued="2026-05-01").result.listed[0].deadline.isoformat() == "2026-05-04"  # type: ignore[index]


def test_before_a_sheet_came_nothing_is_claimed(store: Store) -> None:
    found = asked(store)
    records = {each.keys["figure"]: each for each in found.figures.estimates}
    assert records["to_recover"].value == 80
    assert {records[name].value for name in ("contacted", "reached_percent", "overdue")} == {None}


def test_contacts_come_back_by_the_operators_own_ids(store: Store) -> None:
    report(
        store,
        [(0, "", "2026-04-02", "是", "是"), (6, "", "2026-04-03", "是", "否"), (12, "", "2026-04-03", "否", ""), (1, "", "2026-04-03")],
    )
    found = asked(store)
    whole = found.result.whole
    assert (whole.contacted, whole.reached, whole.repaired, whole.overdue) == (3, 2, 1, 77)
    assert found.result.outside == 1
    assert asked(store, on="2026-04-02").result.whole.contacted == 1
    assert asked(store, on="2026-04-04").result.whole.overdue == 0
    assert asked(store, on="2026-04-05").result.whole.overdue == 37  # the first priority is due, three of it were contacted


def test_a_written_list_comes_back_as_it_went_out(store: Store, tmp_path: Path) -> None:
    report(store, [(0, "", "2026-04-02", "是", "否"), (6, "", "2026-04-03", "是", "是", 70), (12, "", "", "", "", 30)])
    before = asked(store, listed=True)
    path = tmp_path / "list.xlsx"
    path.write_bytes(list_file(before, source(store), "zh_CN"))
    outcome = made.checked_file(store, made.recovery_schema(), path)
    assert set(outcome.findings.totals) == set()
    assert outcome.kinds[0].used == 80
    store.commit(outcome, made.recovery_schema(), "test", replace=True)
    after = asked(store, listed=True)
    assert after.result == before.result
    told = {"contacted", "reached", "repaired", "overdue"}
    assert {name: getattr(asked(store).result.whole, name) for name in told} == {"contacted": 2, "reached": 2, "repaired": 1, "overdue": 78}


def test_who_was_repaired_or_contacted_often_enough_is_left_off_the_list_and_said(store: Store) -> None:
    report(store, [(0, "", "2026-06-10", "是", "否"), (0, "", "2026-06-20", "是", "否"), (6, "", "2026-06-20", "是", "是")])
    found = asked(store, listed=True).result
    assert found.listed is not None
    assert (len(found.listed), found.resting, found.too_often) == (78, 1, 0)
    assert asked(store, listed=True, on="2026-07-15").result.resting == 0


def test_a_contact_too_many_is_found_at_upload_and_counted(store: Store) -> None:
    days = ("2026-04-02", "2026-04-10", "2026-04-20", "2026-06-01")
    report(store, [(0, "", day, "否", "否") for day in days])
    outcome = made.checked(store, made.recovery_schema(), made.contacts_of([(0, "", day) for day in days]))
    assert outcome.findings.totals == {"contacted_too_often": 1}
    assert outcome.findings.listed[0].cell == "D4"
    assert asked(store).result.too_often == 1


def test_answers_of_the_next_wave_are_set_against_those_not_contacted(store: Store) -> None:
    """Contacted are the customers planted to gain: grade 9 afterwards, against 6 and 7 of the others: 88.9 − 61.1 points."""
    report(store, [(k, "", "2026-04-02", "是", "是") for k in sorted(made.HELPED) if made.grade_of(k) < 8])
    (found,) = asked(store).result.effects
    assert found.asked_in == "survey"
    assert found.effect.verdict == "higher"
    assert found.effect.value == pytest.approx(250 / 9, rel=1e-9)
    own = found.changed("contacted")
    assert own is not None
    assert own.n == 40


def test_a_contact_after_the_next_wave_is_no_contact_for_its_answers(store: Store) -> None:
    report(store, [(k, "", "2026-07-01", "是", "是") for k in sorted(made.HELPED)])
    effects = asked(store, on="2026-07-02").result.effects
    assert effects[0].changed("contacted") is None


def test_a_tiny_branch_and_whoever_would_give_it_away_are_hidden(store: Store) -> None:
    found = asked(store, group="branch").result
    hidden = [each.keys["branch"] for each in found.groups if each.reason is not None]
    assert "tiny" in hidden
    assert len(hidden) >= 2
    assert [each.keys["branch"] for each in found.groups][-len(hidden) :] == sorted(str(each) for each in hidden)
    assert {(each.to_recover, each.contacted) for each in found.groups if each.reason is not None} == {(0, 0)}
    with pytest.raises(ManyiError):
        asked(store, where={"branch": "tiny"}, listed=True)
    named = {row.branch for row in asked(store, listed=True).result.listed or ()}
    assert named == {"east", "west", "tiny", None} - set(hidden)


def test_layers_priorities_and_owners_add_up(store: Store) -> None:
    report(store, [(0, "", "2026-04-02", "是", "是")])
    for group in ("tier", "priority", "owner"):
        groups = asked(store, group=group).result.groups
        assert sum(each.to_recover for each in groups) == 80, group


def test_a_user_of_one_branch_sees_its_customers_only(store: Store) -> None:
    report(store, [(0, "east", "2026-04-02", "是", "是"), (6, "west", "2026-04-02", "是", "是")])
    found = asked(store, scope=Scope({"branch": frozenset({"east"})}), listed=True).result
    assert found.listed is not None
    assert {row.branch for row in found.listed} == {"east"}
    assert found.whole.contacted == 1


def test_forgetting_a_respondent_forgets_his_contacts_in_every_version(store: Store) -> None:
    report(store, [(0, "", "2026-04-02", "是", "是"), (6, "", "2026-04-02", "是", "是")])
    report(store, [(0, "", "2026-04-02", "是", "是"), (6, "", "2026-04-02", "是", "是"), (0, "", "2026-05-02", "是", "是")], replace=True)
    before = [wave.content_id for wave in store.waves()]
    for content_id in before:
        store.sums.write(content_id, "form", b"sums with him in them")
        assert store.sums.read(content_id, "form")
    forgotten = store.respondents.delete("recover", "K000", "test")
    assert [store.sums.read(content_id, "form") for content_id in before] == [None] * len(before)
    found = sorted((each.wave.kind, each.responses) for each in forgotten)
    assert found == [("contacts", 1), ("contacts", 2), ("responses", 1), ("responses", 1)]
    assert store.respondents.find("recover", "K000") == ()
    assert asked(store).result.whole.contacted == 1
    assert [entry.action for entry in store.audit()].count("delete respondent") == 4


@pytest.mark.parametrize(
    "options", [{"on": "gestern"}, {"group": "hall"}, {"model": "none"}, {"outcome": "Q99"}], ids=["day", "group", "rules", "question"]
)
def test_what_cannot_be_asked_is_said(store: Store, options: dict[str, str]) -> None:
    with pytest.raises(ManyiError):
        asked(store, **options)
