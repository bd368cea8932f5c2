"""Trends: did it change, and when?"""

from __future__ import annotations

import streamlit as st

from analysis.results.estimates import Result
from answers.benchmarks import BENCHMARKS
from answers.compare import WITH_EARLIER
from answers.compared import CompareOptions
from answers.index import INDEX, TREND
from pages._shared.parts.benchmark_part import pick_benchmarks
from pages._shared.parts.control_charts_part import signal_link
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.pick import pick, pick_several
from pages._shared.parts.pick_view import pick_view
from pages._shared.parts.say import say
from pages._shared.parts.shares_part import show_share_over_time
from pages._shared.parts.show_answer import show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_missing import show_missing
from pages._shared.parts.what_changed import no_earlier_wave
from pages._shared.selection.choices import chosen
from pages._shared.selection.common_version import say_common_version
from pages._shared.selection.nobody_selected import stop_where_nobody
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language
from pages.measure.trends.groups import show_groups
from pages.measure.trends.split import show_split
from pages.measure.trends.views import ONE_INDICATOR, views_of
from reports.figures.trends import CHANGES, TREND_FIGURE
from survey_schema.columns import Role

MOST_LINES = 6
CODE = "trend_code"

here = chosen()
schema, codes, waves = here.schema, here.schema.indicator_codes(), here.waves_so_far
result_styles()
answer = st.container()
several_waves = len(waves) > 1
view = pick_view(_("Part"), views_of(here), "trends_view") if several_waves else "one"
kept = st.session_state.get(CODE)
code = kept if kept in codes else codes[0]
if view in ONE_INDICATOR:
    code = pick(_("Indicator"), codes, CODE, lambda item: schema.title_of(item, language()))
told = ask(TREND, here, waves=waves, codes=[code])
with answer:
    show_answer(_("Did it change, and when?"), told.sentence(language()))
    say_common_version(here)
if not several_waves:
    show_missing(*no_earlier_wave(here, _("The next wave you store brings the first change.")), "trend")
    how_computed([ask(INDEX, here).result], here)
    st.stop()

over_time = ask(TREND, here, waves=waves, codes=codes).result
stop_where_nobody(over_time.estimates, here)
change = ask(WITH_EARLIER, here, CompareOptions("previous")).result.last if here.previous else None
if change is None and view not in ("changes", "split"):
    say(no_earlier_wave(here, "")[0], "small")
shown: list[Result] = [over_time]
benchmarks, parted = [], []
if view == "one":
    drawn = show_figure(TREND_FIGURE, here, "trend", {"codes": [code], "against": pick_benchmarks(here, code, waves, "trend_against")})
    signal_link("index", code, "trend")
    benchmarks = [each for each in drawn.answers if each.topic is BENCHMARKS]
elif view == "indicators":
    dimensions = [child.code for child in schema.tree.children]
    several = pick_several(_("Lines"), codes, "trend_codes", lambda item: schema.title_of(item, language()), dimensions, MOST_LINES)
    show_figure(TREND_FIGURE, here, "trend_lines", {"codes": several})
elif view in (Role.BRANCH, Role.OPERATOR):
    shown.append(show_groups(here, Role(view), code, MOST_LINES))
elif view == "shares":
    shown += show_share_over_time(here)
elif change is None:
    show_missing(*no_earlier_wave(here, _("The next wave you store brings a change.")), "changes")
elif view == "changes":
    show_figure(CHANGES, here, "changes")
elif change.differences.find(code):
    parted = show_split(here, code)
how_computed([*shown, *benchmarks, *([change.differences] if change and view in ("changes", "split") else []), *parted], here)
