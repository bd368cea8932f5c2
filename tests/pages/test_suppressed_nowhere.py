"""The figures of a branch with four answers are nowhere: not on a page, in a chart, in an export or on the command line."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pytest
from typer.testing import CliRunner

from analysis.compare_groups import compare_with_rest
from analysis.estimate_index import estimate_index
from analysis.results import Thresholds
from analysis.sums import sums
from charts.export_workbook import data_workbook
from charts.layout import Canvas, Chart
from cli import app as cli
from storage.records import Selection
from storage.store import Store
from survey_schema.findings import Findings
from survey_schema.loading import load_schema
from survey_schema.responses import CheckedWorkbook
from tests.pages.page_reader import open_page, rows, words

ROOT = Path(__file__).resolve().parent.parent.parent
BASES = {"lanzhou": 80, "tianshui": 70, "jiuquan": 60, "baiyin": 4}
TINY = "baiyin"
NUMBER = re.compile(r"-?\d+\.\d+(?:[eE]-?\d+)?")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wave in which the tiny branch answers 2 throughout, 11.11 points, and everybody else 6 to 10."""
    schema, rng = load_schema("telecom_csi"), np.random.default_rng(20261005)
    branch = np.repeat(list(BASES), list(BASES.values()))
    n = len(branch)
    columns = {"source_row": pa.array(range(2, n + 2), pa.int32()), "wave": pa.array(["2026Q2"] * n), "branch": pa.array(branch)}
    columns |= {"operator": pa.array(["mobile"] * n), "respondent_weight": pa.array(np.ones(n))}
    for item in schema.items:
        columns[item.code] = pa.array(np.where(branch == TINY, 2.0, rng.integers(6, 11, n)))
    place = tmp_path_factory.mktemp("tiny") / "data"
    store = Store(place)
    store.commit(
        CheckedWorkbook("tiny.xlsx", "tiny", schema.name, "Sheet1", Findings((), {}), (), pa.table(columns), None, n), schema, "test"
    )
    store.close()
    return place


@pytest.fixture(scope="module")
def secrets(folder: Path) -> list[float]:
    """What the tiny branch's score and its differences from the rest would be."""
    store, schema = Store(folder), load_schema("telecom_csi")
    tallies = sums(store.scan(Selection(schema.name)), schema, ("wave", "branch"))
    store.close()
    everything = Thresholds(marked_below=0, hidden_below=0)
    score = estimate_index(tallies, schema, by=["branch"], thresholds=everything).find(schema.tree.code, branch=TINY)
    gaps = compare_with_rest(tallies, schema, thresholds=everything).estimates
    assert score is not None
    assert score.value == pytest.approx(100 / 9)
    return [100 / 9, *(gap.value for gap in gaps if gap.keys["branch"] == TINY and gap.value is not None)]


def _found(text: str, secrets: Iterable[float]) -> list[str]:
    """Numbers in a text that are a secret as it would be written there."""
    found = []
    for number in NUMBER.findall(text.replace("−", "-").replace("\\", "")):
        decimals = min(len(number.lower().partition("e")[0].partition(".")[2]), 6)
        if any(abs(float(number) - round(secret, decimals)) < 0.6 * 10**-decimals for secret in secrets):
            found.append(number)
    return found


def _cells(book: bytes) -> str:
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    return " ".join(str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None)


@pytest.mark.parametrize("page", ["measure/overview.py", "compare/branches.py"])
def test_pages_charts_and_exports(folder: Path, secrets: list[float], page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[Chart, Canvas]] = []
    monkeypatch.setattr("pages._shared.show_chart.export_menu", lambda chart, on, *_more, **_options: drawn.append((chart, on)))
    monkeypatch.setenv("MANYI_DATA", str(folder))
    app = open_page(page, lang="en")
    cells = [cell for row in rows(app) for cell in row]
    assert cells, "unfolded tables are looked at too"
    assert _found(" ".join([words(app), *cells]), secrets) == []
    assert len(drawn) >= 2
    for chart, on in drawn:
        data = json.dumps(chart.figure.to_plotly_json(), default=lambda array: np.asarray(array).tolist())
        for text in (data, chart.table.to_csv(), chart.alt_text, chart.caption, _cells(data_workbook(chart, on))):
            assert _found(text, secrets) == [], chart.title


def test_command_line(folder: Path, secrets: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(folder))
    monkeypatch.setenv("MANYI_LANGUAGE", "en")
    asked = (("index", "--by", "branch"), ("index", "--where", f"branch={TINY}"), ("league",), ("compare", "--against", "rest"))
    for verb in asked:
        done = CliRunner().invoke(cli, ["estimate", *verb, "--json"])
        assert done.exit_code == 0, (verb, done.output)
        records = json.loads(done.stdout)["estimates"]
        assert len(records) >= 1
        assert _found(json.dumps(records), secrets) == [], verb
        hidden = [record for record in records if record.get("branch") == TINY]
        assert all(record["value"] is None and record["reason"] for record in hidden)


def test_the_search_finds_what_is_written(secrets: list[float]) -> None:
    assert _found("11.1 points, 11.11, 11.111111, 76.4", secrets) == ["11.1", "11.11", "11.111111"]
    assert len(secrets) > 10
