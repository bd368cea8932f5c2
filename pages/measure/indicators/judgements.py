"""What people judge in *Indicators*: the matrix of pairwise judgements with its consistency, and the weights of several experts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from analysis.indicator_weights.ahp_weights import LIMIT, AhpWeights, ahp_weights, judgement_matrix
from analysis.indicator_weights.expert_weights import ExpertWeights, expert_weights
from pages._shared.session.words import _, language, number, said
from pages.measure.indicators.draft import WorkingCopy, editor_round, keep, say, working_copy
from survey_schema.indicator_weighting import EXTREME, Expert, Judgement
from survey_schema.schema_parts import LocalText
from words.errors import ManyiError
from words.language import message
from words.shown_text import markdown_text as plain

_SCALE = [*(str(times) for times in range(EXTREME, 0, -1)), *(f"1/{times}" for times in range(2, EXTREME + 1))]
_MOST_EXPERTS = 50


def children_of(copy: WorkingCopy, node: str) -> dict[str, LocalText]:
    """Titles of the children of a node of the draft."""
    return {row.code: LocalText(zh_CN=row.zh_CN, en=row.en) for row in copy.rows if row.parent == node}


def judgements_of(copy: WorkingCopy, node: str) -> list[Judgement]:
    """The judgements on a node's children: those being entered, else those in the tree; of children that are gone, none."""
    codes = children_of(copy, node)
    found = copy.judgements.get(node)
    if found is None:
        found = [Judgement.model_validate(each) for each in _node(copy.draft["tree"], node).get("judgements", [])]
    return [judged for judged in found if {judged.more, judged.less} <= set(codes)]


def experts_of(copy: WorkingCopy, node: str) -> list[Expert]:
    """The experts' weights of a node's children: those being entered, else those in the tree."""
    found = copy.experts.get(node)
    return list(found) if found is not None else [Expert.model_validate(each) for each in _node(copy.draft["tree"], node)["experts"]]


def show_matrix(copy: WorkingCopy, node: str) -> AhpWeights:
    """The matrix: how many times as important the row is as the column; the other half fills itself. Consistency beneath."""
    titles = children_of(copy, node)
    codes, names = list(titles), [title.text(language()) for title in titles.values()]
    judged = judgements_of(copy, node)
    matrix = judgement_matrix(codes, judged)
    cells = {code: [_shown(value) for value in matrix[:, place]] for place, code in enumerate(codes)}
    table = pd.DataFrame({"": names, **cells}, dtype="object")
    st.caption(
        _("How many times as important is the row as the column? 1 equally, 3 moderately, 5 strongly, 7 very strongly, 9 extremely.")
    )
    key = f"indicators_ahp_{node}_{editor_round()}"
    there = {text for column in cells.values() for text in column if text}
    options = sorted({*_SCALE, *there}, key=lambda text: -float(Fraction(text)))
    columns = {
        code: st.column_config.SelectboxColumn(name, options=options, width="small") for code, name in zip(codes, names, strict=True)
    }
    st.data_editor(
        table, hide_index=True, key=key, disabled=[""], on_change=_take_matrix, args=(copy.survey, node, key),
        column_config={"": st.column_config.TextColumn("", pinned=True), **columns}, alt=_("Pairwise judgements"), placeholder="·",
    )  # fmt: skip
    found = ahp_weights(codes, judged, titles)
    _show_consistency(found)
    return found


def show_experts(copy: WorkingCopy, node: str) -> ExpertWeights:
    """One row an expert; weights in any unit. How much they agree beneath."""
    titles = children_of(copy, node)
    experts = experts_of(copy, node)
    st.caption(_("One row an expert; weights in any unit, such as points or per cent. Each expert counts the same."))
    key = f"indicators_experts_{node}_{editor_round()}"
    table = pd.DataFrame(
        {"name": pd.Series([each.name for each in experts], dtype="str")}
        | {code: pd.Series([each.weights.get(code) for each in experts], dtype="float64") for code in titles}
    )
    columns = {code: st.column_config.NumberColumn(title.text(language()), min_value=0.0) for code, title in titles.items()}
    st.data_editor(
        table, hide_index=True, placeholder="", key=key, num_rows="dynamic", on_change=_take_experts, args=(copy.survey, node, key),
        column_config={"name": st.column_config.TextColumn(_("Expert"), max_chars=100), **columns}, alt=_("Weights by expert"),
    )  # fmt: skip
    found = expert_weights(list(titles), experts, titles)
    if found.furthest:
        told = _("{count} experts; they differ most on {indicator}: {low} % to {high} %.").format(
            count=found.experts, indicator=titles[found.furthest].text(language()), low=number(100 * found.lowest[found.furthest]),
            high=number(100 * found.highest[found.furthest]),
        )  # fmt: skip
        st.caption(plain(told))
    return found


