"""A checked workbook as what will be stored: waves of responses by label, and deliveries of other kinds of data by period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from storage.records import Wave
from storage.stored_columns import StoredWave, split_by_period, split_by_wave
from survey_schema.data_kinds.all_kinds import RESPONSES, kind_of
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from words.errors import ManyiError
from words.language import message

#: Kind and label: of each one version at most is in force.
Place = tuple[str, str]


@dataclass(frozen=True, eq=False)
class PreparedWave:
    """One wave or delivery before it has a version. ``content_hash`` tells whether the same is in force already."""

    kind: str
    label: str
    stored: StoredWave
    content_hash: str
    population: pa.Table | None = None

    @property
    def place(self) -> Place:
        """Kind and label."""
        return self.kind, self.label


def prepared_waves(checked: CheckedWorkbook, schema: SurveySchema) -> list[PreparedWave]:
    """Everything a workbook holds, responses first; raises :class:`ManyiError` where there is nothing or it cannot be stored."""
    responses = checked.responses
    if not checked.storable:
        raise ManyiError(message("{name} has errors that must be corrected before it can be stored.", name=checked.source_name))
    if responses is not None and responses.num_rows == 0:
        raise ManyiError(message("{name} has no usable response, so there is nothing to store.", name=checked.source_name))
    by_label = split_by_wave(responses, schema) if responses is not None else {}
    if None in by_label or "" in by_label:
        raise ManyiError(message("{name} does not say which wave its responses belong to. Name the wave.", name=checked.source_name))
    found = [PreparedWave(RESPONSES, str(label), each, checked.content_hash, checked.population) for label, each in by_label.items()]
    for kind in checked.kinds:
        if kind.rows is not None and kind.rows.num_rows:
            parts = split_by_period(kind.rows, kind_of(kind.kind))
            found += [PreparedWave(kind.kind, label, each, each.digest.hex()) for label, each in parts.items()]
    return found


def row_counts(checked: CheckedWorkbook) -> dict[Place, int]:
    """How many responses or rows a workbook has for each wave and delivery."""
    labels = checked.responses["wave"].value_counts().to_pylist() if checked.responses is not None else []
    counts = {(RESPONSES, str(each["values"])): int(each["counts"]) for each in labels}
    for kind in checked.kinds:
        if kind.rows is not None:
            counts |= {(kind.kind, each["values"]): int(each["counts"]) for each in kind.rows["period"].value_counts().to_pylist()}
    return counts


def unchanged(checked: CheckedWorkbook, there: Mapping[Place, Wave]) -> frozenset[Place]:
    """Deliveries in force that are the same as in the workbook, row by row; beside them responses of the same content."""
    same: set[Place] = set()
    for kind in checked.kinds:
        if kind.rows is None:
            continue
        for each in kind.rows["period"].value_counts().to_pylist():
            place = (kind.kind, each["values"])
            wave = there.get(place)
            if wave is not None and wave.n == each["counts"]:
                rows = kind.rows.filter(pc.equal(kind.rows["period"], each["values"]))
                (part,) = split_by_period(rows, kind_of(kind.kind)).values()
                if part.digest.hex() == wave.content_hash:
                    same.add(place)
    if any(kind.used for kind in checked.kinds):
        same |= {place for place, wave in there.items() if place[0] == RESPONSES and wave.content_hash == checked.content_hash}
    return frozenset(same)
