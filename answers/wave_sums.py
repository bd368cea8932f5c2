"""Sums of whole waves, kept in memory: made for all missing waves of a survey in one pass, then handed out wave by wave."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import Any

import narwhals as nw
import numpy as np

from analysis.sums.tallies import WAVE, Tallies, sums
from survey_schema.models import SurveySchema

MOST_BYTES = 768 * 2**20
#: Waves made beside those asked for.
MOST_AT_ONCE = 12
#: (survey, schema hash, wave label, content id); a wave replaced or weighted anew has another key.
Key = tuple[str, str, str, str]


class WaveSums:
    """A bounded store of tallies, safe for threads: who asks for what is just being made waits for it."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._kept: OrderedDict[Key, Tallies] = OrderedDict()
        self._making = threading.Lock()
        self._most_bytes = most_bytes

    def get(
        self, asked: Sequence[Key], others: Sequence[Key], schema: SurveySchema, scan: Callable[[tuple[str, ...]], nw.LazyFrame[Any]]
    ) -> list[Tallies]:
        """The tallies of the waves asked for; when one has to be made, the newest of ``others`` are made in the same pass.

        ``others`` are waves of the same survey, oldest first; ``scan`` gives the responses of waves by content id.
        """
        with self._making:
            found = {key: self._kept[key] for key in asked if key in self._kept}
            if len(found) < len(set(asked)):
                labels = {key[2] for key in asked}  # the same wave under another weighting cannot be told apart in one pass
                beside = [key for key in others[-MOST_AT_ONCE:] if key[2] not in labels]
                missing = [key for key in dict.fromkeys([*asked, *beside]) if key not in self._kept]
                made = sums(scan(tuple(content_id for *_name, content_id in missing)), schema)
                found |= {key: _of_wave(made, key[2]) for key in missing}
            for key, tallies in found.items():
                self._kept[key] = tallies
                self._kept.move_to_end(key)
            self._forget_oldest()
        return [found[key] for key in asked]

    def _forget_oldest(self) -> None:
        total = sum(map(_bytes, self._kept.values()))
        while len(self._kept) > 1 and total > self._most_bytes:
            total -= _bytes(self._kept.popitem(last=False)[1])


def _of_wave(tallies: Tallies, label: str) -> Tallies:
    """One wave's cells, and one wave's design: waves are independent samples."""
    raked = {name: wave for name, wave in tallies.raked.items() if name == label}
    return replace(tallies.where({WAVE: label}), design=tallies.design[tallies.design[WAVE] == label].reset_index(drop=True), raked=raked)


def _bytes(tallies: Tallies) -> int:
    arrays = (getattr(tallies, field.name) for field in fields(tallies))
    return sum(array.nbytes for array in arrays if isinstance(array, np.ndarray)) + int(tallies.keys.memory_usage(deep=True).sum())
