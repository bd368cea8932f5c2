"""Reading a wave's files: every one is seen to be what was written before its answers are used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from storage.catalogue import Catalogue
from storage.file_descriptions import bare
from storage.records import Wave
from storage.wave_files import FileMark, FileTrouble, WaveFiles, population_name
from words.errors import ManyiError
from words.language import message


def proved_responses(catalogue: Catalogue, files: WaveFiles, waves: Sequence[Wave]) -> list[Path]:
    """The files of some waves under the weightings they name; raises :class:`ManyiError` for one that is missing or damaged."""
    marks = _by_name(catalogue, [wave.content_id for wave in waves])
    return [_proved(files, wave, wave.content_id, marks) for wave in waves]


def responses_addresses(catalogue: Catalogue, files: WaveFiles, waves: Sequence[Wave]) -> list[str]:
    """Where the workers of a cluster read the same files; raises :class:`ManyiError` for one that is missing or damaged."""
    marks = _by_name(catalogue, [wave.content_id for wave in waves])
    found = []
    for wave in waves:
        try:
            found += files.addresses([_marked(marks, wave.content_id)])
        except FileTrouble as trouble:
            raise damage_sentence(wave, wave.content_id, files, missing=trouble.missing) from trouble
    return found


def stored_responses(catalogue: Catalogue, files: WaveFiles, wave: Wave, columns: Sequence[str] | None = None) -> pa.Table:
    """A wave's responses as they were stored, in their order, whatever weighting is in force; all columns or those named that it has."""
    place = _proved(files, wave, wave.wave_id, _by_name(catalogue, [wave.wave_id]))
    if columns is None:
        return bare(pq.read_table(place))
    known = pq.read_schema(place).names
    return bare(pq.read_table(place, columns=[name for name in columns if name in known]))


def stored_population(catalogue: Catalogue, files: WaveFiles, wave: Wave) -> pa.Table | None:
    """A wave's population; None when its workbook had none."""
    if not wave.has_population:
        return None
    name = population_name(wave.wave_id)
    return bare(pq.read_table(_proved(files, wave, name, _by_name(catalogue, [name]))))


def damage_sentence(wave: Wave, name: str, files: WaveFiles, *, missing: bool) -> ManyiError:
    """Names the wave and the way back."""
    told = {"label": wave.label, "survey": wave.survey, "file": f"{name}.parquet", "folder": str(files.folder)}
    if missing:
        return ManyiError(
            message(
                "A stored file of wave {label} of {survey} is missing: {file} in {folder}. Put it back from a backup: "
                "python cli.py store restore BACKUP --only-damaged",
                **told,
            )
        )
    return ManyiError(
        message(
            "A stored file of wave {label} of {survey} is damaged: {file} in {folder} is not what was written. Put it back from a backup: "
            "python cli.py store restore BACKUP --only-damaged",
            **told,
        )
    )


def _by_name(catalogue: Catalogue, names: Sequence[str]) -> dict[str, FileMark]:
    return {mark.name: mark for mark in catalogue.marks(frozenset(names))}


def _marked(marks: dict[str, FileMark], name: str) -> FileMark:
    if name not in marks:
        raise FileTrouble(name, missing=True)
    return marks[name]


def _proved(files: WaveFiles, wave: Wave, name: str, marks: dict[str, FileMark]) -> Path:
    try:
        return files.proved(_marked(marks, name))
    except FileTrouble as trouble:
        raise damage_sentence(wave, name, files, missing=trouble.missing) from trouble
