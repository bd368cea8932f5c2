"""How far recovery got: published shares, contacts as of a day, and who may not be contacted again."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.recovery.contact_history import contact_history, with_history
from analysis.recovery.progress import progress_of
from survey_schema.contact_frequency import too_many
from tests.stores.recovery_store import WAVE, recovery_schema


def test_18168_of_those_to_recover_are_69_61_percent() -> None:
    contacted = np.arange(26_100) < 18_168
    table = pd.DataFrame({"contacted": contacted, "reached": contacted, "repaired": False, "deadline": date(2026, 7, 1)})
    (found,) = progress_of(table, (), date(2026, 7, 1))
    assert (found.to_recover, found.contacted, round(found.percent("contacted") or 0, 2)) == (26_100, 18_168, 69.61)
    assert found.overdue == 0
    assert progress_of(table, (), date(2026, 7, 2))[0].overdue == 26_100 - 18_168


def rows(*told: tuple[str, str | None, bool | None, bool | None, float | None, str | None]) -> pd.DataFrame:
    names = ["respondent_id", "contacted_on", "reached", "repaired", "satisfaction_after", "scale"]
    table = pd.DataFrame(told, columns=names).assign(wave=WAVE, contacted_by=None)
    return table.assign(contacted_on=pd.to_datetime(table["contacted_on"]))


def test_contacts_count_as_of_a_day_and_the_last_word_holds() -> None:
    told = rows(
        ("a", "2026-04-02", False, None, None, None), ("a", "2026-04-20", True, True, 8, "grade"),
        ("b", "2026-04-03", True, True, None, None), ("b", "2026-04-09", True, False, None, None),
        ("c", None, None, None, 40, None), ("d", None, True, None, None, None),
    )  # fmt: skip
    early, late = (contact_history(told, WAVE, day, recovery_schema(), "overall").customers for day in (date(2026, 4, 5), date(2026, 5, 1)))
    assert early["reached"].to_dict() == {"a": False, "b": True, "c": False, "d": True}
    assert late["reached"].to_dict() == {"a": True, "b": True, "c": False, "d": True}
    assert late["repaired"].to_dict() == {"a": True, "b": False, "c": False, "d": False}
    assert late["contacted"].to_dict() == {"a": True, "b": True, "c": False, "d": True}
    assert late["after"].to_dict() == pytest.approx({"a": 700 / 9, "b": np.nan, "c": 40, "d": np.nan}, nan_ok=True)
    listed = pd.DataFrame({"respondent_id": ["a", "x"]})
    assert with_history(listed, None)["contacted"].tolist() == [False, False]


def test_too_often_is_more_than_so_many_within_so_many_days() -> None:
    days = pd.to_datetime(["2026-04-01", "2026-04-15", "2026-04-30", "2026-05-01", "2026-04-01", "2026-04-01", "2026-04-01"])
    table = pd.DataFrame({"person": ["a", "a", "a", "a", "b", "b", "c"], "day": days})
    assert too_many(table, most=2, days=30).tolist() == [False, False, True, True, False, False, False]
    assert too_many(table, most=2, days=29).tolist() == [False, False, False, True, False, False, False]


def test_who_had_enough_contacts_rests_whatever_wave_they_were_for() -> None:
    told = rows(("a", "2026-04-02", True, None, None, None), ("a", "2026-04-20", True, None, None, None))
    other = told.assign(wave=[WAVE, "2025Q4"])
    on = [contact_history(other, WAVE, day, recovery_schema(), "overall") for day in (date(2026, 4, 21), date(2026, 5, 10))]
    assert [each.resting for each in on] == [frozenset({"a"}), frozenset()]
    once = contact_history(other, WAVE, date(2026, 4, 21), recovery_schema(most_contacts=1), "overall")
    assert once.too_often == 1
