"""The same question to a workbook and to the store its responses went into gives the same figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from answers.topic_list import TOPICS
from tests.answers.one_door import differences
from tests.stores import quality_cases

#: The words without which a topic has no question, as on the command line.
NEEDED: dict[str, tuple[str, ...]] = {"what-if": ("--drivers", "P1,P8", "--shift", "P1=5")}
#: What is asked of a topic beside the question with no more words than these.
ASKED: dict[str, tuple[tuple[str, ...], ...]] = {
    "index": (("--by", "branch"),),
    "data-quality": (("--by", "interviewer"), ("--list",)),
    "indicator-weights": (("--compare", "equal,stored"),),
    "weights": (("--margin", "branch", "--start", "unit"), ("--cells", "--trim", "5")),
    "tiers": (("--list",), ("--model", "mobile_value")),
    "importance": (("--by", "branch", "--drivers", "P1,P8"),),
    "reliability": (("--code", "C1"),),
    "planner": (("--difference", "3", "--power", "0.9"),),
}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One wave with branches, interviewers, lengths of interviews and the customers of each branch."""
    return quality_cases.write_workbook(tmp_path_factory.mktemp("workbook") / "wave.xlsx")


@pytest.mark.parametrize("topic", TOPICS)
def test_the_store_says_what_the_workbook_says(
    topic: str, manyi: Callable[..., Any], workbook: Path, foreign_workbook: Callable[[str], Path]
) -> None:
    path, survey = (foreign_workbook("voice"), "network_experience") if topic == "tiers" else (workbook, "telecom_csi")
    assert manyi("commit", path, "--schema", survey).code == 0
    for words in (NEEDED.get(topic, ()), *ASKED.get(topic, ())):
        direct = manyi("estimate", topic, path, "--schema", survey, *words, "--json")
        assert direct.code == 0, (topic, direct.err)
        assert direct.json["estimates"], topic
        stored = manyi("estimate", topic, *words, "--json")
        assert list(differences(_without_ids(stored.json), _without_ids(direct.json))) == [], (topic, words)


def _without_ids(printed: dict[str, Any]) -> dict[str, Any]:
    """A store makes ids opaque by a key of its own; a list of respondents is in their order where all else is equal."""
    listed = [record for record in printed["estimates"] if record.pop("respondent", None)]
    if listed:
        printed["estimates"].sort(key=lambda record: json.dumps(record, sort_keys=True))
    return printed
