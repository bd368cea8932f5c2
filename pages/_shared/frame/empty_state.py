"""An empty store: what is missing, and the sample data at one click."""

from __future__ import annotations

import streamlit as st

from load_samples import load_samples
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
        with st.status(_("Writing the sample workbooks and storing them …"), expanded=True) as status:
            for name, _waves in load_samples(store(), settings(), who()):
                status.write(f"{name}: {said(SAMPLES[name].shows)}")
        st.rerun()


def _ask_for_sample() -> None:
    st.session_state["sample_wanted"] = True
