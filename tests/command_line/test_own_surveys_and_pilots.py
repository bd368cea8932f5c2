"""A survey brought as a YAML file goes by its name once it is stored; a wave that names no period is never the latest."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.stores.workbook_files import write_rows

Manyi = Callable[..., Any]

SURVEY = {
    "name": "harbour",
    "title": {"zh_CN": "港湾", "en": "Harbour"},
    "scales": {"five": {"minimum": 1, "maximum": 5, "satisfied_from": 4}},
    "columns": [{"code": "wave", "role": "wave", "title": {"zh_CN": "期次", "en": "Wave"}}],
    "items": [{"code": "Q1", "title": {"zh_CN": "室内信号", "en": "Signal indoors"}, "scale": "five"}],
    "tree": {"code": "T", "title": {"zh_CN": "总体", "en": "Overall"}, "children": [{"item": "Q1"}]},
}
LEVELS = {"2026Q1": (2, 3), "2026Q2": (4, 5), "Pilot": (1, 1)}


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.yaml"
    path.write_text(json.dumps(SURVEY), encoding="utf-8")
    return path


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    rows = [(label, grade) for label, grades in LEVELS.items() for grade in grades * 40]
    return write_rows(tmp_path / "answers.xlsx", [("期次", "Signal indoors"), *rows])


def test_a_stored_survey_of_ones_own_goes_by_its_name(manyi: Manyi, survey: Path, workbook: Path, tmp_path: Path) -> None:
    assert manyi("check", workbook, "--schema", "harbour").code == 2
    assert manyi("commit", workbook, "--schema", survey).code == 0
    assert manyi("check", workbook, "--schema", "harbour").code == 0
    assert "Signal indoors" in manyi("schema", "show", "harbour").out
    assert manyi("template", "harbour", "--out", tmp_path / "blank.xlsx").code == 0
    assert manyi("estimate", "index", workbook, "--schema", "harbour", "--json").code == 0


def test_a_wave_without_a_period_is_never_the_latest_and_has_no_neighbours(manyi: Manyi, survey: Path, workbook: Path) -> None:
    manyi("commit", workbook, "--schema", survey)
    assert manyi("estimate", "index", "--json").one(code="T")["value"] == pytest.approx(87.5)
    change = manyi("estimate", "compare", "--against", "previous", "--json").one(code="T")
    assert change["value"] == pytest.approx(50)
    for label in ("Pilot", "2026Q1"):
        refused = manyi("estimate", "compare", "--against", "previous", "--wave", label)
        assert refused.code == 2
        assert f"There is no earlier wave to compare {label} with" in refused.err
    assert [wave["label"] for wave in manyi("waves", "--json").json] == ["Pilot", "2026Q1", "2026Q2"]
    trend = [record["wave"] for record in manyi("estimate", "trend", "--json").records(code="T")]
    assert trend == ["2026Q1", "2026Q2", "Pilot"], "what names no period stands after the line, not at its beginning"


def test_a_survey_of_ones_own_is_named_among_what_there_is(manyi: Manyi, survey: Path, workbook: Path) -> None:
    manyi("commit", workbook, "--schema", survey)
    assert "Did you mean harbour?" in manyi("schema", "show", "harbor").err
    assert "There are: harbour." in manyi("estimate", "index", "--schema", "harbor").err


def test_the_trend_speaks_of_the_waves_asked_for_in_the_order_of_its_rows(manyi: Manyi, survey: Path, workbook: Path) -> None:
    manyi("commit", workbook, "--schema", survey)
    found = manyi("estimate", "trend", "--wave", "2026Q2", "--wave", "Pilot")
    assert "Q1 2026" not in found.out
    assert "Waves: Q2 2026, Pilot" in found.out
    assert "Q1 2026" in manyi("estimate", "trend", "--wave", "2026Q2", "--wave", "2026Q1", "--json").json["settings"]["answer"]


@pytest.mark.parametrize(
    "arguments", [("indx", "--lang", "zh_CN"), ("index", "--shre", "nps", "--lang=zh_CN"), ("--lang", "zh_CN", "indx")]
)
def test_the_language_written_anywhere_holds_for_refusals(manyi: Manyi, arguments: tuple[str, ...]) -> None:
    refused = manyi("estimate", *arguments)
    assert refused.code == 2
    assert any("一" <= letter <= "鿿" for letter in refused.err)
