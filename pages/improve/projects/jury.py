"""Before the jury: what holds, what lacks evidence, and the step where it is mended."""

from __future__ import annotations

import streamlit as st

from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Words
from pages._shared.session.reporting import reader
from pages._shared.session.words import _, said
from pages.improve.projects.at_work import AtWork, go_to
from pages.improve.projects.stepper import view_title
from projects.review.finding import Finding
from projects.sections import Step
from projects.words import LEVEL_WORDS
from reports.project_facts import reviewed

_TONES = {"wrong": "worse", "missing": "caution", "weak": "muted"}


def show_jury(work: AtWork) -> None:
    """Step by step what a jury would ask about."""
    found = reviewed(work.project, reader())
    say(said(found.sentence), "head")
    for step in Step:
        if step in found.holds:
            continue
        with st.container(border=True, key=f"card_jury_{step}"):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{view_title(str(step))}**", width="stretch")
                st.button(_("Mend it"), key=f"mend_{step}", on_click=go_to, args=(work.project.project_id, str(step)), type="tertiary")
            for each in found.findings:
                if each.step == step:
                    _show(each)


def _show(each: Finding) -> None:
    say([Words(f"{said(LEVEL_WORDS[each.level])}: ", _TONES[each.level]), Words(said(each.told))])
    say(said(each.mend), "small")
