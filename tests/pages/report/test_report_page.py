"""The page *Report*: collected, ordered, worded, saved, opened, deleted; in both languages, in two windows."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from pages._shared.session.reporting import reader, shelf
from reports.document import FigureItem, KeptItem, Report, Scope
from reports.making.making import file_of, make_report
from tests.pages.fresh import forget_everything
from tests.pages.page_reader import open_page, words
from tests.reports.company_template import company, saved_deck
from tests.reports.file_rules import own_faults
from tests.stores import small_store

PAGE = "report/report/page.py"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report_page")
    small_store.fill(folder)
    return folder


@pytest.fixture(autouse=True)
def begun_anew(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(filled))
    forget_everything()
    shelf().put_aside()
    for saved in shelf().saved():
        shelf().delete(saved)


def collect(*figures: str) -> list[str]:
    """Figures in the report, as pages put them in."""
    for figure in figures:
        item = FigureItem(figure, figure, Scope(small_survey(), "2026Q1"))
        shelf().change(lambda report, item=item: report.with_item(item))  # type: ignore[misc]
    return ids()


def small_survey() -> str:
    return "telecom_csi"


def ids() -> list[str]:
    return [item.id for item in shelf().at_work().report.items]


def text_area(app: AppTest, begins: str) -> object:
    return next(each for each in app.text_area if str(each.key).startswith(begins))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_yet_says_how_to_begin(language: str) -> None:
    app = open_page(PAGE, lang=language)
    assert ("加入报告" if language == "zh" else "Add to report") in words(app)
    assert not app.text_area


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_collected_stands_with_its_pre_written_words(language: str) -> None:
    collect("branch-league", "indicator-ranking")
    app = open_page(PAGE, lang=language)
    made = make_report(shelf().at_work().report, reader())
    headline = text_area(app, "headline_branch-league")
    assert headline.value == made.items[0].written.headline  # type: ignore[attr-defined]
    assert not app.error


def test_a_chart_goes_in_by_its_menu_and_one_without_a_code_as_it_was() -> None:
    app = open_page("compare/branches/page.py", lang="en", wave="2026Q1")
    app.button(key="report_league").click().run()
    app.session_state["branches_view"] = "one"
    app.run().button(key="report_profile").click().run()
    assert not app.exception
    league, profile = shelf().at_work().report.items
    assert isinstance(league, FigureItem)
    assert (league.figure, league.scope.wave) == ("branch-league", "2026Q1")
    assert isinstance(profile, KeptItem)
    assert profile.kept.origin.seal
    assert profile.kept.native.plans
    made = make_report(shelf().at_work().report, reader())
    for kind in ("pptx", "docx", "xlsx"):
        assert own_faults(file_of(made, kind)) == []
    notes = Presentation(io.BytesIO(file_of(made, "pptx"))).slides[2].notes_slide.notes_text_frame.text
    assert profile.kept.origin.seal in notes


def test_order_words_and_removal_are_kept_at_once() -> None:
    collect("branch-league", "indicator-ranking", "trend")
    app = open_page(PAGE, lang="en")
    app.button(key="move_1_branch-league").click().run()
    assert ids() == ["indicator-ranking", "branch-league", "trend"]
    text_area(app, "headline_trend").set_value("Down again").run()  # type: ignore[attr-defined]
    assert shelf().at_work().report.items[2].texts.headline == "Down again"
    text_area(app, "headline_trend").set_value("").run()  # type: ignore[attr-defined]
    assert shelf().at_work().report.items[2].texts.headline == ""
    app.button(key="remove_indicator-ranking").click().run()
    assert ids() == ["branch-league", "trend"]
    assert not app.exception


def test_two_windows_lose_nothing() -> None:
    collect("branch-league", "trend")
    one, two = open_page(PAGE, lang="en"), open_page(PAGE, lang="en")
    one.button(key="remove_trend").click().run()
    text_area(two, "headline_branch-league").set_value("Mine").run()  # type: ignore[attr-defined]
    assert ids() == ["branch-league"]
    assert shelf().at_work().report.items[0].texts.headline == "Mine"


def test_saved_opened_and_deleted_with_its_numbers() -> None:
    collect("branch-league")
    app = open_page(PAGE, lang="en")
    app.text_input(key="report_name_").set_value("Quarter").run()
    app.button(key="report_save").click().run()
    assert "saved as version 1 of “Quarter”" in words(app)
    collect("trend")
    app.run()
    app.button(key="report_save").click().run()
    (saved,) = shelf().saved()
    assert (saved.version, len(saved.definition["items"])) == (2, 2)
    app.button(key=f"open_{saved.report_id}_1").click().run()
    assert ids() == ["branch-league"]
    assert "2 versions, the newest of 2 items" in words(app)
    app.button(key=f"delete_now_{saved.report_id}").click().run()
    assert shelf().saved() == ()
    assert not app.exception


def test_who_saves_second_is_told_and_loses_nothing() -> None:
    collect("branch-league")
    shelf().save("Quarter")
    mine = shelf().at_work()
    assert mine.saved is not None
    reader().store.reports.save("Quarter", mine.saved.definition, "Li", reader().rows, of=mine.saved.report_id, instead_of=1)
    collect("trend")
    app = open_page(PAGE, lang="en")
    app.button(key="report_save").click().run()
    assert "Li saved version 2" in words(app)
    assert ids() == ["branch-league", "trend"]
    app.text_input(key="report_name_Quarter").set_value("Mine").run()
    app.button(key="report_save_new").click().run()
    assert sorted(each.name for each in shelf().saved()) == ["Mine", "Quarter"]


def test_the_cover_and_the_language_go_into_the_files() -> None:
    collect("indicator-ranking")
    app = open_page(PAGE, lang="zh")
    app.text_input(key="cover_title_").set_value("=1+1 满意度😀").run()
    app.text_input(key="cover_organisation_").set_value("某省公司").run()
    work: Report = shelf().at_work().report
    paragraphs = [each.text for each in Document(io.BytesIO(file_of(make_report(work, reader()), "docx"))).paragraphs]
    assert {"=1+1 满意度😀", "某省公司"} <= set(paragraphs)


def test_a_template_is_kept_with_the_report_and_its_slides_are_the_companys() -> None:
    collect("indicator-ranking")
    app = open_page(PAGE, lang="en")
    app.file_uploader[0].upload("Company 蓝.pptx", saved_deck(company(wide=True)), PPTX).run()
    template = shelf().at_work().report.template
    assert template is not None
    assert template.name == "Company 蓝.pptx"
    assert "Company 蓝.pptx" in words(app)
    deck = file_of(make_report(shelf().at_work().report, reader()), "pptx")
    assert own_faults(deck) == []
    assert len(Presentation(io.BytesIO(deck)).slides) == 2
    shelf().save("Quarter")
    shelf().begin("en")
    begun = shelf().at_work()
    assert (begun.report.template, begun.report.items, begun.saved) == (template, (), None)
    app.button(key="report_template_none").click().run()
    assert shelf().at_work().report.template is None


def test_a_file_that_is_no_template_is_a_sentence() -> None:
    collect("indicator-ranking")
    app = open_page(PAGE, lang="en")
    app.file_uploader[0].upload("x.pptx", b"nothing", PPTX).run()
    assert "no PowerPoint presentation" in words(app)
    assert shelf().at_work().report.template is None


def test_an_edited_presentation_gets_another_wave_and_a_wrong_file_one_sentence() -> None:
    collect("branch-league")
    deck = file_of(make_report(shelf().at_work().report, reader()), "pptx")
    app = open_page(PAGE, lang="en")
    app.file_uploader(key="deck_to_refresh").set_value(("mine.pptx", deck, "application/octet-stream")).run()
    assert app.selectbox(key="deck_wave").value == "2026Q2"
    app.button(key="deck_refresh").click().run()
    assert not app.exception
    assert "Slide 2: “League of the branches”" in words(app)
    new = app.session_state["deck_refreshed"].ticket.result().file
    assert own_faults(new) == []
    slide = Presentation(io.BytesIO(new)).slides[1]
    assert "2026年二季度" in " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    app.file_uploader(key="deck_to_refresh").set_value(("mine.pptx", b"no deck", "application/octet-stream")).run()
    assert len(app.error) == 1
    assert not app.exception


def test_a_storyline_goes_into_an_empty_report_and_behind_what_is_there() -> None:
    app = open_page(PAGE)
    app.selectbox(key="storyline").set_value("competitor").run()
    app.button(key="storyline_add").click().run()
    report = shelf().at_work().report
    assert (report.storyline, [item.id for item in report.items][:2]) == ("competitor", ["answer", "competitor-matrix"])
    app.button(key="storyline_add").click().run()
    assert len(set(ids())) == 2 * len(report.items)


def test_a_storyline_without_its_data_says_which_sheet_is_missing() -> None:
    app = open_page(PAGE)
    app.selectbox(key="storyline").set_value("gaps").run()
    app.button(key="storyline_make").click().run()
    assert any("工作表" in problem.value for problem in (*app.error, *app.warning, *app.info))


def test_a_storyline_is_of_the_wave_that_is_looked_at() -> None:
    app = open_page(PAGE, survey=small_survey(), wave="2026Q1")
    assert picked(app) == [small_survey(), "2026Q1"]
    app.query_params["wave"] = "2026Q2"
    app.run()
    assert picked(app) == [small_survey(), "2026Q2"]  # also where nothing was picked here before


def picked(app: AppTest) -> list[object]:
    return [box.value for box in app.selectbox if str(box.key).startswith(("storyline_survey", "storyline_wave"))]
