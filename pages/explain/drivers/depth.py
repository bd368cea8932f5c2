"""Behind the strength of drivers: whether the regression can be trusted, and stepwise step by step."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from analysis.drivers.drivers import Drivers
from analysis.drivers.residual_diagnostics import OrderedCheck, ResidualDiagnostics
from analysis.drivers.stepwise import Stepwise
from answers.drivers import DriversAnswered, one_selection, row_checks
from charts.drivers.residual_plots import quantiles_plot, residuals_plot
from pages._shared.parts.cards import side_by_side
from pages._shared.parts.say import say, say_list
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.show_table import show_plain_table
from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _, language, number, said
from words.lists import listed


def show_diagnostics(chosen: Chosen, answered: DriversAnswered) -> None:
    """Words and pictures on collinearity, influence, residuals, uneven spread and the ordered check; computed when opened."""
    with st.expander(_("Can the regression be trusted?"), icon=":material/troubleshoot:", key="driver_checks", on_change="rerun") as opened:
        if not opened.open:
            return
        found = one_selection(answered)
        with st.spinner(_("Reading the rows …")):
            residuals, ordered = row_checks(answered.asked, found)
        say_list(_sentences(chosen, found, residuals, ordered))
        if residuals.reason:
            return
        left, right = side_by_side(0.5, 0.5)
        with left:
            show_chart(partial(residuals_plot, residuals), chosen.schema, "residuals", share=0.5, table=False)
        with right:
            show_chart(partial(quantiles_plot, residuals), chosen.schema, "quantiles", share=0.5, table=False)
        if residuals.influential:
            say(_("The most influential rows of the workbook (row number, Cook’s distance, standardised residual, leverage)"), "small")
            show_plain_table(_influential(residuals), chosen.schema)


def show_stepwise(chosen: Chosen, stepwise: Stepwise) -> None:
    """Every step with the p-value that decided it, what was left out, and the caution."""
    with st.expander(_("Stepwise regression, step by step"), icon=":material/stairs:", key="driver_stepwise"):
        say(said(stepwise.caution), "small")
        if stepwise.reason:
            say(said(stepwise.reason))
            return
        if not stepwise.steps:
            say(_("No driver entered."))
            return
        actions = {"enter": _("enters"), "remove": _("leaves")}
        title = partial(chosen.schema.title_of, language=language())
        table = pd.DataFrame(
            {
                _("Step"): [step.number for step in stepwise.steps],
                _("Driver"): [title(step.driver) for step in stepwise.steps],
                _("What happens"): [actions.get(step.action, step.action) for step in stepwise.steps],
                "p": [step.p for step in stepwise.steps],
                "R²": [number(step.r_squared, 3) for step in stepwise.steps],
                _("Change of R²"): [number(step.r_squared_change, 3, signed=True) for step in stepwise.steps],
            }
        )
        show_plain_table(table, chosen.schema)
        left_out = [f"{title(code)} (p = {number(p, 3)})" for code, p in stepwise.excluded.items()]
        if left_out:
            say(_("Left out: {list}").format(list=listed(left_out, language())), "small")


def _sentences(chosen: Chosen, found: Drivers, residuals: ResidualDiagnostics, ordered: OrderedCheck) -> list[str]:
    regression = found.regression
    told = [
        _("Collinearity: the largest variance inflation is {vif}, the condition number {condition}.").format(
            vif=number(regression.largest_vif, 1), condition=number(regression.condition_number or 1.0, 1)
        ),
        *(said(note) for note in (*regression.notes, *found.importance.notes)),
        *([said(residuals.reason)] if residuals.reason else [said(sentence) for sentence in residuals.sentences]),
    ]
    if ordered.reason:
        return [*told, said(ordered.reason)]
    if ordered.disagreeing:
        names = listed([chosen.schema.title_of(code, language()) for code in ordered.disagreeing], language())
        return [*told, _("Ordered logit on the grades gives another sign for {names}: be careful with it.").format(names=names)]
    sentence = _("Ordered logit on the grades ({n} respondents) agrees: no driver comes out with a certain opposite sign.")
    return [*told, sentence.format(n=number(ordered.n, 0))]


def _influential(residuals: ResidualDiagnostics) -> pd.DataFrame:
    rows = residuals.influential[:10]
    return pd.DataFrame(
        {
            _("Row"): [row.source_row for row in rows],
            _("Cook’s distance"): [number(row.cook_distance, 3) for row in rows],
            _("Standardised residual"): [row.standardised_residual for row in rows],
            _("Leverage"): [number(row.leverage, 3) for row in rows],
        }
    )
