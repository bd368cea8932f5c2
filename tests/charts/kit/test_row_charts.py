"""Charts of rows at every width: columns go before the plot does, every figure and interval is drawn, nothing is cut."""

from __future__ import annotations

import dataclasses

import pytest

from charts.kit.description.description import Description
from charts.kit.description.numbers import BETTER, MUTED, WORSE, Form, Number, Reference
from charts.kit.description.rows import Column, Drawn, Row, Rows, Trails, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.drawing.rows import axis_ends
from charts.kit.drawing.widths import beside
from charts.kit.layout import Canvas, Chart
from reports.native.groups import groups_of
from tests.charts.made_results import HIDDEN_VALUE

WIDTHS = (360, 390, 600, 820, 900, 1024, 1280, 1440)
ENDS = ("Lower end", "Upper end")
NAMES = ("Lanzhou", "Tianshui", "Gannan Tibetan Autonomous Prefecture", "Jinchang")
VALUES = (Number(82.0, 81.0, 83.0), Number(81.4, 80.0, 82.8, small=True), Number(70.25), Number(None, why="4 answers, 10 needed"))


def _league(*more: Column) -> Rows:
    tones = (BETTER, MUTED, WORSE, MUTED)
    columns = (
        Column("Rank", (1, 2, 3, None), texts=("1 (1–2)", "2 (1–12)", "13 (12–14)", ""), side="left", place="wide"),
        Column("Value", VALUES, ends=ENDS, drawn=Drawn("dot", tones=tones), place="always", strong=True),
        Column("Against the rest", ("above", "not clear", "below", ""), place="wide", tones=tones, reads="verdict"),
        Column("Effective base", (420.0, 22.0, 300.5, None), Form(0), place="wide"),
        Column("Base", (500, 30, 400, 4)),
        *more,
    )
    trails = Trails("Last 4 waves", ((70.0, 71.0, None, 75.0),) * 4, ((0.0, 1.0, 2.0, 3.0),) * 4, tones)
    return Rows("Branch", names_of_rows(NAMES), columns, references=(Reference(76.5, "All together"),), trails=trails)


def _drawn(body: Rows, on: Canvas) -> Chart:
    return draw(Description("Title", "Caption", body), on)


def _texts(chart: Chart) -> list[str]:
    return [annotation.text for annotation in chart.figure.layout.annotations]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_value_and_interval_is_drawn_at_a_place_of_its_own(width: int, on: Canvas) -> None:
    on = dataclasses.replace(on, width=width, narrow=width < 520)
    chart = _drawn(_league(), on)
    intervals, dots = chart.figure.data
    margin = chart.figure.layout.margin
    plot = width - margin.l - margin.r
    low, high = chart.figure.layout.xaxis.range
    pixels = [(value - low) / (high - low) * plot for value in dots.x]
    assert plot >= 110
    assert len({round(place) for place in pixels}) == len(dots.x) == 3
    assert list(intervals.base) == [81.0, 80.0]
    assert {"<b>82.0</b>", "<b>81.4</b>", "<b>70.2</b>"} <= set(_texts(chart))
    assert [text for text in _texts(chart) if "…" in text and "Gannan" not in text] == []


def test_columns_come_with_the_width_and_in_their_order(on: Canvas) -> None:
    kept = {width: {c.header for c in beside(_league(), (0, 1, 2), dataclasses.replace(on, width=width)).right} for width in WIDTHS}
    counts = [len(kept[width]) for width in WIDTHS]
    assert counts == sorted(counts)
    assert "Against the rest" not in kept[360]
    assert "Against the rest" in kept[820]
    assert "Effective base" in kept[900]
    wide = [text for text in _texts(_drawn(_league(), dataclasses.replace(on, width=1440))) if text == "Last 4 waves"]
    assert wide == ["Last 4 waves"]
    assert "Last 4 waves" not in _texts(_drawn(_league(), dataclasses.replace(on, width=600)))


def test_a_phone_has_certain_verdicts_in_words_and_leaves_the_others_out(on: Canvas) -> None:
    texts = _texts(_drawn(_league(), dataclasses.replace(on, width=390, narrow=True)))
    assert {"above", "below"} <= set(texts)
    assert "not clear" not in texts
    undecided = dataclasses.replace(_league(), columns=_league().columns[:2])
    assert "above" not in _texts(_drawn(undecided, dataclasses.replace(on, width=390, narrow=True)))


def test_the_table_has_every_column_at_full_precision_whatever_the_width(on: Canvas) -> None:
    wide, narrow = (_drawn(_league(), dataclasses.replace(on, width=width)).table for width in (1440, 360))
    assert wide.equals(narrow)
    assert list(wide.columns) == ["Branch", "Rank", "Value", *ENDS, "Against the rest", "Effective base", "Base"]
    assert wide["Value"].tolist()[:3] == [82.0, 81.4, 70.25]
    assert wide["Effective base"].tolist()[2] == 300.5
    assert wide["Value"].isna().tolist() == [False, False, False, True]


