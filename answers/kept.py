"""What was computed, kept for whoever asks next: one bounded store for a whole process, given by whoever asks.

What is kept is frozen and shared by all users, so keys hold everything an answer depends on: the content of the waves, the schema, the
question, the rows the user may see, the thresholds. Who asks for what is just being made waits for it; what fails is not kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from answers.wave_sums import WaveSums

T = TypeVar("T")
MOST_ENTRIES = 1024


class Kept:
    """Results by key, the least recently used forgotten first; and the sums of whole waves, bounded by their size."""

    def __init__(self, most_entries: int = MOST_ENTRIES) -> None:
        self.wave_sums = WaveSums()
        self._most = most_entries
        self._found: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, threading.RLock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under the key; made now where it is not."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                kept: T = self._found[key]
                return kept
            making = self._making.setdefault(key, threading.RLock())
        with making:
            with self._lock:
                if key in self._found:
                    made: T = self._found[key]
                    return made
            try:
                made = make()
            except BaseException:
                with self._lock:
                    self._making.pop(key, None)
                raise
            with self._lock:  # kept before the next one may make it: nobody finds neither the lock nor the result
                self._found[key] = made
                self._making.pop(key, None)
                while len(self._found) > self._most:
                    self._found.popitem(last=False)
            return made

    def __len__(self) -> int:
        return len(self._found)
