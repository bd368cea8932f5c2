"""Stores that several storylines are made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.figures.scoped_ask import ScopedAsk
from tests.reports.storylines.scopes import scope
from tests.stores import hidden_branch, small_store


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three waves with branches and competitors, no other kinds of data."""
    folder = tmp_path_factory.mktemp("small")
    small_store.fill(folder)
    return folder


@pytest.fixture(scope="session")
def hidden_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A branch below the minimum base."""
    folder = tmp_path_factory.mktemp("hidden")
    hidden_branch.fill(folder, swapped=False)
    return folder


@pytest.fixture(scope="session")
def small(small_folder: Path) -> ScopedAsk:
    """Asked within one process, so that answers are kept from test to test."""
    return scope(small_folder)


@pytest.fixture(scope="session")
def hidden(hidden_folder: Path) -> ScopedAsk:
    """The same of the store with a hidden branch."""
    return scope(hidden_folder)
