"""Fills the store from ``sample_data``, through the same check every workbook goes through."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from pages._shared.store_access import settings, store, who
from pages._shared.words import _, said
from sample_data.make import SAMPLES, make_samples
from survey_schema.check_workbook import KnownContext, check_workbook
from survey_schema.loading import load_schema
from survey_schema.match_columns import match_columns
from survey_schema.read_workbook import read_workbook
from survey_schema.responses import CheckedWorkbook


def fill_with_sample_data() -> Iterator[str]:
    """Stores every sample workbook that has no planted mistakes and whose wave is not there yet; one sentence per step."""
    with tempfile.TemporaryDirectory(prefix="manyi-sample-") as folder:
        for name, sample in SAMPLES.items():
            if sample.group == "dirty":
                continue
            yield f"{name}: {said(sample.shows)}"
            path = make_samples(Path(folder), [name])[name]
            schema = load_schema(sample.schema)
            workbook = read_workbook(path, name, settings().read)
            matching = match_columns(workbook, schema, settings=settings().match)
            checked = check_workbook(workbook, schema, matching, KnownContext(id_key=store().id_key()), settings=settings().check)
            if not _there(checked):
                store().commit(checked, schema, who())
    yield _("Done.")


def _there(checked: CheckedWorkbook) -> bool:
    """Whether a wave of the workbook is in force: one sample holds a part of another one."""
    labels = set(checked.responses["wave"].to_pylist()) if checked.responses is not None else set()
    return any(wave.label in labels for wave in store().waves(checked.schema_name))
