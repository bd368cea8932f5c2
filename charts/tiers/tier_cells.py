"""Customers in layers: a grid of value by leaving tendency (and more), and the same cells in rows with intervals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pandas as pd

from analysis.tiers.tiers import TierCell, Tiers
from charts.kit.layout import Canvas, Chart, confidence_text, value_and_margin
from charts.kit.palette import blend
from charts.kit.rows import TextColumn, value_range
from charts.kit.unit_rows import unit_rows
from charts.kit.value_grid import GridCell, value_grid
from charts.kit.words import hidden_sentence
from survey_schema.tier_rules import TierAxis, TierRules
from words.language import translator

HIDDEN = "·"
#: Explanations in brackets, which a phone has no room for.
_IN_BRACKETS = re.compile(r"(?<!\s)\s*[（(][^（()）]*[)）]")
MOST_ROWS = 16


def tier_cells(found: Tiers, rules: TierRules, on: Canvas) -> Chart:
    """The grid: the last axis across, the others down. The more are unhappy, the redder; framed cells are those to win back.

    Cells whose base is too small show a dot and are in no table.
    """
    _ = translator(on.language)
    across, down = rules.axes[-1], rules.axes[:-1]
    by_classes = {tuple(cell.classes[axis.code] for axis in rules.axes): cell for cell in found.cells}
    rows = list(product(*([tier_class.code for tier_class in axis.in_order] for axis in down)))
    columns = [tier_class.code for tier_class in across.in_order]
    whole = rules.title.text(on.language)
    row_names = [
        " · ".join(_title(axis, code, on) for axis, code in zip(down, row, strict=True)) or rules.title.text(on.language) for row in rows
    ]
    heading = "" if on.narrow else f"{across.title.text(on.language)}: "
    column_names = [f"{heading}{_title(across, code, on)}" for code in columns]
    most = max((cell.unhappy_percent.value or 0.0 for cell in found.cells), default=0.0) or 1.0
    grid = [
        [_cell(by_classes[(*row, column)], name, head, most, on) for column, head in zip(columns, column_names, strict=True)]
        for row, name in zip(rows, row_names, strict=True)
    ]
    hidden = sum(1 for cell in found.cells if cell.customers and cell.unhappy_percent.value is None)
    caption = [_("In each cell: satisfaction, share of unhappy customers, respondents. The more unhappy, the redder.")]
    caption.append(_("Across: {axis}.").format(axis=across.title.text(on.language)))
    if any(cell.win_back for cell in found.cells):
        caption.append(_("Framed: to be won back."))
    return Chart(
        title=_("{rules}: how satisfied is each layer?").format(rules=whole),
        caption=" ".join([*caption, *hidden_sentence(hidden, on.language)]),
        alt_text=_("Grid of {rows} by {columns} layers of customers.").format(rows=len(rows), columns=len(columns))
        + " "
        + " ".join(_spoken(cell, rules, on) for cell in found.cells if cell.win_back and cell.unhappy_percent.value is not None),
        figure=value_grid(row_names, column_names, grid, on, cell_height=62, header_lines=1 if on.narrow else 2),
        table=_table(found, rules, on),
    )


def tier_rows(found: Tiers, rules: TierRules, on: Canvas) -> Chart:
    """The layers by their share of unhappy customers with intervals; those to win back in red."""
    _ = translator(on.language)
    shown = sorted(
        (cell for cell in found.cells if cell.unhappy_percent.value is not None), key=lambda cell: -(cell.unhappy_percent.value or 0.0)
    )
    drawn = shown[:MOST_ROWS]
    names = [layer_name(cell, rules, on) for cell in drawn]
    estimates = [cell.unhappy_percent for cell in drawn]
    colours = [on.colours.worse if cell.win_back else on.colours.muted for cell in drawn]
    muted = [on.colours.muted] * len(drawn)
    right = [TextColumn("", [on.percent(e.value or 0.0) for e in estimates], 66, "right", strong=True)]
    if not on.narrow:
        right += [
            TextColumn(_("Satisfaction"), [value_and_margin(cell.satisfaction, on) for cell in drawn], 110, "right", muted),
            TextColumn(_("Share of customers"), [on.percent(100 * cell.share) for cell in drawn], 150, "right", muted),
            TextColumn(_("Respondents"), [on.number(cell.customers, 0) for cell in drawn], 100, "right", muted),
        ]
    figure = unit_rows(
        names, estimates, colours, right, on, heading=_("Share of unhappy customers"), ends=value_range(estimates),
        text=lambda e: f"{value_and_margin(e, on)}{on.percent_sign}", most_name=150 if on.narrow else 390,
    )  # fmt: skip
    more = [_("The first {count} of {total} layers.").format(count=len(drawn), total=len(shown))] if len(shown) > len(drawn) else []
    marked = [_("Hollow dot: small base, read with care.")] if any(e.marked for e in estimates) else []
    return Chart(
        title=_("Where are most unhappy? Shares and their {level}% intervals").format(level=_level(found, on)),
        caption=" ".join([_("Red: to be won back."), *marked, *more])
        if any(cell.win_back for cell in drawn)
        else " ".join([*marked, *more]),
        alt_text=" ".join(f"{name}: {value_and_margin(e, on)}{on.percent_sign}." for name, e in zip(names, estimates, strict=True)),
        figure=figure,
        table=_table(found, rules, on),
    )


def layer_name(cell: TierCell, rules: TierRules, on: Canvas) -> str:
    """The classes of a cell, joined; axes other than the first by name, since classes such as “high” repeat."""
    parts = [f"{axis.title.text(on.language)} {_title(axis, cell.classes[axis.code], on)}" for axis in rules.axes]
    if on.narrow:
        parts = [_title(axis, cell.classes[axis.code], on) for axis in rules.axes]
    return " · ".join([_title(rules.axes[0], cell.classes[rules.axes[0].code], on), *parts[1:]])


def without_brackets(title: str) -> str:
    """The name of a class without its limits, for a phone."""
    return _IN_BRACKETS.sub("", title)


def _level(found: Tiers, on: Canvas) -> str:
    return confidence_text(found.provenance, on)


def _title(axis: TierAxis, code: str, on: Canvas) -> str:
    title = next(tier_class.title.text(on.language) for tier_class in axis.classes if tier_class.code == code)
    return without_brackets(title) if on.narrow else title


def _cell(cell: TierCell, row: str, column: str, most: float, on: Canvas) -> GridCell:
    _ = translator(on.language)
    unhappy, level = cell.unhappy_percent, cell.satisfaction
    head = f"{row}\n{column}"
    if unhappy.value is None or level.value is None:
        reason = unhappy.reason.text(on.language) if unhappy.reason else HIDDEN
        return GridCell(HIDDEN if cell.customers else "", f"{head}\n{reason}", on.colours.surface, on.colours.muted, cell.win_back)
    share = on.number(unhappy.value, 0)
    strength = 0.06 + 0.5 * unhappy.value / most
    text = "\n".join(
        [
            f"{on.number(level.value)}",
            f"{share} %" if on.narrow else _("{share} % unhappy").format(share=share),
            f"n {on.number(cell.customers, 0)}" + (" ○" if unhappy.marked else ""),
        ]
    )
    hover = "\n".join(
        [
            head,
            _("Satisfaction {value}").format(value=value_and_margin(level, on)),
            _("Unhappy {value} %").format(value=value_and_margin(unhappy, on)),
            _("{count} respondents, {share} % of the customers").format(
                count=on.number(cell.customers, 0), share=on.number(100 * cell.share)
            ),
        ]
    )
    return GridCell(text, hover, blend(on.colours.worse, on.colours.surface, strength), on.colours.ink, cell.win_back)


def _spoken(cell: TierCell, rules: TierRules, on: Canvas) -> str:
    _ = translator(on.language)
    return f"{layer_name(cell, rules, on)}: " + _("Unhappy {value} %").format(value=value_and_margin(cell.unhappy_percent, on)) + "."


def _table(found: Tiers, rules: TierRules, on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    on = replace(on, narrow=False)  # a table has room for whole names
    shown: Sequence[TierCell] = [cell for cell in found.cells if cell.unhappy_percent.value is not None]
    columns: dict[str, list[object]] = {
        axis.title.text(on.language): [_title(axis, cell.classes[axis.code], on) for cell in shown] for axis in rules.axes
    }
    return pd.DataFrame(
        {
            **columns,
            _("Respondents"): [cell.customers for cell in shown],
            _("Share of customers, %"): [100 * cell.share for cell in shown],
            _("Satisfaction"): [cell.satisfaction.value for cell in shown],
            _("Satisfaction, lower end"): [cell.satisfaction.low for cell in shown],
            _("Satisfaction, upper end"): [cell.satisfaction.high for cell in shown],
            _("Unhappy, %"): [cell.unhappy_percent.value for cell in shown],
            _("Unhappy, lower end"): [cell.unhappy_percent.low for cell in shown],
            _("Unhappy, upper end"): [cell.unhappy_percent.high for cell in shown],
            _("Effective base"): [cell.unhappy_percent.n_eff for cell in shown],
            _("To win back"): [_("yes") if cell.win_back else "" for cell in shown],
        }
    )
