"""What customers make of the ranking: shares of answers branch by branch, and the whole weighted by its customers."""

from __future__ import annotations

import streamlit as st

from pages._shared.parts.how_computed import Explained
from pages._shared.parts.say import say
from pages._shared.parts.shares_part import show_share_league
from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _
from pages.compare.branches.composite import show_composite


def show_customers(chosen: Chosen) -> list[Explained]:
    """The score by customers, then the shares of answers. Returns the results shown."""
    composite = show_composite(chosen)
    with st.container(key="branch_shares"):
        say(_("Shares of answers"), "part")
        return [*composite, *show_share_league(chosen)]
