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
from reports.figures.trends import CHANGES, TREND_FIGURE
from survey_schema.columns import Role

MOST_LINES = 6

here = chosen()
schema, codes, waves = here.schema, here.schema.indicator_codes(), here.waves_so_far
result_styles()
labels = [wave.label for wave in waves]
answer = st.container()
code = pick(_("Indicator"), codes, "trend_code", lambda item: schema.title_of(item, language()))
with answer:
    show_answer(_("Did it change, and when?"), ask(TREND, here, waves=waves, codes=[code]).sentence(language()))
    say_common_version(here)
index = ask(INDEX, here).result
if len(labels) < 2:
    show_missing(*no_earlier_wave(here, _("The next wave you store brings the first change.")), "trend")
    how_computed([index], here)
    st.stop()

over_time = ask(TREND, here, waves=waves, codes=codes).result
stop_where_nobody(over_time.estimates, here)
against = pick_benchmarks(here, code, waves, "trend_against")
trend = show_figure(TREND_FIGURE, here, "trend", {"codes": [code], "against": against})
signal_link("index", code, "trend")

choices = {str(role): role for role in (Role.BRANCH, Role.OPERATOR) if here.has(role)}
views = {"indicators": _("Indicators"), Role.BRANCH: _("Branches"), Role.OPERATOR: _("Operators")}
groups: list[Result] = []
view = pick(_("Compare"), ["indicators", *choices], "trend_view", lambda name: views[name])
if view == "indicators":
    dimensions = [child.code for child in schema.tree.children]
    several = pick_several(_("Lines"), codes, "trend_codes", lambda item: schema.title_of(item, language()), dimensions, MOST_LINES)
    show_figure(TREND_FIGURE, here, "trend_lines", {"codes": several})
else:
    groups = [show_groups(here, choices[view], code, MOST_LINES)]

change = ask(WITH_EARLIER, here, CompareOptions("previous")).result.last if here.previous else None
if change is None:
    show_missing(*no_earlier_wave(here, _("The next wave you store brings a change.")), "changes")
else:
    show_figure(CHANGES, here, "changes")
with st.container(key="trend_shares"):
    say(_("Shares of answers"), "part")
    shares = show_share_over_time(here)
parted = show_split(here, code) if change and change.differences.find(code) else []
benchmarks = [each for each in trend.answers if each.topic is BENCHMARKS]
how_computed([over_time, *benchmarks, *([change.differences] if change else []), *groups, *shares, *parted], here)
