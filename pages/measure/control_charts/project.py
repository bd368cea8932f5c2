"""A signal on a control chart as the beginning of a QC project."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from answers.control_chart_figures import title_of
from pages._shared.parts.start_project import start_project
from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _, language
from reports.figures.control_charts import CONTROL, Asked


def offer_project(here: Chosen, asked: Asked, choices: Mapping[str, Any]) -> None:
    """The button, where a rule is broken somewhere."""
    found = asked.result
    if not any(each.chart.signals for each in found.charts):
        return
    outcome: dict[str, object] = {}
    if choices.get("of") == "complaints":
        outcome = {"of": "complaints"}
    elif choices.get("of") in (None, "index") and asked.question.codes:
        outcome = {"of": "index", "code": asked.question.codes[0]}
    title = _("The signal of {figure}").format(figure=title_of(asked.asked, found.per, language()))
    start_project(here, "signal", title, CONTROL, "control_charts", choices=choices, outcome=outcome)
