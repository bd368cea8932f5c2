"""What a storyline is made of in the tests: a survey of a store, as the command line and the page ask it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from answers.kept import Kept
from answers.selection import ours_where
from answers.source import StoreSource
from reports.figures.scoped_ask import ScopedAsk
from settings import load_settings
from storage.store import Store

MADE = datetime(2026, 7, 3, 9, 30)


def scope(folder: Path, survey: str | None = None, wave: str | None = None, where: Mapping[str, str] | None = None) -> ScopedAsk:
    """Our own customers of the latest wave, or of the one named."""
    store = Store(folder)
    name = survey or store.surveys()[0]
    latest = [each for each in store.waves(name) if wave in (None, each.label)][-1]
    source = StoreSource(store, name, latest.schema_hash, load_settings().rules, Kept())
    return ScopedAsk(source, name, latest.label, {**ours_where(source, latest.label), **(where or {})})
