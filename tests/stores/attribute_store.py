"""The small store with attributes of the respondents: gender, age group and tier, of which one tier is rare."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from storage.store import Store
from survey_schema.loading import load_schema
from tests.stores.small_store import workbook

AGES, TIERS = ("18-34", "35-54", "55+"), ("gold", "plain", "silver")


def fill(data_folder: Path) -> None:
    """Three waves of ``telecom_csi``; the oldest score 0.8 grades higher, 0.4 % are gold, and some say nothing of their age."""
    schema = load_schema("telecom_csi")
    checked = workbook(schema)
    responses = checked.responses
    assert responses is not None
    chance = np.random.default_rng(19)
    age = chance.integers(0, 3, len(responses))
    tier = chance.choice(3, len(responses), p=(0.004, 0.656, 0.34))
    told = {
        "gender": [("male", "female")[k] for k in chance.integers(0, 2, len(responses))],
        "age_group": [None if chance.random() < 0.05 else AGES[k] for k in age],
        "customer_tier": [TIERS[k] for k in tier],
    }
    for name, values in told.items():
        responses = responses.set_column(responses.column_names.index(name), name, pa.array(values, pa.string()))
    for item in schema.items:
        scale, place = schema.scales[item.scale], responses.column_names.index(item.code)
        higher = np.where(age == 2, chance.choice(2, len(age), p=(0.2, 0.8)), 0)
        grades = np.clip(responses[item.code].to_numpy() + higher, scale.minimum, scale.maximum)
        responses = responses.set_column(place, item.code, pa.array(grades))
    store = Store(data_folder)
    try:
        store.commit(replace(checked, responses=responses), schema, "test")
    finally:
        store.close()
