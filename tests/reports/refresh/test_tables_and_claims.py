"""Tables keep what users made of them and rows follow their names; claims do not follow numbers, but names and directions."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Inches, Pt

from analysis.results.sentences import Segment
from reports.narrative.claims import claims_of, failed
from reports.office.pictures import Picture
from reports.office.slides import Deck
from reports.office.tables import TextTable
from reports.refresh.deck_shapes import named_shapes
from reports.refresh.outcome import Line
from reports.refresh.renew_shape import Known, renew_shape
from tests.reports.example_plans import origin
from tests.reports.file_rules import own_faults

HEADS = ("Branch", "Index")


def deck_with(rows: tuple[tuple[str, ...], ...], heads: tuple[str, ...] = HEADS) -> Any:
    deck = Deck("en")
    table = TextTable(heads, rows, frozenset(range(1, len(heads))))
    deck.table("Title", table, "Caption", origin("en"), alt_text="alt", item="one")
    return Presentation(io.BytesIO(deck.saved()))


def texts(deck: Any) -> list[list[str]]:
    (placed, *_others) = named_shapes(deck)
    return [[cell.text for cell in row.cells] for row in placed.shape.table.rows]


def renewed(deck: Any, fresh: Any) -> list[Line]:
    lines, done = renew_shape(named_shapes(deck)[0], named_shapes(fresh), Known(), "Table", 1)
    assert done
    target = io.BytesIO()
    deck.save(target)
    assert own_faults(target.getvalue()) == []
    return [line for line in lines if line.kind == "warning"]


def test_rows_follow_their_names_and_the_users_look_stays() -> None:
    mine = deck_with((("A", "70"), ("B", "60"), ("Old", "50")))
    shape = named_shapes(mine)[0].shape
    shape.table.columns[0].width = Inches(5)
    shape.table.cell(2, 1).text_frame.paragraphs[0].runs[0].font.size = Pt(31)
    new, gone = renewed(mine, deck_with((("B", "65"), ("New", "64"), ("A", "61"))))
    assert texts(mine) == [list(HEADS), ["B", "65"], ["New", "64"], ["A", "61"]]
    assert [list(line.told.parameters["series"].names) for line in (new, gone)] == [["New"], ["Old"]]  # type: ignore[attr-defined]
    assert shape.table.columns[0].width == Inches(5)
    assert shape.table.cell(1, 1).text_frame.paragraphs[0].runs[0].font.size == Pt(31)
    assert shape.table.cell(3, 1).text_frame.paragraphs[0].runs[0].font.size != Pt(31)


def test_rows_that_went_onto_another_slide_are_still_in_the_users_one_table() -> None:
    mine = deck_with((("A", "70"),))
    rows = tuple((f"B{number}", str(number)) for number in range(40))
    fresh = deck_with(rows)
    assert len(named_shapes(fresh)) > 1
    renewed(mine, fresh)
    assert texts(mine) == [list(HEADS), *map(list, rows)]


def test_a_table_of_other_columns_is_replaced_as_a_whole() -> None:
    mine = deck_with((("A", "70"),))
    width = sum(column.width for column in named_shapes(mine)[0].shape.table.columns)
    renewed(mine, deck_with((("A", "70", "±1"),), (*HEADS, "Margin")))
    assert texts(mine) == [[*HEADS, "Margin"], ["A", "70", "±1"]]
    assert sum(column.width for column in named_shapes(mine)[0].shape.table.columns) == pytest.approx(width, rel=0.01)


def picture_deck(colour: str, size: tuple[int, int]) -> Any:
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, "PNG")
    deck = Deck("en")
    shown = Picture(b'<svg xmlns="http://www.w3.org/2000/svg"/>', target.getvalue())
    deck.picture("Title", shown, "Caption", origin("en"), alt_text=colour, item="one")
    return Presentation(io.BytesIO(deck.saved()))


def test_a_picture_is_replaced_where_the_user_put_it() -> None:
    mine, fresh = picture_deck("red", (400, 200)), picture_deck("blue", (400, 100))
    shape = named_shapes(mine)[0].shape
    shape.left, shape.width, shape.height = Inches(1), Inches(4), Inches(2)
    assert renewed(mine, fresh) == []
    assert (shape.left, shape.width) == (Inches(1), Inches(4))
    assert shape.height == pytest.approx(Inches(1), abs=2)
    assert shape.image.blob == named_shapes(fresh)[0].shape.image.blob


def test_other_numbers_are_the_same_claim_other_news_is_not() -> None:
    before = claims_of([Segment("Index 75.1 (±0.3)"), Segment("down 3.1 points", "worse"), Segment("不是抽样波动（p < 0.001）")])
    assert not failed(before, claims_of([Segment("Index 71"), Segment("down 0.9 points", "worse")]))
    assert failed(before, claims_of([Segment("Index 71"), Segment("up 0.9 points", "better")]))
    assert failed(before, claims_of([Segment("no change that could be told (p = 0.4)", "unclear")]))
    assert failed(before, ())
    assert not failed((), before)


def test_names_are_claims_their_order_and_the_wave_are_not() -> None:
    before = claims_of([Segment("兰州、天水", "better"), Segment("与2026年一季度相比看不出变化", "unclear")])
    assert not failed(before, claims_of([Segment("天水、兰州", "better"), Segment("与2026年二季度相比看不出变化", "unclear")]))
    assert failed(before, claims_of([Segment("天水、定西", "better"), Segment("与2026年二季度相比看不出变化", "unclear")]))
