"""Missing answers, question by branch: red only where a branch leaves more open than the others beyond chance, grey elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from analysis.data_quality.missingness import Missingness
from analysis.results.estimates import Estimate
from charts.kit.description.columns import base_columns
from charts.kit.description.description import Description, TableColumn
from charts.kit.description.grid import Grid, GridColumn, HeatCell
from charts.kit.description.numbers import MUTED, Form, Tone, number_of, numbers_of, verdict_tone
from charts.kit.description.rows import Column
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.drawing.grid import HIDDEN
from charts.kit.layout import Canvas, Chart
from charts.kit.words import verdict_word
from words.language import translator
from words.lists import listed

#: A share of this size takes the full colour.
_FULL_COLOUR_AT = 0.15
#: Questions drawn at a desk and on a phone: those that stand out somewhere, then those with most missing answers.
_AT_A_DESK, _ON_A_PHONE = 25, 10
#: Branches a phone has room for: those that leave more open than the others.
_COLUMNS_ON_A_PHONE = 3


def missing_map(found: Missingness, on: Canvas, *, order: Sequence[str] = (), role: str = "branch") -> Chart:
    """Rows: questions, most missing answers first; columns: everybody, then the branches in the order given.

    Cells of small bases show a dot and are in no table. Of many questions those are drawn that stand out and those with most missing
    answers; a phone has fewer, and only the branches that stand out.
    """
    _ = translator(on.language)
    items = sorted((e for e in found.items if e.value is not None), key=lambda e: -(e.value or 0.0))
    present = list(dict.fromkeys(str(e.keys[role]) for e in found.cells))
    places = [place for place in order if place in present] + sorted(set(present) - set(order))
    cells = {(str(e.keys[role]), e.code): e for e in found.cells}
    telling = _telling(items, found, _AT_A_DESK)
    drawn_items = [items[place] for place in telling]
    narrow = _telling(drawn_items, found, _ON_A_PHONE)
    worst = list(dict.fromkeys(str(e.keys[role]) for e in found.standing_out()))[:_COLUMNS_ON_A_PHONE]
    columns = [GridColumn(_("All"), tuple(_cell(whole, None, on) for whole in drawn_items))]
    for place in places:
        drawn: Literal["always", "wide"] = "always" if place in worst else "wide"
        own = [cells.get((place, whole.code)) for whole in drawn_items]
        columns.append(GridColumn(on.value(role, place), tuple(_cell(e, e.verdict if e else None, on) for e in own), drawn))
    shown, hidden = (len(narrow), len(places) - len(worst)) if on.narrow else (len(telling), 0)
    described = Description(
        title=_("Missing answers in per cent, by question and branch") if places else _("Missing answers in per cent, by question"),
        caption=_caption(found, shown if shown < len(items) else 0, hidden, bool(worst if on.narrow else places), on),
        findings=_findings(found, items, role, on),
        body=Grid(_("Question"), tuple(on.title(e.code) for e in drawn_items), tuple(columns), Form(1), narrow_rows=tuple(narrow)),
        table=_table(items, places, cells, role, on),
    )
    return draw(described, on)


def _telling(items: Sequence[Estimate], found: Missingness, room: int) -> list[int]:
    """The places of the questions there is room for."""
    telling = {e.code for e in found.standing_out()}
    first = sorted(range(len(items)), key=lambda place: items[place].code not in telling)[:room]
    return sorted(first)


def _percent(estimate: Estimate | None, on: Canvas) -> str:
    return "" if estimate is None or estimate.value is None else on.number(100 * estimate.value, 0 if estimate.value >= 0.0995 else 1)


def _cell(cell: Estimate | None, verdict: str | None, on: Canvas) -> HeatCell:
    """A share in per cent, red where it is more than that of the others, since more missing answers are worse."""
    _ = translator(on.language)
    number = number_of(cell, on.language, times=100.0)
    if cell is None or cell.value is None or number is None:
        return HeatCell(number)
    notes = [f"n {on.number(cell.n, 0)}"]
    notes += [_("against the others: {verdict}").format(verdict=verdict_word(verdict, on.language))] if verdict else []
    notes += [_("Small base, read with care.")] if cell.marked else []
    texts = (_percent(cell, on),)
    if verdict not in ("higher", "lower"):
        return HeatCell(number, Tone("unclear", 0.16), MUTED, texts, notes=tuple(notes))
    turned = verdict_tone("lower" if verdict == "higher" else "higher")
    strength = 0.38 + 0.42 * min(cell.value / _FULL_COLOUR_AT, 1.0)
    return HeatCell(number, replace(turned, strength=strength), texts=texts, notes=tuple(notes))


def _caption(found: Missingness, only: int, branches_left_out: int, drawn: bool, on: Canvas) -> str:
    _ = translator(on.language)
    parts = []
    if drawn:
        parts.append(
            _("Red: more than the other branches, blue: fewer, grey: cannot be told apart; “{sign}”: base too small.").format(sign=HIDDEN)
        )
    if branches_left_out:
        parts.append(_("The other branches are in the table.") if drawn else _("The branches are in the table."))
    if only:
        told = _("{count} questions: those that stand out and those with most missing answers; the table has all.")
        parts.append(told.format(count=only))
    if any(cell.marked and cell.value is not None for cell in found.cells):
        parts.append(_("Small bases are among them, read with care."))
    if found.not_asked:
        told = listed([on.title(code) for code in found.not_asked], on.language, most=5)
        parts.append(_("Nobody answered, so taken as not asked: {names}.").format(names=told))
    return " ".join(parts)


def _findings(found: Missingness, items: Sequence[Estimate], role: str, on: Canvas) -> str:
    _ = translator(on.language)
    most = [f"{on.title(e.code)} {_percent(e, on)}{on.percent_sign}" for e in items[:3]]
    told = _("Most at: {list}.").format(list=listed(most, on.language))
    worst = [f"{on.value(role, e.keys[role])}, {on.title(e.code)} {_percent(e, on)}{on.percent_sign}" for e in found.standing_out()[:5]]
    return told + (" " + _("More than the others: {list}.").format(list=listed(worst, on.language)) if worst else "")


def _table(
    items: Sequence[Estimate], places: Sequence[str], cells: Mapping[tuple[str, str], Estimate], role: str, on: Canvas
) -> tuple[TableColumn, ...]:
    """A row for every shown cell, that of everybody first."""
    _ = translator(on.language)
    every = [
        (place, cell)
        for whole in items
        for place, cell in [(None, whole), *((place, cells.get((place, whole.code))) for place in places)]
        if cell is not None and cell.value is not None
    ]
    if not every:
        return ()
    shown = [cell for _place, cell in every]
    return long_table(
        (
            Column(_("Question"), tuple(on.title(cell.code) for cell in shown)),
            Column(on.role_title(role), tuple(_("All") if place is None else on.value(role, place) for place, _cell in every)),
            Column(_("Missing, %"), numbers_of(shown, on.language, times=100.0), ends=(_("Lower end"), _("Upper end"))),
            Column(_("Against the others"), tuple(verdict_word(cell.verdict, on.language) for cell in shown)),
            Column(_("Adjusted p"), tuple(cell.p_adjusted for cell in shown)),
            *base_columns(shown, on.language),
        )
    )
