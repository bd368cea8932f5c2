"""The drivers page: planted drivers on screen, what-if and saved scenarios, and what cannot be analysed is a sentence."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from cli import app as cli
from load_samples import load_samples
from settings import Settings
from storage.store import Store
from survey_schema.loading import load_schema
from tests.pages import page_reader
from tests.pages.page_reader import words
from tests.stores.small_store import WAVES, workbook
from words.language import number_text

PAGE = "explain/drivers/page.py"
Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def province_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample province's last wave, and a survey without an overall question."""
    folder = tmp_path_factory.mktemp("drivers") / "data"
    store = Store(folder)
    list(load_samples(store, Settings(data=folder), "test", ["province_2026Q2.xlsx", "branch_elements.xlsx"]))
    store.close()
    return folder


@pytest.fixture
def open_page(province_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """The page on a copy of the province's store, in English unless said."""
    folder = tmp_path / "data"
    shutil.copytree(province_folder, folder)
    monkeypatch.setenv("MANYI_DATA", str(folder))
    return _opened


@pytest.fixture
def open_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """The page on one small wave whose table was changed by a function."""
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))

    def make(change: Callable[[pa.Table], pa.Table], **address: str) -> AppTest:
        schema = load_schema("telecom_csi")
        checked = workbook(schema)
        table = checked.responses
        assert table is not None
        table = table.filter(pa.compute.equal(table["wave"], WAVES[-1]))
        store = Store(tmp_path / "data")
        store.commit(replace(checked, responses=change(table), rows_read=1), schema, "test")
        store.close()
        return _opened(operator="all", **address)

    return make


def _opened(**address: str) -> AppTest:
    return page_reader.open_page(PAGE, **{"lang": "en", **address})


def _turned(app: AppTest, view: str) -> AppTest:
    """The page with another of its views open."""
    return app.button_group(key="drivers_view").set_value(view).run()


def _set(table: pa.Table, name: str, values: np.ndarray | pa.ChunkedArray) -> pa.Table:
    column = pa.array(values, from_pandas=True) if isinstance(values, np.ndarray) else values
    return table.set_column(table.column_names.index(name), name, column)


def test_the_answer_is_what_to_improve_first(open_page: Open) -> None:
    """The province plants network performance as the strongest driver, and as the lowest."""
    app = open_page(survey="telecom_csi")
    said = words(app)
    assert said.startswith("# What should be improved first?")
    assert "First improve Network performance: most important, and :red[lowest (68.8 ±0.9)]; certain to come first" in said
    assert "Importance and performance" in said
    assert "In which order to improve" in said
    assert "Move a driver" not in said, "only the open view is computed"
    for importance in ("effects", "derived"):
        app.selectbox(key="ipa_importance").set_value(importance).run()
        assert not app.exception
    app.selectbox(key="ipa_competitor").set_value("unicom").run()
    app.selectbox(key="ipa_cross").set_value("competitor").run()
    assert "set against the competitor" in words(app)
    app.selectbox(key="ipa_competitor").set_value("none").run()
    assert app.selectbox(key="ipa_cross").value == "mean", "a cross-hair that is gone falls back"


def test_what_goes_with_the_outcome_is_told_with_its_interval(open_page: Open) -> None:
    app = _turned(open_page(survey="telecom_csi"), "strength")
    said = words(app)
    assert "Network performance moves Overall satisfaction most" in said
    assert "29.7 % (±" in said
    assert "it cannot be told apart from Hotline" in said
    assert "The p-values are optimistic" in said
    assert not app.error


def test_both_languages_show_the_same_figures(open_page: Open) -> None:
    english, chinese = (words(_turned(open_page(survey="telecom_csi", lang=lang), "strength")) for lang in ("en", "zh"))
    assert "29.7" in english
    assert "29.7" in chinese
    assert "网络性能" in chinese


def test_a_slider_changes_the_outcome_and_a_scenario_keeps_it(open_page: Open) -> None:
    app = _turned(open_page(survey="telecom_csi"), "what_if")
    said = words(app)
    assert "Move a driver to see what would change." in said
    assert "One more point of Network performance goes with +0.28 (±0.04) points of Overall satisfaction" in said
    app.slider(key="shift_telecom_csi_P1").set_value(5.0).run()
    assert "Overall satisfaction would go from 76.0 to **77.4**: **+1.38** points" in words(app)
    app.text_input(key="scenario_name").input("Better network").run()
    app.button(key="scenario_save").click().run()
    app.button(key="what_if_reset").click().run()
    assert app.slider(key="shift_telecom_csi_P1").value == 0.0
    assert "Better network" in words(app)
    app.button(key="scenario_show_0").click().run()
    assert app.slider(key="shift_telecom_csi_P1").value == 5.0
    app.button(key="scenario_forget_0").click().run()
    assert "No scenario of this wave is saved yet." in words(app)


def test_screen_and_command_line_list_the_same_scenarios_with_the_same_change(open_page: Open) -> None:
    app = _turned(open_page(survey="telecom_csi"), "what_if")
    app.slider(key="shift_telecom_csi_P1").set_value(5.0).run()
    app.text_input(key="scenario_name").input("Better network").run()
    app.button(key="scenario_save").click().run()
    asked = ("--schema", "telecom_csi", "--drivers", "P1,P8", "--target", "79", "--where", "operator=unicom", "--save")
    assert CliRunner().invoke(cli, ["scenarios", "Theirs", *asked]).exit_code == 0
    app.session_state["scenarios"] = True  # one of other drivers and customers is computed when somebody looks
    app.run()
    said = words(app)
    listed = json.loads(CliRunner().invoke(cli, ["scenarios", "--json"]).stdout)
    assert [each["name"] for each in listed] == ["Better network", "Theirs"]
    for each in listed:
        (change,) = (record for record in each["estimates"] if record["figure"] == "change")
        half = number_text((change["high"] - change["low"]) / 2, 2, "en")
        assert f"{number_text(change['value'], 2, 'en', signed=True)} points (±{half})" in said, each["name"]


