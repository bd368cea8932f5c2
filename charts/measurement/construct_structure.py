"""What stands behind a path model's verdicts: what each arrow adds, Fornell–Larcker, and the questions with every construct."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.measurement.measurement_levels import (
    INNER_VIF_WARNED_ABOVE,
    LARGE,
    MEDIUM,
    SMALL,
    effect_size,
    is_inflated,
    nearer_constructs,
)
from analysis.measurement.path_model_result import PathModelResult
from analysis.measurement.path_model_structure import shares_too_much
from analysis.results.estimates import Estimate
from charts.kit.layout import Canvas, Chart, value_and_margin
from charts.kit.palette import blend
from charts.kit.rows import TextColumn, value_range
from charts.kit.unit_rows import unit_rows
from charts.kit.value_grid import GridCell, value_grid
from survey_schema.path_models import PathModel
from words.language import translator
from words.lists import listed


def arrow_rows(result: PathModelResult, on: Canvas, *, names: Mapping[str, str]) -> Chart:
    """What the explained variance of its end would lose without each arrow (f²), and how much its start repeats the other starts (VIF)."""
    _ = translator(on.language)
    arrows = sorted(result.f_squared, key=lambda e: -(e.value or 0.0))
    titles = [_way(e, names) for e in arrows]
    inflation = {(e.keys["from"], e.keys["to"]): e for e in result.inner_vif}
    vifs = [inflation.get((e.keys["from"], e.keys["to"])) for e in arrows]
    high = [is_inflated(e) for e in vifs]
    sizes = [_size(e, on) for e in arrows]
    colours = [on.colours.unclear if effect_size(e) == "negligible" else on.colours.ours for e in arrows]
    inks = [on.colours.worse if flag else on.colours.muted for flag in high]
    right = [
        TextColumn("f²", [_text(e, on) for e in arrows], 56, "right", strong=True),
        TextColumn("VIF", [_text(e, on) for e in vifs], 56, "right", inks),
    ]
    if not on.narrow:
        right.append(TextColumn(_("Effect"), sizes, 100, "right", [on.colours.muted] * len(arrows)))
    figure = unit_rows(titles, arrows, colours, right, on, heading="f²", guide_at=SMALL, ends=value_range(arrows, [0.0, SMALL]),
                       most_name=0 if on.narrow else 330)  # fmt: skip
    doubtful = [title for title, flag in zip(titles, high, strict=True) if flag]
    parts = [_("f²: what the explained variance loses without the arrow; small from {small}, medium from {medium}, large from {large}.")]
    parts = [parts[0].format(small=on.number(SMALL, 2), medium=on.number(MEDIUM, 2), large=on.number(LARGE, 2))]
    parts.append(_("VIF: how much a predecessor repeats the others; above {limit} (red) their arrows cannot be told apart well.").format(
        limit=on.number(INNER_VIF_WARNED_ABOVE, 0)))  # fmt: skip
    if doubtful:
        parts.append(_("Above: {names}.").format(names=listed(doubtful, on.language)))
    return Chart(
        title=_("What does each arrow add?"),
        caption=" ".join(parts),
        alt_text=" ".join(f"{title} {value_and_margin(e, on, 2)}." for title, e in zip(titles, arrows, strict=True)),
        figure=figure,
        table=pd.DataFrame(
            {
                _("From"): [names[str(e.keys["from"])] for e in arrows],
                _("To"): [names[str(e.keys["to"])] for e in arrows],
                "f²": [e.value for e in arrows],
                _("Lower end"): [e.low for e in arrows],
                _("Upper end"): [e.high for e in arrows],
                _("Effect"): sizes,
                "VIF": [None if e is None else e.value for e in vifs],
            }
        ),
    )


def fornell_larcker_map(result: PathModelResult, model: PathModel, on: Canvas, *, names: Mapping[str, str]) -> Chart:
    """The root of every AVE on the diagonal, correlations of constructs below; pairs that fail the comparison are red."""
    _ = translator(on.language)
    codes = [construct.code for construct in model.constructs]
    pairs = {frozenset(row.constructs): row for row in result.correlated}
    roots = {row.construct: row.root_ave for row in result.quality}
    fails = {pair for pair, row in pairs.items() if shares_too_much(row.correlation.value, _both(row.constructs, roots))}
    cells, table = [], []
    for at, row in enumerate(codes):
        line, values = [], []
        for column in codes[: at + 1]:
            pair = frozenset((row, column))
            e = roots.get(row) if row == column else pairs[pair].correlation
            line.append(_cell(e, f"{names[row]} · {names[column]}", on, worse=pair in fails, own=row == column))
            values.append(math.nan if e is None or e.value is None else e.value)
        blank = [GridCell("", "", on.colours.surface, on.colours.surface)] * (len(codes) - at - 1)
        cells.append([*line, *blank])
        table.append([names[row], *values, *[math.nan] * (len(codes) - at - 1)])
    titles = [names[code] for code in codes]
    told = [" – ".join(names[code] for code in codes if code in pair) for pair in pairs if pair in fails]
    sentence = (
        _("Share as much with each other as with their own questions: {names}.").format(names=listed(told, on.language))
        if told
        else _("Every construct shares more with its own questions than with any other.")
    )
    return Chart(
        title=_("Fornell–Larcker: own questions against other constructs"),
        caption=" ".join(
            [_("Diagonal: root of the AVE; below: correlations of the constructs, red where the comparison fails."), sentence]
        ),
        alt_text=sentence,
        figure=value_grid(titles, titles, cells, on, cell_height=27),
        table=pd.DataFrame(table, columns=[_("Construct"), *_apart(titles)]),
    )


def cross_loadings_map(result: PathModelResult, model: PathModel, on: Canvas, *, names: Mapping[str, str]) -> Chart:
    """Every question with every construct's score; its own construct is framed, a question nearer to another one is red there."""
    _ = translator(on.language)
    codes = [construct.code for construct in model.constructs]
    found = {(e.code, str(e.keys["construct"])): e for e in result.cross_loadings}
    rows = [(item, construct.code) for construct in model.constructs for item in construct.items]
    nearer = nearer_constructs(result, model)
    strayed = [on.title(item) for item, _home in rows if nearer[item]]
    cells = [
        [_cell(found[item, code], f"{on.title(item)} · {names[code]}", on, worse=code in nearer[item], own=code == home) for code in codes]
        for item, home in rows
    ]
    titles = [on.title(item) for item, _home in rows]
    sentence = (
        _("Nearer to another construct than to their own: {names}.").format(names=listed(strayed, on.language))
        if strayed
        else _("Every question goes most with its own construct.")
    )
    table = {_("Question"): titles, _("Construct"): [names[home] for _item, home in rows]}
    columns = {
        name: [found[item, code].value for item, _home in rows] for name, code in zip(_apart([names[c] for c in codes]), codes, strict=True)
    }
    return Chart(
        title=_("Cross-loadings: every question with every construct"),
        caption=" ".join([_("Correlations; framed: the question's own construct."), sentence]),
        alt_text=sentence,
        figure=value_grid(titles, [names[code] for code in codes], cells, on, cell_height=25),
        table=pd.DataFrame({**table, **columns}),
    )


