"""Nobody is a group without a name: responses without a branch count in totals and stand in no rank, family of tests or sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def are_named(keys: Sequence[Mapping[str, str | None]]) -> list[bool]:
    """Which groups have a value in every column that any of them has a value in.

    >>> are_named([{"branch": "east"}, {"branch": None}])
    [True, False]
    >>> are_named([{"branch": None}])
    [True]
    """
    asked = {name for key in keys for name, value in key.items() if value is not None}
    return [all(key[name] is not None for name in asked & key.keys()) for key in keys]
