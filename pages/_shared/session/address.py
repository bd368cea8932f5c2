"""What is chosen, kept in the URL as codes, so that a link opens the same view in either language.

Widgets bound with ``bind="query-params"`` would write the *words shown* into the URL; a Chinese link would then
say nothing to an English reader. So the codes are kept here: in the session, mirrored to the URL at every run.
"""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from survey_schema.columns import DIMENSIONS

KEYS: tuple[str, ...] = ("lang", "survey", "wave", *(str(dimension) for dimension in DIMENSIONS))
#: Before the name of an attribute that is selected (``who.age_group=60+``), so that no survey's attribute is taken for anything else.
WHO = "who."
_CODES = "address_codes"
_PICKED = "address_picked"
_PAGE = "address_page"
_VIEW = "view"
#: More attributes than this no link names.
_MOST_ATTRIBUTES = 20
#: What the URL said of the view of the open page when it was last written.
_VIEW_WRITTEN = "address_view"


def codes() -> dict[str, str]:
    """What was asked for by hand or by link; a key is absent where the default holds."""
    if _CODES not in st.session_state:
        st.session_state[_CODES] = _in_url()
    chosen: dict[str, str] = st.session_state[_CODES]
    return chosen


def pick(key: str, code: str) -> None:
    """Takes over a choice made on the screen."""
    st.session_state[_CODES] = codes() | {key: code}
    st.session_state[_PICKED] = True


def drop(key: str) -> None:
    """Goes back to the default."""
    st.session_state[_CODES] = {name: code for name, code in codes().items() if name != key}


def follow_url(page: str) -> None:
    """Takes over what the URL says when it was changed by the browser (Back, an edited address) rather than by us.

    A page change empties the URL, so an empty one says something only when the page stayed.
    """
    state, in_url = st.session_state, _in_url()
    picked, turned = state.get(_PICKED, False), state.get(_PAGE) not in (None, page)
    state[_PAGE] = page
    if turned:
        state[_VIEW_WRITTEN] = None
    if not picked and in_url != codes() and (in_url or not turned):
        state[_CODES] = in_url


def write_url() -> None:
    """Mirrors the choices to the URL, all at once: each writing is a step of the browser's Back.

    Only now is a choice newer than the URL no longer: the run that took it may have been broken off before, by a window that was measured.
    """
    wanted = {key: code for key, code in codes().items() if _selects(key)}
    if wanted != {key: code for key, code in st.query_params.items() if _selects(key)}:
        others = {name: value for name, value in st.query_params.items() if not _selects(name)}
        st.query_params.from_dict({**others, **wanted})
    st.session_state.pop(_PICKED, None)


def view_in_url(views: Collection[str], usual: str) -> str | None:
    """The view of the page that the URL asks for anew (a link, an edited address, the browser's Back); None where it does not."""
    named = st.query_params.get(_VIEW)
    if named == st.session_state.get(_VIEW_WRITTEN):
        return None
    if named is None:
        return usual
    return named if named in views else None


def write_view(view: str, usual: str) -> None:
    """Mirrors the view of the page that is open to the URL; the usual one needs no word."""
    wanted = None if view == usual else view
    if wanted:
        st.query_params[_VIEW] = wanted
    elif _VIEW in st.query_params:
        del st.query_params[_VIEW]
    st.session_state[_VIEW_WRITTEN] = wanted


def _in_url() -> dict[str, str]:
    attributes = sorted(key for key in st.query_params if key.startswith(WHO))[:_MOST_ATTRIBUTES]
    return {key: st.query_params[key][:100] for key in (*KEYS, *attributes) if st.query_params.get(key)}


def _selects(key: str) -> bool:
    """Whether a key of the URL is one of the global selections."""
    return key in KEYS or key.startswith(WHO)
