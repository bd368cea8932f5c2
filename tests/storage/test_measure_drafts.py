"""Measures being chosen among are kept by user and survey, and never mistaken for the draft of a survey."""

from __future__ import annotations

from pathlib import Path

from storage.store import Store


def test_a_draft_is_each_users_own_and_outlives_the_store(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.measure_drafts.keep("telecom_csi", "li", "one")
    store.measure_drafts.keep("telecom_csi", "li", "two")
    store.measure_drafts.keep("tcsi", "li", "other")
    store.close()
    again = Store(tmp_path)
    assert again.measure_drafts.of("telecom_csi", "li") == "two"
    assert again.measure_drafts.of("telecom_csi", "wang") is None
    assert again.schemas.draft("telecom_csi", "li") is None
    again.close()
