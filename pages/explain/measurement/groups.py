"""The path model of two groups on *Measurement*: first whether the constructs mean the same, then what differs."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.measurement.path_model_groups import PathModelComparison
from analysis.sums.mean_replacement import Missing
from answers.path_model import PATH_MODEL, PathModelOptions
from charts.measurement.construct_figures import group_difference_rows
from pages._shared.parts.pick import pick
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.shown_here import note_words
from pages._shared.session.words import _, number, said
from pages.explain.measurement.path_model import construct_names
from reports.print.printed_page import Phrase
from survey_schema.columns import DIMENSIONS, Role
from survey_schema.path_models import PathModel
from words.shown_text import markdown_text as plain


def show_groups(chosen: Chosen, model: PathModel, missing: Missing) -> PathModelComparison | None:
    """Two groups picked and compared; None where the wave has no two groups."""
    able = [str(dimension) for dimension in DIMENSIONS if len(chosen.values.get(dimension, ())) > 1]
    if not able:
        show_missing(
            _("This wave has no two groups to compare."),
            _("A workbook with a branch, operator, brand or business line column with two or more values brings the comparison."),
            "groups",
        )
        return None
    words = {
        Role.BRANCH: _("Branch"), Role.OPERATOR: _("Operator"), Role.BRAND: _("Brand"), Role.BUSINESS_LINE: _("Business line"),
    }  # fmt: skip
    start = "operator" if "operator" in able else able[0]
    with st.container(horizontal=True, key="group_picks"):
        dimension = pick(_("Compare by"), able, "group_dimension", lambda code: words[Role(code)], start)
        values = list(chosen.values[dimension])
        name = partial(chosen.title, dimension)
        first = pick(_("First group"), values, f"group_first_{dimension}", name, chosen.where.get(dimension))
        second = pick(_("Second group"), [value for value in values if value != first], f"group_second_{dimension}", name)
    with st.spinner(_("The two path models are being compared …")):
        where = {**chosen.where, dimension: first}
        found = ask(PATH_MODEL, chosen, PathModelOptions(model.code, second, missing), where=where, by=[dimension])
        (compared,) = found.result.comparisons
    if compared.reason:
        show_missing(_("These two groups cannot be compared."), said(compared.reason), "groups")
        return None
    names = construct_names(model)
    _say_invariance(compared, name(first), name(second))
    title = _("{first} minus {second}: paths").format(first=name(first), second=name(second))
    alike = [e.code not in compared.unlike for e in compared.indices]
    ways_alike = [not {start, end} & compared.unlike for start, end in model.paths]
    paths = [f"{names[start]} → {names[end]}" for start, end in model.paths]
    caption = _("Difference of standardised path coefficients; coloured where the adjusted p decides.")
    show_chart(
        partial(
            group_difference_rows, compared.indices, names=[names[e.code] for e in compared.indices], decimals=1, trusted=alike,
            title=_("{first} minus {second}: indices").format(first=name(first), second=name(second)),
            caption=_("Difference of construct indices in points; coloured where the adjusted p decides."),
        ),
        chosen.schema, "group_indices",
    )  # fmt: skip
    paths_chart = partial(group_difference_rows, compared.paths, names=paths, decimals=2, trusted=ways_alike, title=title, caption=caption)
    show_chart(paths_chart, chosen.schema, "group_paths")
    return compared


def _say_invariance(compared: PathModelComparison, first: str, second: str) -> None:
    """Compositional invariance in one sentence, before any difference is shown."""
    bases = _("{first}: {n_first} respondents, {second}: {n_second}.").format(
        first=first, n_first=number(compared.n[0], 0), second=second, n_second=number(compared.n[1], 0)
    )
    told = f"{said(compared.verdict) if compared.verdict else ''} {bases}"
    note_words([Phrase(told)])
    sentence = plain(told)
    if compared.trusted is None:
        st.info(sentence)
    elif compared.trusted:
        st.success(sentence, icon=":material/check_circle:")
    else:
        st.warning(sentence, icon=":material/warning:")
