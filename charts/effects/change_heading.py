"""The heading of a column of changes, with their unit where the title does not say it."""

from __future__ import annotations

from analysis.effects.sentence import Wording
from words.language import translator


def change_heading(how: Wording) -> str:
    """``Change, points``; plain figures have their unit in the title."""
    _ = translator(how.language)
    return {"points": _("Change, points"), "percent": _("Change, percentage points"), "plain": _("Change")}[how.unit]
