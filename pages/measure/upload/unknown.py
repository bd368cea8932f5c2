"""Unknown values on Upload: a line for each distinct one, decided by a tick for the whole file and remembered for the next."""

from __future__ import annotations

import hashlib
from functools import partial

import streamlit as st

from pages._shared.session.messages import show_problem
from pages._shared.session.store_access import store
from pages._shared.session.told_once import told_once
from pages._shared.session.words import _, language, number
from pages.measure.upload.draft import UploadDraft, take_repairs_over
from pages.measure.upload.remembered import show_remembered
from storage.repairs import KeptRepair
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.finding_kinds import shown_value
from survey_schema.workbook.repair.repair_file import repairs_text
from survey_schema.workbook.repair.repairs import Decision, Repair
from survey_schema.workbook.repair.unknown_values import UnknownValue, choices_of
from words.errors import ManyiError
from words.lists import listed
from words.shown_text import markdown_text as plain

#: Lines shown at once; the others come when these are decided.
LINES = 12
_OUTCOME = "upload_repairs_outcome"
_NEW, _NOT_KNOWN = "\x1enew", "\x1enot known"


def remembered(survey: str) -> tuple[KeptRepair, ...]:
    """What is remembered of a survey."""
    return store().repairs.of(survey)


def show_unknown(draft: UploadDraft, checked: CheckedWorkbook) -> None:
    """The lines, the button, what was done, and what is remembered."""
    _show_outcome()
    lines = _to_decide(checked)
    if lines:
        st.caption(_("Say what each value is and tick it; that holds for every row of this file and for the next files of this survey."))
        for line in lines[:LINES]:
            _line(draft, checked, line)
        ready = [line for line in lines[:LINES] if st.session_state.get(_key(draft, line, "tick"))]
        decided = [repair for line in ready if (repair := _decision(draft, line)) is not None]
        if len(decided) < len(ready):
            st.caption(_("A ticked value has no meaning yet; choose one."))
        words = _("Take over {count} decisions").format(count=number(len(decided), 0))
        with st.container(horizontal=True, vertical_alignment="center", key="unknown_row"):
            st.button(
                words, key="repairs_take", type="primary", icon=":material/check:", on_click=_take, args=(decided,),
                disabled=not decided or len(decided) < len(ready),
            )  # fmt: skip
            text = partial(_text, checked.unknown.listed, draft)
            st.download_button(
                _("List to be decided (.yaml)"), text, f"{draft.schema.name}-repairs.yaml", "application/yaml", key="repairs_list",
                on_click="ignore", icon=":material/download:", type="tertiary",
                help=_("A file for the command line, so that the next workbook is read the same way."),
            )  # fmt: skip
    _say_more(checked, len(lines))
    show_remembered(draft.schema, remembered(draft.schema.name))


def _text(values: tuple[UnknownValue, ...], draft: UploadDraft) -> str:
    return repairs_text(values, draft.schema, language())


def _to_decide(checked: CheckedWorkbook) -> list[UnknownValue]:
    """Without words of a scale that are asked about already."""
    asked = {answer.rpartition("=")[0] for question in checked.questions for answer, _words in question.options}
    return [line for line in checked.unknown.listed if not {line.value, f"{line.scope}:{line.value}"} & asked]


def _say_more(checked: CheckedWorkbook, lines: int) -> None:
    more = max(0, lines - LINES) + checked.unknown.more
    if more:
        st.caption(_("{count} more values come when these are decided.").format(count=number(more, 0)))
    if checked.unknown.private:
        count = number(checked.unknown.private, 0)
        told = _("{count} unknown values hold private data or are very long; they are not shown, correct them in the workbook.")
        st.caption(told.format(count=count))


def _line(draft: UploadDraft, checked: CheckedWorkbook, line: UnknownValue) -> None:
    """The value with its count and cells, what it may be, and the tick."""
    names = _options(draft, checked, line)
    first = 0 if line.sure and line.nearest == next(iter(names)) else None
    value, title = plain(shown_value(line.value)), _scope_title(draft, line)
    with st.container(horizontal=True, vertical_alignment="center", key=f"unknown_{_mark(line)}"):
        st.markdown(f"**{value}**, {number(line.count, 0)} ×  \n:small[{plain(title)} · {plain(_cells(line))}]", width=280)
        st.selectbox(
            _("{value} is").format(value=value), list(names), index=first, key=_key(draft, line, "is"), format_func=names.__getitem__,
            placeholder=_("Choose …"), label_visibility="collapsed", width=300,
        )  # fmt: skip
        st.checkbox(_("Take over"), key=_key(draft, line, "tick"))


def _options(draft: UploadDraft, checked: CheckedWorkbook, line: UnknownValue) -> dict[str, str]:
    """What a value may be, with its words: the nearest one first, last a value of its own and not known."""
    of_scale = line.scope in draft.schema.scales
    titles = dict(choices_of(line.scope, draft.schema, checked.unknown.known.get(line.scope, ())))
    names: dict[str, str] = {}
    for code in sorted(titles, key=lambda code: code != line.nearest):
        title = titles[code]
        name = code if title is None else f"{code} · {title.text(language())}" if of_scale else title.text(language())
        names[code] = f"= {name}" + (" · " + _("nearest") if code == line.nearest else "")
    if not of_scale:
        names[_NEW] = _("a name of its own: keep it as it stands") if line.kept else _("a new value: add it to the survey")
    return {**names, _NOT_KNOWN: _("not known")}


def _scope_title(draft: UploadDraft, line: UnknownValue) -> str:
    return line.scope if line.scope in draft.schema.scales else draft.schema.title_of(line.scope, language())


def _cells(line: UnknownValue) -> str:
    names, more = listed(line.cells, language()), line.count - len(line.cells)
    return _("{names} and {count} more").format(names=names, count=number(more, 0)) if more > 0 else names


def _decision(draft: UploadDraft, line: UnknownValue) -> Repair | None:
    chosen = st.session_state.get(_key(draft, line, "is"))
    if chosen is None:
        return None
    if chosen in (_NEW, _NOT_KNOWN):
        return Repair(line.scope, line.value, Decision.NEW if chosen == _NEW else Decision.NOT_KNOWN)
    return Repair(line.scope, line.value, Decision.IS, chosen)


def _take(decided: list[Repair]) -> None:
    try:
        widened = take_repairs_over(decided)
    except ManyiError as error:
        st.session_state[_OUTCOME] = error
        return
    told = _("{count} decisions hold for this file and the next ones.").format(count=number(len(decided), 0))
    if widened is not None and widened.added:
        names = listed([shown_value(name) for _column, name in widened.added], language(), most=6)
        told += " " + _("Version {version} of the survey is saved with {names}.").format(version=widened.schema.version, names=names)
    st.session_state[_OUTCOME] = told


def _show_outcome() -> None:
    (outcome,) = told_once(_OUTCOME)
    if isinstance(outcome, ManyiError):
        show_problem(outcome)
    elif outcome:
        st.success(plain(outcome), icon=":material/check_circle:")


def _mark(line: UnknownValue) -> str:
    return hashlib.sha256(f"{line.scope}\x1f{line.value}".encode("utf-8", "surrogatepass")).hexdigest()[:10]


def _key(draft: UploadDraft, line: UnknownValue, what: str) -> str:
    return f"repair_{what}_{draft.token}_{_mark(line)}"
