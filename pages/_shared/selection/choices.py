"""The global selections: one bar of pills above every result page, the same on all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import streamlit as st

from analysis.compare.wave_order import previous_wave, waves_until, year_before
from answers.attribute_values import attribute_values, in_schema_order
from answers.selection import ours_where
from pages._shared.session import address, choosing
from pages._shared.session.distinct_names import distinct_names
from pages._shared.session.store_access import responses_of
from pages._shared.session.told_once import told_once
from pages._shared.session.window import is_narrow
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

    ``waves`` are all waves of the survey in force, oldest first; ``where`` has only the dimensions and attributes that are narrowed;
    ``values`` the values each dimension has in the chosen wave, ``attributes`` those of the attributes that tell respondents apart.
    """

    survey: str
    schema: SurveySchema
    schema_hash: str
    wave: Wave
    waves: tuple[Wave, ...]
    where: Mapping[str, str]
    values: Mapping[str, tuple[str, ...]]
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def title(self, dimension: str, value: str | None) -> str:
        """Name of a branch, operator, brand, business line or attribute's value in the language of this run."""
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
    there, usual = source.values(label), ours_where(source, label)
    values = {name: in_schema_order(schema, name, there.get(name, ())) for name in map(str, DIMENSIONS)}
    where: dict[str, str] = {}
    for dimension in map(str, DIMENSIONS):
        known = values[dimension]
        value = settled(dimension, [*known, ALL], usual.get(dimension, ALL))
        if value != ALL:
            where[dimension] = value
    attributes = attribute_values(source, label)
    for name in [key.removeprefix(address.WHO) for key in asked if key.startswith(address.WHO)]:
        value = settled(address.WHO + name, [*attributes.get(name, ()), ALL], ALL)
        if value != ALL:
            where[name] = value
    return Chosen(survey, schema, wave.schema_hash, wave, of_survey, where, values, attributes), unknown


@dataclass(frozen=True)
class Selection:
    """One of the selections: its key in the address, its name, its codes with their words, and the one that holds now."""

    key: str
    name: str
    names: Mapping[str, str]
    now: str

    def take(self, code: str) -> None:
        """Takes over what was chosen."""
        if self.key == "survey":  # another survey has waves and values of its own
            for other in address.codes().keys() - {"lang"}:
                address.drop(other)
        address.pick(self.key, code)


def selections(settled: Chosen, surveys: Mapping[str, SurveySchema]) -> list[Selection]:
    """What there is to select: survey where there are several, wave, then the dimensions that have more than one value."""
    found = []
    if len(surveys) > 1:
        titles = distinct_names(list(surveys), lambda name: _title(surveys[name]))
        found.append(Selection("survey", _("Survey"), titles, settled.survey))
    newest_first = [wave.label for wave in reversed(settled.waves)]
    found.append(Selection("wave", _("Wave"), distinct_names(newest_first, _wave_text), settled.wave.label))
    names = {Role.OPERATOR: _("Operator"), Role.BRAND: _("Brand"), Role.BUSINESS_LINE: _("Business line"), Role.BRANCH: _("Branch")}
    for dimension, name in names.items():
        known = settled.values.get(dimension, ())
        if len(known) > 1:
            now = settled.where.get(dimension, ALL)
            words = distinct_names(dict.fromkeys((ALL, *known, now)), partial(_value_text, settled, dimension))
            found.append(Selection(str(dimension), name, words, now))
    for attribute, known in settled.attributes.items():
        words = distinct_names((ALL, *known), partial(_value_text, settled, attribute))
        title = settled.schema.column_title(attribute, language())
        found.append(Selection(address.WHO + attribute, title, words, settled.where.get(attribute, ALL)))
    return found


def show_bar(settled: Chosen, surveys: Mapping[str, SurveySchema]) -> None:
    """The selections as pills in a row, attributes that narrow nothing below *More*; on a phone in one line that opens them."""
    there = selections(settled, surveys)
    if is_narrow():
        _show_folded(there)
        return
    further = [each for each in there if each.key.startswith(address.WHO) and each.now == ALL]
    for selection in there:
        if selection not in further:
            _pill(selection)
    if further:
        with st.popover(_("More choices"), key="pills_further", width="content"):
            for selection in further:
                _pill(selection)


def _title(schema: SurveySchema) -> str:
    return schema.title.text(language())


def _wave_text(label: str) -> str:
    """A wave that names no period says so: it is no part of the row of waves it stands below."""
    named = wave_text(label, language())
    return named if Period.parse(label) else _("{wave} (no period)").format(wave=named)


def _value_text(settled: Chosen, dimension: str, code: str) -> str:
    return _("all") if code == ALL else settled.title(dimension, code)


def _pill(of: Selection) -> None:
    widget = f"pill_{of.key}"
    st.menu_button(
        f":gray[{plain(of.name)}] {plain(of.names[of.now])}",
        list(of.names),
        key=widget,
        format_func=lambda code: f"{'✓' if code == of.now else ' '} {plain(of.names[code])}",
        on_click=choosing.chosen(widget, of.names, of.take),
    )


def _show_folded(there: Sequence[Selection]) -> None:
    """The wave, what is narrowed and whether all branches are in, in one line; it opens a box for each selection."""
    told = [of.names[of.now] for of in there if of.key == "wave" or (of.key != "survey" and of.now != ALL)]
    if any(of.key == Role.BRANCH and of.now == ALL for of in there):
        told.append(_("all branches"))
    with st.popover(" · ".join(map(plain, told)), key="folded_selections", width="stretch"):
        for of in there:
            widget = f"fold_{of.key}"
            st.session_state[widget] = of.now
            st.selectbox(
                of.name, list(of.names), format_func=of.names.__getitem__, key=widget,
                on_change=choosing.chosen(widget, of.names, of.take),
            )  # fmt: skip
