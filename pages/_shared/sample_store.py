"""Fills the store from ``sample_data``."""

from __future__ import annotations

from collections.abc import Iterator


def fill_with_sample_data() -> Iterator[str]:
    """Stores every sample workbook, one sentence per step."""
    yield ""
