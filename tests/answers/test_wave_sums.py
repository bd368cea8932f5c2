"""Sums of whole waves are made once, in one pass for all that are missing, and forgotten when they are too many."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.sums.tallies import sums
from answers import wave_sums
from answers.wave_sums import WaveSums
from storage.records import Selection
from storage.store import Store
from tests.stores import small_store


def test_sums_are_made_once_and_forgotten_when_they_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_store.fill(tmp_path / "data")
    store = Store(tmp_path / "data")
    waves = store.waves("telecom_csi")
    schema = store.schema(waves[0].schema_hash)
    made = sums(store.scan(Selection("telecom_csi")), schema, by=["branch"])
    store.close()
    passes: list[object] = []
    monkeypatch.setattr(wave_sums, "sums", lambda labels, _schema: passes.append(labels) or made)
    keys = [("telecom_csi", wave.schema_hash, wave.label, wave.content_id) for wave in waves]

    roomy = WaveSums()
    first = roomy.get(keys[:1], keys, schema, lambda labels: labels)
    everything = roomy.get(keys, keys, schema, lambda labels: labels)
    assert passes == [tuple(wave.content_id for wave in waves)]
    assert [part.waves for part in everything] == [(wave.label,) for wave in waves]
    assert first[0] is everything[0]

    tight = WaveSums(most_bytes=1)
    for key in (keys[0], keys[1], keys[0]):
        tight.get([key], [], schema, lambda labels: labels)
    assert passes[1:] == [(waves[0].content_id,), (waves[1].content_id,), (waves[0].content_id,)]
