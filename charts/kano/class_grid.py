"""Kano's classes by group: a row a feature, a column a group, the class in the cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.kano.estimate_kano import KanoFeature
from analysis.kano.evaluation_table import CLASSES, KanoClass
from analysis.kano.sentence import class_name
from charts.kano.class_tones import candidates_text, class_tone
from charts.kit.description.description import Description, TableColumn, table_of
from charts.kit.description.grid import Grid, GridColumn, HeatCell
from charts.kit.description.numbers import INK, MUTED, number_of
from charts.kit.drawing.draw import draw
from charts.kit.drawing.grid import HIDDEN
from charts.kit.layout import Canvas, Chart, value_and_margin
from charts.kit.tones import SOFT
from words.language import translator
from words.lists import listed

Found = Mapping[tuple[str, str | None], KanoFeature]
_PALE = 0.25


def class_grid(features: Sequence[KanoFeature], on: Canvas, *, titles: Mapping[str, str], role: str, first: Sequence[str] = ()) -> Chart:
    """Features by the groups of one column, groups in the order of ``first``. A pale cell stands between two classes, a dot is hidden."""
    _ = translator(on.language)
    found = {(each.code, each.keys.get(role)): each for each in features}
    codes = list(dict.fromkeys(each.code for each in features))
    there = list(dict.fromkeys(group for _code, group in found if group is not None))
    groups = sorted(there, key=lambda group: (first.index(group) if group in first else len(first), group))
    differing = [titles[code] for code in codes if len(_clear(found, code, groups)) > 1]
    sentence = (
        _("Of another class here than there: {names}.").format(names=listed(differing, on.language, 6))
        if differing
        else _("No feature is for certain of one class here and of another there.")
    )
    letters = listed([f"{name} {class_name(name, on.language)}" for name in CLASSES], on.language)
    columns = [GridColumn(on.value(role, group), tuple(_cell(found.get((code, group)), on) for code in codes)) for group in groups]
    described = Description(
        title=_("Classes by {column}").format(column=on.role_title(role)),
        caption=_("{sentence} {letters}. Pale: between two classes; “·”: too few answers.").format(sentence=sentence, letters=letters),
        body=Grid(_("Feature"), tuple(titles[code] for code in codes), tuple(columns)),
        findings=sentence,
        table=_table(found, {code: titles[code] for code in codes}, groups, role, on),
    )
    return draw(described, on)


def _clear(found: Found, code: str, groups: Sequence[str]) -> set[KanoClass]:
    rows = [found[code, group] for group in groups if (code, group) in found]
    return {each.kind for each in rows if each.kind is not None and each.ambiguous is False}


def _cell(each: KanoFeature | None, on: Canvas) -> HeatCell:
    if each is None or each.kind is None:
        why = each.reason.text(on.language) if each is not None and each.reason is not None else ""
        return HeatCell(ink=MUTED, texts=(HIDDEN,), notes=(why,) if why else ())
    clear = each.ambiguous is False
    return HeatCell(
        number_of(each.strength, on.language),
        fill=class_tone(each.kind, SOFT if clear else _PALE), ink=INK if clear else MUTED, texts=("/".join(each.candidates),),
        notes=(candidates_text(each, on), value_and_margin(each.strength, on)),
    )  # fmt: skip


def _table(found: Found, names: Mapping[str, str], groups: Sequence[str], role: str, on: Canvas) -> tuple[TableColumn, ...]:
    _ = translator(on.language)
    rows = [(name, group, found[code, group]) for code, name in names.items() for group in groups if (code, group) in found]
    return table_of({
        _("Feature"): [name for name, _group, _each in rows],
        on.role_title(role): [on.value(role, group) for _name, group, _each in rows],
        _("Class"): [candidates_text(each, on) for *_names, each in rows],
        _("Ahead by"): [each.strength.value for *_names, each in rows],
        _("Better"): [each.better.value for *_names, each in rows],
        _("Worse"): [each.worse.value for *_names, each in rows],
        _("Base"): [each.strength.n if each.kind else None for *_names, each in rows],
    })  # fmt: skip