def test_a_small_base_is_hollow_and_a_hidden_figure_nowhere(on: Canvas) -> None:
    chart = _drawn(_league(), on)
    assert list(chart.figure.data[1].marker.color)[1] == on.colours.surface
    assert list(chart.figure.data[1].y) == [0.0, 1.0, 2.0]
    assert str(HIDDEN_VALUE) not in chart.figure.to_json()
    assert "Jinchang" not in chart.alt_text


def test_rows_of_the_table_alone_are_not_drawn(on: Canvas) -> None:
    body = dataclasses.replace(_league(), rows=names_of_rows(NAMES, most=2))
    chart = _drawn(body, on)
    assert len(chart.figure.data[1].x) == 2
    assert len(chart.table) == 4


def test_alt_text_reads_figures_and_words_of_comparison(on: Canvas) -> None:
    text = _drawn(_league(), on).alt_text
    assert "82.0 ±1.0" in text
    assert "Above: Lanzhou. Below: Gannan" in text
    nothing = Rows("Branch", (), (Column("Value", (), drawn=Drawn("dot")),))
    assert _drawn(nothing, on).alt_text == "Nothing to show."


def test_bars_start_at_zero_and_hold_their_whiskers(on: Canvas) -> None:
    bars = Column("Lost", (Number(12.0, 9.0, 15.0), Number(3.0)), drawn=Drawn("bar"), place="always")
    body = Rows("Item", names_of_rows(("a", "b")), (bars,))
    assert axis_ends(body, (0, 1)) == (0.0, pytest.approx(15.9))
    whiskers = _drawn(body, on).figure.data[1]
    assert list(whiskers.x) == [9.0, 15.0, None]


def test_segments_say_their_share_where_it_fits(on: Canvas) -> None:
    parts = [
        Column(name, (Number(share),), drawn=Drawn("part", role="part", texts=(f"{100 * share:.0f}",)))
        for name, share in (("low", 0.02), ("high", 0.98))
    ]
    chart = _drawn(Rows("Item", names_of_rows(("a",)), tuple(parts)), dataclasses.replace(on, width=400))
    assert chart.figure.layout.barmode == "stack"
    assert [trace.text[0] for trace in chart.figure.data] == ["", "98"]
    assert tuple(chart.figure.layout.xaxis.range) == (0.0, 1.0)


def test_a_waterfall_adds_up(on: Canvas) -> None:
    rows = (Row("before", kind="total"), Row("coverage"), Row("tariff"), Row("now", kind="total"))
    steps = Column("Points", (70.0, 5.0, -2.0, 73.0), drawn=Drawn("step"))
    body = Rows("Part", rows, (steps,))
    trace = _drawn(body, on).figure.data[0]
    assert list(trace.base) == [0.0, 70.0, 75.0, 0.0]
    assert list(trace.x) == [70.0, 5.0, -2.0, 73.0]
    assert body.kind == "waterfall"


def test_headings_are_no_rows_of_the_table_and_hold_no_figure(on: Canvas) -> None:
    rows = (Row("Age", kind="heading"), Row("young", level=1), Row("old", level=1))
    body = Rows("Group", rows, (Column("Share", (None, 40.0, 60.0), drawn=Drawn("dot")),), key=(Column("Margin", ("", "Age", "Age")),))
    chart = _drawn(body, on)
    assert chart.table["Margin"].tolist() == ["Age", "Age"]
    assert chart.table["Group"].tolist() == ["young", "old"]
    assert list(chart.figure.data[1].y) == [1.0, 2.0]


def test_what_stands_out_is_a_series_of_its_own(on: Canvas) -> None:
    body = _league()
    better, worse, grey = groups_of(body.series[0], body, body.drawn_rows, on)
    assert (better.name, worse.name) == ("above", "below")
    assert [number.value if number else None for number in worse.numbers] == [None, None, 70.25, None]
    assert [number.value if number else None for number in grey.numbers] == [None, 81.4, None, None]


def test_a_heading_that_has_room_in_smaller_letters_only_is_left_out(on: Canvas) -> None:
    def headed(heading: str) -> bool:
        body = Rows("Driver", names_of_rows(("Network",)), (Column("Value", (Number(5.0),), drawn=Drawn("dot")),), heading=heading)
        return heading in _texts(_drawn(body, dataclasses.replace(on, width=400)))

    assert headed("x" * 40)
    assert not headed("x" * 45)  # 328 pixels, 277 in small letters, beside names that take 75
