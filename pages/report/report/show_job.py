"""Work that another process does, on the page of whoever waits for it: how far it is, a button that cancels it, then its result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import streamlit as st

from answers.pool.failures import CancelledError
from answers.pool.job import Job, Progress
from answers.pool.pool import Ticket
from pages._shared.session.messages import show_problem
from pages._shared.session.own_part import own_part
from pages._shared.session.store_access import pool
from pages._shared.session.told_once import told_once
from pages._shared.session.words import _, language
from words.errors import ManyiError
from words.shown_text import markdown_text as plain

T = TypeVar("T")
#: Seconds between two looks at how far it is.
_EVERY = 1.0
#: Seconds the page waits before it shows that something takes long: most of what is quick is done by then.
_AT_FIRST = 0.3


@dataclass(frozen=True)
class Waiting(Generic[T]):
    """What this window asked for: ``about`` is what it was asked of, so that it is not shown below another choice."""

    about: Any
    ticket: Ticket[T]


def begin_job(key: str, about: Any, job: Job[Any]) -> None:
    """Has it done; what this window waited for under the same key is left."""
    leave_job(key)
    st.session_state[key] = Waiting(about, pool().ask(job))


def leave_job(key: str) -> None:
    """This window does not want it any more, done or not."""
    before: Waiting[Any] | None = st.session_state.pop(key, None)
    if before is not None:
        before.ticket.cancel()


def shown_job(key: str, about: Any) -> Any:
    """The result of what this window asked for of ``about``, shown as it comes along; None as long as there is none."""
    waiting: Waiting[Any] | None = st.session_state.get(key)
    found = _result(key, waiting.ticket) if waiting is not None and waiting.about == about else None
    (problem,) = told_once(f"{key}_problem")
    if problem is not None:
        show_problem(problem)
    return found


def _result(key: str, ticket: Ticket[Any]) -> Any:
    if not ticket.done and not ticket.waited(_AT_FIRST):
        _show_progress(key, ticket)
        return None
    try:
        return ticket.result()
    except CancelledError:
        st.session_state.pop(key, None)
    except ManyiError as error:
        st.session_state.pop(key, None)
        st.session_state[f"{key}_problem"] = error
    return None


def _progress(key: str, ticket: Ticket[Any]) -> None:
    """The bar with its button; when the work is done the whole page is shown anew, once."""
    if ticket.done:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_progress"):
        st.progress(ticket.progress.share if ticket.progress else 0.0, text=_told(ticket.progress, begun=ticket.begun))
        st.button(_("Cancel"), key=f"{key}_cancel", on_click=leave_job, args=(key,), icon=":material/close:")


_show_progress = own_part(_progress, every=_EVERY)


def _told(progress: Progress | None, *, begun: bool) -> str:
    """How far it is, in words."""
    if progress is None:
        return _("In progress …") if begun else _("Others are before this …")
    if progress.done >= progress.of:
        return _("Writing the file …")
    what = progress.what if isinstance(progress.what, str) else progress.what.text(language())
    return plain(_("{done} of {of} · {what}").format(done=progress.done, of=progress.of, what=what))
