"""Results, kept beside the sums they follow from: a page that is opened again, or by the next reader, computes nothing.

The keys are those of the sums (waves by content, schema, selection, the rows the user may see), the thresholds, and what was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st

from analysis.results.estimates import Thresholds
from pages._shared.numbers.cached import tallies_for
from pages._shared.session.store_access import schema_of, scope, settings
from storage.records import Wave

T = TypeVar("T")


def result(
    compute: Callable[..., T],
    waves: Sequence[Wave],
    schema_hash: str,
    *,
    groups: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
    **asked: object,
) -> T:
    """``compute(tallies, schema, where=…, thresholds=…, **asked)`` over some waves of one survey.

    ``groups`` are the group-by columns ``compute`` needs beside the wave and those in ``where``; lists in ``asked`` are passed on as
    tuples.
    """
    hashable = {name: tuple(value) if isinstance(value, list) else value for name, value in asked.items()}
    seen = tuple((name, tuple(sorted(values))) for name, values in sorted(scope().allowed.items()))
    kept: T = _kept(
        compute,
        tuple(waves),
        f"{compute.__module__}.{compute.__qualname__}",
        (waves[0].survey, *(wave.content_id for wave in waves)),
        schema_hash,
        tuple(groups),
        tuple(sorted((where or {}).items())),
        tuple(sorted(hashable.items())),
        seen,
        settings().thresholds,
    )
    return kept


@st.cache_resource(max_entries=512, show_spinner=False)
def _kept(
    _compute: Callable[..., Any],
    _waves: tuple[Wave, ...],
    name: str,
    content: tuple[object, ...],
    schema_hash: str,
    groups: tuple[str, ...],
    where: tuple[tuple[str, str], ...],
    asked: tuple[tuple[str, object], ...],
    seen: tuple[object, ...],
    thresholds: Thresholds,
) -> Any:
    # not narrowed yet: whether a group may be shown depends on the groups beside it
    tallies = tallies_for(_waves, schema_hash, tuple(dict.fromkeys([*groups, *dict(where)])))
    return _compute(tallies, schema_of(schema_hash), where=dict(where), thresholds=thresholds, **dict(asked))
