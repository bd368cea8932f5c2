"""Kano's classes by branch, operator, brand or business line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from answers.kano import KANO
from charts.kano.class_grid import class_grid
from pages._shared.parts.pick import pick
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language
from survey_schema.columns import DIMENSIONS


def show_groups(chosen: Chosen, titles: Mapping[str, str]) -> None:
    """The classes in each group of a picked column; why not, where no column has two groups."""
    known = [str(name) for name in DIMENSIONS if chosen.has(name) and name not in chosen.where]
    if not known:
        show_missing(_("There is nothing to compare."), _("A selection of several groups brings the comparison."), "kano_groups")
        return
    role = pick(_("Classes by"), known, "kano_by", lambda name: chosen.schema.column_title(name, language()))
    found = ask(KANO, chosen, by=[role]).result
    show_chart(
        partial(class_grid, found.features, titles=titles, role=role, first=chosen.values.get(role, ())), chosen.schema, "kano_groups"
    )
