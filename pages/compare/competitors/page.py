"""Competitors: where do we lead, where do we trail?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.compare.competitor_sentence import rivals
from answers.compare import WITH_COMPETITORS
from answers.compared import CompareOptions
from charts.compare.lead_lag_bars import lead_lag_bars
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.pick import pick
from pages._shared.parts.show_answer import show_answer
from pages._shared.parts.show_chart import result_styles, show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language, said
from pages.compare.competitors.duel_rows import brand_rows, indicator_rows, shares_sentence
from survey_schema.columns import Role
from words.lists import listed
from words.shown_text import markdown_text as plain

here = chosen()
schema = here.schema
result_styles()
everybody = {name: value for name, value in here.where.items() if name not in (Role.OPERATOR, Role.BRAND)}
asked = ask(WITH_COMPETITORS, here, CompareOptions("competitors"), where=everybody, codes=schema.indicator_codes())
found = asked.result
show_answer(_("Where do we lead, where do we trail?"), asked.sentence(language()))
passed_over = [here.title(name, here.where[name]) for name in (Role.OPERATOR, Role.BRAND) if name in here.where]
if Role.BRAND in here.where or here.where.get(Role.OPERATOR, schema.our_operator) != schema.our_operator:
    told = _("This page compares all operators and brands, whatever is chosen above ({chosen}).")
    st.caption(plain(told.format(chosen=listed(passed_over, language()))))
operators = rivals(found)
if not operators:
    missing = _("This wave has no responses of ours and of a competitor.")
    brings = _("A workbook with an operator column, our customers and those of a competitor in it, and a schema that says who we are.")
    show_missing(missing, brings, "competitors")
    st.stop()

result = found.as_result()
code = pick(_("Indicator"), schema.indicator_codes(), "duel_code", lambda item: schema.title_of(item, language()))
brands = brand_rows(found, schema, code)
if brands.gaps:
    title = _("{indicator}: our brands against their rivals").format(indicator=schema.title_of(code, language()))
    by_brand = partial(
        lead_lag_bars, brands.gaps, brands.ours, brands.theirs, brands.names, title=title, result=result, name_header=_("Brand"),
        ordered=False, decimals=2,
    )  # fmt: skip
    show_chart(by_brand, schema, "brands")
if found.composite:
    st.caption(plain(shares_sentence(found, schema)))
if found.composite_reason:
    show_missing(_("There is no composite of the brands."), said(found.composite_reason), "composite")

rival = pick(_("Competitor"), operators, "rival", partial(here.title, Role.OPERATOR))
for level, heading in (("dimensions", _("By dimension, against {rival}")), ("items", _("By indicator, against {rival}"))):
    rows = indicator_rows(found, schema, rival, level)
    by_level = partial(
        lead_lag_bars, rows.gaps, rows.ours, rows.theirs, rows.names, title=heading.format(rival=here.title(Role.OPERATOR, rival)),
        result=result, name_header=_("Indicator"), ordered=level == "items",
    )  # fmt: skip
    show_chart(by_level, schema, level)
how_computed([result], here, formula=r"\text{composite} = \sum_b \frac{N_b}{\sum N}\, \bar{s}_b" if found.composite else "")
