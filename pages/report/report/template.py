"""The company's own slides: a .pptx or .potx whose master, fonts and colours the presentation takes."""

from __future__ import annotations

import base64
from dataclasses import replace

import streamlit as st

from pages._shared.parts.cards import card
from pages._shared.session.reporting import reader
from pages._shared.session.store_access import store
from pages._shared.session.words import _, language
from pages.report.report.outcome import change, doing
from reports.document import Report, Template
from reports.office.templates import MOST_MB, TemplateFacts, read_template
from storage.saved_reports import part_id_of
from words.errors import ManyiError
from words.shown_text import markdown_text as plain

_UPLOADS = "report_template_uploads"


def show_template(report: Report) -> None:
    """The template in use with what it is, and the box for another one."""
    caption = _("The presentation takes master, fonts and colours of your own .pptx or .potx. Its sample slides are left out.")
    with card(_("Slides of your company"), caption, key="report_template"):
        if report.template:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{plain(report.template.name)}**  \n:gray[{plain(_about(report.template))}]", width="stretch")
                st.button(_("Use plain slides"), key="report_template_none", on_click=_take_none, type="tertiary", icon=":material/delete:")
        key = f"report_template_{st.session_state.get(_UPLOADS, 0)}"
        st.file_uploader(
            _("Template (.pptx, .potx)"), key=key, max_upload_size=MOST_MB, on_change=_take, args=(key,), disabled=not store().writable
        )


def _about(template: Template) -> str:
    try:
        facts = read_template(base64.b64decode(reader().store.reports.part(template.part)))[1]
    except ManyiError as error:
        return error.text(language())
    return " · ".join([_facts(facts), *([] if facts.east_asian else [_("its theme names no Chinese font; PowerPoint chooses one")])])


def _facts(facts: TemplateFacts) -> str:
    fonts = ", ".join(filter(None, (facts.latin, facts.east_asian)))
    return _("slides {size} · fonts {fonts} · room for a figure {room}").format(size=facts.size, fonts=fonts or "—", room=facts.room)


def _take(key: str) -> None:
    """Checks the file and keeps it with the report."""
    file = st.session_state.get(key)
    if file is None:
        return
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1  # the box is empty again
    name, content = file.name, file.getvalue()

    def take() -> None:
        kept = base64.b64encode(read_template(content)[0]).decode()
        change(lambda report: replace(report, template=Template(name, part_id_of(kept))), [kept], _("The template is in use."))

    doing(take)


def _take_none() -> None:
    change(lambda report: replace(report, template=None))
