"""What the catalogue says: waves, audit entries, and the selection a page or command asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from survey_schema.data_kinds.all_kinds import RESPONSES


class WaveStatus(StrEnum):
    """active: in force; replaced: an older version; withdrawn: taken out of force. All are kept."""

    ACTIVE = "active"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Wave:
    """One stored round of a survey, or one delivery of another ``kind`` of data (:mod:`survey_schema.data_kinds`).

    ``wave_id`` is a hash of its content; ``label`` its period; ``n`` counts its responses or rows.

    ``weighting`` and ``weighting_id`` name the weighting in force (``storage.weightings``); None: weights as they were stored.
    """

    wave_id: str
    survey: str
    schema_hash: str
    label: str
    version: int
    status: WaveStatus
    n: int
    source_name: str
    content_hash: str
    committed_at: datetime
    committed_by: str
    has_population: bool
    kind: str = RESPONSES
    weighting: str | None = None
    weighting_id: str | None = None

    @property
    def content_id(self) -> str:
        """What figures of this wave follow from: its responses and the weighting in force. The key of every cache."""
        return content_id(self.wave_id, self.weighting_id)


def content_id(wave_id: str, weighting_id: str | None) -> str:
    """Names a wave's responses under one weighting (None: as stored), and the file that holds them."""
    return f"{wave_id}.{weighting_id}" if weighting_id else wave_id


@dataclass(frozen=True)
class AuditEntry:
    """Who did what, when, to which wave, from which file."""

    at: datetime
    by: str
    action: str
    wave_id: str | None
    label: str | None
    survey: str | None
    source_name: str | None
    detail: str


@dataclass(frozen=True)
class Selection:
    """Which responses: one survey, waves (empty = all active), and one value or all per dimension.

    A wave is named by its label, which means what is in force, or by ``Wave.content_id``, which always means the same responses
    under the same weighting.
    """

    survey: str
    waves: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scope:
    """The rows a user may see: allowed values per dimension; no entry means all."""

    allowed: Mapping[str, frozenset[str]] = field(default_factory=dict)