def _show_consistency(found: AhpWeights) -> None:
    if found.ratio is None:
        st.info(plain(said(found.reason)) if found.reason else "", icon=":material/grid_on:")
        return
    ratio, limit = number(found.ratio, 3), number(LIMIT, 2)
    figures = f"λmax {number(found.lambda_max or 0.0, 3)} · CI {number(found.index or 0.0, 3)} · CR {ratio}"
    if found.reason:
        st.error(f"{plain(said(found.reason))}  \n{plain(figures)}", icon=":material/rule:")
    else:
        told = _("Consistent: the consistency ratio {ratio} is below {limit}.").format(ratio=ratio, limit=limit)
        st.success(f"{plain(told)}  \n{plain(figures)}", icon=":material/check_circle:")


def _take_matrix(survey: str, node: str, key: str) -> None:
    apply_judgements(survey, node, st.session_state[key]["edited_rows"])


def apply_judgements(survey: str, node: str, edited: Mapping[int, Mapping[str, Any]]) -> None:
    """Cells changed in the matrix, row number → column → text; the mirror cell follows, the diagonal stays 1, an emptied cell is open."""
    copy = working_copy(survey)
    codes = list(children_of(copy, node))
    matrix = judgement_matrix(codes, judgements_of(copy, node))
    for row, cells in edited.items():
        for code, text in cells.items():
            i, j = int(row), codes.index(code)
            if i != j:
                times = float(Fraction(str(text))) if text else np.nan
                matrix[i, j], matrix[j, i] = times, 1 / times
    keep(replace(copy, judgements={**copy.judgements, node: _judged(codes, matrix)}))


def _judged(codes: Sequence[str], matrix: np.ndarray) -> tuple[Judgement, ...]:
    found = []
    for i, j in combinations(range(len(codes)), 2):
        if np.isfinite(matrix[i, j]):
            more, less = (i, j) if matrix[i, j] >= 1 else (j, i)
            found.append(Judgement(more=codes[more], less=codes[less], times=min(float(matrix[more, less]), EXTREME)))
    return tuple(found)


def _take_experts(survey: str, node: str, key: str) -> None:
    state = st.session_state[key]
    apply_experts(survey, node, state["edited_rows"], state["added_rows"], state["deleted_rows"])


def apply_experts(
    survey: str, node: str, edited: Mapping[int, Mapping[str, Any]], added: Sequence[Mapping[str, Any]], deleted: Sequence[int]
) -> None:
    """Rows changed, added and deleted in the table of experts; a weight left out counts 0 until it is entered."""
    copy = working_copy(survey)
    codes = list(children_of(copy, node))
    table: list[dict[str, Any]] = [{"name": each.name, **each.weights} for each in experts_of(copy, node)]
    for place, cells in edited.items():
        table[int(place)] |= cells
    table = [row for place, row in enumerate(table) if place not in deleted] + [dict(row) for row in added]
    experts = []
    for place, row in enumerate(table):
        name = str(row.get("name") or _("Expert {number}").format(number=place + 1))[:100]
        weights = {code: max(float(row.get(code) or 0.0), 0.0) for code in codes}
        experts.append(Expert(name=name, weights=weights))
    if len(experts) > _MOST_EXPERTS:
        say(ManyiError(message("At most {most} experts can be entered.", most=_MOST_EXPERTS)))
        return
    keep(replace(copy, experts={**copy.experts, node: tuple(experts)}))


def _shown(value: float) -> str | None:
    """A judgement as it is written: 3 or 1/3."""
    if not np.isfinite(value):
        return None
    near = Fraction(float(value)).limit_denominator(EXTREME)
    return str(near) if abs(float(near) - value) < 1e-6 else f"{value:.4g}"


def _node(tree: dict[str, Any], code: str) -> dict[str, Any]:
    if tree.get("code") == code:
        return tree
    return next((found for child in tree.get("children", []) if (found := _node(child, code))), {})
