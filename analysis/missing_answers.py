"""What missing answers cost an analysis that needs several questions of everybody, in one sentence."""

from __future__ import annotations

from analysis.cross_moments import GroupMoments
from survey_schema.language import Message, message


def losses_sentence(moments: GroupMoments) -> Message | None:
    """How many respondents are left out for how many missing answers; None where nobody is."""
    if not moments.dropped:
        return None
    return message(
        "{dropped} of {everybody} respondents are left out because they lack an answer to one of the {questions} questions: "
        "{cells} of {all} answers are missing.",
        dropped=moments.dropped,
        everybody=moments.n + moments.dropped,
        questions=len(moments.variables),
        cells=moments.missing_cells,
        all=(moments.n + moments.dropped) * len(moments.variables),
    )
