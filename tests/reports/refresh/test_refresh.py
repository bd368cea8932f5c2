"""The next wave's figures in a deck that users have made their own: all of theirs stays, all of ours is new, and the list says so."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Inches

from answers.league import LEAGUE
from reports.document import Scope
from reports.making.making import file_of, make_report
from reports.making.reader import Reader
from reports.office.sequences import A, C
from reports.refresh.deck_shapes import MARK_PREFIX
from reports.refresh.outcome import Refreshed
from reports.refresh.record import read_record
from reports.refresh.refresh import refreshed, waves_for
from tests.reports.file_rules import faults, own_faults
from tests.reports.refresh import edited_deck as deck_of
from tests.reports.refresh.edited_deck import BEFORE, GONE, MINE, NEW, NOW, RED, SURVEY
from words.errors import ManyiError

EVERY_EDIT = (
    deck_of.move, deck_of.resize, deck_of.retitle, deck_of.recolour, deck_of.colour_branch, deck_of.add_slide, deck_of.paste_copy,
)  # fmt: skip


@pytest.fixture(scope="module")
def done(first: bytes, asking: Reader) -> Refreshed:
    return refreshed(deck_of.edited(first, *EVERY_EDIT), asking, NOW)


@pytest.fixture(scope="module")
def after(done: Refreshed) -> Any:
    return deck_of.opened(done.file)


def templates(done: Refreshed, kind: Any) -> list[str]:
    return [line.told.template for line in done.of(kind)]


def marks(deck: Any) -> list[Any]:
    return [shape for slide in deck.slides for shape in slide.shapes if shape.name.startswith(MARK_PREFIX)]


def branches_of(asking: Reader, wave: str) -> dict[str, float]:
    ask = asking.ask(Scope(SURVEY, wave))
    found = ask(LEAGUE, where=ask.without("branch"), by=["branch"]).result.estimates
    return {ask.schema.value_title("branch", each.keys["branch"], "en"): each.value for each in found if each.value is not None}


def test_places_sizes_slides_and_titles_stay(after: Any) -> None:
    shape = deck_of.shape_of(after, "item0")
    assert (shape.left, shape.top, shape.width, shape.height) == (Inches(2), Inches(3), Inches(5), Inches(2.5))
    assert after.slides[2].shapes.title.text_frame.text == MINE
    assert len(after.slides) == 6
    assert after.slides[4].shapes.title.text_frame.text == MINE


def test_colours_stay_and_move_with_the_name_of_the_branch(after: Any, first: bytes) -> None:
    chart = deck_of.league(after)
    assert str(RED) in {each.get("val") for each in chart.iter(f"{A}srgbClr")}
    points = [(series, point) for series in chart.iter(f"{C}ser") for point in series.findall(f"{C}dPt")]
    for series, point in points:
        assert deck_of.names_of(series)[int(point.find(f"{C}idx").get("val"))] == "Dingxi"
    assert points
    before = next(series for series in deck_of.league(deck_of.opened(first)).iter(f"{C}ser"))
    now = next(series for series in chart.iter(f"{C}ser"))
    assert deck_of.names_of(before).index("Dingxi") != deck_of.names_of(now).index("Dingxi"), "else nothing had to move"


def test_all_values_are_the_new_waves_also_in_the_copy(after: Any, asking: Reader) -> None:
    wanted = branches_of(asking, NOW)
    assert "Lanzhou" in wanted
    assert "Gannan" not in wanted
    copies = [shape for slide in after.slides for shape in slide.shapes if shape.name == "manyi:item1"]
    assert len(copies) == 2
    for shape in copies:
        assert deck_of.branch_values(shape.chart.part._element) == pytest.approx(wanted)
    ask = asking.ask(Scope(SURVEY, NOW))
    titles = {ask.schema.title_of(code, "en") for code in ask.schema.tree.items()}
    shown = set(deck_of.names_of(next(deck_of.shape_of(after, "item0").chart.part._element.iter(f"{C}ser"))))
    assert titles - shown == {ask.schema.title_of(deck_of.NOT_ASKED, "en")}


def test_workbooks_and_the_line_of_origin_are_new_and_the_file_is_sound(done: Refreshed, after: Any) -> None:
    assert faults(done.file) == []
    lines = [shape.text_frame.paragraphs[-1].text for slide in after.slides for shape in slide.shapes if shape.name == "caption"]
    assert len(lines) == 3
    assert all("Q2 2026" in line for line in lines)


def test_the_list_says_what_was_done(done: Refreshed) -> None:
    assert done.counts["refreshed"] == 4
    assert done.counts["not found"] == 0
    assert [(line.slide, line.told.parameters["text"]) for line in done.of("kept")] == [(3, MINE), (6, "Copy")]


def test_a_sentence_that_holds_no_more_is_marked_beside_what_it_said(done: Refreshed, after: Any, first: bytes) -> None:
    checks = {line.slide for line in done.of("check")}
    assert 3 in checks, "other branches are above and below the rest; the user's title may say otherwise"
    (mark,) = [mark for mark in marks(after) if mark.name == f"{MARK_PREFIX}item1" and mark._element in after.slides[2].shapes._spTree]
    (copied,) = [slide for slide in after.slides if slide.shapes.title.text_frame.text == "Copy"]
    said = next(shape for shape in copied.shapes if shape.name.startswith(MARK_PREFIX)).text_frame.text
    assert said == mark.text_frame.text, "the user's title stays, so the mark says what it would be"
    of_ours = [mark for mark in marks(after) if mark.name == f"{MARK_PREFIX}item0"]
    before = deck_of.opened(first).slides[1].shapes.title.text_frame.text
    assert [before[:60] in mark.text_frame.text for mark in of_ours] == [True] * len(of_ours)


def test_the_same_wave_again_marks_nothing_and_changes_no_value(first: bytes, asking: Reader) -> None:
    again = refreshed(first, asking, BEFORE)
    assert (again.counts["check"], again.counts["warning"], again.counts["kept"]) == (0, 0, 0)
    assert marks(deck_of.opened(again.file)) == []
    assert deck_of.branch_values(deck_of.league(deck_of.opened(again.file))) == deck_of.branch_values(deck_of.league(deck_of.opened(first)))


def test_a_refreshed_deck_can_be_refreshed_again_and_marks_go(done: Refreshed, asking: Reader) -> None:
    back = refreshed(done.file, asking, NOW)
    assert back.counts["check"] == 0, "what it said last time is what it says now"
    assert marks(deck_of.opened(back.file)) == []
    assert back.counts["kept"] == 2
    record = read_record(deck_of.opened(back.file))
    assert record is not None
    assert {item.scope.wave for item in record.items} == {NOW}


def test_limits_of_the_user_stay_and_are_warned_of_while_ours_follow(first: bytes, asking: Reader, after: Any) -> None:
    mine = refreshed(deck_of.edited(first, deck_of.own_limits), asking, NOW)
    axis = next(deck_of.league(deck_of.opened(mine.file)).iter(f"{C}valAx"))
    assert axis.find(f"{C}scaling/{C}max").get("val") == "79"
    assert any("limits" in template for template in templates(mine, "warning"))
    top = float(next(deck_of.league(after).iter(f"{C}valAx")).find(f"{C}scaling/{C}max").get("val"))
    assert top >= max(deck_of.branch_values(deck_of.league(after)).values())


def test_a_deck_another_program_saved_without_workbooks_gets_new_ones(first: bytes, asking: Reader) -> None:
    stripped = deck_of.edited(first, deck_of.without_what_libreoffice_drops)
    found = refreshed(stripped, asking, NOW)
    assert found.counts["refreshed"] == 3
    assert own_faults(found.file) == []
    for part in ("item0", "item1", "item2"):
        shape = deck_of.shape_of(deck_of.opened(found.file), part)
        assert shape.chart.part.chart_workbook.xlsx_part is not None
        assert shape._element.xpath(".//p:cNvPr")[0].get("descr")


def test_a_chart_in_a_strangers_deck_knows_its_recipe(first: bytes, asking: Reader) -> None:
    theirs = Presentation()
    source = deck_of.opened(first)
    chart = deck_of.shape_of(source, "item1").chart.part
    deck_of.shape_of(source, "item1").name = "Chart 7"
    slide = theirs.slides.add_slide(theirs.slide_layouts[5])
    slide.shapes.title.text_frame.text = MINE
    deck_of.carry(slide, chart)
    found = refreshed(deck_of.saved(theirs), asking, NOW)
    assert found.counts["refreshed"] == 1
    assert deck_of.branch_values(
        next(shape for shape in deck_of.opened(found.file).slides[0].shapes if shape.has_chart).chart.part._element
    ) == pytest.approx(branches_of(asking, NOW))


def test_the_waves_a_deck_can_go_to_are_those_of_its_survey(first: bytes, asking: Reader) -> None:
    assert waves_for(first, asking) == ("2025Q2", BEFORE, NOW)


def test_what_was_deleted_is_listed(first: bytes, asking: Reader) -> None:
    found = refreshed(deck_of.edited(first, deck_of.delete_trend), asking, NOW)
    assert found.counts["refreshed"] == 2
    assert found.counts["not found"] == 1


def test_a_linked_workbook_is_left_alone_and_listed(first: bytes, asking: Reader) -> None:
    def link(deck: Any) -> None:
        part = deck_of.shape_of(deck, "item1").chart.part
        data = part._element.find(f"{C}externalData")
        key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
        outside = part.relate_to(
            "file:///C:/book.xlsx", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject", True
        )
        data.set(key, outside)

    linked = deck_of.edited(first, link)
    found = refreshed(linked, asking, NOW)
    assert (found.counts["refreshed"], found.counts["not found"]) == (2, 1)
    assert deck_of.branch_values(deck_of.league(deck_of.opened(found.file))) == deck_of.branch_values(deck_of.league(deck_of.opened(first)))


def test_data_changed_by_hand_are_warned_of(first: bytes, asking: Reader) -> None:
    def change(deck: Any) -> None:
        book = deck_of.shape_of(deck, "item0").chart.part.chart_workbook
        book.update_from_xlsx_blob(book.xlsx_part.blob + b"\n")

    found = refreshed(deck_of.edited(first, change), asking, NOW)
    assert any("by hand" in template for template in templates(found, "warning"))


def test_a_figure_that_cannot_be_drawn_any_more_stays_and_says_why(first: bytes, asking: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.figures.scoped_ask.ScopedAsk.has", lambda *_asked: False)
    found = refreshed(first, asking, NOW)
    assert [line.slide for line in found.of("check") if "stays as it was" in line.told.template] == [3]
    assert f"{MARK_PREFIX}item1" in {mark.name for mark in marks(deck_of.opened(found.file))}


def _bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("ppt/presentation.xml", b"0" * 30_000_000)
    return target.getvalue()


def _torn(first: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(first)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, b"<p:broken" if name == "ppt/presentation.xml" else old.read(name))
    return target.getvalue()


def _nobodys(_first: bytes) -> bytes:
    return deck_of.saved(Presentation())


def _without_record(first: bytes) -> bytes:
    deck = deck_of.opened(deck_of.edited(first, deck_of.without_what_libreoffice_drops))
    (part,) = [each.target_part for each in deck.part.package._rels.values() if each.reltype.endswith("custom-properties")]
    part._blob = b"<Properties/>"
    return deck_of.saved(deck)


HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _first: b"", "no zip": lambda _first: b"PK\x03\x04 no zip", "half a file": lambda first: first[: len(first) // 2],
    "bomb": lambda _first: _bomb(), "torn": _torn, "nobody's": _nobodys, "no record": _without_record,
}  # fmt: skip


@pytest.mark.parametrize("file", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_deck_of_ours_is_refused_in_one_sentence(file: Callable[[bytes], bytes], first: bytes, asking: Reader) -> None:
    with pytest.raises(ManyiError):
        refreshed(file(first), asking, NOW)


def test_a_wave_that_is_not_there_is_refused(first: bytes, asking: Reader) -> None:
    with pytest.raises(ManyiError):
        refreshed(first, asking, "1999Q1")


def test_the_first_deck_is_sound_with_what_it_remembers(first: bytes, asking: Reader) -> None:
    assert own_faults(first) == []
    record = read_record(deck_of.opened(first))
    assert record is not None
    assert [item.figure for item in record.items] == list(deck_of.FIGURES)
    assert {NEW, GONE}.isdisjoint(record.parts)
    made = make_report(deck_of.report("zh_CN"), asking)
    assert len(refreshed(file_of(made, "pptx"), asking, NOW).of("refreshed")) == 3
