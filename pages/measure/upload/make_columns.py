"""Step three of making a survey: every column with its role, title and scale, all of which can be put right."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from pages._shared.session.words import _, language, number, said
from pages.measure.upload.make_draft import change, make_round
from survey_schema.maker.column_roles import Part
from survey_schema.maker.draft_text import Draft
from survey_schema.maker.edits import USUAL_SCALES, Edits
from survey_schema.maker.option_blocks import told_blocks
from survey_schema.maker.part_words import PART_WORDS
from survey_schema.maker.proposal import Proposal, ProposedColumn, ProposedScale
from survey_schema.workbook.read.sheets import column_letters
from words.lists import listed
from words.shown_text import markdown_text as plain

_VALUES_SHOWN, _LONGEST = 5, 24
_MOST_HEIGHT = 560


def show_made_columns(now: Draft) -> None:
    """What the columns are in one line; the table folded, open for changes."""
    proposal = now.proposal
    used = [column for column in proposal.columns if column.part not in (Part.EMPTY, Part.PLATFORM, Part.PRIVATE)]
    private = sum(column.part is Part.PRIVATE for column in proposal.columns)
    scored = sum(column.part.scored for column in proposal.columns)
    st.caption(_("{used} of {all} columns are used, {scored} of them hold grades; {private} are private and never kept.").format(
        used=number(len(used), 0), all=number(len(proposal.columns), 0), scored=number(scored, 0), private=number(private, 0),
    ))  # fmt: skip
    for told in told_blocks(proposal):
        st.caption(plain(said(told)))
    with st.expander(_("All columns, to be looked at and changed"), key="made_columns"):
        table = _table(proposal)
        key = f"made_columns_table_{make_round()}"
        st.data_editor(
            table, hide_index=True, key=key, on_change=_take, args=(key, proposal), height=min(_MOST_HEIGHT, 40 + 36 * len(table)),
            disabled=["letter", "heading", "values", "n", "because"], column_config=_config(proposal),
            alt=_("What each column is"), placeholder="—",
        )  # fmt: skip
        if now.edits != Edits(name=now.edits.name):
            st.button(_("Undo all changes"), key="make_undo", icon=":material/undo:", type="tertiary", on_click=change, args=(_undone,))


def _undone(edits: Edits) -> Edits:
    return Edits(name=edits.name)


def _table(proposal: Proposal) -> pd.DataFrame:
    return pd.DataFrame([
        {
            "letter": column_letters(column.index), "heading": _heading(column), "part": _part(column.part), "title": column.title,
            "scale": _scale_text(proposal.scale(column.scale)), "values": _values(column), "n": column.answered,
            "because": said(column.reason),
        }
        for column in proposal.columns
    ])  # fmt: skip


def _config(proposal: Proposal) -> dict[str, Any]:
    scales = [_scale_text(scale) for scale in proposal.scales] + [text for text in _usual() if text not in _texts(proposal)]
    return {
        "letter": st.column_config.TextColumn(_("Column"), width="small", pinned=True),
        "heading": st.column_config.TextColumn(_("Heading"), width="medium"),
        "part": st.column_config.SelectboxColumn(_("Used as"), options=list(map(_part, PART_WORDS)), required=True),
        "title": st.column_config.TextColumn(_("Title"), required=True, max_chars=60, width="medium"),
        "scale": st.column_config.SelectboxColumn(_("Scale"), options=list(dict.fromkeys(scales))),
        "values": st.column_config.TextColumn(_("Commonest answers"), width="medium"),
        "n": st.column_config.NumberColumn("n", width="small"),
        "because": st.column_config.TextColumn(_("Because"), width="large"),
    }


def _take(key: str, proposal: Proposal) -> None:
    rows: dict[int, dict[str, str | None]] = st.session_state[key]["edited_rows"]
    parts = {_part(part): part for part in PART_WORDS}
    scales = {_scale_text(scale): scale.code for scale in proposal.scales}

    def edit(edits: Edits) -> Edits:
        for row, changed in rows.items():
            code = proposal.columns[int(row)].code
            if "part" in changed:
                before = edits.columns.get(code)
                edits = edits.with_column(code, part=parts[str(changed["part"])], scale=before.scale if before else None)
            if changed.get("title"):
                edits = edits.with_column(code, title=str(changed["title"]))
            if changed.get("scale"):
                text = str(changed["scale"])
                edits = edits.with_column(code, scale=scales.get(text, text.replace("–", "-")), part=_scored(proposal, code, text))
        return edits

    change(edit)


def _scored(proposal: Proposal, code: str, scale: str) -> Part:
    """A column that is given a scale holds grades."""
    known = next((each for each in proposal.scales if _scale_text(each) == scale), None)
    return Part.WORDS if known is not None and known.words is not None else Part.NUMBERS


def _heading(column: ProposedColumn) -> str:
    text = column.label or column.header
    return f"{text} ({column.nth})" if column.of > 1 else text


def _values(column: ProposedColumn) -> str:
    shown = [f"{_cut(answer.text)} × {number(answer.count, 0)}" for answer in column.commonest[:_VALUES_SHOWN]]
    return listed(shown, language()) if shown else ""


def _part(part: Part) -> str:
    return said(PART_WORDS[part])


def _texts(proposal: Proposal) -> set[str]:
    return {_scale_text(scale) for scale in proposal.scales}


def _usual() -> list[str]:
    return [text.replace("-", "–") for text in USUAL_SCALES]


def _scale_text(scale: ProposedScale | None) -> str:
    if scale is None:
        return ""
    if scale.words is None:
        return f"{scale.ends[0]}–{scale.ends[1]}" + (" ?" if scale.beside else "")
    return " > ".join(_cut(word) for word in scale.words.best_first)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
