"""What is cached is the same as what is computed, wave by wave and narrowed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pages._shared.numbers.wave_sums import WaveSums

from analysis.sums.tallies import sums
from pages._shared.numbers import cached, wave_sums
from pages._shared.numbers.cached import tallies_for
from pages._shared.session.store_access import store
from storage.records import Scope, Selection


@pytest.fixture(autouse=True)
def _folder(filled_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(filled_folder))


def test_sums_of_the_rows_a_user_may_see_equal_a_pass_over_the_same_waves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cached, "scope", lambda: Scope({"operator": frozenset({"mobile"})}))
    waves = store().waves("telecom_csi")[1:]
    kept = tallies_for(waves, waves[0].schema_hash, by=["branch"])
    labels = tuple(wave.label for wave in waves)
    made = sums(store().scan(Selection("telecom_csi", labels)), store().schema(waves[0].schema_hash))
    made = made.where({"operator": "mobile"}).collapse(["branch"])
    order = ["wave", "branch"]
    one, two = (part.keys.reset_index().sort_values(order) for part in (kept, made))
    assert len(one) > 20
    assert one[order].to_numpy().tolist() == two[order].to_numpy().tolist()
    for name in ("rows", "first", "second"):
        np.testing.assert_allclose(getattr(kept, name)[one["index"]], getattr(made, name)[two["index"]])
    assert kept.design.sort_values("wave").reset_index(drop=True).equals(made.design.sort_values("wave").reset_index(drop=True))


def test_sums_are_made_once_and_forgotten_when_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    waves = store().waves("telecom_csi")
    schema = store().schema(waves[0].schema_hash)
    made = tallies_for(waves, waves[0].schema_hash, by=["branch"])
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