def test_the_sliders_move_to_the_cheapest_mix_that_reaches_the_target(open_page: Open) -> None:
    app = _turned(open_page(survey="telecom_csi"), "what_if")
    app.number_input(key="goal_target_telecom_csi").set_value(79.0).run()
    app.button(key="goal_take").click().run()
    assert app.slider(key="shift_telecom_csi_P1").value == 10.0
    assert "to **79.0**" in words(app)
    app.text_input(key="goal_name").input("Reach 79").run()
    app.button(key="goal_save").click().run()
    app.button(key="what_if_reset").click().run()
    assert "Overall satisfaction to reach 79.0" in words(app)
    app.button(key="scenario_show_0").click().run()
    assert app.slider(key="shift_telecom_csi_P1").value == 10.0
    assert "to **79.0**" in words(app)


def test_a_target_out_of_reach_says_how_far_one_gets(open_page: Open) -> None:
    app = _turned(open_page(survey="telecom_csi"), "what_if")
    app.number_input(key="goal_target_telecom_csi").set_value(99.0).run()
    assert "The target 99.0 is out of reach" in app.warning[0].value.replace("\\", "")


def test_other_drivers_can_be_picked_and_none_is_a_sentence(open_page: Open) -> None:
    app = _turned(open_page(survey="telecom_csi"), "what_if")
    app.multiselect(key="drivers_telecom_csi").set_value(["C21", "C22"]).run()
    assert "One more point of" in words(app)
    assert len(app.slider) == 2
    app.multiselect(key="drivers_telecom_csi").set_value([]).run()
    assert "No drivers are chosen." in words(app)
    assert not app.slider


def test_one_driver_leaves_stated_importance_and_the_path_model(open_page: Open) -> None:
    app = open_page(survey="telecom_csi")
    app.multiselect(key="drivers_telecom_csi").set_value(["C21"]).run()
    importance = app.selectbox(key="ipa_importance")
    assert (importance.value, importance.options) == ("stated", ["what respondents say", "path model"]), "derived needs two drivers"
    app.selectbox(key="ipa_importance").set_value("effects").run()
    assert app.selectbox(key="ipa_level").value == "constructs"
    _turned(app, "strength")
    assert "moves Overall satisfaction most" in words(app)


def test_a_survey_without_an_overall_question_says_so(open_page: Open) -> None:
    said = words(open_page(survey="branch_elements"))
    assert "This survey has no overall question to explain." in said
    assert "Choose the outcome and the drivers above" in said


def test_diagnostics_are_read_when_they_are_opened(open_page: Open) -> None:
    app = _turned(open_page(survey="telecom_csi"), "strength")
    assert "Breusch" not in words(app)
    app.session_state["driver_checks"] = True
    app.run()
    said = words(app)
    assert "Collinearity: the largest variance inflation is 1.6" in said
    assert "Breusch–Pagan" in said
    assert "Ordered logit" in said


def _one_weighs_most(table: pa.Table) -> pa.Table:
    """Thirteen respondents who count for fewer than ten."""
    few = table.slice(0, 13)
    return _set(few, "respondent_weight", np.array([40.0, *[1.0] * 12]))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda table: table.slice(0, 8), "Only 8 respondents answered all 10 questions"),
        (_one_weighs_most, "Not shown: the effective base is 1.7, at least 10 are needed."),
        (lambda table: _set(table, "P1", np.full(table.num_rows, 7.0)), "Everybody gave the same answer to Network performance"),
        (lambda table: _set(table, "P2", table["P1"]), "move together exactly"),
        (lambda table: _set(table, "P3", np.full(table.num_rows, None, dtype=float)), "Nobody answered Inter-province roaming"),
    ],
    ids=["few", "hidden", "constant", "collinear", "silent"],
)
def test_what_cannot_be_analysed_is_a_sentence(open_broken: Open, change: Callable[[pa.Table], pa.Table], said: str) -> None:
    app = open_broken(change)
    assert said in words(app)
    assert "That cannot be said for this selection." in words(app)
    assert not app.slider


def _middling(table: pa.Table) -> pa.Table:
    """All drivers between 4 and 8 of 1–10, so that no driver has an answer in its lowest or highest grades; ten answers are missing."""
    for place in range(1, 10):
        table = _set(table, f"P{place}", np.random.default_rng(place).integers(4, 9, table.num_rows).astype(float))
    return _set(table, "P1", np.where(np.arange(table.num_rows) < 10, np.nan, 4.0 + np.arange(table.num_rows) % 5))


def test_a_part_without_a_base_says_so_and_the_others_are_shown(open_broken: Open) -> None:
    app = _turned(open_broken(_middling), "penalty")
    said = words(app)
    assert "penalty and reward have no base" in said
    assert "10 of " in said
    assert "respondents are left out" in said
    assert "That cannot be said for this selection." not in said
    assert not app.get("plotly_chart")
    assert _turned(app, "strength").get("plotly_chart")


def test_a_store_without_waves_offers_the_sample_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    assert [button.key for button in _opened().button if button.key == "fill_sample"] == ["fill_sample"]
