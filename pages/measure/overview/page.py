"""Overview: are customers satisfied?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from answers.compare import WITH_EARLIER, WITH_REST
from answers.compared import CompareOptions
from answers.index import INDEX, TREND
from answers.items import DISPERSION, DISTRIBUTION, RATES
from charts.index.answer_shares import answer_shares
from charts.index.grade_distribution import grade_distribution
from charts.index.indicator_heatmap import indicator_heatmap
from charts.index.weakest_dots import weakest_dots
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.show_answer import show_answer
from pages._shared.parts.show_chart import result_styles, show_chart
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_index_cards import show_index_cards
from pages._shared.parts.show_missing import show_missing
from pages._shared.parts.what_changed import show_what_changed
from pages._shared.selection.choices import chosen
from pages._shared.selection.common_version import say_common_version
from pages._shared.selection.nobody_selected import stop_where_nobody
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language
from reports.figures.overview import RANKING
from survey_schema.columns import Role

#: Waves in a small line.
LAST_WAVES = 8
#: Share of the width that the map takes beside the changes and weak spots.
WIDE = 0.64

here = chosen()
schema, codes = here.schema, here.schema.indicator_codes()
result_styles()

asked = ask(INDEX, here)
index = asked.result
show_answer(_("Are customers satisfied?"), asked.sentence(language()))
stop_where_nobody(index.estimates, here)
say_common_version(here)
change = ask(WITH_EARLIER, here, CompareOptions("previous")).result.last if here.previous else None
year_change = ask(WITH_EARLIER, here, CompareOptions("year_before")).result.last if here.year_before else None
steps = ((_("since the wave before"), change), (_("since a year before"), year_change))
changes = {words: step.differences for words, step in steps if step}
over_time = ask(TREND, here, waves=here.waves_so_far, codes=codes).result
show_index_cards(index, changes, over_time, [wave.label for wave in here.waves_so_far][-LAST_WAVES:], schema)

left, right = st.columns([WIDE, 1 - WIDE], gap="small")
with left:
    if here.has(Role.BRANCH):
        everywhere = here.without(Role.BRANCH)
        cells = ask(INDEX, here, where=everywhere, by=[Role.BRANCH]).result
        rest = ask(WITH_REST, here, CompareOptions("rest"), where=everywhere, by=[Role.BRANCH], codes=codes).result
        show_chart(partial(indicator_heatmap, cells, rest, first=here.values[Role.BRANCH]), schema, "heatmap", share=WIDE)
    else:
        show_missing(
            _("There is one branch only, so there is nothing to compare."),
            _("A workbook with a branch column and two or more branches brings the map."),
            "heatmap",
        )
with right:
    show_what_changed(change, here)
    spread = ask(DISPERSION, here).result
    show_chart(partial(weakest_dots, index, spread), schema, "weakest", share=1 - WIDE, table=False)
show_figure(RANKING, here, "ranking")
found = ask(RATES, here).result
show_chart(partial(answer_shares, found), schema, "shares")
grades = ask(DISTRIBUTION, here, codes=schema.tree.items()).result
show_chart(partial(grade_distribution, grades, found), schema, "grades")
how_computed([index, *([change.differences] if change else []), spread, found], here)
