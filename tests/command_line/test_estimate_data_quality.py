"""estimate data-quality: the same faults from the store as from the workbook, by group, and refusals in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.answers.one_door import of_no_store
from tests.stores import quality_cases as cases

SURVEY = ("--schema", "telecom_csi")


def test_the_faults_are_told_by_group_and_the_store_gives_the_same(manyi, tmp_path: Path) -> None:
    planted = cases.write_workbook(tmp_path / "wave.xlsx")
    direct = manyi("estimate", "data-quality", planted, *SURVEY, "--json")
    tianshui = direct.one(figure="respondents_percent", branch="tianshui")
    assert tianshui["value"] == pytest.approx(100 * 150 / 1300)
    assert tianshui["verdict"] == "lower"
    assert direct.one(figure="variance_percent", code="interviewers_within_branches")["low"] > 5
    told = " ".join([direct.json["settings"]["answer"], *direct.json["settings"]["notes"]])
    for words in ("Cause for concern in 6 of 6 checks", "150 instead of 338", "F05", "F07", "F09", "it matters who asked"):
        assert words in told, words
    manyi("commit", planted, *SURVEY)
    stored = manyi("estimate", "data-quality", "--json").json
    assert of_no_store(stored)["settings"] == of_no_store(direct.json)["settings"]
    for one, other in zip(stored["estimates"], direct.json["estimates"], strict=True):  # sums of the same numbers in another order
        assert list(one) == list(other)
        for name, value in one.items():
            assert value == (pytest.approx(other[name], rel=1e-6, abs=1e-12) if isinstance(value, float) else other[name]), (name, one)
    interviewers = manyi("estimate", "data-quality", "--by", "interviewer", "--json")
    assert interviewers.one(figure="speeders_percent", interviewer="F05")["verdict"] == "higher"
    assert interviewers.one(figure="pairs", interviewer="F07")["value"] == 66
    assert interviewers.one(figure="effect", interviewer="F03")["low"] > 0
    branches = manyi("estimate", "data-quality", "--by", "branch", "--json")
    assert branches.one(figure="missing_percent", branch="jiuquan", code="C25")["verdict"] == "higher"
    hidden = [record for record in branches.records(branch="jiayuguan") if not record["figure"].startswith(("respondents", "customers"))]
    assert hidden
    assert all(record["value"] is None for record in hidden)
    listed = manyi("estimate", "data-quality", "--list", "--json").records(figure="copy")
    assert len(listed) == cases.COPIES
    assert {record["interviewer"] for record in listed} == {"F07"}
    assert all(len(record["respondent"]) == 16 for record in listed)
    for by, words in (("branch,interviewer", "by one of"), ("comment", "nothing to group by")):
        refused = manyi("estimate", "data-quality", "--by", by)
        assert refused.code == 2
        assert words in refused.err
