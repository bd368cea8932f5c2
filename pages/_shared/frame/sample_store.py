"""Fills the store from ``sample_data``, through the same check every workbook goes through."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from pages._shared.session.store_access import settings, store, who
from pages._shared.session.words import _, said
from sample_data.make import SAMPLES, make_samples
from survey_schema.loading import load_schema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_workbook import KnownContext
from survey_schema.workbook.inspect_workbook import Inspection, inspect_file


def fill_with_sample_data() -> Iterator[str]:
    """Stores every sample workbook that has no planted mistakes and whose wave is not there yet; one sentence per step."""
    with tempfile.TemporaryDirectory(prefix="manyi-sample-") as folder:
        for name, sample in SAMPLES.items():
            if sample.group == "dirty":
                continue
            yield f"{name}: {said(sample.shows)}"
            path = make_samples(Path(folder), [name])[name]
            schema = load_schema(sample.schema)
            known = KnownContext(id_key=store().id_key())
            inspection = Inspection(schema, known=known, match=settings().match, check=settings().check)
            checked = inspect_file(path, inspection, name, settings().read).checked
            if not _there(checked):
                store().commit(checked, schema, who())
    yield _("Done.")


def _there(checked: CheckedWorkbook) -> bool:
    """Whether a wave of the workbook is in force: one sample holds a part of another one."""
    labels = set(checked.responses["wave"].to_pylist()) if checked.responses is not None else set()
    return any(wave.label in labels for wave in store().waves(checked.schema_name))
