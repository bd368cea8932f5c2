"""The analysis of the drivers that are chosen, or in its place why there is none; and where a view says its answer."""

from __future__ import annotations

from collections.abc import Iterable

from streamlit.delta_generator import DeltaGenerator

from analysis.sums.missing_answers import losses_sentence
from answers.drivers import DRIVERS, DriversAnswered, DriversOptions, one_selection
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Part, Words, show_answer
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, said
from pages.explain.drivers.choice import DriverChoice


def other_choice() -> str:
    """What brings a part that cannot be told."""
    return _("Choose other drivers, a wider selection or another wave.")


def analysed(here: Chosen, answer: DeltaGenerator, choice: DriverChoice) -> DriversAnswered | None:
    """The analysis, with what missing answers cost it; None where it cannot be made, which is said."""
    asked = ask(DRIVERS, here, DriversOptions(choice.outcome, choice.drivers))
    reason = one_selection(asked).reason
    if reason is None:
        return asked
    with answer:
        show_answer(_("What should be improved first?"), [Words(_("That cannot be said for this selection."))])
    show_missing(said(reason), other_choice(), "drivers")
    return None


def say_answer(answer: DeltaGenerator, question: str, parts: Iterable[Part]) -> None:
    """The question and the answer of a view, at the top of the page."""
    with answer:
        show_answer(question, parts)


def say_losses(asked: DriversAnswered) -> None:
    """What missing answers cost, in small print, where any is missing."""
    if losses := losses_sentence(one_selection(asked).moments):
        say(said(losses), "small")
