"""Step two of making a survey: what only a person can say, one question each with its evidence, nothing chosen beforehand."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages._shared.session.choosing import chosen
from pages._shared.session.words import _, language, number, said
from pages.measure.upload.make_draft import make_round, making, tell
from survey_schema.maker.answers_given import parts
from survey_schema.maker.column_summary import Answer
from survey_schema.maker.draft_text import Draft
from survey_schema.maker.proposal import ProposedScale, Question
from survey_schema.maker.questions import NONE
from words.lists import listed
from words.shown_text import markdown_text as plain

_COLUMNS_SHOWN, _EVIDENCE_SHOWN, _LONGEST = 4, 14, 28
INDEX = "index"


def show_questions(now: Draft) -> None:
    """All questions but the one of the index, which has a card of its own; those answered can be answered otherwise."""
    open_codes = {question.code for question in now.answers.open}
    for question in now.proposal.questions:
        if question.code == INDEX:
            continue
        with st.container(border=True, key=f"question_{question.code}"):
            sign = ":orange[●]" if question.code in open_codes else ":material/check:"
            st.markdown(f"{sign} **{plain(said(question.text))}**")
            _show_evidence(question)
            if question.several:
                _ask_several(now, question)
            else:
                _ask_one(now, question)
            if question.free:
                _ask_order(now, question)


def _show_evidence(question: Question) -> None:
    shown = [plain(_cut(header)) for header in question.columns]
    counts = "  ·  ".join(_counted(answer) for answer in question.evidence[:_EVIDENCE_SHOWN])
    more = "  ·  …" if len(question.evidence) > _EVIDENCE_SHOWN else ""
    told = [listed(shown, language(), most=_COLUMNS_SHOWN)] if shown else []
    st.caption("  \n".join([*told, *([counts + more] if counts else [])]))


def _counted(answer: Answer) -> str:
    return f"{plain(_cut(answer.text))} × {number(answer.count, 0)}"


def _ask_one(now: Draft, question: Question) -> None:
    values = [choice.value for choice in question.choices]
    words = {choice.value: plain(said(choice.text)) for choice in question.choices}
    given = now.answers.one(question.code)
    key = f"say_{question.code}_{_token()}_{make_round()}"
    st.radio(
        said(question.text), values, index=values.index(given) if given in values else None, key=key, format_func=words.__getitem__,
        label_visibility="collapsed", on_change=chosen(key, values, lambda value: tell(question.code, value)),
    )  # fmt: skip


def _ask_several(now: Draft, question: Question) -> None:
    values = [choice.value for choice in question.choices]
    words = {choice.value: plain(said(choice.text)) for choice in question.choices}
    given = [value for value in parts(now.answers.one(question.code)) if value in values]
    key = f"say_{question.code}_{_token()}_{make_round()}"
    st.pills(
        said(question.text), values, selection_mode="multi", default=given, key=key, format_func=words.__getitem__,
        label_visibility="collapsed", on_change=chosen(key, values, lambda several: _tell_several(question.code, several, given)),
    )  # fmt: skip


def _tell_several(code: str, picked: list[str], before: list[str]) -> None:
    """*None of them* takes the others back, and the other way round; of two ways to read one column the later one counts."""
    added = [value for value in picked if value not in before]
    if NONE in added:
        picked = [NONE]
    elif added:
        column = added[-1].partition(":")[0]
        picked = [value for value in picked if value == added[-1] or (value != NONE and value.partition(":")[0] != column)]
    tell(code, ",".join(picked) or None)


def _ask_order(now: Draft, question: Question) -> None:
    """The order of words one's own way: a grade for each."""
    scale = now.proposal.scale(question.code.removeprefix("words_"))
    if scale is None or scale.words is None:
        return
    given = now.answers.one(question.code)
    own = ">" in given
    with st.expander(_("Another order: give each word its grade"), own or bool(scale.words.unknown), key=f"order_{question.code}"):
        counts = {answer.text: answer.count for answer in question.evidence}
        key = f"grades_{question.code}_{_token()}_{make_round()}"
        grades = _told_grades(given) if own else {word: scale.words.grades.get(word) for word in scale.words.best_first}
        table = pd.DataFrame({
            "word": list(scale.words.best_first), "n": [counts.get(word) for word in scale.words.best_first],
            "grade": pd.Series([grades.get(word) for word in scale.words.best_first], dtype="Int64"),
        })  # fmt: skip
        st.data_editor(
            table, hide_index=True, placeholder="",
            key=key, disabled=["word", "n"], on_change=_tell_order, args=(question.code, scale, key, table),
            column_config={
                "word": st.column_config.TextColumn(_("Answer")), "n": st.column_config.NumberColumn("n"),
                "grade": st.column_config.NumberColumn(_("Grade, the best one highest"), min_value=1, max_value=99, step=1),
            }, alt=said(question.text),
        )  # fmt: skip
        st.caption(_("Equal grades are one step; the order counts once every word has a grade."))


def _told_grades(text: str) -> dict[str, int | None]:
    steps = [[word.strip() for word in step.split("=")] for step in text.split(">")]
    return {word: len(steps) - place for place, step in enumerate(steps) for word in step}


def _tell_order(code: str, scale: ProposedScale, key: str, table: pd.DataFrame) -> None:
    changed: dict[int, dict[str, int | None]] = st.session_state[key]["edited_rows"]
    grades = [changed.get(row, {}).get("grade", None if pd.isna(grade) else int(grade)) for row, grade in enumerate(table["grade"])]
    if any(grade is None for grade in grades):
        return
    steps: dict[int, list[str]] = {}
    for word, grade in zip(table["word"], grades, strict=True):
        steps.setdefault(int(grade or 0), []).append(word)
    if len(steps) > 1:
        tell(code, ">".join("=".join(steps[grade]) for grade in sorted(steps, reverse=True)))


def _token() -> str:
    now = making()
    return now.token if now else ""


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
