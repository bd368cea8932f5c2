"""What is planted beside the survey comes back from the workbook, through the checks, the store and the answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from load_samples import load_samples
from sample_data import operations_plan as plan
from settings import Settings
from storage.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("operations") / "store"
    store = Store(folder)
    list(load_samples(store, Settings(data=folder), "test", ["province_operations.xlsx"]))
    yield store
    store.close()


def test_every_month_is_stored(store: Store) -> None:
    for kind in ("complaints", "inspections", "kpis"):
        assert tuple(each.label for each in store.deliveries("telecom_csi", kind)) == plan.MONTHS
