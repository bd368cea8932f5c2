"""Missing answers, question by branch: red only where a branch leaves more open than the others beyond chance, grey elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.data_quality.missingness import Missingness
from analysis.results.estimates import Estimate
from charts.kit.heat_cells import HIDDEN, HeatCell, heat_figure
from charts.kit.layout import Canvas, Chart
from charts.kit.rows import shortened
from charts.kit.words import verdict_word
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain

#: A share of this size takes the full colour.
_FULL_COLOUR_AT = 0.15
#: Questions shown on a phone: those that stand out somewhere, then those with most missing answers.
_ON_A_PHONE = 10
#: Branches a phone has room for: those that leave more open than the others.
_COLUMNS_ON_A_PHONE = 3
#: Pixels for the names of questions.
_NAME, _NAME_ON_A_PHONE = 200, 130


def missing_map(found: Missingness, on: Canvas, *, order: Sequence[str] = (), role: str = "branch") -> Chart:
    """Rows: questions, most missing answers first; columns: everybody, then the branches in the order given.

    Cells of small bases show a dot and are in no table.
    """
    _ = translator(on.language)
    items = sorted((e for e in found.items if e.value is not None), key=lambda e: -(e.value or 0.0))
    present = list(dict.fromkeys(str(e.keys[role]) for e in found.cells))
    places = [place for place in order if place in present] + sorted(set(present) - set(order))
    cells = {(str(e.keys[role]), e.code): e for e in found.cells}
    shown_items = _on_a_phone(items, found) if on.narrow else items
    worst = list(dict.fromkeys(str(e.keys[role]) for e in found.standing_out()))[:_COLUMNS_ON_A_PHONE]
    columns = [place for place in places if place in worst] if on.narrow else places
    names = [shortened(on.title(e.code), _NAME_ON_A_PHONE if on.narrow else _NAME) for e in shown_items]
    titles = [_("All"), *(on.value(role, place) for place in columns)]
    drawn = []
    for row, whole in enumerate(shown_items):
        drawn.append(HeatCell(row, 0, _percent(whole, on), _hover(titles[0], whole, on)))
        for number, place in enumerate(columns, start=1):
            cell = cells.get((place, whole.code))
            drawn.append(HeatCell(row, number, _percent(cell, on), _hover(titles[number], cell or whole, on), _as_bad_news(cell)))
    figure = heat_figure(names, titles, drawn, on, full_colour_at=_FULL_COLOUR_AT)
    return Chart(
        title=_("Missing answers in per cent, by question and branch") if places else _("Missing answers in per cent, by question"),
        caption=_caption(found, len(items) - len(shown_items), len(places) - len(columns), bool(columns), on),
        alt_text=_alt_text(found, items, role, on),
        figure=figure,
        table=_table(items, places, cells, role, on),
    )


def _on_a_phone(items: Sequence[Estimate], found: Missingness) -> list[Estimate]:
    """The questions there is room for, in the order given."""
    telling = {e.code for e in found.standing_out()}
    first = sorted(items, key=lambda e: e.code not in telling)[:_ON_A_PHONE]
    return [e for e in items if e in first]


def _percent(estimate: Estimate | None, on: Canvas) -> str | None:
    return None if estimate is None or estimate.value is None else on.number(100 * estimate.value, 0 if estimate.value >= 0.0995 else 1)


def _as_bad_news(cell: Estimate | None) -> Estimate | None:
    """The cell with its verdict turned, since more missing answers are worse and colours are of better and worse."""
    if cell is None:
        return None
    return cell._replace(verdict={"higher": "lower", "lower": "higher"}.get(cell.verdict or "", cell.verdict))


def _hover(title: str, cell: Estimate, on: Canvas) -> str:
    _ = translator(on.language)
    head = f"<b>{plain(title)}</b> {plain(on.title(cell.code))}"
    if cell.value is None:
        return f"{head}<br>{plain(cell.reason.text(on.language)) if cell.reason else HIDDEN}"
    ends = f"{on.number(100 * (cell.low or 0.0))}–{on.number(100 * (cell.high or 0.0))}"
    told = [head, f"{on.percent(100 * cell.value)} ({ends}), n {on.number(cell.n, 0)}"]
    if cell.verdict:
        told.append(_("against the others: {verdict}").format(verdict=verdict_word(cell.verdict, on.language)))
    if cell.marked:
        told.append(_("Small base, read with care."))
    return "<br>".join(told)


def _caption(found: Missingness, left_out: int, branches_left_out: int, drawn: bool, on: Canvas) -> str:
    _ = translator(on.language)
    parts = []
    if drawn:
        parts.append(
            _("Red: more than the other branches, blue: fewer, grey: cannot be told apart; “{sign}”: base too small.").format(sign=HIDDEN)
        )
    if branches_left_out:
        parts.append(_("The other branches are in the table.") if drawn else _("The branches are in the table."))
    if left_out:
        told = _("{count} questions: those that stand out and those with most missing answers; the table has all.")
        parts.append(told.format(count=_ON_A_PHONE))
    if any(cell.marked and cell.value is not None for cell in found.cells):
        parts.append(_("Small bases are among them, read with care."))
    if found.not_asked:
        told = listed([on.title(code) for code in found.not_asked], on.language, most=5)
        parts.append(_("Nobody answered, so taken as not asked: {names}.").format(names=told))
    return " ".join(parts)


def _alt_text(found: Missingness, items: Sequence[Estimate], role: str, on: Canvas) -> str:
    _ = translator(on.language)
    most = [f"{on.title(e.code)} {_percent(e, on)}{on.percent_sign}" for e in items[:3]]
    told = _("Heat map of missing answers. Most at: {list}.").format(list=listed(most, on.language))
    worst = [f"{on.value(role, e.keys[role])}, {on.title(e.code)} {_percent(e, on)}{on.percent_sign}" for e in found.standing_out()[:5]]
    return told + (" " + _("More than the others: {list}.").format(list=listed(worst, on.language)) if worst else "")


def _table(items: Sequence[Estimate], places: Sequence[str], cells: dict[tuple[str, str], Estimate], role: str, on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    rows = []
    for whole in items:
        for place in [None, *places]:
            cell = whole if place is None else cells.get((place, whole.code))
            if cell is None or cell.value is None:
                continue
            rows.append(
                {
                    _("Question"): on.title(whole.code),
                    on.role_title(role): _("All") if place is None else on.value(role, place),
                    _("Missing, %"): 100 * cell.value,
                    _("Lower end"): 100 * (cell.low or 0.0),
                    _("Upper end"): 100 * (cell.high or 0.0),
                    _("Against the others"): verdict_word(cell.verdict, on.language),
                    _("Adjusted p"): cell.p_adjusted,
                    _("Base"): cell.n,
                    _("Effective base"): cell.n_eff,
                }
            )
    return pd.DataFrame(rows)
