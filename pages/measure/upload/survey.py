"""Step one of Upload: which survey the workbook belongs to, and a blank workbook for it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages._shared.session.messages import show_problem
from pages._shared.session.store_access import store
from pages._shared.session.words import _, language
from survey_schema.loading import builtin_names, load_schema
from survey_schema.models import SurveySchema
from survey_schema.uploaded_schema import blank_workbook, schema_from
from words.errors import ManyiError
from words.shown_text import markdown_text as plain

OWN = "own"
FIRST = "telecom_csi"
_OWN = "upload_own_schema"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def choose_survey() -> SurveySchema | None:
    """The schema chosen, built in or from a YAML file of one's own; None while there is none."""
    known = {
        name: survey for name in store().schemas.known_surveys() if name not in builtin_names() and (survey := store().schemas.known(name))
    }
    names = [*sorted(builtin_names(), key=lambda name: name != FIRST), *known, OWN]
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        titles = {name: _title(name, known.get(name)) for name in names}
        name = st.selectbox(
            _("Survey"), names, key="upload_survey", format_func=titles.__getitem__, persist_state="session", filter_mode="contains"
        )
    chosen = _own_schema() if name == OWN else known.get(name) or load_schema(name)
    schema = chosen and store().schemas.in_use(chosen)
    if schema:
        if schema is not chosen:
            _name_version(schema)
        with right:
            st.download_button(
                _("Blank workbook for this survey"), partial(blank_workbook, schema, language()), f"{schema.name}.xlsx", _XLSX,
                key="template", on_click="ignore", icon=":material/download:", width="stretch",
            )  # fmt: skip
        if schema.description:
            st.caption(plain(schema.description.text(language())))
    return schema


def _name_version(schema: SurveySchema) -> None:
    """Says that a saved version takes the place of the one that comes with the product, or of the file."""
    saved = store().schemas.saved(schema.name)[-1]
    told = _("Version {version} of this survey is used, saved on {date} by {who}. {note}").format(
        version=schema.version, date=f"{saved.saved_at.astimezone():%Y-%m-%d %H:%M}", who=saved.saved_by, note=saved.note
    )
    st.info(plain(told), icon=":material/account_tree:")


def _title(name: str, known: SurveySchema | None) -> str:
    if name == OWN:
        return _("A survey of one's own (YAML file)")
    return f"{(known or load_schema(name)).title.text(language())} · {name}"


def _own_schema() -> SurveySchema | None:
    """Read once and kept in the session, so that it survives a look at another page."""
    uploaded = st.file_uploader(_("Survey description (.yaml)"), ["yaml", "yml", "json"], key="own_schema_file", max_upload_size=1)
    if uploaded:
        content = uploaded.getvalue()
        if st.session_state.get(_OWN, (None,))[0] != content:
            st.session_state[_OWN] = (content, _read(content, uploaded.name))
    found: SurveySchema | ManyiError | None = st.session_state.get(_OWN, (None, None))[1]
    if isinstance(found, ManyiError):
        show_problem(found)
        return None
    return found


def _read(content: bytes, name: str) -> SurveySchema | ManyiError:
    try:
        return schema_from(content, name)
    except ManyiError as error:
        return error
