"""Branch by indicator at a glance: coloured only where a cell differs from the rest beyond chance, grey elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from analysis.compare.standing_out import StandsOut, standing_out
from analysis.results.estimates import Estimate, Result
from analysis.results.reasons import kind_of
from charts.kit.description.columns import base_columns, design_columns, question_columns
from charts.kit.description.description import Description, TableColumn
from charts.kit.description.first_and_last import MOST_ROWS
from charts.kit.description.grid import Grid, GridColumn, HeatCell
from charts.kit.description.heat import NOT_ASKED, compared_cell
from charts.kit.description.numbers import Form, number_of, numbers_of
from charts.kit.description.rows import Column
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.drawing.grid import HIDDEN
from charts.kit.layout import Canvas, Chart, level_text
from charts.kit.words import arrow, left_out, verdict_word
from survey_schema.indicator_tree import Indicator
from words.language import translator
from words.lists import listed

#: A difference of this many points takes the full colour.
_FULL_COLOUR_AT = 8.0


def indicator_heatmap(
    values: Result, against_rest: Result, on: Canvas, *, role: str = "branch", codes: Sequence[str] = (), first: Sequence[str] = ()
) -> Chart:
    """The heat map of ``role`` by indicator: the rows by their index, best first, the columns by dimension.

    ``values`` holds points on 0-100 by role and code, ``against_rest`` the difference of each cell from the rest with its
    adjusted verdict. A cell hidden in ``values`` shows a dot and is in no table. ``codes`` picks and orders the
    indicators (default: the items, the index before them); ``first`` orders rows that have no index, others follow by name; of very many
    rows those without are not drawn.
    A phone has no room for items: the picture shows the index and its dimensions there, the title and the table stay those of the items.
    Picking a cell opens its row and indicator.
    """
    _ = translator(on.language)
    present_codes = {e.code for e in values.estimates}
    told = list(codes) or [code for code in on.schema.tree.items() if code in present_codes]
    present = {str(e.keys[role]) for e in values.estimates if e.keys.get(role) is not None}
    cells = {(str(e.keys[role]), e.code): e for e in values.estimates if e.keys.get(role) is not None}
    places = [place for place in first if place in present] + sorted(present - set(first))
    index = {place: cells[key] for place in places if (key := (place, on.schema.tree.code)) in cells}
    some = {place for (place, _code), cell in cells.items() if cell.value is not None}
    hidden = [entry for place, entry in index.items() if place not in some] if len(places) > MOST_ROWS else []
    places = _standing([place for place in places if place in some] if len(places) > MOST_ROWS else places, index)
    compared = {(str(e.keys[role]), e.code): e for e in against_rest.estimates if e.keys.get(role) is not None}
    names = [on.value(role, place) for place in places]
    broad = [] if codes or not on.schema.tree.children else [code for code in _broad(on) if code in present_codes]

    groups = {} if codes else _dimension_of(on)

    def column(code: str, drawn: Literal["always", "wide", "narrow"]) -> GridColumn:
        made = tuple(replace(_cell(cells.get((p, code)), compared.get((p, code)), on), stands_for=(p, code)) for p in places)
        return GridColumn(on.title(code), made, drawn, group=groups.get(code, ""))

    described = Description(
        title=_title(standing_out(values, against_rest, places, told, role), len(told), role, on),
        caption=" ".join(
            [
                *([_("Best first.")] if len(index) > 1 else []),
                *_caption([cells.get((place, code)) for place in places for code in told], bool(broad) and on.narrow, on),
                *left_out(hidden, on.language),
            ]
        ),
        findings=_("Rows: {names}; intervals of {level}% confidence.").format(
            names=listed(names, on.language, MOST_ROWS), level=level_text(values, on)
        ),
        body=Grid(
            on.role_title(role),
            tuple(names),
            (
                *(column(code, "always") for code in broad if code == on.schema.tree.code),
                *(column(code, "wide" if broad else "always") for code in told),
                *(column(code, "narrow") for code in broad if code != on.schema.tree.code),
            ),
            Form(0),
        ),
        table=_table(places, told, cells, compared, role, on),
    )
    return draw(described, on)


def _standing(places: Sequence[str], index: Mapping[str, Estimate]) -> list[str]:
    """The rows by their index, best first; those without one last, or in the middle of very many, where none is drawn."""
    known = {place: value for place in places if place in index and (value := index[place].value) is not None}
    best_first = sorted(known, key=lambda place: -known[place])
    upper = len(best_first) // 2 if len(places) > MOST_ROWS else len(best_first)
    return [*best_first[:upper], *(place for place in places if place not in known), *best_first[upper:]]


def _dimension_of(on: Canvas) -> dict[str, str]:
    """The name of the dimension of each item."""
    tree = on.schema.tree
    return {code: on.title(child.code) for child in tree.children if isinstance(child, Indicator) for code in child.items()}


def _broad(on: Canvas) -> list[str]:
    """The index and the dimensions, for which a phone has room."""
    return [on.schema.tree.code, *(child.code for child in on.schema.tree.children)]


def _cell(cell: Estimate | None, difference: Estimate | None, on: Canvas) -> HeatCell:
    words = verdict_word(difference.verdict if difference else None, on.language)
    asked = cell is not None and kind_of(cell.reason) != "not asked"
    made = compared_cell(number_of(cell, on.language), difference, words, on, full_colour_at=_FULL_COLOUR_AT, asked=asked)
    told = difference.verdict if difference is not None and difference.value is not None else None
    return replace(made, sign=arrow(told)) if told in ("higher", "lower") else made


def _caption(cells: Sequence[Estimate | None], broad: bool, on: Canvas) -> list[str]:
    _ = translator(on.language)
    told = _("Each cell is compared with all others taken together; grey: cannot be told apart; “{sign}”: base too small, not shown.")
    parts = [told.format(sign=HIDDEN)]
    if any(cell is None or kind_of(cell.reason) == "not asked" for cell in cells):
        parts.append(_("“{sign}”: not asked.").format(sign=NOT_ASKED))
    return [*parts, _("Shown here: the index and its dimensions; the table has every indicator.")] if broad else parts


def _title(most: Mapping[str, StandsOut], total: int, role: str, on: Canvas) -> str:
    """Who differs from the rest on most indicators, in a sentence."""
    _ = translator(on.language)
    templates = {
        "lower": _("{name} is below the rest on {count} of {total} indicators"),
        "higher": _("{name} is above the rest on {count} of {total} indicators"),
    }
    parts = [
        template.format(name=on.value(role, most[verdict].group), count=most[verdict].count, total=total)
        for verdict, template in templates.items()
        if verdict in most
    ]
    return ("；" if on.language == "zh_CN" else "; ").join(parts) or _("No cell can be told apart from the rest")


def _table(
    places: Sequence[str],
    codes: Sequence[str],
    cells: Mapping[tuple[str, str], Estimate],
    compared: Mapping[tuple[str, str], Estimate],
    role: str,
    on: Canvas,
) -> tuple[TableColumn, ...]:
    """A row for every shown cell."""
    _ = translator(on.language)
    keys = [key for place in places for code in codes if (key := (place, code)) in cells and cells[key].value is not None]
    if not keys:
        return ()
    shown, gaps = [cells[key] for key in keys], [compared.get(key) for key in keys]
    return long_table(
        (
            Column(on.role_title(role), tuple(on.value(role, place) for place, _code in keys)),
            Column(_("Indicator"), tuple(on.title(code) for _place, code in keys)),
            Column(_("Value"), numbers_of(shown, on.language), ends=(_("Lower end"), _("Upper end"))),
            Column(_("Difference from the rest"), tuple(gap.value if gap else None for gap in gaps)),
            Column(_("Against the rest"), tuple(verdict_word(gap.verdict if gap else None, on.language) for gap in gaps)),
            Column(_("Adjusted p"), tuple(gap.p_adjusted if gap else None for gap in gaps)),
            *base_columns(shown, on.language),
            *question_columns(shown, on.language),
            *design_columns(shown, on.language),
        )
    )
