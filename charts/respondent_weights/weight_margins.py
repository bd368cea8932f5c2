"""What a weighting does to the margins: each category's share before and after, with the share of the population it is to reach."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analysis.respondent_weights.weighting_report import MarginRow, WeightingReport
from analysis.respondent_weights.weighting_targets import CategoryName, ColumnsName
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, UNCLEAR, Axis, Form
from charts.kit.description.rows import Column, Drawn, Place, Row, Rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator
from words.lists import listed

#: Shares that differ by less are the same on the screen.
_SAME = 5e-4
#: Moves told in a sentence.
_TOLD = 5
#: A category, or the columns of a margin as a heading.
_Row = MarginRow | tuple[str, ...]


def weight_margins(report: WeightingReport, on: Canvas) -> Chart:
    """One row a category under a heading for its margin: a hollow dot for the responses as they came, a grey one for the weights as
    stored, a line from there to the blue dot for the new ones, and an upright line where the population is."""
    _ = translator(on.language)
    rows = _with_headings(report.margins)
    placed = [row for row in rows if isinstance(row, MarginRow)]
    unweighted = report.unweighted_share
    moved = sorted((row for row in placed if abs(row.after - unweighted(row)) >= _SAME), key=lambda row: -abs(row.after - unweighted(row)))
    moves = [f"{_name(row, on)} {_percent(unweighted(row), on)} → {_percent(row.after, on)}{on.percent_sign}" for row in moved[:_TOLD]]
    described = Description(
        title=_("Shares before and after weighting"),
        caption=" ".join(
            [
                _("Per cent of respondents. Hollow: unweighted; blue: with the new weights; upright line: the population."),
                *([_("Grey: with the weights as stored.")] if report.given.varies else []),
            ]
        ),
        findings=_("Largest moves: {moves}.").format(moves=listed(moves, on.language)) if moves else _("None of the shares moves."),
        body=Rows(
            _("Category"),
            tuple(Row(_name(row, on), kind="row" if isinstance(row, MarginRow) else "heading") for row in rows),
            _columns(rows, unweighted, report.given.varies, on),
            axis=Axis(holds=(0.0,)),
            key=(Column(_("Margin"), tuple(_margin(row, on) for row in rows)),),
            strong_names=False,
        ),
    )
    return draw(described, on)


def _with_headings(margins: Sequence[MarginRow]) -> list[_Row]:
    """The rows, largest target first within each margin, with the columns of a margin before its categories."""
    rows: list[_Row] = []
    largest_first = sorted(margins, key=lambda row: -row.target)
    for columns in dict.fromkeys(row.columns for row in margins):
        rows += [columns, *(row for row in largest_first if row.columns == columns)]
    return rows


def _name(row: _Row, on: Canvas) -> str:
    if isinstance(row, MarginRow):
        return CategoryName(row.columns, row.category, on.schema).text(on.language)
    return ColumnsName(row, on.schema).text(on.language)


def _margin(row: _Row, on: Canvas) -> str:
    return ColumnsName(row.columns if isinstance(row, MarginRow) else row, on.schema).text(on.language)


def _columns(rows: Sequence[_Row], unweighted: Callable[[MarginRow], float], given: bool, on: Canvas) -> tuple[Column, ...]:
    _ = translator(on.language)

    def column(
        header: str,
        share: Callable[[MarginRow], float],
        drawn: Drawn | None,
        *,
        head: str = "",
        place: Place = "wide",
        strong: bool = False,
    ) -> Column:
        cells = tuple(100 * share(row) if isinstance(row, MarginRow) else None for row in rows)
        return Column(header, cells, drawn=drawn, place=place, head=head or None, strong=strong)

    stored = column(
        _("As stored (%)"), lambda row: row.before, Drawn("dot", "comparison", (UNCLEAR,)) if given else None, head=_("As stored"),
        place="wide" if given else "table",
    )  # fmt: skip
    return (
        Column(_("Responses"), tuple(row.n if isinstance(row, MarginRow) else None for row in rows), Form(0), place="wide"),
        column(_("Unweighted (%)"), unweighted, Drawn("ring", "comparison", (UNCLEAR,)), head=_("Unweighted"), place="always"),
        stored,
        column(_("New (%)"), lambda row: row.after, Drawn("dot"), head=_("New"), place="always", strong=True),
        column(_("Population share (%)"), lambda row: row.target, Drawn("tick", "target", (INK,)), head=_("Population share")),
    )


def _percent(share: float, on: Canvas) -> str:
    return on.number(100 * share, 1)
