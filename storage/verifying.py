"""Is the store whole: every row a file, every file there and as it was written, the catalogue sound and its copy the same."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from storage.catalogue import Catalogue, file_names
from storage.catalogue_copy import COPY, read_rows, rows_of
from storage.file_descriptions import description_of
from storage.reading import damage_sentence
from storage.records import Wave
from storage.wave_files import FileMark, FileTrouble, WaveFiles
from words.errors import ManyiError
from words.language import Message, message


@dataclass(frozen=True)
class Verdict:
    """What was looked at, and everything that is not as it must be; ``strange`` counts files that are not of this catalogue."""

    waves: int
    files: int
    size: int
    problems: tuple[Message, ...]
    strange: int


def verify(catalogue: Catalogue, files: WaveFiles) -> Verdict:
    """Read every file whole and look through the catalogue; nothing is changed."""
    waves = {wave.wave_id: wave for wave in catalogue.waves(status=None, kind=None)}
    marks = {mark.name: mark for mark in catalogue.marks()}
    with catalogue.reading() as connection:
        expected = file_names(connection)
    problems = [*_catalogue_problems(catalogue), *_copy_problems(catalogue, files), *_key_problems(catalogue)]
    for name in sorted({*expected, *marks}):
        problems += _file_problems(files, waves.get(name.split(".")[0]), name, marks.get(name))
    strange = len(files.finished() - set(marks))
    return Verdict(len(waves), len(marks), sum(mark.size for mark in marks.values()), tuple(problems), strange)


def _file_problems(files: WaveFiles, wave: Wave | None, name: str, mark: FileMark | None) -> list[Message]:
    if wave is None:
        return [message("The catalogue counts the file {file}, but knows no wave of it.", file=f"{name}.parquet")]
    try:
        if mark is None:
            raise FileTrouble(name, missing=True)
        path = files.proved(mark, anew=True)
    except FileTrouble as trouble:
        return [damage_sentence(wave, name, files, missing=trouble.missing).message]
    try:
        rows, told = pq.read_metadata(path).num_rows, description_of(path)
    except (OSError, ValueError, pa.ArrowException):
        return [damage_sentence(wave, name, files, missing=False).message]
    found = []
    if not name.endswith(".population") and rows != wave.n:
        numbers = {"label": wave.label, "survey": wave.survey, "rows": rows, "n": wave.n}
        found.append(message("Wave {label} of {survey} has {rows} responses in its file and {n} in the catalogue.", **numbers))
    if told is not None and told.get("store") != files.store_id:
        found.append(message("The file {file} says that it is of another store.", file=path.name))
    return found


def _catalogue_problems(catalogue: Catalogue) -> list[Message]:
    with catalogue.reading() as connection:
        if connection.dialect.name != "sqlite":
            return []
        found = str(connection.execute(sa.text("PRAGMA integrity_check(1)")).scalar())
    return [] if found == "ok" else [message("The catalogue is damaged: {detail}.", detail=found.splitlines()[0])]


def _copy_problems(catalogue: Catalogue, files: WaveFiles) -> list[Message]:
    try:
        copied = read_rows(files.folder)
    except ManyiError as error:
        return [error.message]
    with catalogue.reading() as connection:
        rows = list(rows_of(connection))
    if rows == copied:
        return []
    return [message("The catalogue and its copy {copy} are not the same. One of them was changed or damaged.", copy=COPY)]


def _key_problems(catalogue: Catalogue) -> list[Message]:
    try:
        catalogue.id_key()
    except ManyiError as error:
        return [error.message]
    return []
