"""Storylines: a report that is composed already, put into the report at work or made into a file at once."""

from __future__ import annotations

import streamlit as st

from answers.pool.job import Job
from pages._shared.parts.cards import card
from pages._shared.parts.export_menu import MIME
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say
from pages._shared.selection.choices import settle
from pages._shared.session import address
from pages._shared.session.reporting import named_reader, shelf
from pages._shared.session.store_access import active_waves, schemas_in_force, store
from pages._shared.session.words import _, language, said
from pages.report.report.outcome import doing
from pages.report.report.show_job import begin_job, leave_job, shown_job
from reports.document import Report, Scope
from reports.jobs import storyline_file, storyline_items
from reports.office.names import file_name
from reports.storylines.storylines import STORYLINES
from words.language import Language
from words.periods import wave_text

_ASKED, _COMPOSED = "storyline_asked", "storyline_composed"


def show_storylines() -> None:
    """Which storyline of which wave; what it lacks is said when it is made."""
    waves = active_waves()
    if not waves:
        return
    surveys = schemas_in_force(waves)
    with card(_("Storylines"), _("A report that is composed already, of our own customers in one wave."), key="storylines"):
        with st.container(horizontal=True, key="storyline_picks"):
            name = pick(_("Storyline"), list(STORYLINES), "storyline", lambda code: said(STORYLINES[code].title))
            looked_at, _unknown = settle(waves, address.codes())
            titled = {code: schema.title.text(language()) for code, schema in surveys.items()}
            survey = pick(_("Survey"), list(surveys), f"storyline_survey_{looked_at.survey}", titled.__getitem__, looked_at.survey)
            labels = [wave.label for wave in reversed(waves) if wave.survey == survey]
            shown = looked_at.wave.label if survey == looked_at.survey else None
            key = f"storyline_wave_{survey}_{shown}"  # what was picked here stands until something else is looked at
            wave = pick(_("Wave"), labels, key, lambda label: wave_text(label, language()), shown)
        storyline, scope = STORYLINES[name], Scope(survey, wave)
        say(said(storyline.told), "small")
        with st.container(horizontal=True, key="storyline_files"):
            if storyline.report is not None and name != "branch":
                st.button(
                    _("Put into the report"), key="storyline_add", on_click=_compose, args=(name, scope), disabled=not store().writable
                )
            ending = storyline.endings[0]
            _prepared(name, scope, ending)
        _add_composed()


def _prepared(name: str, scope: Scope, ending: str) -> None:
    """The file is made when it is asked for, and can be taken then."""
    asked = (name, scope, language(), ending)
    st.button(_("Make the file"), key="storyline_make", icon=":material/description:", on_click=_make, args=asked)
    content = shown_job(_ASKED, asked)
    if content is None:
        return
    title = said(STORYLINES[name].title)
    label = _("Download {file}").format(file=f"{title} (.{ending})")
    mime = MIME.get(ending, "application/zip")
    st.download_button(label, content, f"{file_name(f'{title} {scope.wave}')}.{ending}", mime, key="storyline_file", on_click="ignore")


def _make(name: str, scope: Scope, spoken: Language, ending: str) -> None:
    begin_job(_ASKED, (name, scope, spoken, ending), Job(storyline_file, (named_reader(), name, scope, spoken, ending)))


def _compose(name: str, scope: Scope) -> None:
    begin_job(_COMPOSED, _COMPOSED, Job(storyline_items, (named_reader(), name, scope, language())))


def _add_composed() -> None:
    """The items of the storyline behind those that are there, once they are composed; an empty report becomes the storyline's."""
    made: Report | None = shown_job(_COMPOSED, _COMPOSED)
    if made is not None:
        leave_job(_COMPOSED)
        doing(lambda: shelf().change(lambda report: report.joined(made), language()))
        st.rerun()
