"""The global selections: one bar of pills above every result page, the same on all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from analysis.compare.wave_order import previous_wave, waves_until, year_before
from answers.selection import ours_where
from pages._shared.session import address
from pages._shared.session.distinct_names import distinct_names
from pages._shared.session.store_access import responses_of
from pages._shared.session.told_once import told_once
from pages._shared.session.words import _, language
from storage.catalogue import period_order, wave_order
from storage.records import Wave
from survey_schema.columns import DIMENSIONS, Role
from survey_schema.models import SurveySchema
from words.lists import listed
from words.periods import Period, wave_text
from words.shown_text import markdown_text as plain

ALL = "all"
_STATE, _NOTE = "chosen", "chosen_note"


@dataclass(frozen=True)
class Chosen:
    """What the bar says: a survey, one of its waves, and one value or all per dimension.

    ``waves`` are all waves of the survey in force, oldest first; ``where`` has only the dimensions that are narrowed;
    ``values`` the values each dimension has in the chosen wave.
    """

    survey: str
    schema: SurveySchema
    schema_hash: str
    wave: Wave
    waves: tuple[Wave, ...]
    where: Mapping[str, str]
    values: Mapping[str, tuple[str, ...]]

    def title(self, dimension: str, value: str | None) -> str:
        """Name of a branch, operator, brand or business line in the language of this run."""
        return self.schema.value_title(dimension, value, language())

    def has(self, dimension: str, at_least: int = 2) -> bool:
        """Whether the chosen wave has that many values of a dimension."""
        return len(self.values.get(dimension, ())) >= at_least

    def without(self, *dimensions: str) -> dict[str, str]:
        """The selection without some dimensions: what a comparison across them needs."""
        return {name: value for name, value in self.where.items() if name not in dimensions}

    @property
    def previous(self) -> Wave | None:
        """The wave a change is counted from; None for the first, after a long gap, and for one that names no period."""
        return self._named(previous_wave(self.labels, self.wave.label))

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all waves."""
        return tuple(wave.label for wave in self.waves)

    @property
    def waves_so_far(self) -> tuple[Wave, ...]:
        """The waves up to the chosen one that have a place in time, oldest first; a wave that names no period stands alone."""
        until = waves_until(self.labels, self.wave.label)
        return tuple(next(wave for wave in self.waves if wave.label == label) for label in until)

    @property
    def year_before(self) -> Wave | None:
        """The wave of the same period a year earlier."""
        return self._named(year_before(self.labels, self.wave.label))

    def _named(self, label: str | None) -> Wave | None:
        return next((wave for wave in self.waves if wave.label == label), None)


def chosen() -> Chosen:
    """The global selections of this run; the frame has shown the bar before a page asks."""
    state: Chosen = st.session_state[_STATE]
    return state


def choose(waves: Sequence[Wave]) -> Chosen:
    """Settles the selections from the URL and the store; what does not exist falls back to the default with a note."""
    settled, unknown = settle(waves, address.codes())
    for key in unknown:
        address.drop(key)
    st.session_state[_STATE] = settled
    if unknown:
        named = listed([plain(value) for value in unknown.values()], language())
        st.session_state[_NOTE] = _("“{values}” is not known here; the usual view is shown instead.").format(values=named)
    (note,) = told_once(_NOTE)  # a run the browser asks for anew as a page opens takes along what it was not sent yet
    if note:
        st.toast(note, icon=":material/info:", duration="infinite")
    return settled


def settle(waves: Sequence[Wave], asked: Mapping[str, str]) -> tuple[Chosen, Mapping[str, str]]:
    """What is chosen when this is asked for, and what of it does not exist; nothing asked is the usual view. There must be a wave."""
    unknown: dict[str, str] = {}

    def settled(key: str, known: Sequence[str], default: str) -> str:
        value = asked.get(key, default)
        if value not in known:
            unknown[key] = value
            return default
        return value

    surveys = list(dict.fromkeys(wave.survey for wave in sorted(waves, key=lambda wave: period_order(wave.label))))
    most = max(surveys, key=lambda name: sum(wave.n for wave in waves if wave.survey == name))
    survey = settled("survey", surveys, most)
    of_survey = tuple(sorted((wave for wave in waves if wave.survey == survey), key=wave_order))
    label = settled("wave", [wave.label for wave in of_survey], of_survey[-1].label)
    wave = next(wave for wave in of_survey if wave.label == label)
    source = responses_of(survey, wave.schema_hash, of_survey)
    schema = source.schema
    values, usual = _in_schema_order(source.values(label), schema), ours_where(source, label)
    where: dict[str, str] = {}
    for dimension in map(str, DIMENSIONS):
        known = values[dimension]
        value = settled(dimension, [*known, ALL], usual.get(dimension, ALL))
        if value != ALL:
            where[dimension] = value
    return Chosen(survey, schema, wave.schema_hash, wave, of_survey, where, values), unknown


def show_bar(settled: Chosen, surveys: Mapping[str, SurveySchema]) -> None:
    """The pills, left to right: survey where there are several, wave, then the dimensions that have more than one value."""
    if len(surveys) > 1:
        _pill("survey", _("Survey"), list(surveys), settled.survey, lambda name: _title(surveys[name]))
    newest_first = [wave.label for wave in reversed(settled.waves)]
    _pill("wave", _("Wave"), newest_first, settled.wave.label, _wave_text)
    names = {Role.OPERATOR: _("Operator"), Role.BRAND: _("Brand"), Role.BUSINESS_LINE: _("Business line"), Role.BRANCH: _("Branch")}
    for dimension, name in names.items():
        known = settled.values.get(dimension, ())
        if len(known) > 1:
            words = partial(_value_text, settled, dimension)
            _pill(dimension, name, [ALL, *known], settled.where.get(dimension, ALL), words)


def _title(schema: SurveySchema) -> str:
    return schema.title.text(language())


def _wave_text(label: str) -> str:
    """A wave that names no period says so: it is no part of the row of waves it stands below."""
    named = wave_text(label, language())
    return named if Period.parse(label) else _("{wave} (no period)").format(wave=named)


def _value_text(settled: Chosen, dimension: str, code: str) -> str:
    return _("all") if code == ALL else settled.title(dimension, code)


def _in_schema_order(values: Mapping[str, tuple[str, ...]], schema: SurveySchema) -> dict[str, tuple[str, ...]]:
    """Values as the schema lists them; those it does not list come last."""
    ordered = {}
    for dimension in map(str, DIMENSIONS):
        places = {choice.code: place for place, choice in enumerate(schema.choices(Role(dimension)))}
        ordered[dimension] = tuple(sorted(values.get(dimension, ()), key=lambda value: (places.get(value, len(places)), value)))
    return ordered


def _pill(key: str, name: str, codes: list[str], now: str, words: Callable[[str], str]) -> None:
    names = distinct_names(codes, words)
    st.menu_button(
        f":gray[{plain(name)}] {plain(names.get(now) or words(now))}",
        codes,
        key=f"pill_{key}",
        format_func=lambda code: f"{'✓' if code == now else ' '} {plain(names[code])}",
        on_click=lambda: _take(key),
    )


def _take(key: str) -> None:
    if key == "survey":  # another survey has waves and values of its own
        for other in address.codes().keys() - {"lang"}:
            address.drop(other)
    address.pick(key, st.session_state[f"pill_{key}"])
