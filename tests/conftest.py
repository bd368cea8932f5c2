"""Fixtures every room's tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.places import ROOT


@pytest.fixture(scope="session")
def real_workbooks() -> Path:
    """Folder of real survey workbooks kept outside the project; tests skip where it is absent."""
    folder = ROOT.parent / "shared" / "real"
    if not folder.is_dir():
        pytest.skip("the folder of real workbooks is not beside this checkout")
    return folder
