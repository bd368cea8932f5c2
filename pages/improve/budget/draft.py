"""What a user is choosing among: measures, budget and what is required, kept in the store after every step.

Windows of one user share it: a window follows what another one kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import streamlit as st

from pages._shared.session.store_access import store, who
from pages._shared.session.words import _
from survey_schema.measure_rows import MeasureRow

_STATE, _SEEN, _ROUND = "budget_draft", "budget_seen", "budget_round"
USUAL_BUDGET = 500_000.0


@dataclass(frozen=True)
class BudgetDraft:
    """Rows as they were typed, the budget in yuan, points by which ``least_of`` must rise, and measures for every branch."""

    rows: tuple[MeasureRow, ...] = ()
    budget: float = USUAL_BUDGET
    least_of: str = ""
    least: float = 0.0
    per_branch: int = 0

    def text(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def newest_draft(survey: str) -> BudgetDraft:
    """The draft as a run begins; what another window kept takes the place of this one's, and that is said."""
    stored = store().measure_drafts.of(survey, who())
    mine = st.session_state.get(_STATE, {}).get(survey)
    if mine is not None and stored == st.session_state.get(_SEEN, {}).get(survey):
        return draft_of(mine)
    if mine is not None:
        st.toast(_("The measures were changed in another window; this is how they stand now."), icon=":material/sync:", duration="long")
    _remember(survey, stored or BudgetDraft().text(), stored)
    begin_anew()
    return draft_of(stored)


def keep(survey: str, draft: BudgetDraft) -> None:
    """Keeps a step; where the store cannot be written to, in this window alone."""
    text = draft.text()
    if store().writable:
        store().measure_drafts.keep(survey, who(), text)
        _remember(survey, text, text)
    else:
        _remember(survey, text, st.session_state.get(_SEEN, {}).get(survey))


def keep_rows(survey: str, rows: Sequence[MeasureRow]) -> None:
    """Keeps other rows, such as those of a sheet that was uploaded, and draws the editor anew."""
    keep(survey, replace(newest_draft(survey), rows=tuple(rows)))
    begin_anew()


def begin_anew() -> None:
    """Lets the editor show the draft as it is now."""
    st.session_state[_ROUND] = editor_round() + 1


def editor_round() -> int:
    """Part of the key of the editor."""
    return int(st.session_state.get(_ROUND, 0))


def draft_of(text: str | None) -> BudgetDraft:
    """The draft a text keeps; an empty one where there is none, or one no longer understood."""
    try:
        kept: dict[str, Any] = json.loads(text) if text else {}
        rows = tuple(MeasureRow.of(row) for row in kept.pop("rows", ()))
        return BudgetDraft(rows, **kept)
    except (ValueError, TypeError, AttributeError):
        return BudgetDraft()


def _remember(survey: str, text: str, stored: str | None) -> None:
    st.session_state[_STATE] = {**st.session_state.get(_STATE, {}), survey: text}
    st.session_state[_SEEN] = {**st.session_state.get(_SEEN, {}), survey: stored}
