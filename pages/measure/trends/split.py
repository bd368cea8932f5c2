"""A change parted: how much of it is what customers said, how much who answered."""

from __future__ import annotations

from analysis.compare.decompose_change import ChangeSplit
from answers.decompose import DECOMPOSE
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language
from reports.figures.trends import SPLIT
from survey_schema.columns import DIMENSIONS, Role


def show_split(chosen: Chosen, code: str) -> list[ChangeSplit]:
    """Mix and score of one indicator's change since the wave before, by what the selection leaves open, or by branch and brand."""
    schema = chosen.schema
    left = [str(name) for name in DIMENSIONS if chosen.has(name) and name not in chosen.where]
    if not left:
        brings = _("Choose all branches or all brands, or store a workbook that tells them apart.")
        show_missing(_("There are no groups to split the change by."), brings, "split")
        return []
    titles = {name: next(column.title.text(language()) for column in schema.columns if column.role == name) for name in left}
    ways: dict[str, tuple[str, ...]] = {name: (name,) for name in left}
    if {Role.BRANCH, Role.BRAND} <= set(left):
        ways["branch_brand"] = (Role.BRANCH, Role.BRAND)
        titles["branch_brand"] = f"{titles[Role.BRANCH]} × {titles[Role.BRAND]}"
    way = pick(_("Split the change by"), list(ways), "split_by", titles.__getitem__)
    asked = ask(DECOMPOSE, chosen, by=ways[way], codes=[code])
    found = asked.result
    say(asked.sentence(language()), "head")
    if found.reason is None:
        show_figure(SPLIT, chosen, "split", {"code": code, "by": list(ways[way])})
    return [found]
