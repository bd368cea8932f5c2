"""Memberships of a fuzzy evaluation: one stacked bar a row, five grades from the worst left to the best right, grade and score beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.fuzzy.fuzzy_evaluation import FuzzyNode, grade_name
from analysis.fuzzy.fuzzy_memberships import GRADES
from charts.kit.description.alt_text import MOST_READ
from charts.kit.description.columns import base_columns, question_columns
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, Form, Hue, Tone, numbers_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from charts.kit.words import left_out, on_questions
from words.language import translator
from words.lists import listed


@dataclass(frozen=True)
class MembershipRow:
    """One row: its name, its evaluation, and its indicator weight among the rows where they are children of one node."""

    name: str
    node: FuzzyNode
    weight: float | None = None


def membership_bars(rows: Sequence[MembershipRow], on: Canvas, *, title: str, name_header: str) -> Chart:
    """Rows in the order given. Hidden rows are left out and counted; a tie is marked and named. The table is the matrix of memberships."""
    _ = translator(on.language)
    shown = [row for row in rows if row.node.memberships]
    reached = tuple(_reached(row.node, on) for row in shown)
    scores = [row.node.score for row in shown]
    weights = tuple(row.weight for row in shown)
    grades = [grade_name(on.schema, place, on.language) for place in range(GRADES)]
    described = Description(
        title=title,
        caption=" ".join(
            [
                _("Memberships in per cent, left to right: {grades}.").format(grades=listed(grades[::-1], on.language)),
                *([_("≈: the two largest are within 0.05.")] if any(row.node.tie is not None for row in shown) else []),
                *([_("Small bases are among them, read with care.")] if any(score.marked for score in scores) else []),
                *on_questions(scores, [row.name for row in shown], on.language),
                *left_out([row.node.score for row in rows], on.language),
            ]
        ),
        findings=listed([f"{row.name}: {grade}" for row, grade in zip(shown, reached, strict=True)], on.language, most=MOST_READ),
        body=Rows(
            name_header,
            names_of_rows([row.name for row in shown]),
            (
                *([Column(_("Indicator weight"), weights)] if any(weight is not None for weight in weights) else []),
                *(_grade(place, grade, shown, on) for place, grade in enumerate(grades)),
                Column(_("Grade reached"), reached, place="wide", align="left", tones=(INK,)),
                Column(
                    _("Grade score"), numbers_of(scores, on.language), Form(1), (_("Lower end"), _("Upper end")), place="always",
                    strong=True,
                ),
                *base_columns(scores, on.language),
                *question_columns(scores, on.language),
            ),
            strong_names=False,
        ),
    )  # fmt: skip
    return draw(described, on)


def _grade(place: int, name: str, rows: Sequence[MembershipRow], on: Canvas) -> Column:
    """The segments of one grade; the table has its memberships as they are."""
    values = [row.node.memberships[place] for row in rows]
    texts = tuple(on.number(100 * (e.value or 0.0), 0) for e in values)
    # The worst grade stands left, so segments are stacked from the last grade to the first.
    return Column(name, numbers_of(values, on.language), Form(3), drawn=Drawn("part", "part", (_tone(place),), texts=texts, order=-place))


def _tone(place: int) -> Tone:
    """Blue for the two satisfied grades, grey in the middle, red for the dissatisfied ones; the ends stronger."""
    hues: tuple[Hue, ...] = ("better", "better", "unclear", "worse", "worse")
    return Tone(hues[place], (0.75, 0.45, 0.45, 0.45, 0.75)[place])


def _reached(node: FuzzyNode, on: Canvas) -> str:
    places = [place for place in (node.grade, node.tie) if place is not None]
    return " ≈ ".join(grade_name(on.schema, place, on.language) for place in places)
