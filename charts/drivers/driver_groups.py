"""Which drivers matter where: the share of every driver in every group, coloured where it differs from the rest beyond chance."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.drivers.drivers_by_group import DriversByGroup, GroupImportance
from analysis.results.estimates import Estimate
from charts.kit.heat_cells import HIDDEN, HeatCell, heat_figure
from charts.kit.layout import Canvas, Chart, value_and_margin
from charts.kit.words import verdict_word
from survey_schema.columns import Role
from words.language import translator
from words.lists import listed
from words.periods import wave_text
from words.shown_text import plotly_text as plain

#: A difference of this many per cent of R² takes the full colour.
_FULL_COLOUR_AT = 15.0


def driver_groups(groups: DriversByGroup, on: Canvas, role: str, *, first: Sequence[str] = ()) -> Chart:
    """Rows are the groups of ``role`` (in the order of ``first``), columns the drivers; cells are shares of R² in per cent.

    Groups that cannot be analysed show a dot and are named in the caption.
    """
    _ = translator(on.language)
    rows = sorted(groups.groups, key=lambda group: _place(str(group.keys[role]), first))
    names = [group_name(str(group.keys[role]), role, on) for group in rows]
    titles = [on.title(code) for code in groups.drivers]
    cells = [
        _cell(row, column, group, names[row], titles[column]) if not group.shares else _shown(row, column, group, names, titles, on)
        for row, group in enumerate(rows)
        for column in range(len(titles))
    ]
    told = [
        _("{driver} in {group}").format(driver=on.title(e.code), group=name)
        for name, group in zip(names, rows, strict=True)
        for e in group.against_rest
        if e.verdict in ("higher", "lower")
    ]
    silent = [name for name, group in zip(names, rows, strict=True) if not group.shares]
    caption = _(
        "Share of what the drivers explain in each group, %. Blue: matters more than in the rest, red: less, beyond chance "
        "(Benjamini–Hochberg); grey: not clear."
    )
    if silent:
        caption += " " + _("“{sign}”: too few answers in {names}.").format(sign=HIDDEN, names=listed(silent, on.language))
    title = _("No driver matters more or less in one group than in the rest") if not told else _("Drivers differ between groups")
    return Chart(
        title=title,
        caption=caption,
        alt_text=_("Heat map of {rows} groups by {columns} drivers. Different from the rest: {list}.").format(
            rows=len(rows), columns=len(titles), list=listed(told[:8], on.language) or _("none")
        ),
        figure=heat_figure(names, titles, cells, on, full_colour_at=_FULL_COLOUR_AT),
        table=_table(rows, names, role, on),
    )


def group_name(value: str, role: str, on: Canvas) -> str:
    """A branch, operator, brand or business line by name, a wave by its period."""
    return wave_text(value, on.language) if role == Role.WAVE else on.value(role, value)


def _place(value: str, first: Sequence[str]) -> tuple[int, str]:
    return (first.index(value) if value in first else len(first), value)


def _cell(row: int, column: int, group: GroupImportance, name: str, title: str) -> HeatCell:
    """The cell of a group without figures."""
    return HeatCell(row, column, None, f"<b>{plain(name)}</b> {plain(title)}<br>n = {group.n}")


def _shown(row: int, column: int, group: GroupImportance, names: Sequence[str], titles: Sequence[str], on: Canvas) -> HeatCell:
    _ = translator(on.language)
    share = group.shares[column]
    difference = group.against_rest[column] if group.against_rest else None
    lines = [f"<b>{plain(names[row])}</b> {plain(titles[column])}", value_and_margin(share, on)]
    if difference is not None:
        against = _("against the rest: {difference}").format(difference=value_and_margin(difference, on, signed=True))
        lines.append(f"{against} · {verdict_word(difference.verdict, on.language)}")
    return HeatCell(row, column, on.number(share.value or 0.0, 0), "<br>".join(lines), difference)


def _table(rows: Sequence[GroupImportance], names: Sequence[str], role: str, on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    header = _("Wave") if role == Role.WAVE else on.role_title(role)
    return pd.DataFrame(
        [
            {
                header: name,
                _("Driver"): on.title(share.code),
                _("Share, %"): share.value,
                _("Lower end"): share.low,
                _("Upper end"): share.high,
                _("Difference from the rest"): difference.value if difference else None,
                _("Against the rest"): verdict_word(difference.verdict if difference else None, on.language),
                _("Adjusted p"): difference.p_adjusted if difference else None,
                _("Base"): share.n,
                _("Effective base"): share.n_eff,
            }
            for name, group in zip(names, rows, strict=True)
            for share, difference in _paired(group)
        ]
    )


def _paired(group: GroupImportance) -> list[tuple[Estimate, Estimate | None]]:
    differences: Sequence[Estimate | None] = group.against_rest or [None] * len(group.shares)
    return list(zip(group.shares, differences, strict=True))
