"""*Indicators*: every method, drafts that survive, saving a version, moving a wave, and the empty store."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from storage.store import Store
from survey_schema.edit_tree import checked, draft_of, set_weights
from survey_schema.loading import load_schema
from tests.pages.page_reader import frame, headers, open_page, turned_to, words
from tests.stores.small_store import fill

PAGE = "measure/indicators/page.py"
USER = "tester"


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of this test's own, with three waves."""
    fill(tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("getpass.getuser", lambda: USER)
    return tmp_path / "data"


def opened(app: AppTest, part: str = "tree", **state: str) -> AppTest:
    app.session_state["indicators_part"] = part
    for key, value in state.items():
        app.session_state[key] = value
    return turned_to(app, PAGE)


def answer(app: AppTest) -> str:
    return next(each.value for each in app.markdown if each.value.startswith("## ")).replace("\\", "").replace("\u00a0", " ")


def button(app: AppTest, key: str):
    return next(each for each in app.button if each.key == key)


def keep_draft(folder: Path, **weights: float) -> None:
    """A draft of an earlier session, with these weights below the top."""
    base = draft_of(load_schema("telecom_csi"))
    kept = {"base": base, "draft": set_weights(base, "csi", weights), "judgements": {}, "experts": {}}
    store = Store(folder)
    store.schemas.save_draft("telecom_csi", USER, json.dumps(kept))
    store.close()


def test_the_empty_store_shows_a_built_in_tree_and_says_what_methods_need(empty_app: AppTest) -> None:
    empty_app.query_params["lang"] = "en"
    app = opened(empty_app, indicators_survey_None="telecom_csi")
    assert "all 4 parts count the same: 25.0 % each" in answer(app)
    app = opened(app, "methods", indicators_method="entropy")
    assert "no wave of this survey is selected" in words(app)
    app = opened(app, "compare")
    assert "needs answers" in words(app)
    app = opened(app, "methods", indicators_method="ahp")
    assert "6 pairs are not compared yet" in words(app)


def test_methods_that_need_answers_give_weights_with_intervals(open_app: Callable[..., AppTest]) -> None:
    app = opened(open_app(lang="en"), "methods", indicators_method="importance")
    assert "±" in answer(app)
    assert "Take these weights over" in button(app, "indicators_take").label


def test_a_method_that_cannot_be_used_says_why(open_app: Callable[..., AppTest]) -> None:
    """A handful of answers make no path model."""
    few = open_app(lang="en", branch="lanzhou", brand="gotone", business_line="mobile")
    app = opened(few, "methods", indicators_method="path_model")
    assert "Only 5 respond" in words(app)
    assert "all 4 parts count the same" in answer(app)


def test_a_part_a_method_gives_no_weights_keeps_those_of_the_survey(open_app: Callable[..., AppTest]) -> None:
    """Answers that have nothing to do with each other give negative weights here and there."""
    app = opened(open_app(lang="en"), "methods", indicators_method="path_model")
    assert "An outer weight of this indicator is negative; the weights of the survey are kept" in words(app)
    assert "±" in answer(app)


def test_two_sets_say_index_and_ranks(open_app: Callable[..., AppTest]) -> None:
    app = opened(open_app(lang="en"), "compare", indicators_first="equal", indicators_second="importance")
    assert "Index " in answer(app)
    assert " points]; " in answer(app)
    assert "Scores and ranks under both sets" in words(app)


def test_a_wave_that_was_asked_other_questions_is_named_and_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = draft_of(load_schema("telecom_csi"))
    before["items"] = [item for item in before["items"] if item["code"] != "P9"]
    before["drivers"].remove("P9")
    monkeypatch.setattr("tests.stores.small_store.load_schema", lambda _name: checked(before))
    fill(tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    for part, told in (("methods", "no wave of this survey is selected"), ("compare", "needs answers")):
        app = opened(frame(lang="en"), part, indicators_method="importance")
        assert "are not used here: its questions are not the same (P9)" in words(app)
        assert told in words(app)


def test_taking_weights_over_is_a_draft_that_another_session_finds(own_folder: Path) -> None:
    app = opened(frame(lang="en"), "methods", indicators_method="entropy")
    button(app, "indicators_take").click()
    app.run()
    assert not app.exception
    assert "Draft, not saved yet" in words(app)
    again = opened(frame(lang="en"))
    assert "Draft, not saved yet" in words(again)
    assert "counts most" in answer(again)
    button(again, "indicators_discard").click()
    again.run()
    assert "Nothing is changed" in words(again)
    assert Store(own_folder).schemas.draft("telecom_csi", USER) is None


def test_windows_share_a_draft_and_neither_loses_a_step_in_silence(own_folder: Path) -> None:
    def stored() -> str | None:
        return Store(own_folder).schemas.draft("telecom_csi", USER)

    def press(app: AppTest, key: str) -> None:
        button(app, key).click()
        app.run()
        assert not app.exception

    keep_draft(own_folder, C1=0.4, C2=0.2, C3=0.2, C4=0.2)
    one = opened(frame(lang="en"), "methods", indicators_method="entropy")
    two = opened(frame(lang="en"), "methods", indicators_method="factor")
    press(one, "indicators_take")
    by_entropy = stored()
    press(two, "indicators_take")  # on what it saw before
    assert "choose which draft is to be kept" in words(two)
    assert stored() == by_entropy
    press(two, "indicators_keep_own")
    assert "choose which draft" not in words(two)
    by_factor = stored()
    assert by_factor not in (by_entropy, None)
    one.run()  # has nothing of its own, so it follows
    assert [toast.value for toast in one.toast] == ["The draft was changed in another window; this is how it stands now."]
    press(one, "indicators_take")
    press(two, "indicators_take")
    press(two, "indicators_take_stored")
    assert stored() == by_entropy
    press(two, "indicators_discard")
    one.run()
    assert stored() is None
    assert "Nothing is changed" in words(one)


def test_a_draft_that_does_not_add_up_is_kept_and_can_be_put_right(own_folder: Path) -> None:
    keep_draft(own_folder, C1=0.5)
    app = opened(frame(lang="en"))
    assert "the children's weights must sum to 1, found 1.25" in words(app)
    assert "sum to 125.00 %" in words(app)
    assert button(app, "indicators_save").disabled
    button(app, "indicators_scale_csi").click()
    app.run()
    assert not app.error
    assert "(40.0 %)" in answer(app)


def test_saving_makes_a_version_and_moves_the_waves_chosen(own_folder: Path) -> None:
    keep_draft(own_folder, C1=0.4, C2=0.2, C3=0.2, C4=0.2)
    app = opened(frame(lang="en"))
    store = Store(own_folder)
    latest = store.waves("telecom_csi")[-1]
    app.multiselect(key="indicators_waves").set_value([latest.wave_id])
    app.text_input(key="indicators_note").set_value("after the workshop")
    app.run()
    button(app, "indicators_save").click()
    app.run()
    assert "Version 2 is saved" in words(app)
    (saved,) = store.schemas.saved("telecom_csi")
    assert (saved.version, saved.note, saved.saved_by) == (2, "after the workshop", USER)
    assert [wave.schema_hash == saved.schema_hash for wave in store.waves("telecom_csi")] == [False, False, True]


def test_a_target_set_in_the_table_is_the_gap_on_branches(own_folder: Path) -> None:
    def script() -> None:
        from pages.measure.indicators.draft import working_copy
        from pages.measure.indicators.tree import apply_edits

        working_copy("telecom_csi")
        apply_edits("telecom_csi", {0: {"target": 80.0}, 1: {"target": 70.0}})
        apply_edits("telecom_csi", {1: {"target": None}})

    assert not AppTest.from_function(script, default_timeout=60).run().exception
    before = open_page("compare/branches/page.py", "one", lang="en")
    assert "No targets are set. Set them on the Indicators page" in words(before)
    app = opened(frame(lang="en"))
    app.multiselect(key="indicators_waves").set_value([Store(own_folder).waves("telecom_csi")[-1].wave_id])
    app.run()
    button(app, "indicators_save").click()
    app.run()
    branches = open_page("compare/branches/page.py", "one", lang="en")
    assert "No targets are set" not in words(branches)
    assert "To the target" in headers(branches)


def test_upload_names_the_version_it_uses(own_folder: Path) -> None:
    def script() -> None:
        from pages.measure.upload.survey import choose_survey

        choose_survey()

    store = Store(own_folder)
    store.schemas.save(checked(draft_of(load_schema("telecom_csi"))), "li", "for the third quarter")
    store.close()
    app = AppTest.from_function(script, default_timeout=60).run()
    assert not app.exception
    assert "for the third quarter" in words(app)


def test_cells_become_steps_of_the_draft(own_folder: Path) -> None:
    """What the editors hand over: changed cells of the tree, of the judgements and of the experts."""

    def script() -> None:
        from pages.measure.indicators.draft import working_copy
        from pages.measure.indicators.judgements import apply_experts, apply_judgements
        from pages.measure.indicators.tree import apply_edits

        working_copy("telecom_csi")
        apply_edits("telecom_csi", {1: {"weight": 40.0}, 2: {"parent": "服务质量 · C2", "en": "Fame"}})
        apply_edits("telecom_csi", {0: {"weight": 10.0}})  # the top has no weight: refused, the rest stays
        apply_judgements("telecom_csi", "C3", {0: {"C32": "3"}, 2: {"C31": "5", "C33": "9"}})
        apply_experts("telecom_csi", "C4", {}, [{"name": "Li", "C41": 3.0}, {}], [])
        apply_experts("telecom_csi", "C4", {0: {"C42": 1.0}}, [], [1])

    app = AppTest.from_function(script, default_timeout=60).run()
    assert not app.exception, app.exception
    kept = json.loads(Store(own_folder).schemas.draft("telecom_csi", USER) or "")
    csi = kept["draft"]["tree"]
    assert [child["weight"] for child in csi["children"]] == [0.4, 0.25, 0.25, 0.25]
    assert csi["children"][1]["children"][-1]["item"] == "C11"
    assert next(item for item in kept["draft"]["items"] if item["code"] == "C11")["title"]["en"] == "Fame"
    assert kept["judgements"]["C3"] == [
        {"more": "C31", "less": "C32", "times": 3.0}, {"more": "C33", "less": "C31", "times": 5.0},
    ]  # fmt: skip
    (expert,) = kept["experts"]["C4"]
    assert (expert["name"], expert["weights"]["C41"], expert["weights"]["C42"], expert["weights"]["C43"]) == ("Li", 3.0, 1.0, 0.0)


def test_judgements_taken_over_travel_with_the_schema(own_folder: Path) -> None:
    def script() -> None:
        from pages.measure.indicators.draft import working_copy
        from pages.measure.indicators.judgements import apply_judgements

        working_copy("telecom_csi")
        apply_judgements("telecom_csi", "C3", {0: {"C32": "2", "C33": "6"}, 1: {"C33": "3"}})

    AppTest.from_function(script, default_timeout=60).run()
    app = opened(frame(lang="en"), "methods", indicators_method="ahp", indicators_node_5="C3")
    assert "Consistent: the consistency ratio 0.000 is below 0.10" in words(app)
    button(app, "indicators_take").click()
    app.run()
    assert not app.exception
    kept = json.loads(Store(own_folder).schemas.draft("telecom_csi", USER) or "")
    node = checked(kept["draft"]).tree.children[2]
    assert (node.weighting, len(node.judgements), kept["judgements"]) == ("ahp", 3, {})
    assert node.child_weights() == pytest.approx({"C31": 0.6, "C32": 0.3, "C33": 0.1})
