"""An edited presentation gets the figures of another wave: the file in, a new one out, and the list of what was done."""

from __future__ import annotations

import streamlit as st

from answers.pool.job import Job
from pages._shared.parts.cards import card
from pages._shared.parts.export_menu import MIME
from pages._shared.parts.pick import pick
from pages._shared.session.messages import show_problem
from pages._shared.session.reporting import named_reader, reader
from pages._shared.session.words import _, language, said
from pages.report.report.show_job import begin_job, leave_job, shown_job
from reports.jobs import refreshed_deck
from reports.office.names import file_name
from reports.refresh.deck_file import MOST_BYTES
from reports.refresh.outcome import KIND_WORDS, LINE_KINDS, Refreshed
from reports.refresh.refresh import waves_for
from words.errors import ManyiError
from words.periods import wave_text
from words.shown_text import markdown_text as plain

_DONE = "deck_refreshed"
#: Lines of a kind that are shown at once.
_SHOWN = 12


def show_refreshing() -> None:
    """The box for the file, the wave, and what came of it."""
    caption = _(
        "Your positions, sizes, colours, titles and slides stay; figures and our own unchanged words are new. Your file is not changed."
    )
    with card(_("Refresh a presentation"), caption, key="deck_refreshing"):
        file = st.file_uploader(_("Edited presentation (.pptx)"), ["pptx"], key="deck_to_refresh", max_upload_size=MOST_BYTES // 1_000_000)
        if file is None:
            leave_job(_DONE)
            return
        try:
            waves = waves_for(file.getvalue(), reader())[::-1]
        except ManyiError as error:
            show_problem(error)
            return
        with st.container(horizontal=True, vertical_alignment="bottom"):
            wave = pick(_("Wave"), waves, "deck_wave", lambda label: wave_text(label, language()))
            st.button(
                _("Refresh"), key="deck_refresh", type="primary", icon=":material/sync:", on_click=_refresh,
                args=(file.getvalue(), file.file_id, wave),
            )  # fmt: skip
        done = shown_job(_DONE, (file.file_id, wave))
        if done is not None:
            _show(done, f"{file_name(f'{file.name[:-5]} {wave}')}.pptx")


def _refresh(content: bytes, file_id: str, wave: str) -> None:
    begin_job(_DONE, (file_id, wave), Job(refreshed_deck, (named_reader(), content, wave)))


def _show(done: Refreshed, name: str) -> None:
    """The new file, and what was done, what needs a look first."""
    st.download_button(
        _("New presentation (PPTX)"), done.file, name, MIME["pptx"], key="deck_download", on_click="ignore", icon=":material/download:",
        type="primary",
    )  # fmt: skip
    order = sorted(LINE_KINDS, key=lambda kind: kind == "refreshed")
    for kind in order:
        lines = [plain(each.sentence.text(language())) for each in done.of(kind)]
        if not lines:
            continue
        st.markdown(f"**{plain(said(KIND_WORDS[kind]))}** ({len(lines)})")
        st.markdown("\n".join(f"- {line}" for line in lines[:_SHOWN]))
        if lines[_SHOWN:]:
            with st.expander(_("{count} more").format(count=len(lines) - _SHOWN)):
                st.markdown("\n".join(f"- {line}" for line in lines[_SHOWN:]))
