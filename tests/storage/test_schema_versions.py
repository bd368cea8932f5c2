"""Versions of a survey's schema: numbered, dated, the newest in use; waves move only where their answers keep their meaning."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.records import Selection
from storage.store import Store
from survey_schema.models import SurveySchema
from tests.stores.small_survey import make_schema, make_workbook
from words.errors import ManyiError


def weighted(schema: SurveySchema, first: float = 0.7) -> SurveySchema:
    raw = schema.model_dump(mode="json")
    raw["tree"] |= {"weighting": "given", "children": [{"item": "Q1", "weight": first}, {"item": "Q2", "weight": 1 - first}]}
    return SurveySchema.model_validate(raw)


def test_versions_are_numbered_and_the_newest_is_in_use(tmp_path: Path) -> None:
    store, schema = Store(tmp_path), make_schema()
    assert store.schemas.in_use(schema) is schema
    first = store.schemas.save(weighted(schema), "li", "  after the\nworkshop ")
    second = store.schemas.save(weighted(schema, 0.6), "wang")
    assert [(v.version, v.saved_by, v.note) for v in store.schemas.saved("small")] == [(2, "li", "after the workshop"), (3, "wang", "")]
    assert store.schemas.saved("other") == ()
    store.close()
    used = Store(tmp_path).schemas.in_use(schema)
    assert (used.version, used.tree.child_weights()) == (3, {"Q1": 0.6, "Q2": 0.4})
    assert first.schema_hash != second.schema_hash
    asks_more = make_schema(extra_item=True)
    assert Store(tmp_path).schemas.in_use(asks_more) is asks_more
    newer_file = schema.model_copy(update={"version": 9})
    assert Store(tmp_path).schemas.in_use(newer_file) is newer_file


def test_old_waves_keep_their_schema_unless_they_are_moved(tmp_path: Path) -> None:
    store, schema = Store(tmp_path), make_schema()
    old, moved = (store.commit(make_workbook(label, content=label), schema, "li")[0] for label in ("2026Q1", "2026Q2"))
    saved = store.schemas.save(weighted(schema), "wang", "new weights", [moved])
    assert [wave.schema_hash for wave in store.waves("small")] == [old.schema_hash, saved.schema_hash]
    assert [wave.wave_id for wave in store.waves("small")] == [old.wave_id, moved.wave_id]
    entry = store.audit()[-1]
    assert (entry.action, entry.by, entry.wave_id, entry.detail) == ("schema", "wang", moved.wave_id, "v2")
    assert store.schema_for(Selection("small", ("2026Q1",))).tree.weighting == "equal"
    store.schemas.use(store.schema(saved.schema_hash), "wang", [old])
    assert {wave.schema_hash for wave in store.waves("small")} == {saved.schema_hash}
    assert len(store.scan(Selection("small")).collect()) == 120


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (make_schema(extra_item=True), "questions are not the same (Q3)"),
        (make_schema(maximum=10), "scales are not the same (grades)"),
        (make_schema().model_copy(update={"columns": make_schema().columns[:2]}), "columns are not the same (age, phone)"),
    ],
)
def test_other_questions_move_no_wave_and_save_nothing(tmp_path: Path, other: SurveySchema, told: str) -> None:
    store = Store(tmp_path)
    wave = store.commit(make_workbook("2026Q1"), make_schema(), "li")[0]
    before = store.audit()
    with pytest.raises(ManyiError) as refused:
        store.schemas.save(other, "li", "", [wave])
    assert told in refused.value.text("en")
    assert (store.schemas.saved(), store.waves(), store.audit()) == ((), (wave,), before)


def test_a_withdrawn_wave_is_not_moved(tmp_path: Path) -> None:
    store = Store(tmp_path)
    wave = store.commit(make_workbook("2026Q1"), make_schema(), "li")[0]
    store.versions.withdraw(wave.wave_id, "li")
    with pytest.raises(ManyiError, match="in force"):
        store.schemas.save(weighted(make_schema()), "li", "", [wave])
    assert store.schemas.saved() == ()


def test_a_draft_is_one_persons_and_outlives_the_process(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.schemas.save_draft("small", "li", "half a draft")
    store.schemas.save_draft("small", "li", "a draft")
    store.schemas.save_draft("small", "wang", "another")
    store.close()
    again = Store(tmp_path)
    assert again.schemas.draft("small", "li") == "a draft"
    again.schemas.forget_draft("small", "li")
    assert again.schemas.draft("small", "li") is None
    assert again.schemas.draft("small", "wang") == "another"
