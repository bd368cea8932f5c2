"""What missing answers cost an analysis that needs several questions of everybody, in one sentence."""

from __future__ import annotations

from analysis.sums.cross_moments import GroupMoments
from analysis.sums.mean_replacement import MeanReplacedMoments
from words.counts import Count
from words.language import Message, message


def losses_sentence(moments: GroupMoments) -> Message | None:
    """How many respondents are left out for how many missing answers, or how many are replaced; None where no answer is missing."""
    if isinstance(moments, MeanReplacedMoments):
        return _replaced(moments)
    if not moments.dropped:
        return None
    return message(
        "{dropped} of {everybody} respondents are left out because they lack an answer to one of the {questions} questions: "
        "{cells} of {all} answers are missing.",
        dropped=Count(moments.dropped),
        everybody=Count(moments.n + moments.dropped),
        questions=Count(len(moments.variables)),
        cells=Count(moments.missing_cells),
        all=Count((moments.n + moments.dropped) * len(moments.variables)),
    )


def _replaced(moments: MeanReplacedMoments) -> Message | None:
    if not moments.missing_cells and not moments.dropped:
        return None
    return message(
        "{cells} of {all} answers are missing and replaced by the mean of their question, which flattens differences; {dropped} "
        "respondents who answered none of the {questions} questions are left out.",
        cells=Count(moments.missing_cells),
        all=Count(moments.n * len(moments.variables)),
        dropped=Count(moments.dropped),
        questions=Count(len(moments.variables)),
    )
