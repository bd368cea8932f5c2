"""What may be shown of tables that were judged lately, found by what they hold.

The league of the branches, the heat map, the gaps to the rest and the trend of a page are made of the same bases by different sums, and the
audit of one table of many branches takes seconds. What it decides follows from the bases, their weights and the indicator tree alone.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping

from analysis.disclosure.base_table import BaseTable
from analysis.results.estimates import Thresholds
from analysis.sums.batch_rows import Flags
from survey_schema.models import SurveySchema

#: Flags kept of all tables together, a byte each; the least recently used are forgotten first.
_MOST_FLAGS = 2**24

_kept: OrderedDict[bytes, tuple[SurveySchema | None, Flags]] = OrderedDict()
_lock = threading.Lock()


def judged_lately(tables: Mapping[tuple[str, ...], BaseTable], thresholds: Thresholds, judge: Callable[[], Flags]) -> Flags:
    """What ``judge`` finds of the first of these tables (by their dimensions), all of which decide on it; kept for who asks it again."""
    key = _content(tables, thresholds)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key][1]
    flags = judge()
    flags.flags.writeable = False
    schema = next(iter(tables.values())).schema  # one that is kept keeps its id
    with _lock:
        _kept[key] = schema, flags
        while sum(each.size for _schema, each in _kept.values()) > _MOST_FLAGS:
            _kept.popitem(last=False)
    return flags


def _content(tables: Mapping[tuple[str, ...], BaseTable], thresholds: Thresholds) -> bytes:
    """Digest of all that is judged."""
    found = hashlib.blake2b(repr(thresholds).encode())
    for dimensions, table in tables.items():
        values = [[keys[name] for name in dimensions] for keys in table.keys]
        found.update(repr((dimensions, id(table.schema), table.indicators, table.items, table.bases.shape, values)).encode())
        for array in (table.bases, table.weights, table.suppressed):
            found.update(array.tobytes())
    return found.digest()
