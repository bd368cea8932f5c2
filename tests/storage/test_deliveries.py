"""Data beside responses in the store: the same commit protocol, versions, verification and rebuilding as waves, and the row scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.backups import back_up
from storage.committing import FarFewerResponses
from storage.place import StorePlace
from storage.rebuilding import rebuild
from storage.records import Scope, WaveStatus
from storage.store import Store
from storage.verifying import verify
from survey_schema.loading import load_schema
from survey_schema.responses import CheckedWorkbook
from tests.stores.kind_sheets import SHEET_NAMES, check_sheets, good_sheets, inspections
from words.errors import ManyiError

SURVEY = load_schema("telecom_csi")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def every_kind() -> CheckedWorkbook:
    return check_sheets({SHEET_NAMES[code]: rows for code, rows in good_sheets().items()})


def responses() -> list[list[object]]:
    header: list[object] = ["期次", "分公司", *(item.code for item in SURVEY.items)]
    return [header, *(["2026Q2", "兰州", *[8] * len(SURVEY.items)] for _ in range(40))]


def rows_of(store: Store, kind: str, *periods: str, scope: Scope | None = None) -> list[dict[str, object]]:
    return store.scan_kind("telecom_csi", kind, periods, scope=scope).collect().to_arrow().to_pylist()


def test_every_kind_is_stored_by_its_period_and_comes_back_as_it_was(store: Store) -> None:
    checked = every_kind()
    stored = store.commit(checked, SURVEY, "li")
    labels = {kind: [wave.label for wave in store.deliveries("telecom_csi", kind)] for kind in good_sheets()}
    assert labels["complaints"] == ["2026-05", "2026-06"] == labels["kpis"]
    assert (labels["staff"], labels["inspections"], labels["standards"], labels["annotations"]) == (
        ["2026Q2"],
        ["2026-05"],
        ["all"],
        ["all"],
    )
    assert len(stored) == len(store.deliveries())
    assert store.waves() == () == store.surveys()
    for kind in checked.kinds:
        assert kind.rows is not None
        assert sorted(rows_of(store, kind.kind), key=lambda row: row["source_row"]) == kind.rows.to_pylist()
    assert verify(*store.parts).problems == ()


def test_responses_and_kinds_of_a_workbook_go_in_together_or_not_at_all(store: Store) -> None:
    both = check_sheets({"数据": responses(), "暗访检查": inspections()})
    store.commit(both, SURVEY, "li")
    assert ([wave.label for wave in store.waves()], [wave.label for wave in store.deliveries()]) == (["2026Q2"], ["2026-05"])
    other = check_sheets({"数据": responses()[:-1], "暗访检查": inspections(day=date(2026, 6, 1))})
    with pytest.raises(ManyiError, match="2026Q2"):
        store.commit(other, SURVEY, "li")
    assert [wave.label for wave in store.deliveries()] == ["2026-05"]


def test_a_period_is_replaced_knowingly_and_what_would_not_change_is_left(store: Store) -> None:
    store.commit(check_sheets({"运营指标": good_sheets()["kpis"]}), SURVEY, "li")
    with pytest.raises(ManyiError, match="same content"):
        store.commit(check_sheets({"其他名": good_sheets()["kpis"]}), SURVEY, "li")
    corrected = check_sheets({"运营指标": [*good_sheets()["kpis"][:2], ["2026-06", "", "接通率", 94], ["2026-06", "兰州", "接通率", 90]]})
    assert [(each.kind, each.label, each.responses, each.instead_of) for each in store.replacements(corrected, SURVEY)] == [
        ("kpis", "2026-06", 2, 1)
    ]
    with pytest.raises(ManyiError, match="already stored"):
        store.commit(corrected, SURVEY, "li")
    (new,) = store.commit(corrected, SURVEY, "li", replace=True)
    assert (new.label, new.version) == ("2026-06", 2)
    assert [row["value"] for row in rows_of(store, "kpis", "2026-06")] == [94, 90]
    store.versions.withdraw(new.wave_id, "li")
    old = store.versions.to_restore("telecom_csi", "2026-06", kind="kpis")
    assert store.versions.restore(old.wave_id, "li").status is WaveStatus.ACTIVE
    assert [row["value"] for row in rows_of(store, "kpis", "2026-06")] == [93]
    assert {entry.detail.split(" · ")[0] for entry in store.audit()} == {"kpis"}


def test_far_fewer_rows_ask_once_more(store: Store) -> None:
    store.commit(check_sheets({"x": inspections()}), SURVEY, "li")
    few = check_sheets({"x": inspections()[:3]})
    with pytest.raises(FarFewerResponses):
        store.commit(few, SURVEY, "li", replace=True)
    assert store.commit(few, SURVEY, "li", replace=True, accept_fewer=True)[0].n == 2


def test_kinds_and_responses_of_one_period_do_not_meet(store: Store) -> None:
    staff = check_sheets({"数据": responses(), "员工问卷": good_sheets()["staff"]})
    wave, delivery = store.commit(staff, SURVEY, "li")
    assert (wave.label, delivery.label, wave.version, delivery.version) == ("2026Q2", "2026Q2", 1, 1)
    store.versions.withdraw(delivery.wave_id, "li")
    assert [each.wave_id for each in store.waves()] == [wave.wave_id]
    store.versions.delete([delivery], "li")
    assert store.deliveries(status=None) == ()
    with pytest.raises(ManyiError, match="no Staff"):
        store.scan_kind("telecom_csi", "staff")


def test_a_user_sees_the_rows_of_the_branches_in_scope_and_what_is_for_all(store: Store) -> None:
    store.commit(every_kind(), SURVEY, "li")
    lanzhou = Scope({"branch": frozenset({"lanzhou"}), "brand": frozenset({"gotone"})})
    assert {row["branch"] for row in rows_of(store, "complaints", scope=lanzhou)} == {"lanzhou"}
    assert {row["branch"] for row in rows_of(store, "kpis", scope=lanzhou)} == {"lanzhou"}, "the company's total is not a branch's"
    assert {row["branch"] for row in rows_of(store, "annotations", scope=lanzhou)} == {"lanzhou", None}
    assert {row["branch"] for row in rows_of(store, "annotations", scope=Scope({"branch": frozenset({"tianshui"})}))} == {None}
    assert len(rows_of(store, "benchmarks", scope=lanzhou)) == 1


def test_weights_and_selections_are_of_responses_only(store: Store) -> None:
    (delivery,) = store.commit(check_sheets({"x": inspections()}), SURVEY, "li")
    with pytest.raises(ManyiError):
        store.weightings.save(delivery.wave_id, "w", [1.0] * delivery.n, recipe={}, report={}, by="li")  # type: ignore[arg-type]
    with pytest.raises(ManyiError, match="kind of data"):
        store.deliveries(kind="weather")


@pytest.mark.parametrize("without", ["catalogue.sqlite", "waves/catalogue-copy.jsonl"])
def test_a_lost_catalogue_is_made_again_with_every_kind(store: Store, without: str) -> None:
    """From the copy, and where that is gone too from what the files say of themselves."""
    store.commit(every_kind(), SURVEY, "li")
    before = [(wave.kind, wave.label, wave.version, wave.n) for wave in store.deliveries()]
    folder = store.data_folder
    store.close()
    (folder / "catalogue.sqlite").unlink()
    (folder / without).unlink(missing_ok=True)
    rebuild(StorePlace(folder))
    again = Store(folder)
    assert [(wave.kind, wave.label, wave.version, wave.n) for wave in again.deliveries()] == before
    assert verify(*again.parts).problems == ()


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 40)), min_size=1, max_size=20))
def test_what_is_stored_is_what_was_in_the_sheet(tmp_path_factory: pytest.TempPathFactory, drawn: Sequence[tuple[int, int]]) -> None:
    fresh = Store(tmp_path_factory.mktemp("store"))
    rows = [
        [f"V{place}", "厅", "兰州", date(2026, 1, 1) + timedelta(days=day), "环境", 20, points / 2]
        for place, (day, points) in enumerate(drawn)
    ]
    checked = check_sheets({"x": [inspections()[0], *rows]})
    fresh.commit(replace(checked, source_name="p.xlsx"), SURVEY, "li")
    found = {row["visit"]: (row["date"], row["points_scored"], row["period"]) for row in rows_of(fresh, "inspections")}
    assert found == {str(row[0]): (row[3], row[6], f"{row[3]:%Y-%m}") for row in rows}  # type: ignore[str-format]
    fresh.close()


def test_a_backup_holds_them_too(store: Store, tmp_path: Path) -> None:
    store.commit(every_kind(), SURVEY, "li")
    made = back_up(store.place, *store.parts, tmp_path / "backup")
    assert made.waves == len(store.deliveries())
