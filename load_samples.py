"""The sample workbooks on their way into a store, by the same path as any other workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import sample_data
from projects.project import Projects
from projects.project_file import sections_in
from projects.sections import About
from sample_data.make import COMMITTED, SAMPLES, Sample, make_samples
from sample_data.module_plan import MODULE_WAVES
from settings import Settings
from storage.records import Scope, Wave
from storage.store import Store
from survey_schema.loading import builtin_names, load_schema
from survey_schema.models import SurveySchema
from survey_schema.workbook.check.check_workbook import KnownContext
from survey_schema.workbook.inspect_workbook import Inspection, inspect_file

#: Not stored: one is made of mistakes, one repeats customers of the two lines' workbook, two have workbooks that ask more.
_LEFT_OUT = ("dirty.xlsx", "broadband_306.xlsx", *(f"province_{wave}.xlsx" for wave in MODULE_WAVES))
#: In the order they are stored.
STORED_SAMPLES: tuple[str, ...] = tuple(name for name in SAMPLES if name not in _LEFT_OUT)
#: The QC project that comes with the survey of its call-backs.
_PROJECT, _PROJECT_OF = Path(sample_data.__file__).parent / "projects" / "gotone.yaml", "gotone_project.xlsx"


def load_samples(store: Store, settings: Settings, by: str, names: Collection[str] | None = None) -> Iterator[tuple[str, tuple[Wave, ...]]]:
    """Store the sample workbooks one by one, those named or all of :data:`STORED_SAMPLES`; yields each name and its waves once stored.

    Workbooks that do not lie in the project are made on the way, each while those before it are checked. Raises :class:`ManyiError` like
    any commit.
    """
    wanted = STORED_SAMPLES if names is None else names
    with tempfile.TemporaryDirectory(prefix="manyi-sample-") as folder, ThreadPoolExecutor(max_workers=1) as making:
        paths = [making.submit(_workbook, name, Path(folder)) for name in wanted]
        try:
            for name, path in zip(wanted, paths, strict=True):
                schema = _schema_of(SAMPLES[name], store, by)
                inspection = Inspection(schema, known=KnownContext(id_key=store.id_key()), match=settings.match, check=settings.check)
                checked = inspect_file(path.result(), inspection, limits=settings.read).checked
                yield name, store.commit(checked, schema, by)
                if name == _PROJECT_OF:
                    _start_project(store, by)
        finally:
            making.shutdown(cancel_futures=True)


def _start_project(store: Store, by: str) -> None:
    """The published QC project, unless the store has it already."""
    projects, sections = Projects(store, by, Scope()), sections_in(_PROJECT.read_text("utf-8"))
    titles = {each.about.title for each in (*projects.all(), *projects.all(put_aside=True))}
    if not any(isinstance(part, About) and part.title in titles for part in sections):
        projects.start(*sections)


def _workbook(name: str, folder: Path) -> Path:
    committed = COMMITTED / name
    return committed if committed.is_file() else make_samples(folder, [name])[name]


def _schema_of(sample: Sample, store: Store, by: str) -> SurveySchema:
    """The schema a sample is stored under. That of the province is kept as a version of its survey, so that later workbooks follow it."""
    schema = sample.survey()
    if schema.name not in builtin_names() or schema == load_schema(schema.name):
        return schema
    return store.schemas.newest(schema.name) or store.schemas.of(store.schemas.save(schema, by, "province_extras.yaml").schema_hash)
