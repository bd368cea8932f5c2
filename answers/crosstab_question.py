"""A cross table as it is asked for: what stands in its rows and columns, and what its cells are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from answers.question import Question, option
from answers.selection import column_name, item_code
from answers.shares import SHARE_NAMES, in_shares
from answers.source import Source
from survey_schema.answer_options import MultiQuestion
from survey_schema.answer_shares import Share
from survey_schema.columns import DIMENSIONS, Role
from survey_schema.models import SurveySchema
from words.errors import ManyiError, shown_value, unknown
from words.language import message

#: Measures that are no indicator or question: scores of the whole index, shares of respondents, a question of several answers.
INDEX, SHARES_OF, MULTIPLE = "index", "shares", "multiple"
#: Which way shares add up, and what is counted of several answers.
Percent = Literal["column", "row"]
Counted = Literal["people", "mentions"]
PERCENTS: tuple[Percent, ...] = ("column", "row")
COUNTED: tuple[Counted, ...] = ("people", "mentions")
#: Groupings one within the other on a side.
MOST_NESTED = 2


@dataclass(frozen=True)
class CrosstabOptions:
    """``rows`` and ``columns``: a grouping, two nested, or the question whose answers stand there; ``measure``: what the cells show.

    ``share`` of the answers to a question in the place of its score; ``percent``: which way shares add up to 100 %; ``counted`` of several
    answers.
    """

    rows: tuple[str, ...] = option(
        "--rows",
        message("A grouping, two nested, or a question whose answers stand in the rows."),
        default=(),
        metavar="COLUMN,…",
        joined=True,
    )
    columns: tuple[str, ...] = option(
        "--columns", message("The same for the columns."), default=(), metavar="COLUMN,…", joined=True
    )  # fmt: skip
    measure: str | None = option(
        "--measure",
        message("index, an indicator or a question, shares (of respondents), or multiple (several answers)."),
        metavar="MEASURE",
    )
    share: Share | None = option(
        "--share", message("A share of the answers or the net promoter score instead of scores."), known=SHARE_NAMES, metavar="SHARE"
    )
    percent: Percent | None = option(
        "--percent", message("Of shares: what adds up to 100 %, column or row."), known=PERCENTS, metavar="SIDE"
    )  # fmt: skip
    counted: Counted | None = option(
        "--counted", message("Of several answers: the share of people or of mentions."), known=COUNTED, metavar="WHAT"
    )  # fmt: skip


Asked = Question[CrosstabOptions]


def settled_crosstab(question: Asked, source: Source) -> Asked:
    """Names as codes, and everything usual written out; raises ManyiError for what cannot be a cross table."""
    schema, options = source.schema, question.options
    rows, columns = (tuple(_side_part(text, schema) for text in side) for side in (options.rows, options.columns))
    measure = options.measure or _usual_measure(rows, columns, schema)
    if not rows or not columns:
        rows, columns = _filled(rows, columns, measure, question, source)
    _refuse_odd_sides(rows, columns, schema)
    options = replace(options, rows=rows, columns=columns, measure=measure)
    asked = question_in(options, schema)
    if measure == SHARES_OF:
        usual: Percent = "row" if asked and asked == columns[0] else "column"
        options = replace(options, percent=options.percent or usual, share=None, counted=None)
        if asked and not (asked in _items(schema) and schema.scale_of(asked).grades):
            raise ManyiError(message("{code} has no grades whose shares could be shown; name a question answered in grades.", code=asked))
    elif measure == MULTIPLE:
        if asked is None or asked not in _multi(schema):
            raise unknown(message("question of several answers"), asked or "", [each.code for each in schema.multi])
        options = replace(options, counted=options.counted or "people", share=None, percent=None)
    else:
        options = replace(options, measure=_code(measure, schema), percent=None, counted=None)
        if asked:
            raise ManyiError(message("Answers of {code} are shown as shares; ask with --measure shares or multiple.", code=asked))
        if options.share:
            codes = (str(options.measure),) if options.measure in _items(schema) else ()
            found = in_shares(replace(question, codes=codes), options.share, source, one=True)
            options = replace(options, measure=found.codes[0])
    return replace(question, options=options)


def question_in(options: CrosstabOptions, schema: SurveySchema) -> str | None:
    """The question whose answers stand in the rows or columns; None where both are groups."""
    there = {*_items(schema), *_multi(schema)}
    return next((name for name in (*options.rows, *options.columns) if name in there and not _is_column(name, schema)), None)


def groupings_of(options: CrosstabOptions, schema: SurveySchema) -> tuple[str, ...]:
    """The group-by columns of both sides."""
    return tuple(name for name in (*options.rows, *options.columns) if _is_column(name, schema))


def multi_of(code: str, schema: SurveySchema) -> MultiQuestion:
    """The question of several answers of that code."""
    return _multi(schema)[code]


def _filled(
    rows: tuple[str, ...], columns: tuple[str, ...], measure: str, question: Asked, source: Source
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both sides; where none is named the first dimensions and attributes that are not narrowed, dimensions of one value left out."""
    schema = source.schema
    if measure == MULTIPLE and not rows and schema.multi and not set(columns) & set(_multi(schema)):
        rows = (schema.multi[0].code,)
    known = source.values(question.waves[-1])
    there = [str(name) for name in DIMENSIONS if len(known.get(str(name), ())) > 1]
    there += [each.stored_as for each in schema.columns if each.role is Role.ATTRIBUTE and each.kind == "text"]
    left = [name for name in there if name not in {*rows, *columns, *question.selection}]
    if len(left) < (not rows) + (not columns):
        raise ManyiError(message("There are no two groupings to cross: too few dimensions and attributes have several values."))
    if not rows:
        rows, left = (left[0],), left[1:]
    return rows, columns or (left[0],)


