"""Files a catalogue does not know, and what they say of themselves: what could be lost with a catalogue, and be added to one."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from storage.file_descriptions import description_of
from storage.wave_files import FileMark, WaveFiles, digest_of, population_name
from survey_schema.data_kinds.all_kinds import RESPONSES

#: Survey, kind, label and version of a wave; no two of a catalogue have the same.
Place = tuple[str, str, str, int]


@dataclass(frozen=True)
class DescribedFile:
    """A readable file with its description."""

    mark: FileMark
    told: dict[str, Any]

    @property
    def wave(self) -> dict[str, Any]:
        """What it says of its wave."""
        return dict(self.told["wave"])

    @property
    def place(self) -> Place:
        """Survey, kind, label and version; files of versions that knew no kinds hold responses."""
        return self.wave["survey"], self.wave.get("kind", RESPONSES), self.wave["label"], self.wave["version"]


def described_files(folder: Path, names: Set[str]) -> tuple[list[DescribedFile], list[str]]:
    """Files of those names, read whole with the check sums of their pages; and the names of those that cannot be used."""
    found, unused = [], []
    for name in sorted(names):
        path = folder / f"{name}.parquet"
        told = _whole(path)
        if told is None:
            unused.append(name)
        else:
            found.append(DescribedFile(FileMark(name, digest_of(path), path.stat().st_size), told))
    return found, unused


def _whole(path: Path) -> dict[str, Any] | None:
    """The description of a file whose pages are as they were written and as many as it says; None for any other."""
    try:
        told = description_of(path)
        rows = pq.ParquetFile(path, page_checksum_verification=True).read().num_rows
    except (OSError, ValueError, pa.ArrowException):
        return None
    if told is None or "wave" not in told:
        return None
    return told if path.name.endswith(".population.parquet") or rows == told["wave"]["n"] else None


def addable_waves(found: list[DescribedFile], there: Mapping[Place, str]) -> list[DescribedFile]:
    """Responses of waves that could be added to a catalogue, newest first; ``there`` are its waves, with when they were stored.

    A file of the same place stored at the same moment is a wave before respondents were deleted from it for good: it stays out.
    """
    names = {each.mark.name for each in found}
    whole = [each for each in found if each.mark.name == each.wave["wave_id"] and _complete(each, names)]
    whole.sort(key=lambda each: each.wave["n"])
    whole.sort(key=lambda each: each.wave["committed_at"], reverse=True)
    taken, added = {(place, at) for place, at in there.items()}, []
    for each in whole:
        key = (each.place, each.wave["committed_at"])
        if key not in taken:
            taken.add(key)
            added.append(each)
    return added


def addable_weightings(found: list[DescribedFile], wave_ids: Set[str]) -> list[DescribedFile]:
    """Weightings of waves of those ids, newest first."""
    kept = [each for each in found if "weighting" in each.told and each.wave["wave_id"] in wave_ids]
    return sorted(kept, key=lambda each: each.told["weighting"]["made_at"], reverse=True)


def left_out(folder: Path, store_id: str, known: Set[str], there: Mapping[Place, str], wave_ids: Set[str]) -> int:
    """How many files of this very store a catalogue lacks that it could have; ``known`` are those it has, or deleted for good."""
    names = WaveFiles(folder, "").finished() - known
    found = [each for each in described_files(folder, names)[0] if each.told.get("store") == store_id] if names else []
    waves = addable_waves(found, there)
    return len(waves) + len(addable_weightings(found, wave_ids | {each.wave["wave_id"] for each in waves}))


def _complete(each: DescribedFile, names: Set[str]) -> bool:
    return not each.wave["has_population"] or population_name(each.wave["wave_id"]) in names
