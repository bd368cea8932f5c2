"""Here workers are started as the application starts them, since it is the start and its limits that are tested."""

from __future__ import annotations

import pytest

from survey_schema.workbook.worker import run_limited

_started_anew = run_limited._start


@pytest.fixture(autouse=True)
def workers_start_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real start, whatever other tests use."""
    monkeypatch.setattr(run_limited, "_start", _started_anew)
