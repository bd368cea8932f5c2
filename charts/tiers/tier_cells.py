"""Customers in layers: a grid of value by leaving tendency (and more), and the same cells in rows with intervals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from analysis.tiers.tiers import TierCell, Tiers
from charts.kit.description.description import Description, TableColumn
from charts.kit.description.grid import Grid, GridColumn, HeatCell
from charts.kit.description.numbers import MUTED, PLAIN, WORSE, Form, Tone, number_of, numbers_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.description.table import long_table
from charts.kit.description.texts import with_margin
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, confidence_text, value_and_margin
from charts.kit.words import hidden_sentence
from survey_schema.tier_rules import TierAxis, TierRules
from words.language import translator

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
    whole = rules.title.text(on.language)
    row_names = [" · ".join(_title(axis, code, on) for axis, code in zip(down, row, strict=True)) or whole for row in rows]
    most = max((cell.unhappy_percent.value or 0.0 for cell in found.cells), default=0.0) or 1.0
    columns = [
        GridColumn(
            f"{across.title.text(on.language)}: {_title(across, one.code, on)}",
            tuple(_cell(by_classes[(*row, one.code)], most, on) for row in rows),
            short=without_brackets(_title(across, one.code, on)),
        )
        for one in across.in_order
    ]
    hidden = sum(1 for cell in found.cells if cell.customers and cell.unhappy_percent.value is None)
    caption = [_("In each cell: satisfaction, share of unhappy customers, respondents. The more unhappy, the redder.")]
    caption.append(_("Across: {axis}.").format(axis=across.title.text(on.language)))
    if any(cell.win_back for cell in found.cells):
        caption.append(_("Framed: to be won back."))
    described = Description(
        title=_("{rules}: how satisfied is each layer?").format(rules=whole),
        caption=" ".join([*caption, *hidden_sentence(hidden, on.language)]),
        findings=" ".join(_spoken(cell, rules, on) for cell in found.cells if cell.win_back and cell.unhappy_percent.value is not None),
        body=Grid(whole, tuple(row_names), tuple(columns), tall=62),
        table=_table(found, rules, on),
    )
    return draw(described, on)


def tier_rows(found: Tiers, rules: TierRules, on: Canvas) -> Chart:
    """The layers by their share of unhappy customers with intervals; those to win back in red."""
    _ = translator(on.language)
    shown = sorted(
        (cell for cell in found.cells if cell.unhappy_percent.value is not None), key=lambda cell: -(cell.unhappy_percent.value or 0.0)
    )
    columns = (
        Column(
            _("Unhappy, %"), numbers_of([cell.unhappy_percent for cell in shown], on.language), Form(percent=True),
            drawn=Drawn("dot", tones=tuple(WORSE if cell.win_back else MUTED for cell in shown)), place="always", head="", strong=True,
        ),
        Column(_("Satisfaction"), numbers_of([cell.satisfaction for cell in shown], on.language), place="wide"),
        Column(
            _("Share of customers"), tuple(100 * cell.share for cell in shown), Form(percent=True), place="wide",
        ),
        Column(_("Respondents"), tuple(cell.customers for cell in shown), Form(0), place="wide"),
    )  # fmt: skip
    names = names_of_rows([layer_name(cell, rules, on) for cell in shown], most=MOST_ROWS)
    more = [_("The first {count} of {total} layers.").format(count=MOST_ROWS, total=len(shown))] if len(shown) > MOST_ROWS else []
    marked = [_("Hollow dot: small base, read with care.")] if any(cell.unhappy_percent.marked for cell in shown[:MOST_ROWS]) else []
    back = [_("Red: to be won back.")] if any(cell.win_back for cell in shown[:MOST_ROWS]) else []
    described = Description(
        title=_("Where are most unhappy? Shares and their {level}% intervals").format(level=confidence_text(found.provenance, on)),
        caption=" ".join([*back, *marked, *more]),
        body=Rows(rules.title.text(on.language), names, columns, heading=_("Share of unhappy customers")),
        table=_table(found, rules, on),
    )
    return draw(described, on)


def layer_name(cell: TierCell, rules: TierRules, on: Canvas) -> str:
    """The classes of a cell, joined; axes other than the first by name, since classes such as “high” repeat."""
    parts = [f"{axis.title.text(on.language)} {_title(axis, cell.classes[axis.code], on)}" for axis in rules.axes]
    if on.narrow:
        parts = [_title(axis, cell.classes[axis.code], on) for axis in rules.axes]
    return " · ".join([_title(rules.axes[0], cell.classes[rules.axes[0].code], on), *parts[1:]])


def without_brackets(title: str) -> str:
    """The name of a class without its limits, for a phone."""
    return _IN_BRACKETS.sub("", title)


def _title(axis: TierAxis, code: str, on: Canvas) -> str:
    title = next(tier_class.title.text(on.language) for tier_class in axis.classes if tier_class.code == code)
    return without_brackets(title) if on.narrow else title


def _cell(cell: TierCell, most: float, on: Canvas) -> HeatCell:
    """Satisfaction, share of the unhappy and respondents; a dot where the base is too small, nothing where nobody is."""
    _ = translator(on.language)
    unhappy, level = number_of(cell.unhappy_percent, on.language), number_of(cell.satisfaction, on.language)
    if unhappy is None or unhappy.value is None or level is None or level.value is None:
        return HeatCell(unhappy, framed=cell.win_back, texts=() if cell.customers else ("",))
    share, count = on.number(unhappy.value, 0), f"n {on.number(cell.customers, 0)}" + (" ○" if unhappy.small else "")
    notes = (
        _("Unhappy {value} %").format(value=with_margin(unhappy, PLAIN, on)),
        _("{count} respondents, {share} % of the customers").format(count=on.number(cell.customers, 0), share=on.number(100 * cell.share)),
    )
    return HeatCell(
        level,
        Tone("worse", 0.06 + 0.5 * unhappy.value / most),
        texts=(on.number(level.value), _("{share} % unhappy").format(share=share), count),
        short=f"{on.number(level.value)}\n{share} %\n{count}",
        notes=notes,
        framed=cell.win_back,
    )


def _spoken(cell: TierCell, rules: TierRules, on: Canvas) -> str:
    _ = translator(on.language)
    return f"{layer_name(cell, rules, on)}: " + _("Unhappy {value} %").format(value=value_and_margin(cell.unhappy_percent, on)) + "."


def _table(found: Tiers, rules: TierRules, on: Canvas) -> tuple[TableColumn, ...]:
    _ = translator(on.language)
    on = replace(on, narrow=False)  # a table has room for whole names
    shown: Sequence[TierCell] = [cell for cell in found.cells if cell.unhappy_percent.value is not None]
    level = numbers_of([cell.satisfaction for cell in shown], on.language)
    unhappy = numbers_of([cell.unhappy_percent for cell in shown], on.language)
    return long_table(
        (
            *(
                Column(axis.title.text(on.language), tuple(_title(axis, cell.classes[axis.code], on) for cell in shown))
                for axis in rules.axes
            ),
            Column(_("Respondents"), tuple(cell.customers for cell in shown)),
            Column(_("Share of customers, %"), tuple(100 * cell.share for cell in shown)),
            Column(_("Satisfaction"), level, ends=(_("Satisfaction, lower end"), _("Satisfaction, upper end"))),
            Column(_("Unhappy, %"), unhappy, ends=(_("Unhappy, lower end"), _("Unhappy, upper end"))),
            Column(_("Effective base"), tuple(cell.unhappy_percent.n_eff for cell in shown)),
            Column(_("To win back"), tuple(_("yes") if cell.win_back else "" for cell in shown)),
        )
    )
