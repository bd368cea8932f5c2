"""Drafts of surveys are found again by user and by headings, travel with a rebuilt catalogue, and an older catalogue gains them."""

from __future__ import annotations

from pathlib import Path

from storage.place import StorePlace
from storage.rebuilding import rebuild
from storage.store import Store
from storage.survey_drafts import SurveyDraft
from tests.stores.older_store import set_back
from tests.stores.small_survey import make_schema, make_workbook

OPEN = SurveyDraft("f" * 64, "li", "answers.xlsx", None, 2, '{"said": {}}')


def test_a_draft_is_found_again_by_its_user_only_and_replaced_by_the_next_step(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.survey_drafts.keep(OPEN)
    store.survey_drafts.keep(SurveyDraft("f" * 64, "li", "answers.xlsx", None, 1, "{}"))
    store.survey_drafts.keep(SurveyDraft("e" * 64, "wang", "other.xlsx", None, 3, "{}"))
    store.close()
    store = Store(tmp_path)
    assert [(each.title, each.open_questions, each.definition) for each in store.survey_drafts.of("li")] == [("answers.xlsx", 1, "{}")]
    assert store.survey_drafts.surveys_of("f" * 64) == ()
    assert [store.survey_drafts.forget("f" * 64, name) for name in ("wang", "li", "li")] == [False, True, False]
    assert store.survey_drafts.of("li") == ()
    store.close()


def test_headings_name_the_survey_whoever_made_it(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.survey_drafts.keep(SurveyDraft("f" * 64, "li", "answers.xlsx", "green_spaces", 0, "{}"))
    store.survey_drafts.keep(SurveyDraft("f" * 64, "wang", "answers.xlsx", None, 2, "{}"))
    store.survey_drafts.keep(OPEN)  # said otherwise afterwards: the headings still are that survey's
    assert store.survey_drafts.surveys_of("f" * 64) == ("green_spaces",)
    store.close()


def test_a_catalogue_made_again_has_it_and_one_of_the_revision_before_gains_the_table(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.commit(make_workbook("2026Q1"), make_schema(), "li")
    store.survey_drafts.keep(OPEN)
    store.close()
    (tmp_path / "catalogue.sqlite").unlink()
    rebuild(StorePlace(tmp_path))
    store = Store(tmp_path)
    assert [each.definition for each in store.survey_drafts.of("li")] == [OPEN.definition]
    store.close()
    set_back(tmp_path, "0003")
    store = Store(tmp_path)
    assert store.survey_drafts.of("li") == ()
    store.survey_drafts.keep(OPEN)
    assert len(store.survey_drafts.of("li")) == 1
    store.close()
