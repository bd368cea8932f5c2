"""*Add to report*: a figure that is asked anew whenever the report is made, or a chart kept as it is where no figure stands for it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages._shared.parts.shown_figure import ShownFigure
from pages._shared.session.reporting import shelf
from pages._shared.session.store_access import store
from pages._shared.session.words import _, language
from reports.document import FigureItem, KeptItem, new_item_id
from reports.kept_chart import KeptChart
from words.errors import ManyiError
from words.shown_text import markdown_text as plain


def offer_to_report(title: str, figure: ShownFigure | None, kept: Callable[[], KeptChart], key: str) -> None:
    """The entry of an export menu; ``kept`` makes what is kept where ``figure`` is None."""
    st.button(
        _("Add to report"), key=f"report_{key}", on_click=_add, args=(title, figure, kept), icon=":material/playlist_add:",
        width="stretch", disabled=not store().writable,
    )  # fmt: skip


def _add(title: str, figure: ShownFigure | None, kept: Callable[[], KeptChart]) -> None:
    try:
        item: FigureItem | KeptItem = (
            FigureItem(new_item_id(), figure.code, figure.scope, figure.choices) if figure else KeptItem(new_item_id(), kept())
        )
        shelf().change(lambda report: report.with_item(item), language(), new=item)
    except ManyiError as error:
        st.toast(plain(error.text(language())), icon=":material/error:", duration="infinite")
        return
    st.toast(plain(_("“{title}” is in the report.").format(title=title)), icon=":material/playlist_add_check:")
