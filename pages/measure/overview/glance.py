"""At a glance: the index and its dimensions, what really changed, the weakest questions, and the branches at a glance."""

from __future__ import annotations

from analysis.results.estimates import Estimate, Result
from answers.compare import WITH_COMPETITORS, WITH_EARLIER
from answers.compared import CompareOptions
from answers.index import TREND
from pages._shared.parts.cards import side_by_side
from pages._shared.parts.how_computed import Explained, how_computed
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_index_cards import show_index_cards
from pages._shared.parts.what_changed import show_what_changed
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _
from pages.measure.overview.branch_map import show_branch_map
from reports.figures.overview import WEAKEST
from survey_schema.columns import Role

#: Waves in a small line.
LAST_WAVES = 8
#: Share of the width that the changes take beside the weak spots.
CHANGES = 0.55


def show_glance(here: Chosen, index: Result) -> None:
    """What an executive looks at first; what the sentence above says stands in it."""
    schema, codes = here.schema, here.schema.indicator_codes()
    change = ask(WITH_EARLIER, here, CompareOptions("previous")).result.last if here.previous else None
    year_change = ask(WITH_EARLIER, here, CompareOptions("year_before")).result.last if here.year_before else None
    steps = ((_("since the wave before"), change), (_("since a year before"), year_change))
    changes = {words: step.differences for words, step in steps if step}
    over_time = ask(TREND, here, waves=here.waves_so_far, codes=codes).result
    show_index_cards(index, changes, over_time, [wave.label for wave in here.waves_so_far][-LAST_WAVES:], schema, lead=_lead(here))
    left, right = side_by_side(CHANGES, 1 - CHANGES)
    explained: list[Explained] = [index, *([change.differences] if change else [])]
    with left:
        explained += show_what_changed(change, here)
    with right:
        weakest = show_figure(WEAKEST, here, "weakest", share=1 - CHANGES, table=False)
    show_branch_map(here)
    how_computed([*explained, *(each.result for each in weakest.answers[1:])], here)


def _lead(here: Chosen) -> Estimate | None:
    """Our lead over the competition, as the sentence says it: of all our brands together, where there are competitors."""
    ours = here.schema.our_operator
    if ours is None or here.where.get(Role.OPERATOR) != ours or not here.has(Role.OPERATOR) or Role.BRAND in here.where:
        return None
    duels = ask(WITH_COMPETITORS, here, CompareOptions("competitors"), codes=here.schema.indicator_codes()).result
    return duels.main_gap(here.schema.tree.code)
