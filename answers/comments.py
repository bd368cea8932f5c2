"""Open comments: what customers say in their own words, by any selection, with their scores, and the words they mention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.comments.read_comments import Comment, Comments, mentioning, read_comments
from analysis.results.estimates import Estimate, Result
from analysis.results.reasons import not_asked
from analysis.results.sentences import Segment
from answers.question import Question, option
from answers.selection import item_code
from answers.source import Source
from answers.topic import Asked, Chapter, Topic
from survey_schema.columns import Column, Role
from survey_schema.comment_words import USUAL_WORDS
from survey_schema.models import SurveySchema
from words.errors import ManyiError, unknown
from words.language import Language, Message, message, number_text, translator
from words.lists import listed

#: Comments of one page of the list.
ON_A_PAGE = 50
#: Words the sentence names.
_NAMED = 3


@dataclass(frozen=True)
class CommentOptions:
    """``column`` the column of comments; ``listed`` lists them, ``page`` by page (0: all); ``mentions`` a word of the list, or any text."""

    column: str | None = option("--column", message("Which column of comments; the first unless one is named."))
    mentions: str | None = option("--mentions", message("Only comments that mention this word of the list, or contain this text."))
    listed: bool = option("--list", message("List the comments, the least satisfied first, instead of counting words."), default=False)
    page: int = option(
        "--page", message("Which page of the list, of 50 comments each; 0 for all."), default=1, minimum=0, maximum=1_000_000
    )


def comment_columns(schema: SurveySchema) -> list[Column]:
    """The columns of comments of a survey."""
    return [column for column in schema.columns if column.role is Role.OPEN_COMMENT]


def _settled(question: Question[CommentOptions], source: Source) -> Question[CommentOptions]:
    """The column and the scored question by their codes; raises ManyiError where the survey has no comments."""
    schema, asked = source.schema, question.options
    there = [column.code for column in comment_columns(schema)]
    if not there:
        raise ManyiError(message("This survey has no open comments; add a column with the role open_comment to its schema."))
    if asked.column is not None and asked.column not in there:
        raise unknown(message("column of comments"), asked.column, there)
    codes = (item_code(question.codes[0], schema),) if question.codes else (schema.outcome,) if schema.outcome else ()
    return replace(question, codes=codes, options=replace(asked, column=asked.column or there[0]))


def _compute(asked: Asked[CommentOptions]) -> Comments:
    if asked.options.listed or asked.options.mentions:
        return asked.ask(COMMENTS, options=CommentOptions(asked.options.column))
    column, codes = str(asked.options.column), asked.codes
    return read_comments(
        asked.frame, asked.schema, column, codes[0] if codes else None, by=asked.by, where=asked.where, thresholds=asked.thresholds
    )


def shown_comments(found: Comments, options: CommentOptions, schema: SurveySchema) -> tuple[Comment, ...]:
    """The comments that are asked for, on the page that is asked for."""
    those = mentioning(found.comments, options.mentions, schema) if options.mentions else found.comments
    start = ON_A_PAGE * (options.page - 1)
    return those if options.page == 0 else those[start : start + ON_A_PAGE]


def _figures(asked: Asked[CommentOptions], found: Comments) -> Result:
    """A record a word with the comments that mention it; or a record a comment with its writer's score."""
    total = len(found.comments)
    if found.reason is not None:
        nothing = Estimate({"figure": "comments"}, found.column, None, n=0, n_eff=0.0, reason=found.reason)
        return Result((nothing,), found.provenance)
    if asked.options.listed:
        rows = shown_comments(found, asked.options, asked.schema)
        return Result(tuple(_comment(each, found.scored_by or found.column) for each in rows), found.provenance)
    whole = Estimate({"figure": "comments", "word": None}, found.column, float(total), n=total, n_eff=float(total))
    words = [
        Estimate({"figure": "word", "word": each.word.code}, found.column, float(each.comments), n=total, n_eff=float(total))
        for each in found.words
    ]
    return Result((whole, *words), found.provenance)


def _comment(each: Comment, code: str) -> Estimate:
    keys = {"figure": "comment", **each.keys, "comment": each.text}
    return Estimate(keys, code, each.score, n=1, n_eff=1.0, reason=None if each.score is not None else not_asked())


def _sentence(_asked: Asked[CommentOptions], found: Comments, language: Language) -> Sequence[Segment]:
    _ = translator(language)
    if found.reason is not None:
        return [Segment(found.reason.text(language))]
    total = number_text(len(found.comments), 0, language)
    if not found.comments:
        return [Segment(_("Nobody of this selection wrote a comment that may be shown."))]
    if not found.words:
        return [Segment(_("{count} comments; none mentions a word of the list.").format(count=total))]
    named = [f"{each.word.title.text(language)} ({number_text(each.comments, 0, language)})" for each in found.words[:_NAMED]]
    return [
        Segment(_("{count} comments; most often they mention ").format(count=total)),
        Segment(listed(named, language)),
        Segment(_(".")),
    ]


def _remarks(_asked: Asked[CommentOptions], found: Comments, _language: Language) -> Sequence[Message]:
    return (message("Comments of groups too small to be shown are left out."),) if found.left_out and found.reason is None else ()


COMMENTS = Topic(
    name="comments",
    options=CommentOptions,
    compute=_compute,
    figures=_figures,
    sentence=_sentence,
    remarks=_remarks,
    settle=_settled,
    decimals=0,
    figure_words={
        "comments": message("comments"),
        "word": message("comments that mention it"),
        "comment": message("score of the writer, 0–100"),
        **{word.code: message("{word}", word=word.title) for word in USUAL_WORDS},
    },
    chapters=(
        Chapter(
            "comments.read_comments",
            message("Open comments"),
            message(
                "Comments are stored without private data: phone, identity and account numbers, addresses and names of persons are masked "
                "when a workbook is read, and how many were is said there. They are listed with the score of their writer, the least "
                "satisfied first. A comment counts once for each word of the survey's list that it mentions, in any of its spellings; what "
                "stands around the word (not, no longer) is not understood. A group too small to be shown shows no comment, whatever the "
                "list is grouped by."
            ),
        ),
    ),
)
TOPICS = {COMMENTS.name: COMMENTS}
