"""The wave and the order of day and month, which can be chosen whatever was recognised."""

from __future__ import annotations

import streamlit as st

from pages._shared.session.choosing import chosen
from pages._shared.session.words import _
from pages.measure.upload.draft import UploadDraft, choose_dates, name_wave_of_all
from survey_schema.columns import Role
from survey_schema.workbook.check.date_order import DATE_ORDERS
from survey_schema.workbook.match.matching import Matching

_RECOGNISED = ""


def choose_wave_and_dates(draft: UploadDraft, matching: Matching) -> None:
    """Folded unless something was chosen: nothing needs to be said where the workbook was understood."""
    order = next((text.removeprefix("dates=") for text in reversed((*draft.told, *draft.said)) if text.startswith("dates=")), _RECOGNISED)
    with st.expander(_("Another wave, another order of dates"), expanded=bool(order or draft.every_row), key="wave_and_dates"):
        wave, dates = st.columns(2)
        with wave:
            key = f"wave_of_all_{draft.token}"
            st.text_input(
                _("Wave of every row"), value=(draft.wave or "") if draft.every_row else "", key=key, max_chars=40,
                placeholder=_("as the workbook says"), on_change=lambda: name_wave_of_all(st.session_state[key].strip() or None),
                help=_("Leave it empty to take the wave from the workbook. Such as {example}.").format(example="2026Q2, 2026H1, 2026-06"),
            )  # fmt: skip
        if not any(column.role in (Role.DATE, Role.WAVE) and column.code in matching.targets for column in draft.schema.columns):
            return
        names = {
            _RECOGNISED: _("as recognised from the column"), "day-first": _("the day comes first: 03/04/2026 is 3 April"),
            "month-first": _("the month comes first: 03/04/2026 is 4 March"), "swapped": _("real dates have day and month swapped"),
            "as-shown": _("real dates are right as they stand"),
        }  # fmt: skip
        with dates:
            place = f"date_order_{draft.token}_{order}"
            options = [_RECOGNISED, *DATE_ORDERS]
            st.selectbox(
                _("Order of dates"), options, index=options.index(order), key=place, format_func=names.__getitem__,
                on_change=chosen(place, options, lambda dates: choose_dates(dates or None)),
            )  # fmt: skip
