"""Measures to choose among, as tests have them at hand: rows of a sheet and the draft a user would have made of them."""

from __future__ import annotations

import json
from dataclasses import asdict

from survey_schema.measure_rows import MeasureRow

ROWS = (
    MeasureRow("扩容", "P1", 5.0, 0.4, 250_000.0),
    MeasureRow("夜间坐席", "P8", 8.0, 0.2, 120_000.0, 1.0, 2.0),
    MeasureRow("账单改版", "P4", 6.0, 0.5, 80_000.0, excludes="夜间坐席"),
    MeasureRow("兰州营业厅分流", "P7", 10.0, 0.6, 150_000.0, branch="lanzhou"),
    MeasureRow("投诉回访", "P9", 7.0, 0.15, 60_000.0, needs="夜间坐席"),
)


def draft_text(rows: tuple[MeasureRow, ...] = ROWS, **told: object) -> str:
    """The draft as the store keeps it."""
    usual = {"budget": 500_000.0, "least_of": "", "least": 0.0, "per_branch": 0}
    return json.dumps(
        {"rows": [{name: cell for name, cell in asdict(row).items() if cell} for row in rows], **usual, **told},
        ensure_ascii=False,
        sort_keys=True,
    )
