"""Respondent weightings of a wave: named, dated, all kept; one of them, or the weights as stored, is in force.

A weighting is a copy of the wave's responses with other weights, beside the wave's own file, and a row that makes it count; so a
scan under a weighting costs what any scan costs, and what was reported under an earlier one can be computed again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import sqlalchemy as sa

from storage.catalogue import add_audit, add_files, lock_wave
from storage.committing import discard_uncounted
from storage.file_descriptions import wave_description
from storage.parts import WorksOnStore, plain
from storage.reading import stored_responses
from storage.records import Wave, WaveStatus, content_id
from storage.tables import weightings, weightings_in_force
from survey_schema.columns import Role
from survey_schema.data_kinds.all_kinds import RESPONSES
from words.errors import ManyiError, unknown
from words.language import message

LONGEST_NAME = 100


@dataclass(frozen=True)
class StoredWeighting:
    """What was asked (``recipe``) and what came of it (``report``: figures and texts by name), both plain JSON."""

    weighting_id: str
    wave_id: str
    name: str
    recipe: Mapping[str, Any]
    report: Mapping[str, Any]
    made_at: datetime
    made_by: str


class Weightings(WorksOnStore):
    """The respondent weightings of a store's waves."""

    @plain
    def save(
        self,
        wave_id: str,
        name: str,
        weights: np.ndarray[Any, Any],
        *,
        recipe: Mapping[str, Any],
        report: Mapping[str, Any],
        by: str,
        use: bool = True,
    ) -> StoredWeighting:
        """Keep one weight for every stored response (in the order of :func:`~storage.reading.stored_responses`), in force if ``use``.

        All or nothing: the file is written first and counts only with its row. Raises :class:`ManyiError` without a usable name, for a
        name this wave has already, for weights that do not fit, and for a wave that is not in force any more.
        """
        catalogue, files, wave = self._catalogue, self._files, self._known(wave_id)
        if wave.kind != RESPONSES:
            raise ManyiError(message("Only responses have respondent weights; {label} holds {kind}.", label=wave.label, kind=wave.kind))
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME:
            raise ManyiError(message("Give the weighting a name of at most {longest} characters.", longest=LONGEST_NAME))
        if any(kept.name == name for kept in self.of(wave_id)):
            raise _name_taken(wave, name)
        responses = stored_responses(catalogue, files, wave)
        values = np.asarray(weights, float)
        _refuse_unfit(values, responses.num_rows)
        column = responses.column_names.index(Role.RESPONDENT_WEIGHT)
        weighted = responses.set_column(column, responses.schema.field(column), pa.array(values, pa.float64()))
        kept = StoredWeighting(_id(wave, name, values), wave.wave_id, name, dict(recipe), dict(report), datetime.now(UTC), by)
        told = {"weighting_id": kept.weighting_id, "name": name, "recipe": kept.recipe, "report": kept.report}
        told |= {"made_at": kept.made_at.isoformat(), "made_by": by}
        definition = catalogue.schema_definition(wave.schema_hash) or ""
        description = wave_description(files.store_id, wave, definition, weighting=told)
        mark = files.write(content_id(wave.wave_id, kept.weighting_id), weighted, description)
        try:
            with catalogue.writing() as connection:
                _refuse_retired(connection, wave)
                connection.execute(
                    sa.insert(weightings).values(
                        weighting_id=kept.weighting_id, wave_id=wave.wave_id, name=name, recipe=_json(recipe), report=_json(report),
                        made_at=kept.made_at.isoformat(), made_by=by,
                    )
                )  # fmt: skip
                add_audit(connection, wave, by, "weighting", name)
                add_files(connection, [mark])
                if use:
                    _put_in_force(connection, wave, kept.weighting_id, name, by)
                if not files.there(mark):  # swept because the clock or the disk took an hour over it
                    raise FileNotFoundError(files.path(mark))
        except sa.exc.IntegrityError as error:  # another user was faster with this name
            discard_uncounted(catalogue, files, [mark])
            raise _name_taken(wave, name) from error
        except BaseException:
            discard_uncounted(catalogue, files, [mark])
            raise
        files.settle([mark])
        return kept

    @plain
    def use(self, wave_id: str, name: str | None, by: str) -> Wave:
        """Put one of a wave's weightings in force, or with None the weights as stored; nothing is written down when it is already.

        Returns the wave as it is now.
        """
        wave = self._known(wave_id)
        with self._catalogue.writing() as connection:
            _refuse_retired(connection, wave)
            key = (weightings.c.wave_id == wave.wave_id) & (weightings.c.name == name)
            weighting_id = None if name is None else connection.scalar(sa.select(weightings.c.weighting_id).where(key))
            if name is not None and weighting_id is None:
                known = connection.scalars(_of_wave(wave.wave_id, weightings.c.name)).all()
                raise unknown(message("weighting"), name, known, place=message("wave {label}", label=wave.label))
            _put_in_force(connection, wave, weighting_id, name or "", by)
        return self._known(wave_id)

    @plain
    def of(self, wave_id: str) -> tuple[StoredWeighting, ...]:
        """Every weighting a wave was given, oldest first; which one is in force says ``Wave.weighting_id``."""
        with self._catalogue.reading() as connection:
            rows = connection.execute(_of_wave(wave_id, *weightings.c)).mappings().all()
        return tuple(_weighting(row) for row in rows)


def _put_in_force(connection: sa.Connection, wave: Wave, weighting_id: str | None, name: str, by: str) -> None:
    here = weightings_in_force.c.wave_id == wave.wave_id
    if connection.scalar(sa.select(weightings_in_force.c.weighting_id).where(here)) == weighting_id:
        return
    connection.execute(sa.delete(weightings_in_force).where(here))
    if weighting_id is not None:
        connection.execute(sa.insert(weightings_in_force).values(wave_id=wave.wave_id, weighting_id=weighting_id))
    add_audit(connection, wave, by, "use weighting" if weighting_id else "weights as stored", name)


def _refuse_retired(connection: sa.Connection, wave: Wave) -> None:
    if lock_wave(connection, wave.wave_id) is not WaveStatus.ACTIVE:
        raise ManyiError(message("Wave {label} ({wave}) is not in force any more.", label=wave.label, wave=wave.wave_id))


def _refuse_unfit(weights: np.ndarray[Any, Any], n: int) -> None:
    if weights.shape != (n,):
        raise ManyiError(message("The weighting has {found} weights for {n} responses.", found=weights.size, n=n))
    if not np.isfinite(weights).all() or (weights < 0).any() or not weights.any():
        raise ManyiError(message("A weighting needs weights that are numbers of at least 0, and not all of them 0."))


def _name_taken(wave: Wave, name: str) -> ManyiError:
    return ManyiError(message("Wave {label} has a weighting “{name}” already. Give this one another name.", label=wave.label, name=name))


def _id(wave: Wave, name: str, weights: np.ndarray[Any, Any]) -> str:
    content = "\x1f".join((wave.wave_id, name)).encode() + b"\x1f" + np.ascontiguousarray(weights).tobytes()
    return hashlib.sha256(content).hexdigest()[:16]


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)


def _of_wave(wave_id: str, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    return sa.select(*columns).where(weightings.c.wave_id == wave_id).order_by(weightings.c.made_at, weightings.c.name)


def _weighting(row: sa.RowMapping) -> StoredWeighting:
    return StoredWeighting(
        row["weighting_id"], row["wave_id"], row["name"], json.loads(row["recipe"]), json.loads(row["report"]),
        datetime.fromisoformat(row["made_at"]), row["made_by"],
    )  # fmt: skip
