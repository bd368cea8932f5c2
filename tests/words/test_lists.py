"""Lists in sentences, joined as each language does it, and by nothing else."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

from words.language import message
from words.lists import Listed, listed

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "words",
    "survey_schema",
    "storage",
    "analysis",
    "answers",
    "sample_data",
    "charts",
    "projects",
    "reports",
    "pages",
    "command_line",
)


def test_a_list_in_each_language() -> None:
    assert listed(["a", "b", "c"], "zh_CN") == "a、b、c"
    assert listed(["a", "b", "c"], "en") == "a, b, c"
    assert listed(["a", "b", "c"], "en", most=2) == "a, b and 1 more"
    assert listed([3, message("wave")], "zh_CN") == "3、期次"
    assert listed([], "en") == ""


def test_a_list_within_a_sentence_is_told_in_its_language() -> None:
    sentence = message("There are: {known}.", known=Listed({"a": 1, "b": 2}.keys()))
    assert [sentence.text(language) for language in ("zh_CN", "en")] == ["现有：a、b。", "There are: a, b."]
    assert pickle.loads(pickle.dumps(sentence)) == sentence


def test_no_list_is_joined_past_it() -> None:
    """A bare sign between names is right in one language only."""
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")) + sorted(ROOT.glob("*.py"))
        if path != ROOT / "words" / "lists.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"""["']、["']""", line)
    ]
    assert found == []
