"""estimate indicator-weights and schema: weights by method, two sets side by side, versions without a screen."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.stores.small_store import fill
from tests.stores.workbook_files import write_survey

SURVEY = ("--schema", "telecom_csi")


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write_survey(tmp_path / "s.xlsx", waves=("2026Q1",))


def test_two_sets_side_by_side(manyi, tmp_path: Path) -> None:
    """Both sets with their intervals, the index under both, and every branch."""
    fill(tmp_path / "data")
    done = manyi("estimate", "indicator-weights", "--compare", "given,factor", "--by", "branch", "--json")
    by_node: dict[str, float] = {}
    for record in done.records(figure="weight", weights="factor"):
        by_node[record["node"]] = by_node.get(record["node"], 0.0) + record["value"]
        assert record["low"] <= record["value"] <= record["high"]
    assert by_node == pytest.approx(dict.fromkeys(["csi", "C1", "C2", "C3", "C4"], 1.0))
    gap = done.one(figure="score", weights="difference", branch=None)
    one, two = (done.one(figure="score", weights=name, branch=None) for name in ("given", "factor"))
    assert gap["value"] == pytest.approx(two["value"] - one["value"])
    assert gap["se"] < one["se"]
    ranks = done.json["settings"]["possible_ranks"]
    assert set(ranks) == {record["branch"] for record in done.records(figure="score", weights="factor")} - {None}
    assert len(ranks) == 14


def test_what_cannot_be_asked_is_a_sentence(manyi, workbook: Path) -> None:
    for arguments, told in (
        (("--method", "magic"), "There is no method magic"),
        (("--compare", "given"), "takes two methods"),
        (("--compare", "given,entropy"), "at least 3"),
    ):
        refused = manyi("estimate", "indicator-weights", workbook, *SURVEY, *arguments)
        assert refused.code == 2
        assert told in refused.err
    given = manyi("estimate", "indicator-weights", workbook, *SURVEY)
    assert "all 4 parts count the same: 25.0 % each" in given.out
    ahp = manyi("estimate", "indicator-weights", workbook, *SURVEY, "--method", "ahp")
    assert "No pairwise judgements" in ahp.out


def test_a_version_is_saved_used_by_the_next_commit_and_by_waves_that_are_named(manyi, workbook: Path, tmp_path: Path) -> None:
    assert "No version of a survey was saved yet" in manyi("schema", "list").out
    manyi("commit", workbook, *SURVEY, "--accept-losses")
    written = tmp_path / "mine.yaml"
    assert manyi("schema", "show", "telecom_csi", "--out", written).code == 0
    schema = yaml.safe_load(written.read_text("utf-8"))
    judged = [("C1", "C2", 2), ("C1", "C3", 2), ("C1", "C4", 2), ("C2", "C3", 1), ("C2", "C4", 1), ("C3", "C4", 1)]
    schema["tree"]["weighting"] = "ahp"
    schema["tree"]["judgements"] = [{"more": more, "less": less, "times": times} for more, less, times in judged]
    for child, weight in zip(schema["tree"]["children"], (0.4, 0.2, 0.2, 0.2), strict=True):
        child["weight"] = weight
    written.write_text(yaml.safe_dump(schema, allow_unicode=True), "utf-8")
    saved = manyi("schema", "save", written, "--note", "workshop", "--by", "li", "--json")
    assert saved.json == {"survey": "telecom_csi", "version": 2, "waves": []}
    assert manyi("schema", "list", "--json").json[0]["note"] == "workshop"
    before = manyi("estimate", "indicator-weights", *SURVEY, "--method", "ahp")
    assert "No pairwise judgements" in before.out  # the stored wave keeps its version
    assert "Checked against version 2 of telecom_csi" in manyi("check", workbook, *SURVEY).out
    (wave,) = {record["label"] for record in manyi("waves", "--json").json}
    assert manyi("schema", "use", "telecom_csi", "--version", "2", "--wave", wave).code == 0
    after = manyi("estimate", "indicator-weights", *SURVEY, "--method", "ahp", "--json")
    assert after.one(node="csi", code="C1")["value"] == pytest.approx(0.4)
    for arguments in (("use", "telecom_csi"), ("use", "telecom_csi", "--version", "7", "--wave", wave), ("grow",), ("show",)):
        assert manyi("schema", *arguments).code == 2
