"""Replicate groups: which responses are left out together when an interval is computed by the delete-a-group jackknife.

``docs/methods.md``, section 4. Assigned once, when a wave is stored; the order of rows in the workbook plays no part.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from survey_schema.columns import Role
from survey_schema.repeats import PERSON

GROUPS = 100
#: Where a response stood in the workbook says nothing about the respondent.
_PLACE = ("source_row", Role.WAVE, "replicate_group")
#: Opaque by the store's key, so the same workbook has other values in another store.
KEYED = (Role.RESPONDENT_ID, Role.INTERVIEWER)
_MIX = np.uint64(0x9E3779B97F4A7C15)

Hashes = NDArray[np.uint64]


def row_hashes(responses: pa.Table) -> Hashes:
    """One 64-bit hash per response from all it says but :data:`KEYED`, independent of row and column order and of the store.

    Where clusters are people with several rows each (``survey_schema.repeats``) they are ids or places, and say nothing of a response.
    """
    people = _of_people(responses)
    skipped = (*_PLACE, *KEYED, *((Role.CLUSTER,) if people.any() else ()))
    return _hashes(responses, sorted(name for name in responses.column_names if name not in skipped))


def keyed_hashes(responses: pa.Table) -> Hashes:
    """One 64-bit hash per response from its :data:`KEYED` columns, which differs between stores."""
    return _hashes(responses, sorted(name for name in responses.column_names if name in KEYED))


def _hashes(responses: pa.Table, names: list[str]) -> Hashes:
    total = np.zeros(responses.num_rows, dtype=np.uint64)
    for name in names:
        total = _mixed(total * _MIX + _value_hashes(responses[name], name))
    return total


def replicate_groups(responses: pa.Table, content: Hashes, groups: int = GROUPS) -> NDArray[np.int32]:
    """Replicate group 0…G-1 of each response, whose ``content`` is :func:`row_hashes`.

    G is ``groups``, or the number of sampling units if fewer. Units are clusters (within their stratum) where
    there are any, else respondents; a response without a cluster is a unit of its own. Within a stratum the units
    are put in an order that depends on their content only and dealt out in turn, the next stratum going on where
    the last one stopped: every stratum is balanced to one unit, and so is the whole.

    Ids play no part, so that a workbook has the same groups, hence the same intervals, in every store. Responses that say the same are
    interchangeable in every sum; which of them comes first is the order of rows. Each gets a place in the order of its own: side by
    side they would be dealt out evenly over the groups, and the groups would differ less than groups of different people do.
    """
    if responses.num_rows == 0:
        return np.zeros(0, dtype=np.int32)
    strata = _codes(responses[Role.STRATUM])
    unit, unit_key = _units(responses, strata, _told_apart(content))
    unit_stratum = np.zeros(len(unit_key), dtype=np.int64)
    unit_stratum[unit] = strata
    order = np.lexsort((unit_key, unit_stratum))
    turn = np.empty(len(unit_key), dtype=np.int64)
    turn[order] = np.arange(len(unit_key))
    return (turn[unit] % min(groups, len(unit_key))).astype(np.int32)


def _units(responses: pa.Table, strata: NDArray[np.int64], content: Hashes) -> tuple[NDArray[np.int64], Hashes]:
    """Sampling unit of each response as a number, and the sorting key of each unit."""
    clusters = responses[Role.CLUSTER]
    if clusters.null_count == responses.num_rows:
        return np.arange(responses.num_rows), content
    named = ~np.asarray(clusters.is_null())
    people = _of_people(responses)
    if people.any():
        return _people_as_units(clusters, people, content)
    key = np.where(named, _mixed(_value_hashes(clusters, Role.CLUSTER) * _MIX + strata.astype(np.uint64)), content)
    own = np.where(named, -1, np.arange(responses.num_rows))
    _, first, unit = np.unique(np.stack([key.view(np.int64), strata, own]), axis=1, return_index=True, return_inverse=True)
    return unit.reshape(-1), key[first]


def _of_people(responses: pa.Table) -> NDArray[np.bool_]:
    """Which responses are one of several rows of a person."""
    if Role.CLUSTER not in responses.column_names:
        return np.zeros(responses.num_rows, dtype=bool)
    return np.asarray(pc.starts_with(responses[Role.CLUSTER].cast(pa.string()), PERSON).fill_null(False))


def _people_as_units(clusters: pa.ChunkedArray, people: NDArray[np.bool_], content: Hashes) -> tuple[NDArray[np.int64], Hashes]:
    """Each person is a unit, known by what all their rows say together; so is each response of nobody known."""
    number = _codes(clusters)
    number = np.where(people, number, number.max(initial=0) + 1 + np.arange(len(number)))
    _, unit = np.unique(number, return_inverse=True)
    key = np.zeros(int(unit.max()) + 1, dtype=np.uint64)
    np.add.at(key, unit, content)
    return unit.reshape(-1), key


def _told_apart(content: Hashes) -> Hashes:
    """Hashes in which the second, third … response of the same content has a hash of its own; the first keeps its content's."""
    order = np.argsort(content, kind="stable")
    ordered = content[order]
    first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    repeat = np.empty(len(content), dtype=np.uint64)
    repeat[order] = np.arange(len(content)) - np.repeat(first, np.diff(np.r_[first, len(content)]))
    return np.where(repeat == 0, content, _mixed(content + repeat * _MIX))


def _codes(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Text as numbers in the order of the text, so that they do not depend on the order of rows; null is -1."""
    values = [value for value in pc.unique(column).to_pylist() if value is not None]
    position = {value: index for index, value in enumerate(sorted(values))}
    return _by_value(column, lambda value: position.get(value, -1)).view(np.int64)


def _value_hashes(column: pa.ChunkedArray, name: str) -> Hashes:
    def hashed(value: object) -> int:
        digest = hashlib.blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=8, person=name.encode()[:16]).digest()
        return int.from_bytes(digest, "big", signed=True)

    return _by_value(column, hashed).view(np.uint64)


def _by_value(column: pa.ChunkedArray, number: Any) -> NDArray[np.int64]:
    """``number`` of each cell, computed once per distinct value."""
    encoded = pc.dictionary_encode(column, null_encoding="encode").combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.chunk(0)
    values = np.fromiter((number(value) for value in encoded.dictionary.to_pylist()), dtype=np.int64, count=len(encoded.dictionary))
    taken: NDArray[np.int64] = values[encoded.indices.to_numpy(zero_copy_only=False)]
    return taken


def _mixed(values: Hashes) -> Hashes:
    """Spread every bit over the whole number (the finaliser of splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
