"""A reader of a small store, whose reports are made in these tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from answers.kept import Kept
from reports.making.reader import Reader
from settings import load_settings
from storage.store import Store
from tests.stores import small_store


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("reported")
    small_store.fill(folder)
    store = Store(folder)
    yield Reader(store, load_settings().rules, Kept(), "tester")
    store.close()
