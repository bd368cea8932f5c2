"""Charts of very many rows draw the first, the last and what is looked for; their table and the exported data hold all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from charts.index.indicator_heatmap import indicator_heatmap
from charts.kit.description.description import Description
from charts.kit.description.first_and_last import ENDS, MOST_COLUMNS, MOST_ROWS, first_and_last
from charts.kit.description.grid import Grid, GridColumn, HeatCell
from charts.kit.description.numbers import Number
from charts.kit.description.rows import Column, Drawn, Row, Rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from tests.charts.made_results import estimate, result

MANY = 350


def _rows(count: int, shape: str = "dot", *more: Row) -> Description:
    names = (*(Row(f"r{place:03d}") for place in range(count)), *more)
    cells = tuple(Number(float(100 - place % 100), 0.0, 100.0) for place in range(len(names)))
    column = Column("v", cells, ends=("low", "high"), drawn=Drawn(shape), place="always")  # type: ignore[arg-type]
    return Description("t", "c", Rows("name", names, (column,)))


def _grid(rows: int, columns: int) -> Description:
    made = tuple(GridColumn(f"c{place}", tuple(HeatCell(Number(float(row))) for row in range(rows))) for place in range(columns))
    return Description("t", "c", Grid("name", tuple(f"r{row}" for row in range(rows)), made))


def _drawn(chart: Chart) -> list[str]:
    assert chart.described is not None
    body = chart.described.body
    return [body.rows[place].name for place in body.drawn_rows] if isinstance(body, Rows) else list(body.rows)  # type: ignore[union-attr]


def test_the_first_and_the_last_are_drawn_and_the_table_has_all(on: Canvas) -> None:
    chart = draw(_rows(MANY), on)
    names = [f"r{place:03d}" for place in range(MANY)]
    assert _drawn(chart) == names[:ENDS] + names[-ENDS:]
    assert list(chart.table["name"]) == list(chart.names) == names
    assert all(str(count) in chart.caption for count in (ENDS, MANY))
    texts = " ".join(text.text for text in chart.figure.layout.annotations)
    assert sum(name in texts for name in names) == 2 * ENDS
    assert len(chart.figure.to_json()) < 60_000


def test_what_is_looked_for_is_drawn_in_its_place(on: Canvas) -> None:
    chart = draw(_rows(MANY), replace(on, found=("r200", "r003")))
    assert _drawn(chart)[ENDS] == "r200"
    assert len(_drawn(chart)) == 2 * ENDS + 1
    assert "r200" in chart.caption


def test_a_total_stays_and_a_pareto_chart_has_its_first(on: Canvas) -> None:
    assert "all" in _drawn(draw(_rows(MANY, "bar", Row("all", kind="total")), on))
    described = _rows(MANY, "bar")
    assert isinstance(described.body, Rows)
    line = replace(described.body.columns[0], header="sum", drawn=Drawn("line"))
    pareto = draw(replace(described, body=replace(described.body, columns=(*described.body.columns, line))), on)
    assert _drawn(pareto) == [f"r{place:03d}" for place in range(2 * ENDS)]


@pytest.mark.parametrize("described", [_rows(MOST_ROWS), _rows(MANY, "step"), _rows(MANY, "dot", Row("h", kind="heading")), _grid(60, 5)])
def test_a_chart_that_is_short_or_a_whole_is_drawn_as_it_is(described: Description, on: Canvas) -> None:
    assert first_and_last(described, on) is described
    assert draw(described, on).names == ()


def test_a_heat_table_is_cut_in_either_way_and_says_all_in_its_table(on: Canvas) -> None:
    tall, wide = draw(_grid(MANY, 5), on), draw(_grid(5, MANY), on)
    assert len(_drawn(tall)) == 2 * ENDS
    assert len(tall.table) == MANY
    assert len(tall.figure.data[0].x) == 2 * ENDS * 5
    assert MOST_COLUMNS < MANY
    assert len(wide.figure.data[0].x) == 2 * ENDS * 5
    assert wide.table.shape == (5, MANY + 1)


def test_branches_of_a_heat_map_stand_by_their_index_and_hidden_ones_are_not_drawn(on: Canvas) -> None:
    root = on.schema.tree.code
    shown = [estimate(50 + place / 10, code=code, branch=f"b{place:03d}") for place in range(MANY) for code in (root, "C11")]
    hidden = [estimate(None, code=code, branch=f"h{place}") for place in range(30) for code in (root, "C11")]
    chart = indicator_heatmap(result(*shown, *hidden), result(), on)
    assert [_drawn(chart)[place] for place in (0, ENDS - 1, ENDS, -1)] == ["b349", "b340", "b009", "b000"]
    assert len(chart.table) == MANY
