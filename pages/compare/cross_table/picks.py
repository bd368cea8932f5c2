"""What the reader crosses: which figure, which groupings in the rows and columns, and how they are shown."""

from __future__ import annotations

from typing import Any

import streamlit as st

from answers.crosstab_question import COUNTED, INDEX, MULTIPLE, PERCENTS, SHARES_OF
from pages._shared.parts.pick import pick
from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _, language
from reports.figures.crosstab import BY_NAME, BY_TOTAL
from survey_schema.columns import DIMENSIONS, Role
from survey_schema.models import SurveySchema

#: What the cells can show: a score, the answers to a question, the respondents themselves, several answers.
SCORES, ANSWERS, PEOPLE, SEVERAL = "scores", "answers", "people", "several"
_NONE, _SWAPPED = "none", "cross_swapped"


def groupings(here: Chosen) -> list[str]:
    """What can stand in rows and columns here: branches, attributes, other dimensions, as far as they have several values.

    What is narrowed to one value tells nobody apart.
    The operator is ours unless another is selected, and can be compared all the same.
    """
    dimensions = [str(name) for name in DIMENSIONS if here.has(str(name))]
    first = [name for name in dimensions if name == Role.BRANCH]
    there = [*first, *here.attributes, *(name for name in dimensions if name not in first)]
    return [name for name in there if name not in here.where or name == Role.OPERATOR]


def pick_table(here: Chosen, there: list[str]) -> dict[str, Any]:
    """The choices of the figure."""
    schema = here.schema
    with st.container(horizontal=True, vertical_alignment="bottom", key="cross_picks"):
        kind = pick(_("Show"), _kinds(schema, len(there)), "cross_kind", _kind_words().__getitem__)
        of = _pick_of(kind, schema)
        rows, columns = ((), ()) if kind in (ANSWERS, SEVERAL) else _pick_both(there, schema)
        if not rows:
            rows, columns = (of,), (pick(_("Compared by"), there, "cross_groups", lambda name: schema.column_title(name, language())),)
        st.button(_("Swap"), key="cross_swap", icon=":material/swap_horiz:", on_click=_swap, help=_("Rows become columns"))
        with st.popover(_("More choices"), key="cross_further", width="content"):
            further = _pick_further(kind, schema, there, {*rows, *columns})
    groups = (*columns, *further.pop("nested"))
    if st.session_state.get(_SWAPPED):
        rows, groups = groups, rows
    measure = {SCORES: of, ANSWERS: SHARES_OF, PEOPLE: SHARES_OF, SEVERAL: MULTIPLE}[kind]
    return {"rows": list(rows), "columns": list(groups), "measure": measure, **further}


def _swap() -> None:
    st.session_state[_SWAPPED] = not st.session_state.get(_SWAPPED)


def _kind_words() -> dict[str, str]:
    return {SCORES: _("Scores"), ANSWERS: _("Answers to a question"), PEOPLE: _("Who answered"), SEVERAL: _("Several answers")}


def _kinds(schema: SurveySchema, groupings_there: int) -> list[str]:
    two = [SCORES, PEOPLE] if groupings_there > 1 else []
    return [*two[:1], ANSWERS, *two[1:], *([SEVERAL] if schema.multi else [])]


def _pick_of(kind: str, schema: SurveySchema) -> str:
    """The indicator or question; nothing to pick where respondents themselves are counted."""

    def title(code: str) -> str:
        return schema.title_of(schema.tree.code if code == INDEX else code, language())

    if kind == PEOPLE:
        return SHARES_OF
    items = list(dict.fromkeys([*([schema.outcome] if schema.outcome else []), *(item.code for item in schema.items)]))
    codes = {
        SCORES: [INDEX, *(code for code in dict.fromkeys([*schema.indicator_codes(), *items]) if code != schema.tree.code)],
        ANSWERS: [code for code in items if schema.scale_of(code).grades],
        SEVERAL: [each.code for each in schema.multi],
    }[kind]
    return pick(_("Of"), codes, f"cross_of_{kind}", title)


def _pick_both(there: list[str], schema: SurveySchema) -> tuple[tuple[str, ...], tuple[str, ...]]:
    def title(name: str) -> str:
        return schema.column_title(name, language())

    rows = pick(_("In rows"), there, "cross_rows", title)
    return (rows,), (pick(_("In columns"), [name for name in there if name != rows], "cross_columns", title),)


def _pick_further(kind: str, schema: SurveySchema, there: list[str], taken: set[str]) -> dict[str, Any]:
    left = [_NONE, *(name for name in there if name not in taken)]
    nested = pick(
        _("Within each column"), left, "cross_nested", lambda name: _("nothing") if name == _NONE else schema.column_title(name, language())
    )
    told: dict[str, Any] = {"nested": () if nested == _NONE else (nested,)}
    if kind == PEOPLE:
        sides = {"column": _("down the columns"), "row": _("across the rows")}
        told["percent"] = pick(_("100 %"), PERCENTS, "cross_percent", sides.__getitem__)
    if kind == SEVERAL:
        counted = {"people": _("people"), "mentions": _("mentions")}
        told["counted"] = pick(_("Share of"), COUNTED, "cross_counted", counted.__getitem__)
    orders = {BY_NAME: _("the order of the survey"), BY_TOTAL: _("their totals")}
    told["sort"] = pick(_("Rows sorted by"), list(orders), "cross_sort", orders.__getitem__)
    return told