def _side_part(text: str, schema: SurveySchema) -> str:
    """A grouping by its stored name, or a question by its code."""
    if text in _multi(schema) or (text in _items(schema) and not _is_column(text, schema)):
        return text
    titled = [each.code for each in schema.multi if text in (each.title.zh_CN, each.title.en)]
    if titled:
        return titled[0]
    try:
        return item_code(text, schema)
    except ManyiError:
        return column_name(text, schema)


def _refuse_odd_sides(rows: Sequence[str], columns: Sequence[str], schema: SurveySchema) -> None:
    both = [*rows, *columns]
    for name in both:
        if both.count(name) > 1:
            raise ManyiError(message("{column} stands on both sides of the table, or twice on one; name each grouping once.", column=name))
        if name == Role.WAVE:
            raise ManyiError(message("Waves are no side of a cross table; estimate trend shows them beside each other."))
    for side in (rows, columns):
        if len(side) > MOST_NESTED:
            raise ManyiError(message("A side of a cross table has at most {most} groupings, one within the other.", most=MOST_NESTED))
        asked = [name for name in side if not _is_column(name, schema)]
        if asked and len(side) > 1:
            raise ManyiError(message("Answers of {code} stand alone on their side of the table.", code=shown_value(asked[0])))
    if all(not _is_column(side[0], schema) for side in (rows, columns)):
        raise ManyiError(message("One side of a cross table is a grouping, such as branch or an attribute; found two questions."))


def _usual_measure(rows: Sequence[str], columns: Sequence[str], schema: SurveySchema) -> str:
    there = {*rows, *columns}
    if there & set(_multi(schema)):
        return MULTIPLE
    return SHARES_OF if any(not _is_column(name, schema) for name in there) else INDEX


def _code(measure: str, schema: SurveySchema) -> str:
    """The indicator or question a measure names."""
    if measure == INDEX:
        return schema.tree.code
    known = [*schema.indicator_codes(), *_items(schema)]
    if measure not in known:
        raise unknown(message("measure"), measure, [INDEX, SHARES_OF, MULTIPLE, *dict.fromkeys(known)])
    return measure


def _is_column(name: str, schema: SurveySchema) -> bool:
    return any(name == column.stored_as for column in schema.columns)


def _items(schema: SurveySchema) -> set[str]:
    return {item.code for item in schema.items}


def _multi(schema: SurveySchema) -> dict[str, MultiQuestion]:
    return {each.code: each for each in schema.multi}
