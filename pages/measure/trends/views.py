"""The views of the page: one indicator over the waves, what changed, several lines, groups, shares, and a change parted."""

from __future__ import annotations

from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _
from survey_schema.columns import Role

#: Views of one indicator, which is picked there.
ONE_INDICATOR = frozenset({"one", str(Role.BRANCH), str(Role.OPERATOR), "split"})


def views_of(here: Chosen) -> dict[str, str]:
    """Code → name, the views of groups only where there are such."""
    groups = {str(Role.BRANCH): _("By branch"), str(Role.OPERATOR): _("By operator")}
    return {
        "one": _("One indicator"),
        "changes": _("What changed"),
        "indicators": _("Several indicators"),
        **{role: name for role, name in groups.items() if here.has(role)},
        "shares": _("Shares of answers"),
        "split": _("Change in parts"),
    }