def _cell(e: Estimate | None, title: str, on: Canvas, *, worse: bool, own: bool) -> GridCell:
    if e is None or e.value is None:
        return GridCell("–", title, blend(on.colours.unclear, on.colours.surface, 0.14), on.colours.muted)
    hue = on.colours.worse if worse else on.colours.ours if own else on.colours.unclear
    fill = blend(hue, on.colours.surface, 0.5 if worse else 0.4 if own else 0.1 + 0.2 * min(abs(e.value), 1.0))
    # Seven columns on a phone have room for one decimal; the table has them all.
    return GridCell(on.number(e.value, 1 if on.narrow else 2), f"{title}\n{value_and_margin(e, on, 2)}", fill, on.colours.ink, outlined=own)


def _both(constructs: tuple[str, str], roots: Mapping[str, Estimate | None]) -> tuple[float | None, float | None]:
    one, other = (root.value if (root := roots.get(code)) is not None else None for code in constructs)
    return one, other


def _apart(titles: Sequence[str]) -> list[str]:
    """Column heads; equal titles get a number, since a table needs different ones."""
    return [title if title not in titles[:at] else f"{title} ({at + 1})" for at, title in enumerate(titles)]


def _way(e: Estimate, names: Mapping[str, str]) -> str:
    return f"{names[str(e.keys['from'])]} → {names[str(e.keys['to'])]}"


def _size(e: Estimate, on: Canvas) -> str:
    _ = translator(on.language)
    return {"negligible": _("negligible"), "small": _("small"), "medium": _("medium"), "large": _("large")}[effect_size(e)]


def _text(e: Estimate | None, on: Canvas) -> str:
    return "–" if e is None or e.value is None else on.number(e.value, 2)
