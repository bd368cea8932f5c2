"""Open comments of a selection with the scores of those who wrote them, and which words of a list they mention.

Comments come one by one, so a group too small to be shown shows none: each dimension is judged by itself within the selection, as well as
the groups asked for together, whatever the comments are grouped by; else two lists would tell by their difference what a group wrote.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from analysis.disclosure.protected_counts import count_cells, protected_counts
from analysis.results.estimates import Thresholds
from analysis.results.provenance import Provenance
from analysis.sums.scores import score_expression
from survey_schema.columns import DIMENSIONS, Role
from survey_schema.comment_words import USUAL_WORDS, CommentWord
from survey_schema.models import SurveySchema
from words.language import Message, message

METHOD = message(
    "Comments as they were stored, phone numbers, identity and account numbers, addresses and names masked; beside each the score of its "
    "writer on one question (0–100). A comment counts once for each word of the list that it mentions. Respondents are not weighted. "
    "Comments of groups too small to be shown are left out."
)


@dataclass(frozen=True)
class Comment:
    """One comment: its text, the writer's score on 0–100 (None: no answer), and the groups asked for."""

    text: str
    score: float | None
    keys: Mapping[str, str | None]


@dataclass(frozen=True)
class WordCount:
    """How many comments mention a word."""

    word: CommentWord
    comments: int


@dataclass(frozen=True)
class Comments:
    """Comments of one column that may be shown, least satisfied first, those without a score last.

    ``left_out``: some were written in groups too small. ``reason``: why there are none at all. ``words``: the commonest first.
    """

    column: str
    scored_by: str | None
    comments: tuple[Comment, ...]
    words: tuple[WordCount, ...]
    left_out: bool
    reason: Message | None
    provenance: Provenance


def read_comments(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    column: str,
    scored_by: str | None,
    *,
    by: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds,
) -> Comments:
    """The comments of a column within ``where``; ``frame`` is not narrowed down. ``scored_by`` is the item whose score stands beside."""
    narrowed = dict(where or {})
    provenance = Provenance(METHOD, thresholds)
    counted = count_cells(frame, {}, list(dict.fromkeys([*map(str, DIMENSIONS), *by, *narrowed])))
    whole = _whole(counted, narrowed, thresholds)
    if whole is not None:
        return Comments(column, scored_by, (), (), True, whole, provenance)
    asked = [[name] for name in map(str, DIMENSIONS) if name not in narrowed] + ([list(by)] if by else [])
    hidden = {tuple(names): _hidden(counted, names, narrowed, thresholds) for names in asked}
    dimensions = list(dict.fromkeys(name for names in asked for name in names))
    score = score_expression(schema, scored_by).alias("score__") if scored_by else nw.lit(None, nw.Float64).alias("score__")
    selected = frame.filter(*(nw.col(name) == value for name, value in narrowed.items())) if narrowed else frame
    written = selected.filter(~nw.col(column).is_null(), nw.col(str(Role.RESPONDENT_WEIGHT)) > 0)
    rows = written.select("source_row", "wave", *(name for name in dimensions if name != "wave"), nw.col(column).alias("text__"), score)
    found, left_out = [], False
    for row in sorted(rows.collect().iter_rows(named=True), key=_place):
        if any(tuple(row[name] for name in names) in groups for names, groups in hidden.items()):
            left_out = True
            continue
        found.append(Comment(str(row["text__"]), row["score__"], {name: row[name] for name in by}))
    return Comments(column, scored_by, tuple(found), word_counts([each.text for each in found], schema), left_out, None, provenance)


def word_counts(texts: Sequence[str], schema: SurveySchema) -> tuple[WordCount, ...]:
    """How many texts mention each word of the survey's list at least once, the commonest first; words nobody mentions are left out."""
    words = schema.comment_words or USUAL_WORDS
    patterns = {word.code: _pattern(word.spellings) for word in words}
    plain = [_folded(text) for text in texts]
    counts = [WordCount(word, sum(patterns[word.code].search(text) is not None for text in plain)) for word in words]
    return tuple(sorted((each for each in counts if each.comments), key=lambda each: -each.comments))


def mentioning(comments: Sequence[Comment], text: str, schema: SurveySchema) -> tuple[Comment, ...]:
    """Those that mention a word of the list, named by its code or any spelling, or else contain the text as it stands."""
    folded = _folded(text)
    words = schema.comment_words or USUAL_WORDS
    named = next((word for word in words if folded in (_folded(word.code), *map(_folded, word.spellings))), None)
    pattern = _pattern(named.spellings) if named else re.compile(re.escape(folded))
    return tuple(each for each in comments if pattern.search(_folded(each.text)))


def _pattern(spellings: Sequence[str]) -> re.Pattern[str]:
    """Any of the spellings; one in Latin letters only where a word begins and ends, or takes an ending of its plural."""
    parts = [
        rf"(?<![a-z0-9]){re.escape(text)}(?:s|es)?(?![a-z0-9])" if text.isascii() else re.escape(text) for text in map(_folded, spellings)
    ]
    return re.compile("|".join(dict.fromkeys(parts)))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _place(row: Mapping[str, Any]) -> tuple[bool, float, str, int]:
    return row["score__"] is None, row["score__"] or 0.0, str(row["wave"]), int(row["source_row"])


def _whole(counted: Any, where: Mapping[str, str], thresholds: Thresholds) -> Message | None:
    """Why the selection is hidden, judged among its neighbours; None where it may be shown."""
    return next((group.reason for group in protected_counts(counted, [], where, thresholds)), None)


def _hidden(counted: Any, names: Sequence[str], where: Mapping[str, str], thresholds: Thresholds) -> set[tuple[str | None, ...]]:
    groups = protected_counts(counted, names, where, thresholds)
    return {tuple(group.keys[name] for name in names) for group in groups if group.reason is not None}
