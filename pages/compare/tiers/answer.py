"""Which valuable customers are likely to leave and unhappy, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.tiers.tiers import Tiers, WinBackRow
from charts.kit.layout import Canvas, value_and_margin
from charts.tiers.tier_cells import layer_name
from pages._shared.parts.show_answer import Words
from pages._shared.session.words import _, number
from survey_schema.tier_rules import TierRules


def tiers_sentence(found: Tiers, rules: TierRules, listed: Sequence[WinBackRow] | None, on: Canvas) -> list[Words]:
    """Respondents in the layers to win back, how many of them are unhappy, and the unhappiest such layer, by the names of its classes.

    Without colours: counts, and the highest of several shares, compare nothing.
    """
    if not rules.win_back:
        return [Words(_("{count} respondents are layered; the rules name no layer to win back.").format(count=number(found.layered, 0)))]
    if not found.to_win_back:
        return [Words(_("Nobody here is in a layer to win back."))]
    head = _("{count} respondents are valuable and likely to leave").format(count=number(found.to_win_back, 0))
    parts = [Words(head)]
    if listed is not None:
        parts += [Words(_(", ")), Words(_("{count} of them unhappy").format(count=number(len(listed), 0)))]
    worst = found.unhappiest_to_win_back
    if worst is not None:
        sentence = _("; most in “{layer}”: {share} % unhappy")
        layer = layer_name(worst, rules, replace(on, narrow=True))
        parts.append(Words(sentence.format(layer=layer, share=value_and_margin(worst.unhappy_percent, on, 0))))
    return [*parts, Words(_("."))]
