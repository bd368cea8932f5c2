"""What an address that is no page says: that it is none, and which pages are meant perhaps."""

from __future__ import annotations

import streamlit as st

from pages._shared.frame.addresses import LONGEST, pages_like
from pages._shared.frame.page_list import ENTRIES, FIRST
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.session.words import _, said


def show_unknown_address() -> None:
    """Says it in the reader's language and offers the nearest pages."""
    asked = st.query_params.get("asked", "")[:LONGEST]
    told = _("There is no page “{address}” here.").format(address=asked) if asked else _("There is no page at this address.")
    show_answer(_("Where does this address lead?"), [Words(told)])
    st.markdown(_("Perhaps you mean:"))
    for address in dict.fromkeys([*pages_like(asked), FIRST]):
        entry = ENTRIES[address]
        page = st.Page(entry.script, title=said(entry.title), url_path=address, default=address == FIRST)
        st.page_link(page, icon=":material/arrow_forward:")
