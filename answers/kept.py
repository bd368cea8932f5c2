"""What was computed, kept for whoever asks next: one bounded store for a whole process, given by whoever asks.

What is kept is frozen and shared by all users, so keys hold everything an answer depends on: the content of the waves, the schema, the
question, the rows the user may see, the thresholds. Who asks for what is just being made waits for it; what fails is not kept.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from answers.sizes import bytes_held
from answers.wave_sums import WaveSums

T = TypeVar("T")
MOST_ENTRIES, MOST_BYTES = 1024, 256 * 2**20
_log = logging.getLogger(__name__)


class Kept:
    """Results by key, bounded by number and size, the least recently used forgotten first; and the sums of whole waves."""

    def __init__(self, most_entries: int = MOST_ENTRIES, most_bytes: int = MOST_BYTES) -> None:
        self.wave_sums = WaveSums()
        self._most, self._most_bytes = most_entries, most_bytes
        self._sizes: dict[Hashable, int] = {}
        self._bytes = 0
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
            size = bytes_held(made)
            with self._lock:  # kept before the next one may make it: nobody finds neither the lock nor the result
                self._found[key], self._sizes[key] = made, size
                self._bytes += size
                self._making.pop(key, None)
                self._forget_oldest()
            if size > self._most_bytes:
                _log.warning("a result takes %d MB, more than is kept: it is made again once another one is", size >> 20)
            return made

    def _forget_oldest(self) -> None:
        """The newest is in use whatever its size, so it is not counted; large ones go before the many small ones they would push out."""
        newest = next(reversed(self._found))
        while len(self._found) > 1 and (len(self._found) > self._most or self._bytes - self._sizes[newest] > self._most_bytes):
            large = (key for key in self._found if key != newest and self._sizes[key] > self._most_bytes // 16)
            oldest = next(large, next(iter(self._found))) if len(self._found) <= self._most else next(iter(self._found))
            del self._found[oldest]
            self._bytes -= self._sizes.pop(oldest)

    def __len__(self) -> int:
        return len(self._found)
