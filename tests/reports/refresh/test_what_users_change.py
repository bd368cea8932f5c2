"""What users change in tables and charts of a deck stays or is told; what they were told of time goes along with the wave."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from answers.kept import Kept
from reports.document import FigureItem, Report, Scope
from reports.making.making import file_of, make_report
from reports.making.reader import Reader
from reports.office.sequences import A, C
from reports.refresh.at_wave import at_wave
from reports.refresh.chart_graft import Written, graft
from reports.refresh.chart_looks import frame_of, looks_of
from reports.refresh.chart_parts import axis_limits, plot_kinds, series_name, series_of
from reports.refresh.deck_shapes import MARK_PREFIX
from reports.refresh.outcome import Line, Refreshed
from reports.refresh.refresh import refreshed
from reports.refresh.table_cells import name_of_row, rows_of, text_of_cell
from settings import Settings
from storage.store import Store
from tests.reports.refresh import edited_deck as deck_of
from tests.reports.refresh import two_waves
from tests.reports.refresh.edited_deck import BEFORE, GONE, MINE, NOW, RED, SURVEY

FIGURES = ("branch-heat-map", "complaint-rates", "importance-map", "branch-league")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder: Path = tmp_path_factory.mktemp("changed") / "data"
    two_waves.fill(folder)
    store = Store(folder)
    yield Reader(store, Settings(data=folder).rules, Kept(), "tester")
    store.close()


def report(wave: str) -> Report:
    periods = {"complaint-rates": {"periods": [wave]}}
    items = tuple(FigureItem(code, code, Scope(SURVEY, wave), periods.get(code, {})) for code in FIGURES)
    return Report("ours", "en", items)


@pytest.fixture(scope="module")
def old(reader: Reader) -> bytes:
    return file_of(make_report(report(BEFORE), reader), "pptx")


@pytest.fixture(scope="module")
def new(reader: Reader) -> Any:
    return deck_of.opened(file_of(make_report(report(NOW), reader), "pptx"))


def told(done: Refreshed, words: str) -> list[Line]:
    return [line for line in done.lines if words in line.told.template]


def heat(deck: Any) -> Any:
    return deck_of.shape_of(deck, "branch-heat-map").table._tbl


def chart(deck: Any, code: str) -> Any:
    return deck_of.shape_of(deck, code).chart.part._element


def test_texts_typed_over_figures_are_told_and_rows_taken_out_stay_out(old: bytes, new: Any, reader: Reader) -> None:
    gone: list[str] = []

    def edit(deck: Any) -> None:
        table = deck_of.shape_of(deck, "branch-heat-map").table
        table.cell(2, 3).text = MINE
        row = rows_of(table._tbl)[4]
        gone.append(name_of_row(row))
        row.getparent().remove(row)

    done = refreshed(deck_of.edited(old, edit), reader, NOW)
    after = heat(deck_of.opened(done.file))
    assert [[text_of_cell(cell) for cell in row] for row in rows_of(after)] == [
        [text_of_cell(cell) for cell in row] for row in rows_of(heat(new)) if name_of_row(row) != gone[0]
    ]
    (changed,) = told(done, "changed by hand")
    assert MINE in changed.told.text("en")
    (out,) = told(done, "stay out")
    assert gone[0] in out.told.text("en")
    assert out.kind == "kept"


def test_rows_and_headings_of_their_own_stay(old: bytes, reader: Reader) -> None:
    def edit(deck: Any) -> None:
        table = deck_of.shape_of(deck, "branch-heat-map").table
        table.cell(0, 1).text = "Ours"
        row = deepcopy(rows_of(table._tbl)[2])
        rows_of(table._tbl)[2].addnext(row)
        for cell in row.iter(f"{A}t"):
            cell.text = MINE

    done = refreshed(deck_of.edited(old, edit), reader, NOW)
    rows = rows_of(heat(deck_of.opened(done.file)))
    assert text_of_cell(rows[0][1] if rows[0][0].tag.endswith("tc") else rows[0][2]) == "Ours"
    assert [name_of_row(row) for row in rows].count(MINE) == 1
    assert told(done, "stay as they are")


def test_a_column_taken_out_stays_out(old: bytes, new: Any, reader: Reader) -> None:
    def edit(deck: Any) -> None:
        table = heat(deck)
        for holder in (table.find(f"{A}tblGrid"), *rows_of(table)):
            holder.remove(holder[2])

    done = refreshed(deck_of.edited(old, edit), reader, NOW)
    heads = [text_of_cell(cell) for cell in rows_of(heat(new))[0]]
    assert [text_of_cell(cell) for cell in rows_of(heat(deck_of.opened(done.file)))[0]] == heads[:2] + heads[3:]
    assert told(done, "other columns") == []


def test_a_branch_that_vanished_is_named(old: bytes, reader: Reader) -> None:
    done = refreshed(old, reader, NOW)
    name = reader.ask(Scope(SURVEY, BEFORE)).schema.value_title("branch", GONE, "en")
    lines = told(done, "Not in")
    assert {line.slide for line in lines} >= {2, 5}
    assert all(name in line.told.text("en") for line in lines)


def test_months_follow_the_wave(old: bytes, new: Any, reader: Reader) -> None:
    done = deck_of.opened(refreshed(old, reader, NOW).file)
    assert deck_of.branch_values(chart(done, "complaint-rates")) == deck_of.branch_values(chart(new, "complaint-rates"))
    assert done.slides[2].shapes.title.text_frame.text == new.slides[2].shapes.title.text_frame.text


@pytest.mark.parametrize(
    ("periods", "then", "now"),
    [
        (["2026Q1"], "2026Q1", ["2026Q2"]),
        (["2026-02"], "2026Q1", ["2026-05"]),
        (["2026-01", "2026-02"], "2026Q1", ["2026-04", "2026-05"]),
        (["2026-03"], "2026Q1", ["2026Q2"]),  # no complaints came in June
        (["2026-01", "2026-02"], "", ["2026-04", "2026-05"]),  # of the latest wave there was
    ],
)
def test_each_period_goes_to_its_place_in_the_wave(periods: list[str], then: str, now: list[str], reader: Reader) -> None:
    item = FigureItem("one", "complaint-rates", Scope(SURVEY, then), {"periods": periods})
    moved = at_wave(Report("", "en", (item,)), reader, NOW)
    (figure,) = moved.report.items
    assert isinstance(figure, FigureItem)
    assert (figure.choices["periods"], moved.stayed) == (now, {})


def test_all_months_so_far_become_all_up_to_the_wave(reader: Reader) -> None:
    before = FigureItem("one", "complaint-rates", Scope(SURVEY, NOW), {"periods": ["2026-01", "2026-02", "2026-04"]})
    (figure,) = at_wave(Report("", "en", (before,)), reader, NOW).report.items
    assert isinstance(figure, FigureItem)
    assert figure.choices["periods"] == ["2026-01", "2026-02", "2026-04"]
    (later,) = at_wave(
        Report("", "en", (replace(before, scope=Scope(SURVEY, "2025Q4"), choices={"periods": ["2025-10", "2025-09"]}),)), reader, NOW
    ).report.items
    assert isinstance(later, FigureItem)
    assert later.choices["periods"] == ["2025-10", "2025-09", "2026-01", "2026-02", "2026-04", "2026-05"]


def test_periods_chosen_on_purpose_stay_and_are_told(reader: Reader) -> None:
    item = FigureItem("complaint-rates", "complaint-rates", Scope(SURVEY, NOW), {"periods": [BEFORE]})
    done = refreshed(file_of(make_report(Report("ours", "en", (item,)), reader), "pptx"), reader, NOW)
    (line,) = told(done, "does not follow the wave")
    assert line.kind == "check"


def test_the_mark_covers_neither_title_nor_figure(old: bytes, reader: Reader) -> None:
    deck = deck_of.opened(refreshed(old, reader, NOW).file)
    marked = [(slide, shape) for slide in deck.slides for shape in slide.shapes if shape.name.startswith(MARK_PREFIX)]
    assert marked
    for slide, mark in marked:
        for shape in slide.shapes:
            if shape is not mark and shape.shape_id != mark.shape_id:
                assert mark.top + mark.height <= shape.top or mark.top >= shape.top + shape.height, shape.name


def written(drawn: Any) -> Written:
    return Written(plot_kinds(drawn), axis_limits(drawn), looks_of(drawn), frame_of(drawn))


def names(drawn: Any) -> list[tuple[str, str]]:
    return [(look.name, look.paint) for look in looks_of(drawn)]


@pytest.mark.parametrize("code", ["importance-map", "branch-league"])
def test_a_colour_of_theirs_stays_with_the_meaning_it_was_given(code: str, old: bytes, new: Any) -> None:
    mine, drawn = chart(deck_of.opened(old), code), chart(new, code)
    before, fresh = written(mine), names(drawn)
    place = next(at for at, look in enumerate(looks_of(mine)) if (look.name, look.paint) in fresh and "circle" in look.paint)
    meant = names(mine)[place]
    for colour in series_of(mine)[place].iter(f"{A}srgbClr"):
        colour.set("val", str(RED))
    graft(mine, drawn, before)
    after = names(mine)
    assert [name for name, _paint in after] == [name for name, _paint in fresh]
    changed = [at for at, (one, other) in enumerate(zip(after, fresh, strict=True)) if one != other]
    assert [fresh[at] for at in changed] == [meant]
    assert str(RED) in after[changed[0]][1]


def test_series_they_took_out_stay_out(old: bytes, new: Any) -> None:
    mine, drawn = chart(deck_of.opened(old), "branch-league"), chart(new, "branch-league")
    before = written(mine)
    above = next(series for series in series_of(mine) if series_name(series) == "above")
    above.getparent().remove(above)
    done = graft(mine, drawn, before)
    assert done.removed == ("above",)
    assert [series_name(each) for each in series_of(mine)] == [name for name, _paint in names(drawn) if name != "above"]


def test_a_point_they_coloured_goes_along_into_the_series_it_is_in_now(old: bytes, new: Any) -> None:
    mine, drawn = chart(deck_of.opened(old), "branch-league"), chart(new, "branch-league")
    before = written(mine)
    then, now = owners(mine), owners(drawn)
    name = next(each for each in then if then[each] == "above" and now.get(each, "above") != "above")
    above = next(series for series in series_of(mine) if series_name(series) == "above")
    point = etree.SubElement(above, f"{C}dPt")
    above.remove(point)
    above.find(f"{C}cat").addprevious(point)
    etree.SubElement(point, f"{C}idx", val=str(deck_of.names_of(above).index(name)))
    graft(mine, drawn, before)
    (coloured,) = [series for series in series_of(mine) if series.findall(f"{C}dPt")]
    assert series_name(coloured) == now[name]
    assert deck_of.names_of(coloured)[int(coloured.find(f"{C}dPt/{C}idx").get("val"))] == name


def owners(drawn: Any) -> dict[str, str]:
    """Which of the series that are told apart by colour each name is in."""
    partial = [series for series in series_of(drawn) if len(deck_of.values_of(series)) < len(deck_of.names_of(series))]
    return {name: series_name(series) for series in partial for name in deck_of.values_of(series)}
