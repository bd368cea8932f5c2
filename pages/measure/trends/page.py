"""Trends: did it change, and when?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.results.estimates import Result
from analysis.results.sentences import headline
from charts.compare.change_bars import change_bars
from charts.index.trend_line import trend_line
from pages._shared.numbers.wave_numbers import at_wave, change_since, changes_along, has, scores, trend, waves_so_far
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.pick import pick, pick_several
from pages._shared.parts.shares_part import show_share_over_time
from pages._shared.parts.show_answer import show_answer
from pages._shared.parts.show_chart import result_styles, show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.parts.what_changed import no_earlier_wave
from pages._shared.selection.choices import chosen
from pages._shared.selection.common_version import say_common_version
from pages._shared.selection.nobody_selected import stop_where_nobody
from pages._shared.session.words import _, language
from pages.measure.trends.groups import show_groups
from pages.measure.trends.split import show_split
from survey_schema.columns import Role
from words.periods import wave_text

MOST_LINES = 6

here = chosen()
schema = here.schema
result_styles()
labels = [wave.label for wave in waves_so_far(here)]
answer = st.container()
code = pick(_("Indicator"), schema.indicator_codes(), "trend_code", lambda item: schema.title_of(item, language()))
index, change = scores(here), change_since(here, here.previous)
since = wave_text(change.before, language()) if change else ""
moved = change.differences.find(code) if change else None
with answer:
    show_answer(_("Did it change, and when?"), headline(index.find(code), schema, language(), change=moved, compared_with=since))
    say_common_version(here)
if len(labels) < 2:
    show_missing(*no_earlier_wave(here, _("The next wave you store brings the first change.")), "trend")
    how_computed([index], here)
    st.stop()

over_time, changes = trend(here), changes_along(here, here.where)
stop_where_nobody(over_time.estimates, here)
show_chart(partial(trend_line, over_time, changes, labels, codes=[code]), schema, "trend")

choices = [name for name in (Role.BRANCH, Role.OPERATOR) if has(here, name)]
views = {"indicators": _("Indicators"), Role.BRANCH: _("Branches"), Role.OPERATOR: _("Operators")}
groups: list[Result] = []
view = pick(_("Compare"), ["indicators", *choices], "trend_view", lambda name: views[name])
if view == "indicators":
    dimensions = [child.code for child in schema.tree.children]
    several = pick_several(
        _("Lines"), schema.indicator_codes(), "trend_codes", lambda item: schema.title_of(item, language()), dimensions, MOST_LINES
    )
    show_chart(partial(trend_line, over_time, changes, labels, codes=several), schema, "trend_lines")
else:
    groups = [show_groups(here, view, code, MOST_LINES)]

if change is None:
    show_missing(*no_earlier_wave(here, _("The next wave you store brings a change.")), "changes")
else:
    title = _("What changed since {wave}").format(wave=since)
    show_chart(
        partial(change_bars, change.differences, now=index, before=at_wave(over_time, change.before), title=title), schema, "changes"
    )
with st.container(key="trend_shares"):
    st.subheader(_("Shares of answers"))
    shares = show_share_over_time(here)
parted = show_split(here, here.previous, code) if here.previous and moved else []
how_computed([over_time, *([change.differences] if change else []), *groups, *shares, *parted], here)
