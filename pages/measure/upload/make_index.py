"""The first index of a survey in the making, from the checked workbook, before anything is stored."""

from __future__ import annotations

from typing import Any

import streamlit as st

from answers.index import INDEX
from answers.question import Question, pairs
from answers.selection import ours_where
from answers.topic import Answered, answer
from answers.workbook_source import WorkbookSource
from pages._shared.session.store_access import settings
from pages.measure.upload.draft import UploadDraft
from storage.catalogue import period_order
from storage.workbook_frame import workbook_frame
from survey_schema.loading import schema_hash
from survey_schema.responses import CheckedWorkbook

_STATE = "make_index"


def first_index(now: UploadDraft, checked: CheckedWorkbook) -> Answered[Any, Any] | None:
    """The index and its indicators in the latest wave of the workbook; None where it cannot be used as it stands."""
    if checked.responses is None or not checked.storable or not checked.responses.num_rows:
        return None
    key = (now.token, schema_hash(now.schema), id(checked))
    kept: tuple[object, Answered[Any, Any]] | None = st.session_state.get(_STATE)
    if kept is None or kept[0] != key:
        kept = st.session_state[_STATE] = (key, _asked(now, checked))
    return kept[1]


def last_index() -> Answered[Any, Any] | None:
    """The index that was looked at last."""
    kept: tuple[object, Answered[Any, Any]] | None = st.session_state.get(_STATE)
    return kept[1] if kept else None


def _asked(now: UploadDraft, checked: CheckedWorkbook) -> Answered[Any, Any]:
    assert checked.responses is not None
    labels = tuple(sorted(map(str, checked.responses["wave"].unique().to_pylist()), key=period_order))
    frame = workbook_frame(checked, now.schema, limits=settings().engine_limits)
    source = WorkbookSource(now.schema, frame, labels, settings().rules)
    question = Question(INDEX.name, now.schema.name, INDEX.options(), labels[-1:], pairs(ours_where(source, labels[-1])))
    return answer(INDEX, question, source)
