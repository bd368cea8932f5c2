"""The one place that caches what is computed. Keys are content ids of waves (responses and weighting) and schema hashes, never frames.

The caches are shared by all users: what is kept is whole waves, and the rows a user may see are cut out after the
cache. What is kept is frozen, so it is handed out without a copy; each cache is bounded.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.sums.tallies import Tallies, combine, sums
from answers.wave_sums import WaveSums
from pages._shared.session.store_access import schema_of, scope, store
from storage.records import Selection, Wave

#: (label, content id): the id makes a key follow the content when a wave is replaced or weighted anew.
_Key = tuple[str, str]
#: (dimension, its allowed values)
_Narrow = tuple[tuple[str, tuple[str, ...]], ...]


def tallies_for(waves: Sequence[Wave], schema_hash: str, by: Sequence[str] = ()) -> Tallies:
    """The sums of some waves of one survey over the rows the user may see, added up to the group-by columns ``by`` (the wave stays).

    ``schema_hash`` names the schema the figures are reported by.
    """
    narrow = {name: tuple(sorted(values)) for name, values in scope().allowed.items()}
    key = tuple((wave.label, wave.content_id) for wave in waves)
    return _narrowed(waves[0].survey, key, schema_hash, tuple(by), tuple(sorted(narrow.items())))


@st.cache_resource(max_entries=96, show_spinner=False)
def _narrowed(survey: str, waves: tuple[_Key, ...], schema_hash: str, by: tuple[str, ...], narrow: _Narrow) -> Tallies:
    parts = whole_waves(survey, waves, schema_hash)
    if len({(part.items, part.nodes) for part in parts}) > 1:  # the survey changed in between: one pass over the columns of all
        return _together(survey, waves, schema_hash).where(dict(narrow)).collapse(by)
    return combine([part.where(dict(narrow)).collapse(by) for part in parts])


def whole_waves(survey: str, waves: Sequence[_Key], schema_hash: str) -> list[Tallies]:
    """The sums of whole waves, cell by cell: the one pass over their responses.

    A pass costs nearly the same for one wave as for all, and the next page asks for the others, so they are made too.
    """
    asked = [(survey, schema_hash, label, content_id) for label, content_id in waves]
    others = [(survey, schema_hash, wave.label, wave.content_id) for wave in store().waves(survey)]
    schema = schema_of(schema_hash)
    return _wave_sums().get(asked, others, schema, lambda content_ids: store().scan(Selection(survey, content_ids), like=schema))


@st.cache_resource(show_spinner=False)
def _wave_sums() -> WaveSums:
    return WaveSums()


@st.cache_resource(max_entries=4, show_spinner=False)
def _together(survey: str, waves: tuple[_Key, ...], schema_hash: str) -> Tallies:
    schema = schema_of(schema_hash)
    return sums(store().scan(Selection(survey, tuple(content_id for _label, content_id in waves)), like=schema), schema)
