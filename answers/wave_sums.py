"""Sums of whole waves, kept in memory and beside the waves: made for all missing waves of a survey in one pass, handed out wave by wave."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import narwhals as nw
import pyarrow as pa

from analysis.sums.partial_sums import PartialSums, each_wave, partial_sums, sums_of_rows
from analysis.sums.sums_plan import SumsPlan, plan_of
from analysis.sums.tallies import DEFAULT_BY, Tallies, selected, tallies_of
from answers.sizes import bytes_of_tallies
from survey_schema.models import SurveySchema

MOST_BYTES = 512 * 2**20
#: Waves made beside those asked for.
MOST_AT_ONCE = 12
#: Sums larger than this in memory are not written beside their wave: they are larger than its responses, and a pass is nearly as fast.
MOST_WRITTEN = 64 * 2**20
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Key:
    """Whose sums: ``shape`` is the form of the survey and how branches are mapped. A wave replaced or weighted anew has another key."""

    survey: str
    shape: str
    label: str
    content_id: str
    by: tuple[str, ...] = DEFAULT_BY


class Beside(Protocol):
    """Where sums are kept beside the waves (:class:`storage.kept_sums.KeptSums`)."""

    def read(self, content_id: str, key: str) -> bytes | None:
        """What was kept of a wave under a key."""

    def write(self, content_id: str, key: str, content: bytes) -> None:
        """Keep the sums of a wave."""


class WaveSums:
    """A bounded store of tallies, safe for threads: who asks for what is just being made waits for it."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._kept: OrderedDict[Key, Tallies] = OrderedDict()
        self._making = threading.Lock()
        self._most_bytes = most_bytes

    def get(
        self,
        asked: Sequence[Key],
        others: Sequence[Key],
        schema: SurveySchema,
        scan: Callable[[tuple[str, ...]], nw.LazyFrame[Any]],
        beside: Beside | None = None,
    ) -> list[Tallies]:
        """The tallies of the waves asked for; when one has to be made, the newest of ``others`` are made in the same pass.

        ``others`` are waves of the same survey, oldest first; ``scan`` gives the responses of waves by content id. With ``beside`` sums are
        read from beside the waves where they were kept by an earlier process, and written there where not.
        """
        with self._making:
            found = {key: self._kept[key] for key in asked if key in self._kept}
            if len(found) < len(set(asked)):
                labels = {key.label for key in asked}  # the same wave under another weighting cannot be told apart in one pass
                more = [key for key in others[-MOST_AT_ONCE:] if key.label not in labels]
                found |= _made([key for key in dict.fromkeys([*asked, *more]) if key not in self._kept], schema, scan, beside)
            for key, tallies in found.items():
                self._kept[key] = tallies
                self._kept.move_to_end(key)
            self._forget_oldest({key: found[key] for key in asked})
        return [found[key] for key in asked]

    def _forget_oldest(self, asked: dict[Key, Tallies]) -> None:
        total = sum(map(bytes_of_tallies, self._kept.values()))
        if total > self._most_bytes and (needed := sum(map(bytes_of_tallies, asked.values()))) > self._most_bytes:
            _log.warning("sums of %d waves take %d MB, more than is kept: they are made again when asked for", len(asked), needed >> 20)
        while len(self._kept) > 1 and total > self._most_bytes:
            total -= bytes_of_tallies(self._kept.popitem(last=False)[1])


def _made(
    missing: Sequence[Key], schema: SurveySchema, scan: Callable[[tuple[str, ...]], nw.LazyFrame[Any]], beside: Beside | None
) -> dict[Key, Tallies]:
    """Tallies of some waves: from beside them, and the others in one pass."""
    frame = scan(tuple(key.content_id for key in missing))
    plan = plan_of(schema, frame.collect_schema().names(), missing[0].by)
    there = {key: part for key in missing if beside is not None and (part := _read(beside, key, plan)) is not None}
    left = [key for key in missing if key not in there]
    if left and there:
        frame = scan(tuple(key.content_id for key in left))
        if plan_of(schema, frame.collect_schema().names(), missing[0].by) != plan:  # other waves lack columns: one pass over those of all
            frame, there, left = scan(tuple(key.content_id for key in missing)), {}, list(missing)
    found = {key: tallies_of(there.pop(key)) for key in list(there)}  # one by one: of many clusters each weighs as much as its tallies
    if left:
        made = each_wave(sums_of_rows(selected(frame, plan), plan))
        by_label = {key.label: key for key in left}
        for label, part in made:
            key = by_label.pop(label)
            if beside is not None and part.nbytes <= MOST_WRITTEN:
                beside.write(key.content_id, _name(key, plan), part.to_bytes())
            found[key] = tallies_of(part)
        found |= {key: tallies_of(partial_sums([], plan)) for key in by_label.values()}
    return found


def _name(key: Key, plan: SumsPlan) -> str:
    return "\x1f".join((key.survey, key.shape, key.label, key.content_id, plan.fingerprint))


def _read(beside: Beside, key: Key, plan: SumsPlan) -> PartialSums | None:
    content = beside.read(key.content_id, _name(key, plan))
    if content is None:
        return None
    try:
        return PartialSums.from_bytes(content, plan)
    except (ValueError, KeyError, OSError, StopIteration, pa.ArrowException):  # another program's: made anew
        return None
