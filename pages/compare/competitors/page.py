"""Competitors: where do we lead, where do we trail?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.compare.competitor_sentence import rivals
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.pick import pick
from pages._shared.parts.pick_view import pick_view
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import chosen
from pages._shared.session.asking import scoped
from pages._shared.session.words import _, language, said
from reports.figures.competitors import BRANDS, BRINGS_RIVALS, DIMENSIONS, ITEMS, MATRIX, NO_RIVALS, asked_competitors, told_of
from reports.figures.duel_rows import brand_rows, shares_sentence
from survey_schema.columns import Role
from words.lists import listed

here = chosen()
schema = here.schema
result_styles()
asked = asked_competitors(scoped(here))
found = asked.result
show_answer(_("Where do we lead, where do we trail?"), asked.sentence(language()))
passed_over = [here.title(name, here.where[name]) for name in (Role.OPERATOR, Role.BRAND) if name in here.where]
if Role.BRAND in here.where or here.where.get(Role.OPERATOR, schema.our_operator) != schema.our_operator:
    told = _("This page compares all operators and brands, whatever is chosen above ({chosen}).")
    say(told.format(chosen=listed(passed_over, language())), "small")
operators = rivals(found)
if not operators:
    show_missing(said(NO_RIVALS), said(BRINGS_RIVALS), "competitors")
    st.stop()

main = told_of(asked)
views = {"matrix": _("All indicators"), "one": _("One competitor"), "brands": _("By brand")}
view = pick_view(_("Part"), views, "competitors_view")
if view == "matrix":
    show_figure(MATRIX, here, "matrix")
elif view == "one":
    rival = pick(_("Competitor"), operators, "rival", partial(here.title, Role.OPERATOR), main.rival)
    show_figure(DIMENSIONS, here, "dimensions", {"rival": rival})
    show_figure(ITEMS, here, "items", {"rival": rival})
else:
    code = pick(_("Indicator"), schema.indicator_codes(), "duel_code", lambda item: schema.title_of(item, language()), main.code)
    if brand_rows(found, schema, code, language()).gaps:
        show_figure(BRANDS, here, "brands", {"code": code})
    if found.composite:
        say(shares_sentence(found, schema, language()), "small")
    if found.composite_reason:
        show_missing(_("There is no composite of the brands."), said(found.composite_reason), "composite")
how_computed([found.as_result()], here, formula=r"\text{composite} = \sum_b \frac{N_b}{\sum N}\, \bar{s}_b" if found.composite else "")
