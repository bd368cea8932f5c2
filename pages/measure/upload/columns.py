"""Step three of Upload: what each column was taken for, and questions about the ones that are not sure."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages._shared.session.choosing import chosen
from pages._shared.session.words import _, language
from pages.measure.upload.draft import UploadDraft, answer
from pages.measure.upload.sheets import choose_sheets
from pages.measure.upload.wave_and_dates import choose_wave_and_dates
from survey_schema.answer_columns import answer_columns
from survey_schema.wide_form import side_by_side_items
from survey_schema.workbook.match.matching import ColumnMatch, Matching
from words.lists import listed
from words.shown_text import markdown_text as plain

NOT_USED = ""


def show_columns(draft: UploadDraft) -> None:
    """Questions first, then the whole assignment, folded once nothing is open."""
    matching = draft.matching
    if matching is None or not matching.columns:
        return
    choose_sheets(draft, matching)
    choose_wave_and_dates(draft, matching)
    st.caption(
        _("Sheet “{sheet}”, header in row {row}; {used} of {all} columns are used.").format(
            sheet=listed([plain(name) for name in matching.sheets or (matching.sheet,)], language()),
            row=listed(matching.header_rows, language()),
            used=len(matching.targets),
            all=len(matching.columns),
        )
    )
    if matching.questions:
        st.markdown("**" + _("Please confirm what these columns are; until then they are not used.") + "**")
        for column in matching.questions:
            _ask(draft, matching, column)
    with st.expander(_("All columns"), key="all_columns"):
        st.dataframe(
            _table(draft, matching),
            hide_index=True,
            placeholder="",
            key="columns_table",
            alt=_("What each column of the workbook was taken for"),
        )
        _change(draft, matching)


def _ask(draft: UploadDraft, matching: Matching, column: ColumnMatch) -> None:
    key = f"ask_{draft.token}_{column.index}"
    offered = [*dict.fromkeys([*(code for code, _score in column.candidates), *_free(draft, matching)]), NOT_USED]
    st.selectbox(
        _("Column {letter}: “{header}”").format(letter=column.letter, header=plain(column.header)),
        offered, index=None, key=key, placeholder=_("Choose …"), width=560,
        format_func=lambda code: _target(draft, code, column), on_change=chosen(key, offered, lambda code: _take(column.index, code)),
    )  # fmt: skip


def _change(draft: UploadDraft, matching: Matching) -> None:
    """Any column can be put right, not only the doubtful ones."""
    left, right = st.columns(2)
    letters = {column.index: f"{column.letter} · {column.header}" for column in matching.columns}
    with left:
        index = st.selectbox(
            _("Correct a column"),
            list(letters),
            index=None,
            key=f"fix_{draft.token}",
            format_func=letters.__getitem__,
            placeholder=_("Choose …"),
        )
    if index is not None:
        key, offered = f"fix_to_{draft.token}_{index}", [*_codes(draft), NOT_USED]
        with right:
            st.selectbox(
                _("It is"), offered, index=None, key=key, placeholder=_("Choose …"),
                format_func=lambda code: _target(draft, code), on_change=chosen(key, offered, lambda code: _take(index, code)),
            )  # fmt: skip


def _take(index: int, code: str | None) -> None:
    if code is not None:
        answer(index, code or None)


def _codes(draft: UploadDraft) -> list[str]:
    rated = [*draft.schema.items, *side_by_side_items(draft.schema)]
    options = [column.code for column in answer_columns(draft.schema)]
    return [column.code for column in draft.schema.columns] + [item.code for item in rated] + options


def _free(draft: UploadDraft, matching: Matching) -> list[str]:
    return [code for code in _codes(draft) if code not in matching.targets]


def _target(draft: UploadDraft, code: str, column: ColumnMatch | None = None) -> str:
    if code == NOT_USED:
        return _("none of these: do not use")
    pairs = {item.code: item.title.text(language()) for item in side_by_side_items(draft.schema)}
    name = f"{code} · {pairs.get(code) or draft.schema.title_of(code, language())}"
    score = dict(column.candidates).get(code) if column else None
    return f"{name} ({score:.0f} %)" if score else name


def _table(draft: UploadDraft, matching: Matching) -> pd.DataFrame:
    how = {
        "code": _("code"), "name": _("name"), "alias": _("known header"), "wording": _("similar wording"),
        "profile": _("remembered"), "answer": _("your answer"), "none": "—",
    }  # fmt: skip
    rows = [
        {
            _("Column"): column.letter,
            _("Header"): column.header,
            _("Taken for"): _target(draft, column.target) if column.target and column.certain else "—",
            _("Matched by"): how.get(column.how, column.how),
            _("Similarity"): round(column.score) if column.target else None,
        }
        for column in matching.columns
    ]
    return pd.DataFrame(rows)
