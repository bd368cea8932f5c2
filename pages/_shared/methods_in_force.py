"""The settings and weights in force, for *Methods*."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages._shared.messages import plain
from pages._shared.store_access import active_waves, schemas_in_force, settings
from pages._shared.words import _, language, number
from survey_schema.models import Indicator, SurveySchema


def show_settings() -> None:
    """Thresholds that hold for every figure."""
    thresholds = settings().thresholds
    rows = {
        _("Confidence level"): f"{number(thresholds.confidence * 100, 0)} %",
        _("Significance level"): f"{thresholds.alpha:g}",
        _("Marked below an effective base of"): f"{thresholds.marked_below:g}",
        _("Hidden below an effective base of"): f"{thresholds.hidden_below:g}",
    }
    st.table(rows, border="horizontal", hide_header=True, alt=_("Settings in force"))


def show_surveys() -> None:
    """Convention, judgement and indicator weights of each survey in the store."""
    for name, schema in schemas_in_force(active_waves()).items():
        with st.expander(f"{plain(schema.title.text(language()))} · {plain(name)} v{schema.version}", key=f"schema_{name}"):
            facts = {
                _("Rescaling convention"): schema.convention,
                _("Smallest interesting difference (points)"): f"{schema.comparison.smallest_interesting_difference:g}",
            }
            st.table(facts, border="horizontal", hide_header=True, alt=_("Settings in force"))
            st.dataframe(_tree(schema), hide_index=True, alt=_("Indicator tree with weights"))


def _tree(schema: SurveySchema) -> pd.DataFrame:
    rows: list[dict[str, object]] = []

    def add(node: Indicator, depth: int, weight: float | None) -> None:
        rows.append(_row(schema, node.code, depth, weight))
        for child in node.children:
            share = node.child_weights()[child.code]
            if isinstance(child, Indicator):
                add(child, depth + 1, share)
            else:
                rows.append(_row(schema, child.code, depth + 1, share))

    add(schema.tree, 0, None)
    return pd.DataFrame(rows)


def _row(schema: SurveySchema, code: str, depth: int, weight: float | None) -> dict[str, object]:
    target = schema.comparison.targets.get(code)
    return {
        _("Indicator"): "　" * depth + schema.title_of(code, language()),
        _("Code"): code,
        _("Indicator weight"): "" if weight is None else number(weight, 3),
        _("Target"): "" if target is None else number(target, 1),
    }
