"""The settings and weights in force, for *Methods*."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages._shared.session.store_access import active_waves, schemas_in_force, settings
from pages._shared.session.words import _, language, number
from survey_schema.answer_shares import Mark, answers_text
from survey_schema.indicator_tree import Indicator
from survey_schema.models import SurveySchema
from words.shown_text import markdown_text as plain


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
            st.dataframe(_tree(schema), hide_index=True, placeholder="", alt=_("Indicator tree with weights"))
            st.caption(_("Which answers count, as the question was asked; the cuts of a reversed question stand at its other end."))
            st.dataframe(_cuts(schema), hide_index=True, placeholder="", alt=_("Which answers count"))


def _cuts(schema: SurveySchema) -> pd.DataFrame:
    """Item by item which answers count for the shares."""
    titles: dict[str, tuple[Mark, ...]] = {
        _("Satisfied"): ("satisfied",), _("Dissatisfied"): ("dissatisfied",), _("Top box"): ("top_box",),
        _("Promoters / detractors"): ("promoter", "detractor"),
    }  # fmt: skip
    rows = []
    for item in schema.items:
        scale = schema.scale_of(item.code)
        asked = f"{scale.minimum:g}–{scale.maximum:g}" + (f" ({_('reversed')})" if item.reversed else "")
        texts = {
            title: " / ".join(filter(None, (answers_text(schema, item.code, mark, language()) for mark in marks)))
            for title, marks in titles.items()
        }
        rows.append({_("Question"): item.title.text(language()), _("Code"): item.code, _("Scale"): asked, **texts})
    return pd.DataFrame(rows)


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
