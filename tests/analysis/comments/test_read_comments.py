"""Words are counted as base R counts them, and a group too small shows no comment, however it is asked."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import narwhals as nw
import pyarrow as pa
import pytest

from analysis.comments.read_comments import Comment, Comments, mentioning, read_comments, word_counts
from analysis.results.estimates import DEFAULT_THRESHOLDS
from storage.workbook_frame import workbook_frame
from survey_schema.comment_words import CommentWord
from survey_schema.loading import load_schema
from survey_schema.responses import CheckedWorkbook
from survey_schema.schema_parts import LocalText
from survey_schema.workbook.check.findings import Findings
from tests.places import REFERENCE
from tests.stores.commented_store import COMPLEMENT, SECRET, TEXTS, TINY, responses

HERE: Path = REFERENCE / "comments"
SCHEMA = load_schema("telecom_csi")


@pytest.fixture(scope="module")
def frame() -> nw.LazyFrame:  # type: ignore[type-arg]
    rows = responses(SCHEMA)
    checked = CheckedWorkbook("said.xlsx", "said", SCHEMA.name, "Sheet1", Findings((), {}), (), rows, None, rows.num_rows)
    return workbook_frame(checked, SCHEMA)


def read(frame: nw.LazyFrame, **asked: object) -> Comments:  # type: ignore[type-arg]
    return read_comments(frame, SCHEMA, "comment", SCHEMA.outcome, thresholds=DEFAULT_THRESHOLDS, **asked)  # type: ignore[arg-type]


def test_words_are_counted_as_r_counts_them() -> None:
    texts = [row["comment"] for row in csv.DictReader((HERE / "input.csv").read_text("utf-8").splitlines())]
    output = "\n".join((HERE / "output.csv").read_text().splitlines()[1:])
    expected = {row["word"]: int(row["comments"]) for row in csv.DictReader(io.StringIO(output))}
    mine = {each.word.code: each.comments for each in word_counts(texts, SCHEMA)}
    assert {code: mine[code] for code in expected} == expected


def test_a_survey_counts_its_own_words() -> None:
    own = CommentWord(code="elevator", title=LocalText(zh_CN="电梯", en="elevator"))
    schema = SCHEMA.model_copy(update={"comment_words": [own]})
    counted = word_counts(["电梯坏了，电梯", "Elevators!", "信号"], schema)
    assert [(each.word.code, each.comments) for each in counted] == [("elevator", 2)]


@pytest.mark.parametrize(
    "asked", [{}, {"by": ["branch"]}, {"by": ["gender"]}, {"where": {"operator": "mobile"}}, {"by": ["branch", "wave"]}], ids=str
)
def test_what_a_hidden_branch_wrote_is_nowhere(frame: nw.LazyFrame, asked: dict[str, object]) -> None:  # type: ignore[type-arg]
    found = read(frame, **asked)
    assert found.left_out
    assert len(found.comments) > 40
    assert all(each.text != SECRET for each in found.comments)
    assert all(each.keys.get("branch") not in (TINY, COMPLEMENT) for each in found.comments)


@pytest.mark.parametrize("branch", [TINY, COMPLEMENT])
def test_a_hidden_branch_asked_for_by_itself_gives_a_reason(frame: nw.LazyFrame, branch: str) -> None:  # type: ignore[type-arg]
    found = read(frame, where={"branch": branch})
    assert (found.comments, found.words) == ((), ())
    assert found.reason is not None


def test_a_handful_of_people_without_any_group_is_a_small_base_too() -> None:
    rows = responses(SCHEMA).slice(0, 5)
    rows = rows.set_column(rows.column_names.index("branch"), "branch", pa.nulls(5, pa.string()))
    checked = CheckedWorkbook("said.xlsx", "said", SCHEMA.name, "Sheet1", Findings((), {}), (), rows, None, 5)
    found = read(workbook_frame(checked, SCHEMA))
    assert found.comments == ()
    assert found.reason is not None


def test_the_least_satisfied_come_first_and_a_score_is_of_the_writer(frame: nw.LazyFrame) -> None:  # type: ignore[type-arg]
    scores = [each.score for each in read(frame).comments]
    assert scores == sorted(scores, key=lambda score: (score is None, score))
    table = responses(SCHEMA)
    worst = min(
        grade for grade, text, branch in zip(*(table[name].to_pylist() for name in (SCHEMA.outcome, "comment", "branch")), strict=True)
        if text and grade is not None and branch in ("lanzhou", "tianshui")
    )  # fmt: skip
    assert scores[0] == pytest.approx((worst - 1) / 9 * 100)


@pytest.mark.parametrize("text", ["signal", "信号", "ＳＩＧＮＡＬ", "coverage"])
def test_any_spelling_finds_the_word(text: str) -> None:
    comments = [Comment(each, None, {}) for each in TEXTS]
    assert {each.text for each in mentioning(comments, text, SCHEMA)} == {"信号太差", "资费太贵，信号也不好", "the signal is poor"}


@pytest.mark.parametrize("text", [".*", "(", "[x](", "$x$", "\\"])
def test_any_other_text_is_taken_as_it_stands(text: str) -> None:
    comments = [Comment(each, None, {}) for each in (*TEXTS, "a\\b (c .* d")]
    assert all(text in each.text for each in mentioning(comments, text, SCHEMA))
    assert len(mentioning(comments, text, SCHEMA)) >= 1
