"""Overview: are customers satisfied?"""

from __future__ import annotations

from answers.compare import WITH_EARLIER
from answers.compared import CompareOptions
from answers.index import INDEX, TREND
from pages._shared.parts.cards import side_by_side
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.show_answer import show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_index_cards import show_index_cards
from pages._shared.parts.show_missing import show_missing
from pages._shared.parts.what_changed import show_what_changed
from pages._shared.selection.choices import chosen
from pages._shared.selection.common_version import say_common_version
from pages._shared.selection.nobody_selected import stop_where_nobody
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language
from reports.figures.branches import HEAT_MAP
from reports.figures.overview import GRADES, RANKING, SHARES, WEAKEST
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

left, right = side_by_side(WIDE, 1 - WIDE)
with left:
    if here.has(Role.BRANCH):
        show_figure(HEAT_MAP, here, "heatmap", share=WIDE)
    else:
        show_missing(
            _("There is one branch only, so there is nothing to compare."),
            _("A workbook with a branch column and two or more branches brings the map."),
            "heatmap",
        )
with right:
    show_what_changed(change, here)
    weakest = show_figure(WEAKEST, here, "weakest", share=1 - WIDE, table=False)
show_figure(RANKING, here, "ranking")
shares = show_figure(SHARES, here, "shares")
show_figure(GRADES, here, "grades")
spread = [each.result for each in (*weakest.answers[1:], *shares.answers)]
how_computed([index, *([change.differences] if change else []), *spread], here)
