"""The sample workbooks on their way into a store, by the same path as any other workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

from sample_data.make import COMMITTED, SAMPLES, Sample, make_samples
from settings import Settings
from storage.records import Wave
from storage.store import Store
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema
from survey_schema.workbook.check.check_workbook import KnownContext
from survey_schema.workbook.inspect_workbook import Inspection, inspect_file

#: Not stored: one is made of mistakes, the other repeats customers of the two lines' workbook.
_LEFT_OUT = ("dirty.xlsx", "broadband_306.xlsx")
#: In the order they are stored.
STORED_SAMPLES: tuple[str, ...] = tuple(name for name in SAMPLES if name not in _LEFT_OUT)


def load_samples(store: Store, settings: Settings, by: str, names: Collection[str] | None = None) -> Iterator[tuple[str, tuple[Wave, ...]]]:
    """Store the sample workbooks one by one, those named or all of :data:`STORED_SAMPLES`; yields each name and its waves once stored.

    Workbooks that do not lie in the project are made first. Raises :class:`ManyiError` like any commit.
    """
    for name in STORED_SAMPLES if names is None else names:
        with tempfile.TemporaryDirectory(prefix="manyi-sample-") as folder:
            path = COMMITTED / name
            if not path.is_file():
                path = make_samples(Path(folder), [name])[name]
            schema = _survey_of(SAMPLES[name])
            inspection = Inspection(schema, known=KnownContext(id_key=store.id_key()), match=settings.match, check=settings.check)
            checked = inspect_file(path, inspection, limits=settings.read).checked
            yield name, store.commit(checked, schema, by)


def _survey_of(sample: Sample) -> SurveySchema:
    schema = load_schema(sample.schema)
    if sample.own_survey is None:
        return schema
    name, title = sample.own_survey
    return schema.model_copy(update={"name": name, "title": title})
