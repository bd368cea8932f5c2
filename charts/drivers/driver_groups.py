"""Which drivers matter where: the share of every driver in every group, marked where it differs from the rest beyond chance.

More important is no better than less: teal and slate with an arrow, never blue and red.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.drivers.drivers_by_group import DriversByGroup, GroupImportance
from charts.kit.description.columns import base_columns
from charts.kit.description.description import Description, TableColumn
from charts.kit.description.grid import Grid, GridColumn, HeatCell
from charts.kit.description.heat import compared_cell
from charts.kit.description.numbers import Form, Hue, Number, Tone, number_of, numbers_of
from charts.kit.description.rows import Column
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.drawing.grid import HIDDEN
from charts.kit.layout import Canvas, Chart
from charts.kit.words import arrow, verdict_word
from survey_schema.columns import Role
from words.language import translator
from words.lists import listed
from words.periods import wave_text

#: A difference of this many per cent of R² takes the full colour.
_FULL_COLOUR_AT = 15.0
_HUES: Mapping[str, Hue] = {"higher": "ours", "lower": "line5"}
#: Slate is the darker ground, and figures have to be read on both.
_STRENGTHS: Mapping[Hue, float] = {"ours": 0.9, "line5": 0.65}


def driver_groups(groups: DriversByGroup, on: Canvas, role: str, *, first: Sequence[str] = ()) -> Chart:
    """Rows are the groups of ``role`` (in the order of ``first``), columns the drivers; cells are shares of R² in per cent.

    Groups that cannot be analysed show a dot and are named in the caption.
    """
    _ = translator(on.language)
    rows = sorted(groups.groups, key=lambda group: _place(str(group.keys[role]), first))
    names = [group_name(str(group.keys[role]), role, on) for group in rows]
    told = [
        _("{driver} in {group}").format(driver=on.title(e.code), group=name)
        for name, group in zip(names, rows, strict=True)
        for e in group.against_rest
        if e.verdict in ("higher", "lower")
    ]
    silent = [name for name, group in zip(names, rows, strict=True) if not group.shares]
    caption = _(
        "Share of what the drivers explain in each group, %. ▲ teal: matters more than in the rest, ▼ slate: less, beyond chance "
        "(Benjamini–Hochberg); grey: may be chance."
    )
    if silent:
        caption += " " + _("“{sign}”: too few answers in {names}.").format(sign=HIDDEN, names=listed(silent, on.language))
    columns = [GridColumn(on.title(code), tuple(_cell(column, group, on) for group in rows)) for column, code in enumerate(groups.drivers)]
    described = Description(
        title=_("No driver matters more or less in one group than in the rest") if not told else _("Drivers differ between groups"),
        caption=caption,
        findings=_("Different from the rest: {list}.").format(list=listed(told, on.language, most=8) or _("none")),
        body=Grid(_header(role, on), tuple(names), tuple(columns), Form(0)),
        table=_table(rows, names, role, on),
    )
    return draw(described, on)


def group_name(value: str, role: str, on: Canvas) -> str:
    """A branch, operator, brand or business line by name, a wave by its period."""
    return wave_text(value, on.language) if role == Role.WAVE else on.value(role, value)


def _place(value: str, first: Sequence[str]) -> tuple[int, str]:
    return (first.index(value) if value in first else len(first), value)


def _header(role: str, on: Canvas) -> str:
    return translator(on.language)("Wave") if role == Role.WAVE else on.role_title(role)


def _cell(column: int, group: GroupImportance, on: Canvas) -> HeatCell:
    """The share of a driver in a group; a group without figures says how many answers it has."""
    if not group.shares:
        return HeatCell(Number(None, why=f"n = {group.n}"))
    difference = group.against_rest[column] if group.against_rest else None
    words = verdict_word(difference.verdict if difference else None, on.language)
    share = group.shares[column]
    cell = compared_cell(number_of(share, on.language), difference, words, on, full_colour_at=_FULL_COLOUR_AT)
    hue = _HUES.get((difference.verdict if difference else None) or "")
    if hue is None or cell.fill is None or share.value is None:
        return cell
    return replace(
        cell,
        fill=Tone(hue, cell.fill.strength * _STRENGTHS[hue]),
        texts=(f"{on.number(share.value, 0)} {arrow(difference.verdict if difference else None)}",),
    )


def _table(rows: Sequence[GroupImportance], names: Sequence[str], role: str, on: Canvas) -> tuple[TableColumn, ...]:
    """A row for every driver of every group with figures."""
    _ = translator(on.language)
    shown = [
        (name, share, group.against_rest[place] if group.against_rest else None)
        for name, group in zip(names, rows, strict=True) for place, share in enumerate(group.shares)
    ]  # fmt: skip
    gaps, shares = [gap for _name, _share, gap in shown], [share for _name, share, _gap in shown]
    return long_table(
        (
            Column(_header(role, on), tuple(name for name, _share, _gap in shown)),
            Column(_("Driver"), tuple(on.title(share.code) for share in shares)),
            Column(_("Share, %"), numbers_of(shares, on.language), ends=(_("Lower end"), _("Upper end"))),
            Column(_("Difference from the rest"), tuple(gap.value if gap else None for gap in gaps)),
            Column(_("Against the rest"), tuple(verdict_word(gap.verdict if gap else None, on.language) for gap in gaps)),
            Column(_("Adjusted p"), tuple(gap.p_adjusted if gap else None for gap in gaps)),
            *base_columns(shares, on.language),
        )
    )
