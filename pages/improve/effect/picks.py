"""What a measure was to change, where and since when, and what was aimed at and promised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from analysis.measures.measure import Measure
from answers.charted_figures import FIGURES
from answers.effect_question import EFFECT_OF, EVERYWHERE
from pages._shared.parts.pick import pick
from pages._shared.selection.charted_figure import code_title, codes_of, items_with, periods_of_figure
from pages._shared.selection.choices import Chosen
from pages._shared.session.distinct_names import distinct_names
from pages._shared.session.store_access import store
from pages._shared.session.words import _, language, said
from pages.improve.effect.from_measures import newest_checkable
from survey_schema.answer_shares import SHARES
from survey_schema.columns import Role
from words.periods import wave_text

#: The parts of a link to a check: ``?of=…&code=…&since=…&treated=a,b&target=…``.
LINKED = ("of", "code", "since", "treated", "target", "baseline", "promised")
_EVERYWHERE = EVERYWHERE[0]


def take_link(here: Chosen) -> Measure | None:
    """What a link names is picked once, and without one the newest measure that can be checked; what the reader picks after that stays.

    Returns that measure as long as nothing else is picked.
    """
    linked = {name: st.query_params[name][:200] for name in LINKED if st.query_params.get(name)}
    if linked and st.session_state.get("effect_link") != linked:
        st.session_state["effect_link"] = linked
        st.session_state.pop("effect_opened_on", None)
        _take(linked)
    elif {"effect_link", "effect_treated"}.isdisjoint(st.session_state) and (newest := newest_checkable(here)):
        st.session_state["effect_opened_on"], parts = newest
        _take(parts)
    measure: Measure | None = st.session_state.get("effect_opened_on")
    return measure if measure is not None and st.session_state.get("effect_treated") == [measure.branch] else None


def _take(linked: Mapping[str, str]) -> None:
    """Picks what the parts of a link name."""
    of = linked.get("of", "index")
    for name in ("of", "since"):
        if name in linked:
            st.session_state[f"effect_{name}" if name == "of" else f"effect_since_{bool(_kinds(of))}"] = linked[name]
    if "code" in linked:
        st.session_state[f"effect_code_{of}"] = linked["code"]
    if "treated" in linked:
        st.session_state["effect_treated"] = linked["treated"].split(",")
    for name in ("target", "baseline", "promised"):
        if name in linked and (number := _number(linked[name])) is not None:
            st.session_state[f"effect_{name}_{of}"] = number


def _kinds(of: str) -> tuple[str, ...]:
    return next((FIGURES[each].kinds for each in EFFECT_OF if each == of), ())


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def pick_check(here: Chosen) -> dict[str, Any] | None:
    """The choices of the figures; None where there are not two periods to compare."""
    there = [of for of in EFFECT_OF if of not in SHARES or items_with(of, here.schema)]
    with st.container(horizontal=True, key="effect_picks"):
        of = pick(_("What it was to change"), there, "effect_of", lambda each: said(FIGURES[each].title))
        codes = codes_of(here, of)
        code = pick(_("Which"), codes, f"effect_code_{of}", lambda each: code_title(here.schema, of, each)) if codes else None
        periods = periods_of_figure(here, of)
        if len(periods) < 2:
            return None
        since = pick(
            _("First period after it"), periods[1:], f"effect_since_{bool(FIGURES[of].kinds)}", lambda each: wave_text(each, language()),
            periods[-1],
        )  # fmt: skip
    return {"of": of, "code": code, "since": since, "treated": _pick_branches(here), **_pick_aims(here, of, code)}


def _pick_branches(here: Chosen) -> list[str]:
    branches = here.values.get(Role.BRANCH, ())
    if not branches:
        return [_EVERYWHERE]
    names = {_EVERYWHERE: _("everywhere"), **distinct_names(branches, lambda branch: here.title(Role.BRANCH, branch))}
    kept = [each for each in st.session_state.get("effect_treated", []) if each in names]
    if kept != st.session_state.get("effect_treated", kept):
        st.session_state["effect_treated"] = kept
    treated = st.multiselect(
        _("Branches where something was done"), list(names), format_func=names.__getitem__, key="effect_treated",
        persist_state="session", placeholder=_("Choose the branches"), select_all=False,
    )  # fmt: skip
    return [_EVERYWHERE] if _EVERYWHERE in treated else treated


def _pick_aims(here: Chosen, of: str, code: str | None) -> Mapping[str, Any]:
    """Target, baseline and promise: numbers, or a saved scenario about the same question."""
    none, found = "", {}
    with st.expander(_("Target and promise"), key="effect_aims"), st.container(horizontal=True, key="effect_numbers"):
        for name, label in (("target", _("Target")), ("baseline", _("Baseline of the target"))):
            found[name] = _level(label, f"effect_{name}_{of}")
        saved = [each.name for each in store().scenarios.saved(here.survey)] if of == "index" and code == here.schema.outcome else []
        scenario = none
        if saved:
            names = list(dict.fromkeys([none, *saved]))
            scenario = pick(_("Promised by a scenario"), names, "effect_scenario", lambda each: each or _("none"))
        if not scenario:
            for name, label in (
                ("promised", _("Promised change")), ("promised_low", _("Promised, lower end")), ("promised_high", _("Promised, upper end")),
            ):  # fmt: skip
                found[name] = _level(label, f"effect_{name}_{of}")
    if found["target"] is None:
        found["baseline"] = None
    if found.get("promised") is None or None in (found.get("promised_low"), found.get("promised_high")):
        found |= {"promised_low": None, "promised_high": None}
    return {**found, "scenario": scenario or None}


def _level(label: str, key: str) -> float | None:
    return st.number_input(label, value=None, key=key, width=170, persist_state="session", placeholder=_("none"), step=None)
