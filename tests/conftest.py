"""Fixtures every room's tests share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.stores.foreign_workbooks import WORKBOOKS


@pytest.fixture(scope="session")
def foreign_workbook(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The path of a workbook as others write them, by its name in :data:`WORKBOOKS`; each is made once, when it is wanted."""
    folder = tmp_path_factory.mktemp("foreign")

    @cache
    def made(name: str) -> Path:
        path = folder / f"{name}.xlsx"
        WORKBOOKS[name](path)
        return path

    return made
