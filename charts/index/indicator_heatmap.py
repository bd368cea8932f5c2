"""Branch by indicator at a glance: coloured only where a cell differs from the rest beyond chance, grey elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.compare.standing_out import StandsOut, standing_out
from analysis.results.estimates import Estimate, Result
from analysis.results.reasons import kind_of
from charts.kit.heat_cells import HIDDEN, NOT_ASKED, HeatCell, heat_figure
from charts.kit.layout import Canvas, Chart, design_effects, level_text, value_and_margin
from charts.kit.words import question_column, verdict_word
from words.language import translator
from words.lists import listed
from words.shown_text import plotly_text as plain

#: A difference of this many points takes the full colour.
_FULL_COLOUR_AT = 8.0


def indicator_heatmap(
    values: Result, against_rest: Result, on: Canvas, *, role: str = "branch", codes: Sequence[str] = (), first: Sequence[str] = ()
) -> Chart:
    """The heat map of ``role`` by indicator.

    ``values`` holds points on 0-100 by role and code, ``against_rest`` the difference of each cell from the rest with its
    adjusted verdict. A cell hidden in ``values`` shows a dot and is in no table. ``codes`` picks and orders the
    indicators (default: the items); ``first`` orders the rows, others follow by name. A phone has no room for items: the picture
    shows the index and its dimensions there, the title and the table stay those of the items.
    """
    _ = translator(on.language)
    present_codes = {e.code for e in values.estimates}
    told = list(codes) or [code for code in on.schema.tree.items() if code in present_codes]
    codes = [code for code in _on_a_phone(on) if code in present_codes] if on.narrow and not codes else told
    present = {str(e.keys[role]) for e in values.estimates if e.keys.get(role) is not None}
    places = [place for place in first if place in present] + sorted(present - set(first))
    cells = {(str(e.keys[role]), e.code): e for e in values.estimates if e.keys.get(role) is not None}
    compared = {(str(e.keys[role]), e.code): e for e in against_rest.estimates if e.keys.get(role) is not None}
    names, titles = [on.value(role, place) for place in places], [on.title(code) for code in codes]
    drawn = []
    for row, place in enumerate(places):
        for column, code in enumerate(codes):
            cell, difference = cells.get((place, code)), compared.get((place, code))
            text = None if cell is None or cell.value is None else on.number(cell.value, 0)
            asked = cell is not None and kind_of(cell.reason) != "not asked"
            drawn.append(HeatCell(row, column, text, _hover(names[row], titles[column], cell, difference, on), difference, asked))
    figure = heat_figure(names, titles, drawn, on, full_colour_at=_FULL_COLOUR_AT)
    return Chart(
        title=_title(standing_out(values, against_rest, places, told, role), len(told), role, on),
        caption=" ".join(
            [
                _(
                    "Each cell is compared with all others taken together; grey: cannot be told apart; “{sign}”: base too small, not shown."
                ).format(sign=HIDDEN),
                *([_("“{sign}”: not asked.").format(sign=NOT_ASKED)] if not all(cell.asked for cell in drawn) else []),
                *([] if codes == told else [_("Shown here: the index and its dimensions; the table has every indicator.")]),
            ]
        ),
        alt_text=_("Heat map of {rows} by {columns} indicators at {level}% confidence.").format(
            rows=listed(names, on.language), columns=len(codes), level=level_text(values, on)
        ),
        figure=figure,
        table=_table(places, names, told, cells, compared, role, on),
    )


def _on_a_phone(on: Canvas) -> list[str]:
    """The index and the dimensions."""
    return [on.schema.tree.code, *(child.code for child in on.schema.tree.children)]


def _hover(name: str, title: str, cell: Estimate | None, difference: Estimate | None, on: Canvas) -> str:
    _ = translator(on.language)
    head = f"<b>{plain(name)}</b> {plain(title)}"
    if cell is None:
        return f"{head}<br>{_('not asked')}"
    if cell.value is None:
        return f"{head}<br>{plain(cell.reason.text(on.language)) if cell.reason else HIDDEN}"
    lines = [head, value_and_margin(cell, on)]
    if difference is not None and difference.value is not None:
        against = _("against the rest: {difference}").format(difference=value_and_margin(difference, on, signed=True))
        lines.append(f"{against} · {verdict_word(difference.verdict, on.language)}")
    elif difference is not None and difference.reason is not None:
        lines.append(plain(difference.reason.text(on.language)))
    questions = difference.questions if difference is not None and difference.questions else cell.questions
    if questions is not None:
        lines.append(plain(questions.told.text(on.language)))
    return "<br>".join(lines)


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
    names: Sequence[str],
    codes: Sequence[str],
    cells: dict[tuple[str, str], Estimate],
    compared: dict[tuple[str, str], Estimate],
    role: str,
    on: Canvas,
) -> pd.DataFrame:
    _ = translator(on.language)
    rows, drawn = [], []
    for place, name in zip(places, names, strict=True):
        for code in codes:
            cell, difference = cells.get((place, code)), compared.get((place, code))
            if cell is None or cell.value is None:
                continue
            drawn.append(cell)
            rows.append(
                {
                    on.role_title(role): name,
                    _("Indicator"): on.title(code),
                    _("Value"): cell.value,
                    _("Lower end"): cell.low,
                    _("Upper end"): cell.high,
                    _("Difference from the rest"): difference.value if difference else None,
                    _("Against the rest"): verdict_word(difference.verdict if difference else None, on.language),
                    _("Adjusted p"): difference.p_adjusted if difference else None,
                    _("Base"): cell.n,
                    _("Effective base"): cell.n_eff,
                }
            )
    return pd.DataFrame(rows).assign(**question_column(drawn, on.language), **design_effects(drawn, on))
