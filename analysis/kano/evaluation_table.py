"""Kano's evaluation table: the class of one respondent's pair of answers.

Each feature is asked twice: how one would feel if it were there (functional) and if it were not (dysfunctional), on five grades: I like it,
it must be so, neutral, I can live with it, I dislike it. The pair says: **A** attractive, **O** one-dimensional, **M** must-be,
**I** indifferent, **R** reverse, **Q** questionable. Source: Kano, Seraku, Takahashi and Tsuji (1984), *Quality* 14:39-48; Berger et al.
(1993), *Center for Quality of Management Journal* 2.
"""

from __future__ import annotations

from typing import Literal

from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import message

KanoClass = Literal["M", "O", "A", "I", "R", "Q"]
#: In the order that decides between classes named equally often (Berger: M before O before A before I).
CLASSES: tuple[KanoClass, ...] = ("M", "O", "A", "I", "R", "Q")
#: Rows: functional answer from "like" to "dislike"; columns: dysfunctional answer likewise.
TABLE: tuple[tuple[KanoClass, ...], ...] = (
    ("Q", "A", "A", "A", "O"),
    ("R", "I", "I", "I", "M"),
    ("R", "I", "I", "I", "M"),
    ("R", "I", "I", "I", "M"),
    ("R", "R", "R", "R", "Q"),
)


def like_grade(schema: SurveySchema, code: str) -> tuple[float, float]:
    """The grade that means "I like it", and the step from one grade to the next towards "I dislike it".

    Raises ManyiError unless the question has five grades.
    """
    scale, turned = schema.scale_of(code), schema.item(code).reversed
    grades = scale.grades
    if len(grades) != 5:
        raise ManyiError(
            message("{item} has {found} grades; Kano's questions need five, from “I like it” to “I dislike it”.",
                    item=schema.item(code).title, found=len(grades))
        )  # fmt: skip
    step = grades[1] - grades[0]
    return (grades[0], step) if turned else (grades[-1], -step)
