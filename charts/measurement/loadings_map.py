"""Factor loadings as a heat map: questions by factors, sorted so that the questions of a factor stand together."""

from __future__ import annotations

from analysis.measurement.factors import Factors
from analysis.measurement.measurement_levels import LOADING_WORTH_READING, factors_of_items, is_worth_reading
from analysis.results.estimates import Estimate
from charts.kit.description.description import Description, TableColumn
from charts.kit.description.grid import Grid, GridColumn, HeatCell
from charts.kit.description.numbers import INK, MUTED, Form, Tone, number_of, numbers_of
from charts.kit.description.rows import Column
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator
from words.lists import listed


def loadings_map(found: Factors, on: Canvas) -> Chart:
    """The rotated loadings with communalities in the table; intervals on hover and in the table."""
    _ = translator(on.language)
    loadings = {(e.code, str(e.keys["factor"])): e for e in found.loadings}
    order = [item for factor in found.factors for item in _by_size(found, factor, loadings)]
    names = [on.title(item) for item in order]
    factors = factors_of_items(found)
    crossed = [title for item, title in zip(order, names, strict=True) if len(factors[item]) > 1]
    homeless = [title for item, title in zip(order, names, strict=True) if not factors[item]]
    parts = [_("Strong loadings are dark; below {limit} they are grey.").format(limit=on.number(LOADING_WORTH_READING, 2))]
    if crossed:
        parts.append(_("On more than one factor: {names}.").format(names=listed(crossed, on.language)))
    if homeless:
        parts.append(_("On no factor: {names}.").format(names=listed(homeless, on.language)))
    columns = [
        GridColumn(factor_name(found, factor, on), tuple(_cell(loadings[item, factor], on) for item in order), short=factor)
        for factor in found.factors
    ]
    described = Description(
        title=_("Which questions go together? Factors: {count}").format(count=len(found.factors)),
        caption=" ".join(parts),
        findings=" ".join(
            f"{factor_name(found, factor, on)}: {listed([on.title(item) for item in found.members.get(factor, ())], on.language)}."
            for factor in found.factors
        ),
        body=Grid(_("Question"), tuple(names), tuple(columns), Form(2), tall=27),
        table=_table(found, order, loadings, on),
    )
    return draw(described, on)


def factor_name(found: Factors, factor: str, on: Canvas) -> str:
    """The factor with its share of variance, such as ``F1 · 23.4 %``."""
    share = next((e.value for e in found.variance_percent if e.code == factor), None)
    return factor if share is None else f"{factor} · {on.percent(share)}"


def _by_size(found: Factors, factor: str, loadings: dict[tuple[str, str], Estimate]) -> list[str]:
    return sorted(found.members.get(factor, ()), key=lambda item: -abs(loadings[item, factor].value or 0.0))


def _cell(e: Estimate, on: Canvas) -> HeatCell:
    size, number = abs(e.value or 0.0), number_of(e, on.language)
    if not is_worth_reading(e):
        return HeatCell(number, Tone("unclear", 0.14), MUTED)
    fill = Tone("ours" if (e.value or 0.0) >= 0 else "line4", 0.25 + 0.5 * min(size, 1.0))
    return HeatCell(number, fill, Tone("surface") if size >= 0.85 else INK)


def _table(found: Factors, order: list[str], loadings: dict[tuple[str, str], Estimate], on: Canvas) -> tuple[TableColumn, ...]:
    _ = translator(on.language)
    columns = [
        Column(
            factor,
            numbers_of([loadings[item, factor] for item in order], on.language),
            ends=(_("{factor}, lower end").format(factor=factor), _("{factor}, upper end").format(factor=factor)),
        )
        for factor in found.factors
    ]
    return long_table(
        (
            Column(_("Question"), tuple(on.title(item) for item in order)),
            *columns,
            Column(_("Variance shared (communality)"), tuple(found.communalities.get(item) for item in order)),
            Column(_("Base"), (found.n,) * len(order)),
        )
    )
