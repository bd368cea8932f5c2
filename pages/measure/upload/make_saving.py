"""Step five of making a survey: its title, whether it is a new survey or a new version of one, and storing survey and wave together."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages._shared.session.choosing import chosen
from pages._shared.session.store_access import store, who
from pages._shared.session.words import _, language
from pages.measure.upload.draft import UploadDraft
from pages.measure.upload.make_draft import Making, change, known_schema, making, saved_as
from pages.measure.upload.replacing import Consent
from pages.measure.upload.storing import show_storing, store_checked
from survey_schema.loading import builtin_names, dump_yaml
from survey_schema.maker.edits import Edits
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from words.language import message

NEW = ""


def show_saving(now: Making, upload: UploadDraft, checked: CheckedWorkbook) -> None:
    """What it will be called and saved as, the YAML for whoever wants it, and the button that stores both."""
    if not now.known:
        _ask_name(now, upload.schema)
    st.download_button(
        _("Survey description (YAML)"), dump_yaml(upload.schema), f"{upload.schema.name}.yaml", "text/yaml", key="make_yaml",
        on_click="ignore", icon=":material/download:", type="tertiary",
    )  # fmt: skip
    st.caption(_("Survey and wave are stored together; other pages show them at once."))
    show_storing(upload, checked, _save)


def _ask_name(now: Making, schema: SurveySchema) -> None:
    own = [name for name in store().schemas.known_surveys() if name not in builtin_names()]
    left, right = st.columns(2)
    with left:
        key = f"make_title_{now.token}"
        st.text_input(
            _("Title of the survey"), schema.title.text(language()), key=key, max_chars=60,
            on_change=lambda: change(lambda edits: replace(edits, title=st.session_state[key].strip() or None)),
        )  # fmt: skip
    if not own:
        return
    with right:
        titles = {name: known.title.text(language()) for name in own if (known := known_schema(name)) is not None}
        save_key = f"make_save_as_{now.token}"
        names = [NEW, *titles]
        st.selectbox(
            _("Save as"), names, index=names.index(schema.name) if schema.name in titles else 0, key=save_key,
            format_func=lambda name: _("A new survey") if name == NEW else _("A new version of “{title}”").format(title=titles[name]),
            on_change=chosen(save_key, names, lambda name: change(lambda edits: _named(edits, name))),
        )  # fmt: skip


def _named(edits: Edits, name: str) -> Edits:
    now = making()
    own = now.draft.summary.name if now and now.draft else None
    taken = {*store().schemas.known_surveys(), *builtin_names()}
    free = own and next(code for place in range(1, len(taken) + 2) if (code := own if place == 1 else f"{own}_{place}") not in taken)
    return replace(edits, name=name or free)


def _save(upload: UploadDraft, checked: CheckedWorkbook, replacing: Consent) -> None:
    """The survey and its wave: where the wave cannot be stored, a version saved for it stays the draft's next try."""
    if store_checked(upload, checked, replacing, lambda: _saved(upload)):
        saved_as(upload.schema.name)


def _saved(upload: UploadDraft) -> SurveySchema:
    """The survey as it is to be stored: of one that is there already a new version, unless nothing changed."""
    schema = upload.schema
    there = known_schema(schema.name)
    if there is None or there.model_copy(update={"version": schema.version}) == schema:
        return there or schema
    note = message("Made from {name}", name=upload.name).text(language())
    version = store().schemas.save(schema.model_copy(update={"version": there.version}), who(), note)
    return store().schemas.of(version.schema_hash)
