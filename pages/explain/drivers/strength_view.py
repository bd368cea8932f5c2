"""How strongly each driver goes with the outcome: shares, coefficients, whether the regression can be trusted, and stepwise."""

from __future__ import annotations

from functools import partial

from streamlit.delta_generator import DeltaGenerator

from analysis.drivers.driver_sentence import drivers_sentence
from answers.drivers import DriversAnswered, one_selection
from charts.drivers.driver_coefficients import driver_coefficients
from pages._shared.parts.how_computed import Explained
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _, language, said
from pages.explain.drivers.analysed import other_choice, say_answer, say_losses
from pages.explain.drivers.depth import show_diagnostics, show_stepwise
from reports.figures.drivers import IMPORTANCE


def show_strength(here: Chosen, answer: DeltaGenerator, asked: DriversAnswered) -> list[Explained]:
    """Each part fails alone: what one cannot tell is said in its place."""
    found, options = one_selection(asked), asked.question.options
    say_answer(answer, _("What goes most closely with satisfaction?"), drivers_sentence(found, here.schema, language()))
    if found.importance.reason:
        show_missing(said(found.importance.reason), other_choice(), "importance")
    else:
        show_figure(IMPORTANCE, here, "importance", {"outcome": options.outcome, "codes": list(options.drivers)})
    if found.regression.reason:
        show_missing(said(found.regression.reason), other_choice(), "coefficients")
    else:
        show_chart(partial(driver_coefficients, found.regression), here.schema, "coefficients")
        show_diagnostics(here, asked)
    show_stepwise(here, found.stepwise)
    say_losses(asked)
    return [found.importance, found.regression, found.stepwise]
