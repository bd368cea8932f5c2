"""Data beside responses know branches only: what else is selected is said to narrow nothing."""

from __future__ import annotations

from pages._shared.parts.say import say
from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _
from survey_schema.columns import Role


def say_branch_only(here: Chosen) -> None:
    """A line in small print where something beside a branch is selected above."""
    if set(here.where) - {Role.BRANCH}:
        say(_("Of the selections above only the branch narrows what is shown here."), "small")
