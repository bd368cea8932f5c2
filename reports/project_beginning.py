"""What a new project begins with: the baseline, the figures of its current state and its topic, as the data say them already."""

from __future__ import annotations

from collections.abc import Mapping

from projects.evidence import LiveFigure, Part
from projects.prefill import prefilled_state, prefilled_target, prefilled_topic
from projects.project import SECTIONS, section_of
from projects.sections import About, CurrentState, Target
from reports.making.reader import Reader
from reports.project_figures import all_taken, asked_of, new_figure, taken
from words.errors import ManyiError
from words.language import Language


def begun(about: About, outcome: Mapping[str, object], reader: Reader, language: Language) -> tuple[Part, ...]:
    """The sections of a new project; of one without a survey its title alone. ``outcome``: the quantity, usually the index.

    Raises ManyiError where there is no such survey or wave.
    """
    if not about.survey:
        return (about,)
    ask = asked_of(about, reader)
    about = about.model_copy(update={"wave": ask.wave, "where": about.where or dict(ask.where)})
    shown = about.origin.evidence
    if isinstance(shown, LiveFigure):
        about = about.model_copy(update={"origin": about.origin.model_copy(update={"evidence": taken(about, shown, reader)})})
    target = suggested_target(about, outcome, reader, language)
    parts = (prefilled_topic(about, language), suggested_state(about, target, reader), target)
    return (about, *(part for part in parts if part != SECTIONS[section_of(part)]()))


def suggested_target(about: About, outcome: Mapping[str, object], reader: Reader, language: Language) -> Target:
    """What the data say of a baseline and of what can be reached; empty where they say nothing."""
    try:
        found = prefilled_target(outcome, asked_of(about, reader), language, new_figure)
        return Target.model_validate(all_taken(about, found, reader))
    except ManyiError:  # the quantity cannot be had here: the group writes it down itself
        return Target()


def suggested_state(about: About, target: Target, reader: Reader) -> CurrentState:
    """Figures of the current state, taken as they are now; those that cannot be drawn are left out."""
    found = prefilled_state(about, target, asked_of(about, reader), new_figure)
    kept = all_taken(about, found, reader)
    assert isinstance(kept, CurrentState)
    there = tuple(each for each in kept.evidence if not isinstance(each, LiveFigure) or each.as_of is not None)
    return kept.model_copy(update={"evidence": there})
