"""Before the first visitor: heavy modules are imported and the usual view is computed, in the background."""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

logger = logging.getLogger("manyi")
_HEAVY = ("pandas", "pyarrow.parquet", "duckdb", "narwhals", "plotly.graph_objects", "scipy.stats", "babel.numbers")


@asynccontextmanager
async def warmed_up(_app: st.App) -> AsyncIterator[None]:
    """Starts the warm-up with the server and does not wait for it."""
    threading.Thread(target=warm, name="warm-up", daemon=True).start()
    yield


def warm() -> None:
    """Imports what every page needs. A failure here is only logged: the page that needs the part says it better."""
    for name in _HEAVY:
        try:
            importlib.import_module(name)
        except ImportError:
            logger.exception("could not import %s", name)
