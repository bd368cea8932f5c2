"""Moves between the classes since the wave before, or the sentence why there are none."""

from __future__ import annotations

from functools import partial

from answers.tiers import TIERS, TierOptions
from charts.tiers.tier_flow import tier_flow
from pages._shared.parts.pick import pick
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.parts.what_changed import no_earlier_wave
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language
from survey_schema.columns import Role
from survey_schema.tier_rules import TierRules
from words.periods import wave_text


def show_moves(chosen: Chosen, rules: TierRules) -> None:
    """A Sankey diagram of one axis where respondents were asked twice."""
    missing = _("Moves between the layers cannot be shown.")
    before = chosen.previous
    if chosen.schema.column_for(Role.RESPONDENT_ID) is None:
        show_missing(
            missing, _("This survey keeps no respondent ids, so nobody can be followed; a respondent id column brings them."), "moves"
        )
        return
    if before is None:
        show_missing(missing, " ".join(no_earlier_wave(chosen, _("The next wave with the same respondents brings them."))), "moves")
        return
    titles = {axis.code: axis.title.text(language()) for axis in rules.axes}
    axis = pick(_("Moves of"), list(titles), "tier_axis", titles.__getitem__)
    found = ask(TIERS, chosen, TierOptions(model=rules.code, moves=axis)).result.moves
    if found is None or not found.moves:
        asked = _("Hardly anybody was asked in both waves: each wave drew its own sample. A panel asked again brings them.")
        show_missing(missing, asked, "moves")
        return
    wanted = next(one for one in rules.axes if one.code == axis)
    words = (wave_text(before.label, language()), wave_text(chosen.wave.label, language()))
    draw = partial(tier_flow, found, wanted, before=words[0], after=words[1])
    show_chart(draw, chosen.schema, "moves")
