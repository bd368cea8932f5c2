"""QC projects: what is each group working on, and how far has it come?"""

from __future__ import annotations

import streamlit as st

from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.session.messages import show_problem
from pages._shared.session.words import _
from pages.improve.projects.at_work import asked_for, leave, opened
from pages.improve.projects.listing import show_list
from pages.improve.projects.one import show_project
from pages.improve.projects.styles import project_styles
from words.errors import ManyiError

result_styles()
project_styles()
project_id, view = asked_for()
if not project_id:
    show_list(_("What are QC groups working on, and how far have they come?"))
    st.stop()
try:
    work = opened(project_id, view)
except ManyiError as error:
    show_answer(_("What are QC groups working on, and how far have they come?"), [Words(_("That cannot be said."))])
    show_problem(error)
    st.button(_("All projects"), key="projects_all", on_click=leave, icon=":material/arrow_back:")
    st.stop()
show_project(work)
