"""Step four of making a survey: what makes up the index, under which dimension and with which weight."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from answers.topic import Answered
from pages._shared.session.words import _, language, number
from pages.measure.upload.make_draft import change, make_round, making, tell
from survey_schema.maker.answers_given import parts
from survey_schema.maker.draft_text import Draft
from survey_schema.maker.edits import Edits
from survey_schema.maker.proposal import Group, ProposedColumn
from survey_schema.maker.questions import NONE, REVERSED
from words.shown_text import markdown_text as plain

_MOST_HEIGHT = 460


def show_tree(now: Draft) -> None:
    """A tick for each group of questions; groups and items with titles, weights and places folded below."""
    proposal = now.proposal
    if not proposal.groups:
        st.warning(
            _("No column holds grades, so there is nothing to make an index of. Say in the columns which ones do, and on which scale.")
        )
        return
    chosen = parts(now.answers.one("index"))
    if not chosen:
        st.markdown(":orange[●] **" + _("Open: tick what makes up the index.") + "**")
    for group in proposal.groups:
        key = f"tick_{group.code}_{_token()}_{make_round()}"
        st.checkbox(
            _("{title} · questions: {count}").format(title=plain(group.title), count=number(len(group.columns), 0)), group.code in chosen,
            key=key, on_change=_tick, args=(group, key, chosen),
        )  # fmt: skip
    if proposal.outcome is not None:
        overall = proposal.column(proposal.outcome).title
        st.caption(_("“{title}” asks for the overall impression; it stays beside the index.").format(title=plain(overall)))
    with st.expander(_("Dimensions, questions and weights"), key="made_tree"):
        st.caption(_("Weights in any unit; what has none counts 1. A question moved to a dimension that is not ticked does not count."))
        _show_groups(now)
        _show_items(now)


def show_index_table(index: Answered[Any, Any]) -> None:
    """The index and its dimensions as they come out, before anything is stored."""
    schema = index.asked.schema
    nodes = {node.code for node in schema.tree.walk()}
    rows = [
        {
            _("Indicator"): schema.title_of(each.code, language()), _("Estimate"): each.value,
            _("Lower end"): each.low, _("Upper end"): each.high, "n": each.n,
        }
        for each in index.figures.estimates if each.code in nodes
    ]  # fmt: skip
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, placeholder="", key="make_index_table", alt=_("The index as it comes out"),
        column_config={name: st.column_config.NumberColumn(format="%.1f") for name in (_("Estimate"), _("Lower end"), _("Upper end"))},
    )  # fmt: skip


def _tick(group: Group, key: str, chosen: tuple[str, ...]) -> None:
    others = [code for code in chosen if code != group.code]
    tell("index", ",".join([*others, group.code] if st.session_state[key] else others) or None)


def _show_groups(now: Draft) -> None:
    groups = now.proposal.groups
    key = f"made_groups_{make_round()}"
    table = pd.DataFrame({
        "title": [group.title for group in groups], "weight": pd.Series([group.weight for group in groups], dtype="float64"),
        "n": [len(group.columns) for group in groups],
    })  # fmt: skip
    st.data_editor(
        table, hide_index=True, key=key, disabled=["n"], on_change=_take_groups, args=(key, groups), alt=_("Dimensions"), placeholder="—",
        column_config={
            "title": st.column_config.TextColumn(_("Dimension"), required=True, max_chars=60),
            "weight": st.column_config.NumberColumn(_("Weight"), min_value=0.0), "n": st.column_config.NumberColumn(_("Questions")),
        },
    )  # fmt: skip


def _take_groups(key: str, groups: tuple[Group, ...]) -> None:
    rows: dict[int, dict[str, Any]] = st.session_state[key]["edited_rows"]

    def edit(edits: Edits) -> Edits:
        for row, changed in rows.items():
            edits = edits.with_group(groups[int(row)].code, **changed)
        return edits

    change(edit)


def _show_items(now: Draft) -> None:
    proposal = now.proposal
    items = [column for column in proposal.columns if column.part.scored and column.group]
    titles = {group.code: group.title for group in proposal.groups}
    turned = now.answers.several(REVERSED)
    key = f"made_items_{make_round()}"
    table = pd.DataFrame({
        "title": [column.title for column in items], "group": [titles[column.group or ""] for column in items],
        "weight": pd.Series([column.weight for column in items], dtype="float64"), "turned": [column.code in turned for column in items],
    })  # fmt: skip
    options = [*dict.fromkeys(titles.values()), _("A new dimension")]
    st.data_editor(
        table, hide_index=True, key=key, disabled=["title"], on_change=_take_items, args=(key, now, items),
        alt=_("Questions of the index"), placeholder="—",
        height=min(_MOST_HEIGHT, 40 + 36 * len(items)),
        column_config={
            "title": st.column_config.TextColumn(_("Question"), width="medium"),
            "group": st.column_config.SelectboxColumn(_("Dimension"), options=options, required=True, width="medium"),
            "weight": st.column_config.NumberColumn(_("Weight"), min_value=0.0),
            "turned": st.column_config.CheckboxColumn(_("Turned"), help=_("Its best answer is at the other end of its scale.")),
        },
    )  # fmt: skip


def _take_items(key: str, now: Draft, items: list[ProposedColumn]) -> None:
    rows: dict[int, dict[str, Any]] = st.session_state[key]["edited_rows"]
    turned = dict.fromkeys(now.answers.several(REVERSED))
    codes = {group.title: group.code for group in now.proposal.groups}

    def edit(edits: Edits) -> Edits:
        for row, changed in rows.items():
            placed = {name: value for name, value in changed.items() if name in ("group", "weight")}
            if "group" in placed:  # by its code, so that it stays there when the dimension is renamed
                placed["group"] = codes.get(placed["group"], placed["group"])
            edits = edits.with_column(items[int(row)].code, **placed) if placed else edits
        return edits

    for row, changed in rows.items():
        if "turned" in changed:
            turned.pop(items[int(row)].code, None)
            turned.update({items[int(row)].code: None} if changed["turned"] else {})
    if list(turned) != list(now.answers.several(REVERSED)):
        tell(REVERSED, ",".join(turned) or (NONE if REVERSED in {question.code for question in now.proposal.questions} else None))
    change(edit)


def _token() -> str:
    now = making()
    return now.token if now else ""
