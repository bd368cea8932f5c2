"""Before the first visitor: heavy modules are imported and the sums of the usual view are made, in the background."""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

logger = logging.getLogger("manyi")
_HEAVY = ("pandas", "pyarrow.parquet", "duckdb", "narwhals", "plotly.graph_objects", "scipy.stats", "babel.numbers", "charts.layout")


@asynccontextmanager
async def warmed_up(_app: st.App) -> AsyncIterator[None]:
    """Starts the warm-up with the server and does not wait for it."""
    threading.Thread(target=warm, name="warm-up", daemon=True).start()
    yield


def warm() -> None:
    """Does what the first page would do. A failure is only logged here: the page that meets it says it better."""
    try:
        for name in _HEAVY:
            importlib.import_module(name)
        threadpool_limits(1, "blas")  # matrices here are small: more threads only wait for one another
        _make_sums()
    except Exception:  # a broken store must not keep the server from starting
        logger.exception("warm-up")


def _make_sums() -> None:
    """The waves of the largest survey, which is the one shown first."""
    from pages._shared.cached import values_in, whole_waves
    from pages._shared.store_access import active_waves

    waves = active_waves()
    if not waves:
        return
    survey = max({wave.survey for wave in waves}, key=lambda name: sum(wave.n for wave in waves if wave.survey == name))
    of_survey = [wave for wave in waves if wave.survey == survey]
    newest = of_survey[-1]
    values_in(newest.survey, newest.content_id)
    whole_waves(survey, [(wave.label, wave.content_id) for wave in of_survey], newest.schema_hash)
