"""Overview: are customers satisfied?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.results.sentences import headline
from answers.items import DISPERSION, DISTRIBUTION, RATES
from charts.index.answer_shares import answer_shares
from charts.index.grade_distribution import grade_distribution
from charts.index.indicator_heatmap import indicator_heatmap
from charts.index.indicator_ranking import indicator_ranking
from charts.index.weakest_dots import weakest_dots
from pages._shared.numbers.wave_numbers import (
    LAST_WAVES,
    against_rest,
    branch_order,
    change_since,
    has,
    main_rival,
    scores,
    trend,
    waves_so_far,
    without,
)  # fmt: skip
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.show_answer import show_answer
from pages._shared.parts.show_chart import result_styles, show_chart
from pages._shared.parts.show_index_cards import show_index_cards
from pages._shared.parts.show_missing import show_missing
from pages._shared.parts.what_changed import show_what_changed
from pages._shared.selection.choices import chosen
from pages._shared.selection.common_version import say_common_version
from pages._shared.selection.nobody_selected import stop_where_nobody
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language
from words.periods import wave_text

here = chosen()
schema, top = here.schema, here.schema.tree.code
result_styles()

index = scores(here)
change, year_change = change_since(here, here.previous), change_since(here, here.year_before)
rival = main_rival(here)
show_answer(
    _("Are customers satisfied?"),
    headline(
        index.find(top),
        schema,
        language(),
        change=change.differences.find(top) if change else None,
        compared_with=wave_text(change.before, language()) if change else "",
        lead=rival.gap if rival else None,
        rival=rival.name if rival else "",
    ),
)
stop_where_nobody(index.estimates, here)
say_common_version(here)
changes = {
    words: step.differences for words, step in ((_("since the wave before"), change), (_("since a year before"), year_change)) if step
}
over_time = trend(here)
show_index_cards(index, changes, over_time, [wave.label for wave in waves_so_far(here)][-LAST_WAVES:], schema)

left, right = st.columns([1.8, 1], gap="small")
with left:
    if has(here, "branch"):
        everywhere = without(here.where, "branch")
        cells, rest = scores(here, everywhere, by=["branch"]), against_rest(here)
        show_chart(partial(indicator_heatmap, cells, rest, first=branch_order(here)), schema, "heatmap")
    else:
        show_missing(
            _("There is one branch only, so there is nothing to compare."),
            _("A workbook with a branch column and two or more branches brings the map."),
            "heatmap",
        )
with right:
    show_what_changed(change, here)
    spread = ask(DISPERSION, here).result
    show_chart(partial(weakest_dots, index, spread), schema, "weakest", fits_all=True, table=False)
show_chart(partial(indicator_ranking, index), schema, "ranking")
grades = ask(DISTRIBUTION, here, codes=schema.tree.items()).result
found = ask(RATES, here).result
show_chart(partial(answer_shares, found), schema, "shares")
show_chart(partial(grade_distribution, grades, found), schema, "grades")
how_computed([index, *([change.differences] if change else []), spread, found], here)
