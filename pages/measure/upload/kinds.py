"""What a workbook holds beside responses: each kind of data with its sheet, its rows and its periods."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages._shared.session.words import _, language, number
from pages.measure.upload.preview import show_kind
from storage.records import Wave
from survey_schema.data_kinds.all_kinds import RESPONSES, PeriodLabel, kind_of
from survey_schema.data_kinds.description import WHOLE
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedKind, CheckedWorkbook
from words.lists import listed
from words.periods import wave_text

_PERIODS_SHOWN = 6


def show_kinds(checked: CheckedWorkbook, schema: SurveySchema) -> None:
    """A line for each kind, and the first rows of each as they will be stored."""
    rows = [
        {
            _("Kind"): kind_name(each.kind), _("Sheet"): each.sheet, _("Periods"): listed(_periods(each), language(), most=_PERIODS_SHOWN),
            _("Rows"): each.rows_read, _("Rows used"): each.used,
        }
        for each in checked.kinds
    ]  # fmt: skip
    st.dataframe(pd.DataFrame(rows), hide_index=True, placeholder="", key="kinds_table", alt=_("Data beside responses"))
    for each in checked.kinds:
        if each.rows is not None and each.used:
            show_kind(each, schema, kind_name(each.kind))


def kind_name(kind: str) -> str:
    """The name of a kind, responses included."""
    return _("Responses") if kind == RESPONSES else kind_of(kind).title.text(language())


def wave_name(wave: Wave) -> str:
    """A wave by its period, a delivery by its kind and, unless it is a whole list, its period."""
    return wave_text(wave.label, language()) if wave.kind == RESPONSES else place_name(wave.kind, wave.label)


def place_name(kind: str, label: str) -> str:
    """The same by kind and label."""
    if kind == RESPONSES:
        return wave_text(label, language())
    return kind_name(kind) if label == WHOLE else f"{kind_name(kind)} · {PeriodLabel(label).text(language())}"


def count_text(wave: Wave) -> str:
    """How many responses or rows there are."""
    n = number(wave.n, 0)
    return _("{n} responses").format(n=n) if wave.kind == RESPONSES else _("{n} rows").format(n=n)


def _periods(kind: CheckedKind) -> list[str]:
    labels = sorted(kind.rows["period"].unique().to_pylist()) if kind.rows is not None else []
    return [PeriodLabel(label).text(language()) for label in labels]
