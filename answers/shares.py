"""Shares of the answers and net promoter scores in the place of scores: for which questions, and how that is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from analysis.sums.share_tallies import items_with, share_tallies
from analysis.sums.tallies import Tallies
from answers.question import Question
from answers.source import Source
from survey_schema.answer_shares import SHARE_WORDS, SHARES, Share
from survey_schema.columns import Role
from words.errors import ManyiError, shown_value, what_there_is
from words.language import Message, message

SHARE_NAMES = tuple(str(share) for share in SHARES)
O = TypeVar("O")  # noqa: E741


def in_shares(question: Question[O], share: Share, source: Source, *, one: bool = False) -> Question[O]:
    """The question with the items it is about; raises ManyiError where they have no such share.

    ``one``: what is asked is computed for one question: the outcome where none is named and it has the share.
    """
    schema = source.schema
    there = items_with(source.tallies(question.waves[-1:], (Role.WAVE,)), share)
    if not there:
        raise ManyiError(message("No question of this survey has the share {share}.", share=SHARE_WORDS[share]))
    for code in question.codes:
        if code not in there:
            found = message("{code} has no {share}.", code=shown_value(code), share=SHARE_WORDS[share])
            raise ManyiError(message("{found} {known}", found=found, known=what_there_is(code, there)))
    outcome = schema.outcome
    first = (outcome if outcome in there else there[0],)
    return replace(question, codes=question.codes or (first if one else tuple(there)))


def in_place_of_scores(tallies: Tallies, share: Share | None) -> Tallies:
    """The tallies with a share in the place of the scores, where one is asked for."""
    return tallies if share is None else share_tallies(tallies, share)


def share_remark(share: Share | None) -> Sequence[Message]:
    """What figures of shares are, said beside them."""
    if share is None:
        return ()
    return (
        message(
            "Figures are points: {share}, on −100…100 for the net promoter score and in per cent of those who answered otherwise.",
            share=SHARE_WORDS[share],
        ),
    )
