"""Factor loadings as a heat map: questions by factors, sorted so that the questions of a factor stand together."""

from __future__ import annotations

import pandas as pd

from analysis.measurement.factors import Factors
from analysis.measurement.measurement_levels import LOADING_WORTH_READING, factors_of_items, is_worth_reading
from analysis.results.estimates import Estimate
from charts.kit.layout import Canvas, Chart, value_and_margin
from charts.kit.palette import blend
from charts.kit.value_grid import GridCell, value_grid
from words.language import translator
from words.lists import listed


def loadings_map(found: Factors, on: Canvas) -> Chart:
    """The rotated loadings with communalities in the table; intervals on hover and in the table."""
    _ = translator(on.language)
    loadings = {(e.code, str(e.keys["factor"])): e for e in found.loadings}
    order = [item for factor in found.factors for item in _by_size(found, factor, loadings)]
    names = [on.title(item) for item in order]
    columns = [factor if on.narrow else factor_name(found, factor, on) for factor in found.factors]
    cells = [[_cell(loadings[item, factor], title, on) for factor in found.factors] for item, title in zip(order, names, strict=True)]
    figure = value_grid(names, columns, cells, on, cell_height=27)
    factors = factors_of_items(found)
    crossed = [title for item, title in zip(order, names, strict=True) if len(factors[item]) > 1]
    homeless = [title for item, title in zip(order, names, strict=True) if not factors[item]]
    parts = [_("Strong loadings are dark; below {limit} they are grey.").format(limit=on.number(LOADING_WORTH_READING, 2))]
    if crossed:
        parts.append(_("On more than one factor: {names}.").format(names=listed(crossed, on.language)))
    if homeless:
        parts.append(_("On no factor: {names}.").format(names=listed(homeless, on.language)))
    return Chart(
        title=_("Which questions go together? Factors: {count}").format(count=len(found.factors)),
        caption=" ".join(parts),
        alt_text=" ".join(
            f"{factor_name(found, factor, on)}: {listed([on.title(item) for item in found.members.get(factor, ())], on.language)}."
            for factor in found.factors
        ),
        figure=figure,
        table=_table(found, order, loadings, on),
    )


def factor_name(found: Factors, factor: str, on: Canvas) -> str:
    """The factor with its share of variance, such as ``F1 · 23.4 %``."""
    share = next((e.value for e in found.variance_percent if e.code == factor), None)
    return factor if share is None else f"{factor} · {on.percent(share)}"


def _by_size(found: Factors, factor: str, loadings: dict[tuple[str, str], Estimate]) -> list[str]:
    return sorted(found.members.get(factor, ()), key=lambda item: -abs(loadings[item, factor].value or 0.0))


def _cell(e: Estimate, title: str, on: Canvas) -> GridCell:
    size = abs(e.value or 0.0)
    hue = on.colours.ours if (e.value or 0.0) >= 0 else on.colours.worse
    strong = is_worth_reading(e)
    fill = blend(hue, on.colours.surface, 0.25 + 0.5 * min(size, 1.0)) if strong else blend(on.colours.unclear, on.colours.surface, 0.14)
    ink = (on.colours.surface if size >= 0.85 else on.colours.ink) if strong else on.colours.muted
    return GridCell(on.number(e.value or 0.0, 2), f"{title}\n{value_and_margin(e, on, 2)}", fill, ink)


def _table(found: Factors, order: list[str], loadings: dict[tuple[str, str], Estimate], on: Canvas) -> pd.DataFrame:
    _ = translator(on.language)
    columns: dict[str, list[object]] = {_("Question"): [on.title(item) for item in order]}
    for factor in found.factors:
        columns[factor] = [loadings[item, factor].value for item in order]
        columns[_("{factor}, lower end").format(factor=factor)] = [loadings[item, factor].low for item in order]
        columns[_("{factor}, upper end").format(factor=factor)] = [loadings[item, factor].high for item in order]
    columns[_("Variance shared (communality)")] = [found.communalities.get(item) for item in order]
    columns[_("Base")] = [found.n] * len(order)
    return pd.DataFrame(columns)
