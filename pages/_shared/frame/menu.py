"""The menu: which pages there are, in which section."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from pages._shared.session.words import _

PAGES = Path(__file__).resolve().parents[2]
#: Pages that work without a wave in the store.
_ALWAYS = {"upload", "methods", "indicators", "report", "projects"}
#: Those of them that work on the global selections once there are waves, and those that have selections of their own but are printed.
_SELECTING, _PRINTED = {"indicators"}, {"projects"}


def menu() -> dict[str, list[Page]]:
    """Section → pages, in the language of this run."""
    return {
        _("Measure"): [
            overview_page(),
            st.Page(PAGES / "measure" / "trends" / "page.py", title=_("Trends"), url_path="trends"),
            control_charts_page(),
            st.Page(PAGES / "measure" / "questions" / "page.py", title=_("Choices and NPS"), url_path="questions"),
            st.Page(PAGES / "measure" / "data_quality" / "page.py", title=_("Data quality"), url_path="data_quality"),
            st.Page(PAGES / "measure" / "indicators" / "page.py", title=_("Indicators"), url_path="indicators"),
            upload_page(),
        ],
        _("Compare"): [
            st.Page(PAGES / "compare" / "branches" / "page.py", title=_("Branches"), url_path="branches"),
            st.Page(PAGES / "compare" / "competitors" / "page.py", title=_("Competitors"), url_path="competitors"),
            st.Page(PAGES / "compare" / "tiers" / "page.py", title=_("Tiers"), url_path="tiers"),
        ],
        _("Explain"): [
            st.Page(PAGES / "explain" / "drivers" / "page.py", title=_("Drivers"), url_path="drivers"),
            st.Page(PAGES / "explain" / "gaps" / "page.py", title=_("Service gaps"), url_path="gaps"),
            st.Page(PAGES / "explain" / "kano" / "page.py", title=_("Kano"), url_path="kano"),
            st.Page(PAGES / "explain" / "comments" / "page.py", title=_("Comments"), url_path="comments"),
            st.Page(PAGES / "explain" / "complaints" / "page.py", title=_("Complaints"), url_path="complaints"),
            st.Page(PAGES / "explain" / "inspections" / "page.py", title=_("Inspections"), url_path="inspections"),
            st.Page(PAGES / "explain" / "kpis" / "page.py", title=_("KPIs"), url_path="kpis"),
            st.Page(PAGES / "explain" / "measurement" / "page.py", title=_("Measurement"), url_path="measurement"),
            st.Page(PAGES / "explain" / "fuzzy" / "page.py", title=_("Fuzzy evaluation"), url_path="fuzzy"),
            st.Page(PAGES / "explain" / "planner" / "page.py", title=_("Sample planner"), url_path="planner"),
            st.Page(PAGES / "explain" / "methods" / "page.py", title=_("Methods"), url_path="methods"),
        ],
        _("Improve"): [
            projects_page(),
            st.Page(PAGES / "improve" / "budget" / "page.py", title=_("Choose measures"), url_path="budget"),
            measures_page(),
            st.Page(PAGES / "improve" / "recovery" / "page.py", title=_("Recovery"), url_path="recovery"),
            st.Page(PAGES / "improve" / "effect" / "page.py", title=_("Effect check"), url_path="effect"),
        ],
        _("Report"): [st.Page(PAGES / "report" / "report" / "page.py", title=_("Report"), url_path="report")],
    }


def needs_waves(page: Page) -> bool:
    """Whether a page shows results, which need at least one stored wave."""
    return page.url_path not in _ALWAYS


def shows_selections(page: Page) -> bool:
    """Whether the bar of global selections stands above a page, as far as there are waves to select from."""
    return needs_waves(page) or page.url_path in _SELECTING


def is_printed(page: Page) -> bool:
    """Whether a page without the bar of global selections can be printed."""
    return page.url_path in _PRINTED


def upload_page() -> Page:
    """The page where workbooks come in."""
    return st.Page(PAGES / "measure" / "upload" / "page.py", title=_("Upload"), url_path="upload")


def control_charts_page() -> Page:
    """The page that says whether a movement is a signal."""
    return st.Page(PAGES / "measure" / "control_charts" / "page.py", title=_("Control charts"), url_path="control_charts")


def projects_page() -> Page:
    """The page where QC groups work."""
    return st.Page(PAGES / "improve" / "projects" / "page.py", title=_("QC projects"), url_path="projects")


def measures_page() -> Page:
    """The page where measures are written down and followed."""
    return st.Page(PAGES / "improve" / "measures" / "page.py", title=_("Measures taken"), url_path="measures")


def overview_page() -> Page:
    """The page everybody starts on."""
    return st.Page(PAGES / "measure" / "overview" / "page.py", title=_("Overview"), url_path="overview", default=True)
