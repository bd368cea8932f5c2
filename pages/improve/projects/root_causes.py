"""Step five: each end cause with its test; the verdict follows from the test and the influence on the problem, never from a vote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from analysis.root_causes.verdicts import JudgedCause
from charts.causes.cause_marks import WORDS as VERDICT_WORDS
from pages._shared.parts.cards import card
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Words
from pages._shared.session.choosing import chosen
from pages._shared.session.reporting import reader
from pages._shared.session.words import _, number, said
from pages.improve.projects.at_work import AtWork
from pages.improve.projects.evidence import show_piece
from pages.improve.projects.fields import Fields, field_key
from pages.improve.projects.live_tests import from_store, pick_driver
from pages.improve.projects.own_figure import show_own
from pages.improve.projects.saving import put
from projects.cause_edits import path_of
from projects.plain_choices import cause_choices
from projects.sections import Cause, CauseTest
from reports.project_facts import judged
from words.shown_text import markdown_text as plain

_TONES = {"confirmed": "", "not_confirmed": "muted", "not_enough_data": "caution"}


def show_root_causes(work: AtWork) -> None:
    """The verdicts in a picture, then cause by cause."""
    tree = work.project.causes
    if not tree.end_causes:
        say(_("Name causes in step 4 first; those nobody asked any further are tested here."))
        return
    choices = cause_choices(tree)
    show_own(work, "cause-tests", choices, "cause_tests", why_not=bool(choices["tests"]))
    found = {each.cause: each for each in judged(tree, reader(), work.project.about).causes}
    for cause in tree.end_causes:
        _show(work, cause, found.get(cause.id))


def _show(work: AtWork, cause: Cause, found: JudgedCause | None) -> None:
    fields, path = Fields(work, "causes"), f"causes.{cause.id}.test"
    above = " › ".join(path_of(work.project.causes, cause)[:-1])
    with card(cause.text, above, key=f"tested_{cause.id}"):
        _say_verdict(cause, found)
        _pick_kind(work, cause)
        if cause.test is None:
            return
        _numbers(fields, path, cause.test)
        fields.text(f"{path}.text", _("What was compared, and how"))
        with st.container(horizontal=True):
            fields.line(f"{path}.checked_by")
            fields.day(f"{path}.checked_on")
        show_piece(fields, f"{path}.evidence")


def _say_verdict(cause: Cause, found: JudgedCause | None) -> None:
    if found is None:
        say([Words(_("Not tested yet.") if cause.test is None else _("Not all numbers of the test are there yet."), "muted")])
    else:
        verdict, influence = said(VERDICT_WORDS[found.verdict]), found.test.influence
        parts = [Words(verdict, _TONES[found.verdict])]
        if influence.value is not None and influence.low is not None and influence.high is not None:
            told = _("goes with {value} % of the problem ({low}–{high})")
            shown = told.format(value=number(influence.value), low=number(influence.low), high=number(influence.high))
            parts.append(Words(f" · {shown}"))
        say(parts)
        if influence.reason is not None:
            say(said(influence.reason), "small")
    if cause.claimed_by == "vote":
        say([Words(_("It was decided by vote; that does not count."), "caution")], "small")


def _pick_kind(work: AtWork, cause: Cause) -> None:
    kinds = {
        "": _("no test yet"), "stratified": _("with the cause and without it"), "share": _("cases in which it was seen"),
        "correlation": _("pairs of figures"), "before_after": _("a trial: before and after"),
    }  # fmt: skip
    now = "" if cause.test is None else cause.test.kind
    if work.project.about.survey or now == "regression":
        kinds["regression"] = _("a driver of the survey")
    key = field_key(work.project.project_id, "kind", cause.id, now)
    st.selectbox(
        _("Tested by"), list(kinds), list(kinds).index(now), format_func=kinds.__getitem__, key=key,
        on_change=chosen(key, kinds, lambda kind: _take_kind(work, cause, kind)), disabled=not work.writable, filter_mode=None,
    )  # fmt: skip


def _take_kind(work: AtWork, cause: Cause, kind: str) -> None:
    """Another kind keeps the words and the numbers of the one before, should it come back."""
    old = cause.test
    test = None if not kind else CauseTest(kind=kind) if old is None else old.model_copy(update={"kind": kind})
    put(work.project, "causes", f"causes.{cause.id}.test", test)


def _numbers(fields: Fields, path: str, test: CauseTest) -> None:
    """The numbers of the kind of test."""
    cases, of = _("Cases of the problem"), _("Base")
    if test.kind == "stratified" and from_store(fields, path, test):
        return
    if test.kind == "regression":
        pick_driver(fields, path)
    elif test.kind == "stratified":
        _group(fields, path, test, "with_cause", _("With the cause"), (cases, of))
        _group(fields, path, test, "without_cause", _("Without it"), (cases, of))
    elif test.kind == "before_after":
        _group(fields, path, test, "before", _("Before the trial"), (cases, of))
        _group(fields, path, test, "after", _("After it"), (cases, of))
    elif test.kind == "share":
        with st.container(horizontal=True):
            fields.number(f"{path}.choices.seen", _("Cases in which it was seen"), least=0)
            fields.number(f"{path}.choices.cases", _("Cases looked at"), least=0)
    elif test.kind == "correlation":
        _pairs(fields, path, test)


def _group(fields: Fields, path: str, test: CauseTest, name: str, title: str, labels: Sequence[str]) -> None:
    kept: Any = test.choices.get(name)
    whole = isinstance(kept, list | tuple) and len(kept) == len(labels)
    values: list[float | None] = [None if each is None else float(each) for each in kept] if whole else [None] * len(labels)
    st.caption(plain(title))
    with st.container(horizontal=True, key=f"numbers_{name}_{path.split('.')[1]}"):
        for place, label in enumerate(labels):
            key = field_key(fields.work.project.project_id, path, name, place, values)
            st.number_input(
                label, value=values[place], min_value=0.0, key=key, format="%g", step=None,
                on_change=_take_number, args=(fields, f"{path}.choices.{name}", values, place, key), disabled=not fields.work.writable,
            )  # fmt: skip


def _take_number(fields: Fields, path: str, values: list[float | None], place: int, key: str) -> None:
    typed: float | None = st.session_state[key]
    put(fields.work.project, fields.section, path, [typed if number == place else value for number, value in enumerate(values)])


def _pairs(fields: Fields, path: str, test: CauseTest) -> None:
    """A line a pair: the cause's figure and the problem's."""
    kept: Any = test.choices.get("pairs", [])
    text = "\n".join(" ".join("" if each is None else f"{each:.15g}" for each in pair) for pair in kept)
    key = field_key(fields.work.project.project_id, path, "pairs", text)
    st.text_area(
        _("Pairs, a line each: the cause’s figure and the problem’s"), text, key=key, height=160, on_change=_take_pairs,
        args=(fields, path, key), placeholder="1.2 30\n1.5 34", disabled=not fields.work.writable,
    )  # fmt: skip


def _take_pairs(fields: Fields, path: str, key: str) -> None:
    pairs = []
    for line in st.session_state[key].replace("，", ",").splitlines()[:500]:
        try:
            numbers = [float(part) for part in line.replace(",", " ").split()]
        except ValueError:
            continue
        if len(numbers) == 2:
            pairs.append(numbers)
    put(fields.work.project, fields.section, f"{path}.choices.pairs", pairs)
