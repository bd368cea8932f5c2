from __future__ import annotations

from analysis.results.estimates import Result
from charts.index.indicator_heatmap import HIDDEN, indicator_heatmap
from charts.kit.layout import Canvas
from charts.kit.palette import blend
from survey_schema.loading import load_schema
from tests.charts.made_results import estimate, result

TREE = "CSI"
ALL = ("D1", "C11", "C12", "D2", "C21")


def _values() -> Result:
    cells = [(branch, code) for branch in ("lanzhou", "dingxi") for code in ("D1", "C11", "C12", "D2", "C21")]
    shown = [estimate(60.0 + number, code=code, branch=branch) for number, (branch, code) in enumerate(cells)]
    return result(*shown, *(estimate(None, code=code, branch="jinchang") for code in ("D1", "C11", "C12", "D2", "C21")))


def _differences() -> Result:
    return result(
        estimate(-6.0, code="C11", branch="dingxi", verdict="lower", p_adjusted=0.001),
        estimate(8.0, code="C12", branch="lanzhou", verdict="higher", p_adjusted=0.001),
        estimate(0.4, code="C21", branch="lanzhou", verdict="unclear", p_adjusted=0.8),
    )


def test_coloured_only_where_told_apart_and_a_dot_where_hidden(on: Canvas) -> None:
    chart = indicator_heatmap(_values(), _differences(), on, codes=ALL, first=["lanzhou", "dingxi", "jinchang"])
    tiles, texts = chart.figure.data
    fill = dict(zip(zip(texts.y, texts.x, strict=True), tiles.marker.color, strict=True))
    text = dict(zip(zip(texts.y, texts.x, strict=True), texts.text, strict=True))
    grey = blend(on.colours.unclear, on.colours.surface, 0.16)
    assert fill[(0, 2)] == blend(on.colours.better, on.colours.surface, 0.8)
    assert fill[(1, 1)] not in (grey, on.colours.surface)
    assert [fill[(0, 4)], fill[(0, 0)], fill[(2, 0)]] == [grey, grey, on.colours.surface]
    assert [text[(2, column)] for column in range(5)] == [HIDDEN] * 5
    assert text[(0, 0)] == "60"
    assert [text[(0, 2)], text[(1, 1)]] == ["▲62", "▼66"]


def test_hidden_cells_are_not_in_the_table(on: Canvas) -> None:
    table = indicator_heatmap(_values(), _differences(), on, codes=ALL).table
    assert len(table) == 10
    assert "Jinchang" not in table["Branch"].tolist()


def test_a_difference_of_a_hidden_cell_leaks_nowhere(on: Canvas) -> None:
    leak = result(estimate(77.125, code="C11", branch="jinchang", verdict="lower"))
    chart = indicator_heatmap(_values(), leak, on)
    assert "77.1" not in chart.figure.to_json()
    assert "Jinchang" not in chart.title
    assert on.colours.worse not in chart.figure.to_json()


def test_the_title_says_who_differs_most(on: Canvas) -> None:
    assert indicator_heatmap(_values(), _differences(), on, codes=ALL).title == (
        "Dingxi is below the rest on 1 of 5 indicators; Lanzhou is above the rest on 1 of 5 indicators"
    )
    assert indicator_heatmap(_values(), result(), on).title == "No cell can be told apart from the rest"


def test_chosen_codes_only(on: Canvas) -> None:
    chart = indicator_heatmap(_values(), _differences(), on, codes=["D1", "D2"])
    assert chart.figure.layout.annotations == ()
    assert list(chart.figure.layout.xaxis.ticktext) == ["Service quality", "Customer value"]
    assert len(chart.table) == 4


def test_all_items_on_a_desktop_and_the_dimensions_on_a_phone(schema) -> None:
    wide, narrow = (indicator_heatmap(_values(), _differences(), Canvas(schema, "en", narrow=flag)) for flag in (False, True))
    assert list(wide.figure.layout.xaxis.ticktext) == ["Coverage", "Integrity", "Tariff"]
    assert list(narrow.figure.layout.xaxis.ticktext) == ["Service quality", "Customer value"]


def _with_index() -> Result:
    scores = {"lanzhou": 61.0, "dingxi": None, "jinchang": 72.0, "tianshui": 70.0}
    made = [(place, code, score) for place, score in scores.items() for code in (TREE, "C11", "C12", "C21")]
    return result(*(estimate(score, code=code, branch=place) for place, code, score in made))


def test_rows_stand_by_their_index_and_columns_by_dimension(schema) -> None:
    chart = indicator_heatmap(
        _with_index(), result(), Canvas(schema, "en", width=1130), first=["lanzhou", "dingxi", "jinchang", "tianshui"]
    )
    drawn = chart.figure
    assert list(drawn.layout.yaxis.ticktext) == ["Jinchang", "tianshui", "Lanzhou", "Dingxi"]
    names = [schema.title_of(code, "en") for code in (TREE, "C11", "C12", "C21")]
    assert list(drawn.layout.xaxis.ticktext) == names
    groups = {note.text: note.x for note in drawn.layout.annotations}
    places = list(drawn.layout.xaxis.tickvals)
    assert groups == {"<b>Service quality</b>": (places[1] + places[2]) / 2, "<b>Customer value</b>": places[3]}
    assert places[1] - places[0] > 1 == round(places[2] - places[1], 9)


def test_a_cell_says_what_it_stands_for(on: Canvas) -> None:
    cells = indicator_heatmap(_with_index(), result(), on).figure.data[0]
    assert tuple(cells.customdata[0]) == ("jinchang", TREE)
    assert len(cells.customdata) == len(cells.x)


def test_chinese_headings_lie_flat_in_two_even_lines() -> None:
    schema = load_schema("telecom_csi")
    items = [code for code in schema.tree.items() if code in schema.indicator_codes()]
    values = result(*(estimate(70.0, code=code, branch=place) for place in ("lanzhou", "tianshui") for code in (schema.tree.code, *items)))
    axis = indicator_heatmap(values, result(), Canvas(schema, "zh_CN", width=1130)).figure.layout.xaxis
    assert axis.tickangle == 0
    assert "服务人员<br>业务能力" in axis.ticktext
    assert "满意度<br>指数" in axis.ticktext
