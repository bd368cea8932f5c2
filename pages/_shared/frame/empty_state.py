"""An empty store: what is missing, and the sample data at one click."""

from __future__ import annotations

import streamlit as st

from load_samples import STORED_SAMPLES, load_samples
from pages._shared.frame.menu import upload_page
from pages._shared.session.store_access import settings, store, who
from pages._shared.session.words import _, said
from sample_data.make import SAMPLES


def show_empty_store() -> None:
    """Says that there is nothing yet, and offers both ways out."""
    st.subheader(_("There are no survey answers yet"), anchor=False)
    st.markdown(_("Upload a workbook of survey answers, or look around with sample data first: 14 branches, 3 operators, 8 quarters."))
    with st.container(horizontal=True):
        st.button(_("Fill with sample data"), type="primary", key="fill_sample", on_click=_ask_for_sample, icon=":material/database:")
        if st.button(_("Upload a workbook"), key="go_upload", icon=":material/upload:"):
            st.switch_page(upload_page())
    if st.session_state.pop("sample_wanted", False):
        told, total = _("Storing the sample workbooks: {n} of {total}"), len(STORED_SAMPLES)
        with st.status(told.format(n=0, total=total), expanded=True) as status:
            for n, (name, _waves) in enumerate(load_samples(store(), settings(), who(), STORED_SAMPLES), 1):
                status.update(label=told.format(n=n, total=total))
                status.write(f"{name}: {said(SAMPLES[name].shows)}")
        st.rerun()


def _ask_for_sample() -> None:
    st.session_state["sample_wanted"] = True
