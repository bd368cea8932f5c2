"""When drivers or items cannot be analysed, said in words: too few rows, constant, collinear, never answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from analysis.sums.cross_moments import GroupMoments
from survey_schema.models import SurveySchema
from words.language import Message, message
from words.lists import Listed

#: A variable whose variance left over after the others is below this share is a copy of them.
COLLINEAR_SHARE = 1e-9


def titles(schema: SurveySchema, codes: Sequence[str]) -> Listed:
    """The titles of items, joined."""
    return Listed([schema.item(code).title for code in codes])


def why_not_analysable(moments: GroupMoments, schema: SurveySchema, *, minimum: int) -> Message | None:
    """The reason why the variables of ``moments`` cannot be analysed together; None when they can.

    ``minimum`` is the smallest number of complete respondents the method needs. What a hidden group answered is not told here either.
    """
    silent = [code for code in moments.variables if moments.answered[code] == 0]
    if silent:
        return message("Nobody answered {items} here; choose other questions or other respondents.", items=titles(schema, silent))
    if moments.n < minimum:
        return message(
            "Only {n} respondents answered all {count} questions; at least {minimum} are needed.",
            n=moments.n,
            count=len(moments.variables),
            minimum=minimum,
        )
    if moments.hidden is not None:
        return moments.hidden
    total = moments.total
    constant = [code for code, deviation in zip(moments.variables, total.deviations, strict=True) if deviation == 0]
    if constant:
        return message("Everybody gave the same answer to {items}; nothing can be learned from it.", items=titles(schema, constant))
    return None


def why_not_asked(group: GroupMoments, others: Mapping[str, int], schema: SurveySchema) -> Message | None:
    """The reason when a group was not asked what others were, so that it is not compared with them; ``others`` are their answers.

    Nobody of the group answered, somebody elsewhere did: another question, not a small base.
    """
    if not group.n + group.dropped:
        return None
    missing = [code for code in group.variables if group.answered[code] == 0 and others.get(code, 0) > 0]
    if not missing:
        return None
    return message(
        "{items} were not asked here, but elsewhere; only groups that were asked the same questions are compared. Choose questions that "
        "all were asked.",
        items=titles(schema, missing),
    )


def why_collinear(moments: GroupMoments, schema: SurveySchema, codes: Sequence[str]) -> Message | None:
    """The reason when one of ``codes`` is an exact combination of the others; None when all are separate."""
    correlation = moments.total.select(codes).correlation
    left = correlation.copy()
    for position, code in enumerate(codes):
        if left[position, position] < COLLINEAR_SHARE:
            against = codes[: position + 1]
            values, vectors = np.linalg.eigh(correlation[: position + 1, : position + 1])
            involved = [other for other, share in zip(against, vectors[:, int(np.argmin(values))], strict=True) if abs(share) > 1e-4]
            return message(
                "{items} move together exactly, so their effects cannot be told apart; leave out {item}.",
                items=titles(schema, involved),
                item=schema.item(code).title,
            )
        left = left - np.outer(left[:, position], left[position]) / left[position, position]
    return None
