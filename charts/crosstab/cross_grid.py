"""A cross table: the figure and its letters in each cell, totals at the edges, bases below and beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.crosstab.cross_table import CrossTable, Keys, along
from analysis.crosstab.sentence import keys_text
from analysis.results.estimates import Estimate
from charts.kit.description.description import Description, TableColumn, table_of
from charts.kit.description.grid import Grid, GridColumn, HeatCell
from charts.kit.description.numbers import INK, MUTED, Form, Number, Tone, number_of
from charts.kit.drawing.draw import draw
from charts.kit.drawing.grid import HIDDEN
from charts.kit.layout import Canvas, Chart, value_and_margin
from charts.kit.tones import SOFT
from words.language import translator

#: Pixels a column has at least on a phone, where the table is wider than the window and scrolls in its box.
NARROW_COLUMN, _NARROW_NAMES = 58, 110
_FORM, _PLAIN_FILL = Form(1, margin=False), Tone("unclear", 0.07)


def width_needed(columns: int) -> int:
    """Pixels a table of that many columns needs to be read on a phone."""
    return _NARROW_NAMES + NARROW_COLUMN * columns


def cross_grid(
    found: CrossTable, on: Canvas, *, title: str, row_title: str, told: str, rows: Sequence[Keys] = (), columns: Sequence[Keys] = ()
) -> Chart:
    """The table with ``rows`` and ``columns`` in the order given (its own unless one is); ``told`` is what the caption says of its figures.

    A hidden cell shows a dot, and so does its base; a small base has a star.
    """
    _ = translator(on.language)
    rows, columns = rows or found.rows, columns or found.columns
    at = _cells_at(found)
    cells = [[at[_key(row), _key(column)] for row in rows] for column in columns]
    scores = found.scored
    across, down = along([each for each in found.column_totals if each], columns), along([each for each in found.row_totals if each], rows)
    total_row, base_row = ([_("Total")], [_("Base")]) if scores or found.compared == "rows" else ([], [_("Base")])
    below = not scores and found.compared == "rows"  # shares that add up across: the columns' totals are shares, the rows' are bases
    drawn = [
        GridColumn(
            keys_text(column, on.schema, on.language),
            (*(_cell(cell, scores, on) for cell in line), *((_cell(total, scores, on),) if total_row else ()),
             *(() if below else (_base(total, on),))),
        )
        for column, line, total in zip(columns, cells, across, strict=True)
    ]  # fmt: skip
    whole = found.whole
    if scores or found.compared == "columns":
        corner = (*((_cell(whole, False, on),) if total_row else ()), _base(whole, on))
        drawn.append(GridColumn(_("Total"), (*(_cell(each, False, on) for each in down), *corner)))
    if scores or below:
        drawn.append(
            GridColumn(_("Base"), (*(_base(each, on) for each in down), _base(whole, on), *(() if below else (HeatCell(blank=True),))))
        )
    names = (*(keys_text(row, on.schema, on.language) for row in rows), *total_row, *(() if below else base_row))
    if on.narrow:
        on = replace(on, width=max(on.room, width_needed(len(drawn))))
    described = Description(
        title=title,
        caption=" ".join([told, _how_to_read(found, on)]).strip(),
        body=Grid(row_title, names, tuple(drawn), _FORM, tall=27),
        findings=_("{shown} cells, {hidden} of them hidden.").format(shown=len(found.shown) + found.hidden, hidden=found.hidden),
        table=_table(found, rows, columns, row_title, on),
    )
    return draw(described, on)


def _how_to_read(found: CrossTable, on: Canvas) -> str:
    _ = translator(on.language)
    parts = []
    if found.tests and found.compared == "columns":
        parts.append(_("Columns of a row that share a letter cannot be told apart (all pairs, Holm)."))
    elif found.tests:
        parts.append(_("Rows of a column that share a letter cannot be told apart (all pairs, Holm)."))
    if found.tests and found.scored:
        parts.append(_("Blue: certainly above another column and below none; red: the reverse."))
    parts.append(_("Base: answers, with the effective base in brackets; “*”: small base; “{sign}”: not shown.").format(sign=HIDDEN))
    return " ".join(parts)


def _key(keys: Keys) -> tuple[tuple[str, str | None], ...]:
    return tuple(keys.items())


def _cells_at(found: CrossTable) -> dict[tuple[object, object], Estimate | None]:
    """Each cell by the keys of its row and its column."""
    return {
        (_key(row), _key(column)): cell
        for row, line in zip(found.rows, found.cells, strict=True) for column, cell in zip(found.columns, line, strict=True)
    }  # fmt: skip


def _cell(entry: Estimate | None, judged: bool, on: Canvas) -> HeatCell:
    if entry is None or entry.value is None:
        why = entry.reason.text(on.language) if entry is not None and entry.reason is not None else ""
        return HeatCell(ink=MUTED, texts=(HIDDEN,), notes=(why,) if why else ())
    fill = {"higher": Tone("better", SOFT), "lower": Tone("worse", SOFT)}.get(entry.verdict or "") if judged else None
    value, rounded = (on.number(entry.value, places) + ("*" if entry.marked else "") for places in (1, 0))
    letters = entry.letters or ""
    base = translator(on.language)("Base: {n} (effective {n_eff})").format(n=on.number(entry.n, 0), n_eff=on.number(entry.n_eff, 0))
    return HeatCell(
        number_of(entry, on.language), fill=fill or _PLAIN_FILL, ink=INK, texts=(f"{value} {letters}".strip(),), short=value,
        shortest=rounded, notes=(value_and_margin(entry, on), base),
    )  # fmt: skip


def _base(entry: Estimate | None, on: Canvas) -> HeatCell:
    """The base of a total, with its effective base; of a hidden one none."""
    if entry is None or entry.value is None:
        return HeatCell(ink=MUTED, texts=(HIDDEN,))
    whole, effective = on.number(entry.n, 0), on.number(entry.n_eff, 0)
    return HeatCell(Number(entry.n), fill=Tone("surface"), ink=MUTED, texts=(f"{whole} ({effective})",), short=whole)


def _table(found: CrossTable, rows: Sequence[Keys], columns: Sequence[Keys], row_title: str, on: Canvas) -> tuple[TableColumn, ...]:
    _ = translator(on.language)
    total, at = _("Total"), _cells_at(found)
    entries: list[tuple[str, str, Estimate | None]] = []
    for row, last in zip(rows, along([each for each in found.row_totals if each], rows), strict=True):
        name = keys_text(row, on.schema, on.language)
        entries += [(name, keys_text(column, on.schema, on.language), at[_key(row), _key(column)]) for column in columns]
        entries.append((name, total, last))
    for column, last in zip(columns, along([each for each in found.column_totals if each], columns), strict=True):
        entries.append((total, keys_text(column, on.schema, on.language), last))
    entries.append((total, total, found.whole))
    shown = [(row, column, each) for row, column, each in entries if each is not None]
    return table_of({
        row_title: [row for row, _column, _each in shown],
        _("Column"): [column for _row, column, _each in shown],
        _("Value"): [each.value for *_keys, each in shown],
        _("Lower end"): [each.low for *_keys, each in shown],
        _("Upper end"): [each.high for *_keys, each in shown],
        _("Letters"): [each.letters or "" for *_keys, each in shown],
        _("Base"): [each.n if each.value is not None else None for *_keys, each in shown],
        _("Effective base"): [each.n_eff if each.value is not None else None for *_keys, each in shown],
    })  # fmt: skip
