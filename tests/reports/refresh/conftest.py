"""A store, and a deck of its first wave, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from answers.kept import Kept
from reports.making.making import file_of, make_report
from reports.making.reader import Reader
from settings import Settings
from storage.store import Store
from tests.reports.refresh import edited_deck


@pytest.fixture(scope="session")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    folder: Path = tmp_path_factory.mktemp("refresh") / "data"
    edited_deck.fill(folder)
    return Reader(Store(folder), Settings(data=folder).rules, Kept(), "tester")


@pytest.fixture(scope="session")
def first(asking: Reader) -> bytes:
    return file_of(make_report(edited_deck.report(), asking), "pptx")
