"""What the survey in view lacks for a page: one rule a page, which greys its entry in the menu and is said on the page itself.

A rule asks the survey's description and what was delivered, never an analysis, so that all of them cost one look into the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from answers.comments import comment_columns
from answers.complaint_sums import KIND
from answers.drivers import DriversOptions, settled_drivers
from answers.kano import has_drivers
from answers.nps import recommendation_items
from answers.source import StoreSource
from pages._shared.parts.missing_sheet import offer_sheets, sheet_words
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import source_of
from pages._shared.session.words import _, said
from reports.figures.competitors import BRINGS_RIVALS, NO_RIVALS
from survey_schema.columns import DIMENSIONS, Role
from words.errors import ManyiError


@dataclass(frozen=True)
class Lack:
    """``answer`` is what the page says instead, ``missing`` what is not there, ``brings`` what brings it; ``sheets`` are offered blank."""

    answer: str
    missing: str
    brings: str
    sheets: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """In one breath, for the menu."""
        return f"{self.missing} {self.brings}"


Rule = Callable[[Chosen, StoreSource], Lack | None]


def lack_of(page: str, here: Chosen) -> Lack | None:
    """What a page, named by its address, cannot be shown for; None where the survey serves it."""
    return _RULES[page](here, source_of(here))


def lacks(here: Chosen) -> dict[str, Lack]:
    """Every page that the survey in view cannot serve, by its address."""
    source = source_of(here)
    return {page: lack for page, rule in _RULES.items() if (lack := rule(here, source))}


def stop_where_lacking(page: str, here: Chosen, question: str) -> None:
    """Says what the page lacks and what brings it, and ends it there; does nothing where the survey serves it."""
    lack = lack_of(page, here)
    if lack is None:
        return
    show_answer(question, [Words(lack.answer)])
    show_missing(lack.missing, lack.brings, page)
    if lack.sheets:
        offer_sheets(here.schema, lack.sheets[0])
    st.stop()


def _questions(here: Chosen, _source: StoreSource) -> Lack | None:
    schema = here.schema
    if schema.multi or schema.rankings or schema.recommend or recommendation_items(schema):
        return None
    return Lack(
        _("This survey has no such question."),
        _("There is no question of several answers, no ranking and none asked from 0 to 10."),
        _("A survey that asks one brings this page."),
    )


def _branches(here: Chosen, _source: StoreSource) -> Lack | None:
    if here.has(Role.BRANCH):
        return None
    return Lack(
        _("This wave has fewer than two branches."),
        _("There is nothing to compare."),
        _("A workbook with a branch column and two or more branches brings the league."),
    )


def _competitors(here: Chosen, _source: StoreSource) -> Lack | None:
    known = here.values.get(Role.OPERATOR, ())
    if here.schema.our_operator in known and len(known) > 1:
        return None
    return Lack(
        _("This wave has no competitor to compare with."),
        said(NO_RIVALS),
        said(BRINGS_RIVALS),
    )


def _tiers(here: Chosen, _source: StoreSource) -> Lack | None:
    if here.schema.tiers:
        return None
    return Lack(
        _("This survey does not say how customers are layered."),
        _("There are no rules for layers of customers."),
        _("Rules over columns such as spending now and three months ago, written into the survey's description, bring the layers."),
    )


def _drivers(here: Chosen, source: StoreSource) -> Lack | None:
    """Stated importance needs no outcome."""
    return None if any(gap.importance for gap in here.schema.gap_items) else _budget(here, source)


def _budget(here: Chosen, _source: StoreSource) -> Lack | None:
    try:
        settled_drivers(DriversOptions(), here.schema)
    except ManyiError:
        return Lack(
            _("That cannot be said for this survey."),
            _("This survey does not say which question is about overall satisfaction, or which ones may move it."),
            _("A survey whose description names the question of overall satisfaction and what may move it brings this page."),
        )
    return None


def _gaps(here: Chosen, source: StoreSource) -> Lack | None:
    asked = any(gap.expectation for gap in here.schema.gap_items)
    if asked or any(source.deliveries(kind) for kind in ("staff", "standards", "promises")):
        return None
    return Lack(
        _("None of the gaps can be told yet."),
        _("Customers were not asked what they expect, and no sheet of staff, standards or promises came."),
        _("The blank workbook of the survey has these sheets; each of them brings a gap."),
        ("staff", "standards", "promises"),
    )


def _kano(here: Chosen, _source: StoreSource) -> Lack | None:
    if here.schema.kano_pairs or has_drivers(here.schema):
        return None
    return Lack(_("This survey cannot tell."), _("There are no question pairs, and no overall question with drivers."), bring_pairs())


def bring_pairs() -> str:
    """What brings the pairs of questions of Kano's model."""
    return _("Features asked twice, as if they were there and as if they were not, and marked so in the survey's description, bring them.")


def _comments(here: Chosen, _source: StoreSource) -> Lack | None:
    if comment_columns(here.schema):
        return None
    return Lack(
        _("This survey has no open comments."),
        _("There are no comments."),
        _("A column of free text, marked as comments in the survey's description, brings them."),
    )


def _complaints(_here: Chosen, source: StoreSource) -> Lack | None:
    if any(source.deliveries(kind) for kind in KIND.values()):
        return None
    return Lack(_("There are no complaints yet."), *sheet_words(KIND["tickets"]), (KIND["tickets"],))


def _inspections(_here: Chosen, source: StoreSource) -> Lack | None:
    if source.deliveries("inspections"):
        return None
    return Lack(_("There are no inspections yet."), *sheet_words("inspections"), ("inspections",))


def _kpis(_here: Chosen, source: StoreSource) -> Lack | None:
    if source.deliveries("kpis"):
        return None
    return Lack(_("There are no KPIs yet."), *sheet_words("kpis"), ("kpis",))


def _cross_table(here: Chosen, _source: StoreSource) -> Lack | None:
    if here.attributes or any(here.has(str(name)) for name in DIMENSIONS):
        return None
    return Lack(
        _("There is nothing to cross in this wave."),
        _("The responses have no branch, operator or attribute of several values."),
        _("Choose a wider selection, or name attribute columns in the survey."),
    )


_RULES: Mapping[str, Rule] = {
    "questions": _questions, "branches": _branches, "competitors": _competitors, "tiers": _tiers, "drivers": _drivers, "gaps": _gaps,
    "kano": _kano, "comments": _comments, "complaints": _complaints, "inspections": _inspections, "kpis": _kpis, "budget": _budget,
    "cross_table": _cross_table,
}  # fmt: skip
