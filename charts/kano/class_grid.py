"""Kano's classes by group: a row a feature, a column a group, the class in the cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.kano.estimate_kano import KanoFeature
from analysis.kano.evaluation_table import CLASSES, KanoClass
from analysis.kano.sentence import class_name
from charts.kano.class_bars import candidates_text, class_colour
from charts.kit.layout import Canvas, Chart, value_and_margin
from charts.kit.palette import blend
from charts.kit.value_grid import GridCell, value_grid
from words.language import translator
from words.lists import listed

HIDDEN = "·"


def class_grid(features: Sequence[KanoFeature], on: Canvas, *, titles: Mapping[str, str], role: str, first: Sequence[str] = ()) -> Chart:
    """Features by the groups of one column, groups in the order of ``first``. A pale cell stands between two classes, a dot is hidden."""
    _ = translator(on.language)
    found = {(each.code, each.keys.get(role)): each for each in features}
    codes = list(dict.fromkeys(each.code for each in features))
    there = list(dict.fromkeys(group for _code, group in found if group is not None))
    groups = sorted(there, key=lambda group: (first.index(group) if group in first else len(first), group))
    cells = [[_cell(found.get((code, group)), on) for group in groups] for code in codes]
    differing = [titles[code] for code in codes if len(_clear(found, code, groups)) > 1]
    sentence = (
        _("Of another class here than there: {names}.").format(names=listed(differing, on.language, 6))
        if differing
        else _("No feature is for certain of one class here and of another there.")
    )
    names = [titles[code] for code in codes]
    letters = listed([f"{name} {class_name(name, on.language)}" for name in CLASSES], on.language)
    return Chart(
        title=_("Classes by {column}").format(column=on.role_title(role)),
        caption=_("{sentence} {letters}. Pale: between two classes; “·”: too few answers.").format(sentence=sentence, letters=letters),
        alt_text=sentence,
        figure=value_grid(names, [on.value(role, group) for group in groups], cells, on, header_lines=2),
        table=_table(found, codes, names, groups, role, on),
    )


def _clear(found: Mapping[tuple[str, str | None], KanoFeature], code: str, groups: Sequence[str]) -> set[KanoClass]:
    rows = [found[code, group] for group in groups if (code, group) in found]
    return {each.kind for each in rows if each.kind is not None and each.ambiguous is False}


def _cell(each: KanoFeature | None, on: Canvas) -> GridCell:
    if each is None or each.kind is None:
        why = each.reason.text(on.language) if each is not None and each.reason is not None else ""
        return GridCell(HIDDEN, why, on.colours.surface, on.colours.muted)
    colour, clear = class_colour(each.kind, on), each.ambiguous is False
    return GridCell(
        "/".join(each.candidates), f"{candidates_text(each, on)}\n{value_and_margin(each.strength, on)}",
        colour if clear else blend(colour, on.colours.surface, 0.35), on.colours.ink if clear else on.colours.muted,
    )  # fmt: skip


def _table(
    found: Mapping[tuple[str, str | None], KanoFeature],
    codes: Sequence[str],
    names: Sequence[str],
    groups: Sequence[str],
    role: str,
    on: Canvas,
) -> pd.DataFrame:
    _ = translator(on.language)
    rows = [
        (name, group, found[code, group]) for code, name in zip(codes, names, strict=True) for group in groups if (code, group) in found
    ]
    return pd.DataFrame(
        {
            _("Feature"): [name for name, _group, _each in rows],
            on.role_title(role): [on.value(role, group) for _name, group, _each in rows],
            _("Class"): [candidates_text(each, on) for *_names, each in rows],
            _("Ahead by"): [each.strength.value for *_names, each in rows],
            _("Better"): [each.better.value for *_names, each in rows],
            _("Worse"): [each.worse.value for *_names, each in rows],
            _("Base"): [each.strength.n if each.kind else None for *_names, each in rows],
        }
    )
