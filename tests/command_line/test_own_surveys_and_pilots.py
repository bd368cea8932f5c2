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
