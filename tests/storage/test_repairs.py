"""Remembered repairs: with who and when, one that holds for each value, revocable; and the survey widened by two at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.rebuilding import rebuild
from storage.store import Store
from survey_schema.workbook.repair.repairs import MOST_REPAIRS, Decision, Repair
from tests.survey_schema.workbook.repair_cases import survey
from words.errors import ManyiError

SAME = Repair("place", "老城区", Decision.IS, "lanzhou")
OTHER = Repair("place", "老城区", Decision.IS, "tianshui")
UNKNOWN = Repair("place", "其他", Decision.NOT_KNOWN)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "store")
    yield made
    made.close()


def test_a_repair_is_remembered_with_who_and_when_until_it_is_revoked(store: Store) -> None:
    assert store.repairs.keep("repaired", [SAME, UNKNOWN], "li") == 2
    assert store.repairs.keep("repaired", [SAME], "wang") == 0, "what is remembered as it is stays the first one's"
    assert [(kept.repair, kept.decided_by) for kept in store.repairs.of("repaired")] == [(SAME, "li"), (UNKNOWN, "li")]
    assert store.repairs.holding("another") == ()
    first = store.repairs.of("repaired")[0]
    assert store.repairs.revoke("another", [first.entry], "wang") == 0, "an entry of another survey is not touched"
    assert store.repairs.revoke("repaired", [first.entry], "wang") == 1
    assert store.repairs.revoke("repaired", [first.entry], "zhao") == 0
    assert store.repairs.holding("repaired") == (UNKNOWN,)
    gone = store.repairs.of("repaired", revoked=True)[0]
    assert (gone.repair, gone.revoked_by) == (SAME, "wang")
    assert gone.revoked_at is not None
    assert [(entry.action, entry.by) for entry in store.audit()] == [("repair", "li"), ("revoke repair", "wang")]


def test_of_two_windows_the_later_decision_holds_and_the_earlier_one_stays_listed(store: Store, tmp_path: Path) -> None:
    second = Store(tmp_path / "store")
    store.repairs.keep("repaired", [SAME], "li")
    second.repairs.keep("repaired", [OTHER], "wang")
    assert store.repairs.holding("repaired") == (OTHER,)
    assert [(kept.decided_by, kept.revoked_by) for kept in store.repairs.of("repaired", revoked=True)] == [("li", "wang"), ("wang", "")]
    second.close()


def test_more_than_a_survey_can_have_are_refused_and_nothing_of_them_is_kept(store: Store) -> None:
    store.repairs.keep("repaired", [Repair("place", f"名{number}", Decision.NEW) for number in range(MOST_REPAIRS)], "li")
    with pytest.raises(ManyiError, match="remembered repairs"):
        store.repairs.keep("repaired", [SAME, UNKNOWN], "li")
    assert len(store.repairs.holding("repaired")) == MOST_REPAIRS
    assert "…" in store.audit()[-1].detail


def test_two_who_add_a_branch_at_once_add_both_and_none_twice(store: Store, tmp_path: Path) -> None:
    second = Store(tmp_path / "store")
    new, newer = Repair("place", "新区", Decision.NEW), Repair("place", "高新区", Decision.NEW)
    one = store.schemas.widen(survey(), [new], "li")
    two = second.schemas.widen(survey(), [newer, new], "wang")
    assert (one.schema.version, one.added) == (2, (("place", "新区"),))
    assert (two.schema.version, two.added) == (3, (("place", "高新区"),))
    assert second.schemas.widen(survey(), [new, newer], "zhao").added == ()
    in_use = store.schemas.in_use(survey())
    assert (in_use, in_use.version) == (two.schema, 3), "a survey that lists more takes the place of the one that lists less"
    assert [(saved.version, saved.saved_by) for saved in store.schemas.saved("repaired")] == [(2, "li"), (3, "wang")]
    second.close()


def test_repairs_and_mappings_are_in_the_copy_a_catalogue_is_made_from_again(store: Store) -> None:
    store.repairs.keep("repaired", [SAME], "li")
    store.close()
    (store.data_folder / "catalogue.sqlite").unlink()
    rebuild(store.place)
    again = Store(store.data_folder)
    assert again.repairs.holding("repaired") == (SAME,)
    again.close()
