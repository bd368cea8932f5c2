"""The cross table as a figure: rows by columns of any grouping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.crosstab.cross_table import CrossTable, Keys
from answers.crosstab import CROSSTAB, title_of_measure
from answers.crosstab_question import MULTIPLE, SHARES_OF, CrosstabOptions, groupings_of, question_in
from answers.provenance import fact_text
from answers.topic import Answered
from charts.crosstab.cross_grid import cross_grid
from charts.kit.layout import Canvas, Chart
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from survey_schema.answer_shares import SHARE_WORDS
from survey_schema.models import SurveySchema
from words.language import Language, message, translator
from words.periods import wave_text

#: Rows in the order of the survey, or by their total, the highest first.
BY_NAME, BY_TOTAL = "names", "total"
TOLD = frozenset({"rows", "columns", "measure", "share", "percent", "counted", "sort"})


def asked_for(ask: ScopedAsk, choices: Choices) -> Answered[CrosstabOptions, CrossTable]:
    """The answer to what was picked; a grouping that stands in the table is not narrowed to one value."""
    options = CrosstabOptions(
        tuple(choices.get("rows") or ()), tuple(choices.get("columns") or ()),
        **{name: choices.get(name) or None for name in ("measure", "share", "percent", "counted")},
    )  # fmt: skip
    return ask(CROSSTAB, options, where=ask.without(*groupings_of(options, ask.schema)))


def cross_table(ask: ScopedAsk, choices: Choices) -> Drawn:
    """The table that was picked, the usual groupings and the index unless others are."""
    asked = asked_for(ask, choices)
    found: CrossTable = asked.result
    if not found.shown:
        reasons = [each.reason for line in found.cells for each in line if each is not None and each.reason is not None]
        raise nothing_to_draw(next(iter(reasons), None))
    rows = rows_by_total(found) if choices.get("sort") == BY_TOTAL and not _answers_down(asked) else found.rows

    def draw(on: Canvas) -> Chart:
        return cross_grid(
            found, on, title=title_of(asked, on), row_title=side_title(asked.question.options.rows, on.schema, on.language),
            told=_told(asked, on.language), rows=rows,
        )  # fmt: skip

    return Drawn(draw, (asked,), asked.sentence)


def rows_by_total(found: CrossTable) -> Sequence[Keys]:
    """The rows by their totals, the highest first, those without one last."""
    totals = [None if each is None else each.value for each in found.row_totals]
    order = sorted(range(len(found.rows)), key=lambda place: (totals[place] is None, -(totals[place] or 0.0), place))
    return [found.rows[place] for place in order]


def title_of(asked: Answered[CrosstabOptions, CrossTable], on: Canvas) -> str:
    """``Satisfaction index: Branch × Customer tier``."""
    options, schema = asked.question.options, asked.asked.schema
    sides = [side_title(side, schema, on.language) for side in (options.rows, options.columns)]
    measure = title_of_measure(asked.asked, on.language)
    if options.share:
        measure = f"{measure}, {SHARE_WORDS[options.share].text(on.language)}"
    if question_in(options, schema):
        return " × ".join(sides)
    template = translator(on.language)("{measure}: {rows} × {columns}")
    return template.format(measure=measure[:1].upper() + measure[1:], rows=sides[0], columns=sides[1])


def side_title(side: Sequence[str], schema: SurveySchema, language: Language) -> str:
    """The groupings of a side, the outer one first, or the question whose answers stand there."""
    return " · ".join(named if (named := schema.column_title(name, language)) != name else schema.title_of(name, language) for name in side)


def _answers_down(asked: Answered[CrosstabOptions, CrossTable]) -> bool:
    """Whether the rows are grades, which have an order of their own."""
    options = asked.question.options
    return options.measure == SHARES_OF and question_in(options, asked.asked.schema) in options.rows


def _told(asked: Answered[CrosstabOptions, CrossTable], language: Language) -> str:
    """What the cells are, of which wave, with which weights."""
    _ = translator(language)
    facts: Mapping[str, Any] = {fact.code: fact for fact in asked.provenance.facts}
    weights = fact_text(facts["weightings"], language) if "weightings" in facts else ""
    wave = " ".join(wave_text(label, language) for label in asked.question.waves)
    return " ".join(
        [_what(asked, language), _("{wave}; respondent weights: {weights}.").format(wave=wave, weights=weights) if weights else f"{wave}."]
    )


def _what(asked: Answered[CrosstabOptions, CrossTable], language: Language) -> str:
    _ = translator(language)
    options = asked.question.options
    if options.measure == MULTIPLE:
        return _("Share of mentions, %.") if options.counted == "mentions" else _("Share of people, %.")
    if options.measure == SHARES_OF:
        return _("Column per cent.") if options.percent == "column" else _("Row per cent.")
    return _("Share of answers, points.") if options.share else _("Points, 0–100.")


CROSS_TABLE = Figure("cross-table", message("Cross table"), ("crosstab",), cross_table, TOLD)
FIGURES = (CROSS_TABLE,)
