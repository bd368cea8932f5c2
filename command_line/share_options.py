"""``--share``: changes, gaps and leagues of a share of the answers or of the net promoter score instead of scores."""

from __future__ import annotations

from dataclasses import replace

from analysis.inference.share_intervals import with_share_intervals
from analysis.results.estimates import Result
from analysis.sums.share_tallies import items_with
from command_line.requests import Request
from survey_schema.answer_shares import SHARE_WORDS
from words.errors import ManyiError
from words.language import Message, message

#: Words that compute for one question; the outcome where none is named and it has the share.
_FOR_ONE = ("league", "ranks")
#: Words whose figures are shares, not differences of shares or ranks.
_OF_SHARES = ("trend", "league")


def in_shares(request: Request, what: str) -> Request:
    """The request with the questions it is about, where it is about shares; raises :class:`ManyiError` where they have no such share."""
    if request.share is None or what == "rates":
        return request
    if request.against == "target":
        raise ManyiError(message("Targets are scores; compare shares with the rest, the best, another group or an earlier wave."))
    there = items_with(request.tallies, request.share)
    if not there:
        raise ManyiError(message("No question of this survey has the share {share}.", share=SHARE_WORDS[request.share]))
    for code in request.codes or ():
        if code not in there:
            known = ", ".join(there)
            raise ManyiError(
                message("{code} has no {share}. There are: {known}.", code=code, share=SHARE_WORDS[request.share], known=known)
            )
    outcome = request.schema.outcome
    first = (outcome if outcome in there else there[0],)
    return replace(request, codes=request.codes or (first if what in _FOR_ONE else there))


def told_in_shares(result: Result, request: Request, what: str) -> Result:
    """The result with what its figures are, for the record and the table; shares themselves with the intervals of shares."""
    if request.share is None or what == "rates":
        return result
    if what in _OF_SHARES:
        result = with_share_intervals(result, request.share, request.thresholds)
    told: Message = message(
        "Figures are points: {share}, on −100…100 for the net promoter score and in per cent of those who answered otherwise.",
        share=SHARE_WORDS[request.share],
    )
    notes = result.settings.get("notes")
    return replace(
        result, settings={**result.settings, "share": request.share, "notes": [told, *(notes if isinstance(notes, list) else [])]}
    )
