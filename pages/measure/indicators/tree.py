"""Editing the tree in *Indicators*: names, weights, targets and places in a table; adding and removing an indicator beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from analysis.indicator_weights.weight_sets import NAMES
from pages._shared.session.distinct_names import distinct_names
from pages._shared.session.window import is_narrow
from pages._shared.session.words import _, language, number, said
from pages.measure.indicators.draft import WorkingCopy, editor_round, say, step, working_copy
from survey_schema.edit_tree import Draft, add_node, move, remove_node, scale_to_one, set_target, set_title, set_weights
from survey_schema.schema_parts import LocalText
from words.errors import ManyiError
from words.language import message
from words.shown_text import markdown_text as plain

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_INDENT = "\u00a0" * 4  # as wide in every language, unlike an em space


def show_tree(copy: WorkingCopy) -> None:
    """The tree as a table that can be edited, what is still wrong with it, and the ways to change its shape."""
    st.caption(_("Click into a cell to change it. Weights are per cent of the indicator they belong to; every change is kept as a draft."))
    key = f"indicators_tree_{copy.survey}_{editor_round()}"
    table = _table(copy)
    st.data_editor(
        table, hide_index=True, key=key, on_change=_take_edits, args=(copy.survey, key), disabled=["indicator", "method", "reach"],
        column_config=_columns(copy), column_order=_order(), height=min(38 + 35 * len(table), 640),
        placeholder="",
        alt=_("Tree of indicators with weights"),
    )  # fmt: skip
    _show_sums(copy)
    with st.container(horizontal=True, key="indicators_shape"):
        with st.popover(_("Add an indicator"), icon=":material/add:", key="indicators_add"):
            _ask_new(copy)
        with st.popover(_("Remove an indicator"), icon=":material/remove:", key="indicators_remove"):
            _ask_removal(copy)


def named(copy: WorkingCopy, code: str) -> str:
    """The title of an indicator of the draft in the language of this run."""
    return next((row.text(language()) for row in copy.rows if row.code == code), code)


def _order() -> list[str]:
    names = ["zh", "en"] if language() == "zh_CN" else ["en", "zh"]
    figures = ["weight", "target", "reach"] if is_narrow() else ["weight", "reach", "target"]  # what is typed in stands side by side
    return ["indicator", *figures, "parent", "method", *names]


def _table(copy: WorkingCopy) -> pd.DataFrame:
    titles = {row.code: _place_name(row.code, row.text(language())) for row in copy.rows}
    methods = {row.code: row.weighting for row in copy.rows}
    known = {str(name): said(text) for name, text in NAMES.items()}
    return pd.DataFrame(
        {
            "indicator": [_INDENT * row.depth + row.text(language()) for row in copy.rows],
            "weight": [None if row.weight is None else round(100 * row.weight, 2) for row in copy.rows],
            "reach": [100 * row.reach for row in copy.rows],
            "target": [row.target for row in copy.rows],
            "parent": [titles[row.parent] if row.parent else None for row in copy.rows],
            "method": [known[methods[row.parent]] if row.parent else "" for row in copy.rows],
            "zh": [row.zh_CN for row in copy.rows],
            "en": [row.en for row in copy.rows],
        }
    )


def _place_name(code: str, title: str) -> str:
    return f"{title} · {code}"


def _columns(copy: WorkingCopy) -> dict[str, Any]:
    places = [_place_name(row.code, row.text(language())) for row in copy.rows if not row.item]
    name, figure = (136, 95) if is_narrow() else (244, 120)
    return {
        "indicator": st.column_config.TextColumn(_("Indicator"), pinned=True, width=name),
        "weight": st.column_config.NumberColumn(_("Weight %"), min_value=0.0, max_value=100.0, format="%.2f", width=figure),
        "reach": st.column_config.NumberColumn(_("Of the index %"), format="%.2f", width=120),
        "target": st.column_config.NumberColumn(_("Target score"), min_value=0.0, max_value=100.0, format="%.1f", width=figure),
        "parent": st.column_config.SelectboxColumn(_("Belongs to"), options=places, width="medium"),
        "method": st.column_config.TextColumn(_("Weight comes from"), width=150),
        "zh": st.column_config.TextColumn(_("Chinese name"), max_chars=60),
        "en": st.column_config.TextColumn(_("English name"), max_chars=100),
    }


def _take_edits(survey: str, key: str) -> None:
    """Every cell changed becomes a step; a refused one is said and left out."""
    apply_edits(survey, st.session_state[key]["edited_rows"])


def apply_edits(survey: str, edited: dict[int, dict[str, Any]]) -> None:
    """The cells changed in the table, row number → column → value."""
    copy = working_copy(survey)
    draft, rows = copy.draft, copy.rows
    places = {_place_name(row.code, row.text(language())): row.code for row in rows}
    try:
        for place, cells in edited.items():
            row = rows[int(place)]
            for column, value in cells.items():
                draft = _edited(draft, row.code, row.parent, column, value, places)
    except ManyiError as error:
        say(error)
        return
    step(copy, draft)


def _edited(draft: Draft, code: str, parent: str | None, column: str, value: Any, places: dict[str, str]) -> Draft:
    if column in ("zh", "en"):
        return set_title(draft, code, "zh_CN" if column == "zh" else "en", str(value or ""))
    if column == "target":
        return set_target(draft, code, None if value is None else float(value))
    if parent is None:
        raise ManyiError(message("The top of the tree has no weight and no place of its own."))
    if column == "weight":
        return set_weights(draft, parent, {code: float(value or 0.0) / 100})
    return move(draft, code, places.get(str(value), parent))


def _show_sums(copy: WorkingCopy) -> None:
    """Indicators whose weights do not add up, each with the way to put it right."""
    off = {row.parent: row.total for row in copy.rows if row.parent and abs(row.total - 1) > 1e-6}
    for node, total in off.items():
        with st.container(horizontal=True, vertical_alignment="center", key=f"indicators_off_{node}"):
            told = _("The weights below {name} sum to {total} %.").format(name=named(copy, node), total=number(100 * total, 2))
            st.warning(plain(told), icon=":material/balance:")
            st.button(_("Bring to 100 %"), key=f"indicators_scale_{node}", on_click=_do, args=(copy.survey, scale_to_one, node))


def _names(copy: WorkingCopy) -> dict[str, str]:
    named = {row.code: row.text(language()) for row in copy.rows}
    return distinct_names(named, named.__getitem__)


def _ask_new(copy: WorkingCopy) -> None:
    names = _names(copy)
    nodes = [row.code for row in copy.rows if not row.item]
    parent = st.selectbox(_("Below"), nodes, key="indicators_new_parent", format_func=names.__getitem__, filter_mode=None)
    children = [row.code for row in copy.rows if row.parent == parent]
    made_of = st.multiselect(
        _("Made of"), children, key="indicators_new_children", format_func=names.__getitem__, placeholder=_("Choose …"), select_all=False
    )
    zh, en = st.text_input(_("Chinese name"), key="indicators_new_zh"), st.text_input(_("English name"), key="indicators_new_en")
    code = st.text_input(_("Code (letters, digits, _)"), key="indicators_new_code")
    ready = bool(made_of and zh.strip() and en.strip() and _CODE.fullmatch(code))
    if st.button(_("Add it"), key="indicators_new_yes", type="primary", disabled=not ready):
        _do(copy.survey, add_node, parent, code, LocalText(zh_CN=zh.strip(), en=en.strip()), made_of)
        st.rerun()


def _ask_removal(copy: WorkingCopy) -> None:
    nodes = [row.code for row in copy.rows if not row.item and row.parent]
    if not nodes:
        st.caption(_("There is no indicator below the top."))
        return
    names = _names(copy)
    code = st.selectbox(_("Indicator"), nodes, key="indicators_old", format_func=names.__getitem__, filter_mode=None)
    st.caption(_("Its parts take its place and keep their share of the index."))
    st.button(_("Remove it"), key="indicators_old_yes", type="primary", on_click=_do, args=(copy.survey, remove_node, code))


def _do(survey: str, change: Callable[..., Draft], *asked: object) -> None:
    copy = working_copy(survey)
    try:
        step(copy, change(copy.draft, *asked))
    except ManyiError as error:
        say(error)
