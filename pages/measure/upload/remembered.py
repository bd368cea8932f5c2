"""Remembered decisions about unknown values: who decided what and when, and taking them back."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages._shared.session.words import _, language, number
from pages.measure.upload.draft import revoke_repairs
from storage.repairs import KeptRepair
from survey_schema.models import SurveySchema
from survey_schema.workbook.check.finding_kinds import shown_value
from survey_schema.workbook.repair.repairs import Decision

_CHOSEN = "repairs_to_revoke"


def show_remembered(schema: SurveySchema, kept: Sequence[KeptRepair]) -> None:
    """The list, folded, and the way to take some back; nothing where nothing is remembered."""
    if not kept:
        return
    with st.expander(_("Remembered for the next files of this survey ({count})").format(count=number(len(kept), 0)), key="remembered"):
        rows = [
            (
                shown_value(each.repair.value), _meaning(each, schema), _place(each, schema), each.decided_by,
                f"{each.decided_at.astimezone():%Y-%m-%d %H:%M}",
            )
            for each in kept
        ]  # fmt: skip
        headings = (_("Value in the file"), _("Meaning"), _("Column or scale"), _("Decided by"), _("Decided at"))
        st.dataframe(
            pd.DataFrame(rows, columns=headings), hide_index=True, placeholder="",
            key="remembered_table", height=min(320, 70 + 36 * len(rows)),
            alt=_("Remembered decisions, one row each"),
        )  # fmt: skip
        names = {each.entry: f"{shown_value(each.repair.value)} {_meaning(each, schema)}" for each in kept}
        st.multiselect(_("Take back"), list(names), key=_CHOSEN, format_func=lambda entry: names.get(entry, ""), placeholder=_("Choose …"))
        chosen = [entry for entry in st.session_state.get(_CHOSEN, []) if entry in names]
        st.button(
            _("Take back {count} decisions").format(count=number(len(chosen), 0)), key="repairs_revoke", icon=":material/undo:",
            disabled=not chosen, on_click=_revoke, args=(schema.name, chosen),
        )  # fmt: skip


def _revoke(survey: str, entries: Sequence[int]) -> None:
    revoke_repairs(survey, entries)
    st.session_state.pop(_CHOSEN, None)


def _place(kept: KeptRepair, schema: SurveySchema) -> str:
    columns = {column.code: column.title.text(language()) for column in schema.columns}
    return columns.get(kept.repair.scope, kept.repair.scope)


def _meaning(kept: KeptRepair, schema: SurveySchema) -> str:
    repair = kept.repair
    if repair.decision is not Decision.IS:
        return _("a value of its own") if repair.decision is Decision.NEW else _("not known")
    choices = [choice for column in schema.columns if column.code == repair.scope for choice in column.choices]
    return "= " + next((choice.text(language()) for choice in choices if choice.code == repair.target), repair.target)
