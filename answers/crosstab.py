"""Cross tables: scores, shares of answers or several answers, rows by columns of any grouping, with letters and totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from analysis.choices.estimate_choices import all_or_none
from analysis.choices.option_sums import MENTIONS, PEOPLE, item_of
from analysis.crosstab.cross_table import CrossTable, Keys, Side, along, in_order, laid_out
from analysis.crosstab.estimate_means import estimate_cross_means
from analysis.crosstab.estimate_shares import (
    ANSWER,
    Categories,
    categories_of_grades,
    categories_of_groups,
    estimate_cross_shares,
    grades_as_text,
)
from analysis.crosstab.pairs_in_lines import largest_certain, tell_apart
from analysis.crosstab.sentence import cross_sentence
from analysis.disclosure.protected_domains import find_suppression, protected_domains
from analysis.inference.figures import figures_of, hide_small
from analysis.inference.share_intervals import share_interval
from analysis.results.estimates import Estimate, Result
from analysis.results.sentences import Segment
from analysis.sums.domains import domains
from answers.choices import CHOICES
from answers.crosstab_question import (
    MULTIPLE,
    SHARES_OF,
    CrosstabOptions,
    groupings_of,
    multi_of,
    question_in,
    settled_crosstab,
)
from answers.flat import collected, tagged
from answers.option_sums_kept import kept_tallies
from answers.question import Question
from answers.shares import in_place_of_scores, share_remark
from answers.topic import Asked, Chapter, Topic
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Language, Message, message

#: Cells of a table; more are no table anybody reads, and take long.
MOST_CELLS = 20_000


def _columns(question: Question[CrosstabOptions], schema: SurveySchema) -> tuple[str, ...]:
    return groupings_of(question.options, schema)


def _compute(asked: Asked[CrosstabOptions]) -> CrossTable:
    options = asked.options
    if options.measure == MULTIPLE:
        return _several_answers(asked)
    groups = [side for side in (options.rows, options.columns) if question_in(options, asked.schema) not in side]
    within = asked.tallies.where(asked.where)
    cells = 1
    for side in groups:
        cells *= max(len(domains(within.named(side), side)), 1)
    if cells > MOST_CELLS:
        raise ManyiError(
            message("The table would have {cells} cells, at most {most} can be shown; select fewer groups.", cells=cells, most=MOST_CELLS)
        )
    return _shares(asked) if options.measure == SHARES_OF else _scores(asked)


def _scores(asked: Asked[CrosstabOptions]) -> CrossTable:
    options, thresholds = asked.options, asked.thresholds
    finished = partial(share_interval, share=options.share, thresholds=thresholds) if options.share else (lambda entry: entry)
    return estimate_cross_means(
        in_place_of_scores(asked.tallies, options.share), asked.schema, rows=options.rows, columns=options.columns,
        code=str(options.measure), order=order_of(asked.schema), where=asked.where, finished=finished, thresholds=thresholds,
    )  # fmt: skip


def _shares(asked: Asked[CrosstabOptions]) -> CrossTable:
    """The categories are on the side that adds up to 100 %; of grades no share of a group shows whose answers are hidden elsewhere."""
    options, schema, where = asked.options, asked.schema, asked.where
    code = question_in(options, schema)
    spread, of, compared = _sides(options)
    frame, groups = asked.frame, of
    hidden: Callable[[Keys, Keys], Message | None]
    if code is None:
        categories, hidden = _group_categories(asked, spread, "respondents"), (lambda _group, _category: None)
    else:
        judged = find_suppression(asked.tallies, schema, spread if of == (code,) else of, where, asked.thresholds)
        everybody = find_suppression(asked.tallies, schema, [], where, asked.thresholds)
        grades = list(reversed(schema.scale_of(code).grades))
        if of == (code,):
            frame, groups = frame.with_columns(**{ANSWER: grades_as_text(code, grades)}), (ANSWER,)
            categories, hidden = _group_categories(asked, spread, code), (lambda _group, category: judged.reason(category, code))
        else:
            categories = categories_of_grades(code, grades)
            hidden = lambda group, _category: (judged if group else everybody).reason(group, code)  # noqa: E731
    return estimate_cross_shares(
        frame, schema, categories=categories, groups=groups, compared=compared, order=order_of(schema), where=where, hidden=hidden,
        thresholds=asked.thresholds,
    )  # fmt: skip


def _sides(options: CrosstabOptions) -> tuple[tuple[str, ...], tuple[str, ...], Side]:
    """What respondents spread over, the groups they are of, and on which side these are."""
    return (options.rows, options.columns, "columns") if options.percent == "column" else (options.columns, options.rows, "rows")


def _group_categories(asked: Asked[CrosstabOptions], names: Sequence[str], code: str) -> Categories:
    over = domains(asked.tallies.where(asked.where).named(names), names)
    if not len(over):
        raise ManyiError(message("No response of the selection has a value of {column}.", column=asked.schema.column_title(names[0], "en")))
    return categories_of_groups(code, in_order(over.keys, order_of(asked.schema)))


def _several_answers(asked: Asked[CrosstabOptions]) -> CrossTable:
    """The figures of the question's own answer by group; letters are those of the shares of people, as there."""
    options, thresholds = asked.options, asked.thresholds
    code = str(question_in(options, asked.schema))
    compared: Side = "columns" if code in options.rows else "rows"
    groups = options.columns if compared == "columns" else options.rows
    by_group, everybody = (asked.ask(CHOICES, by=by, codes=(code,)).of(code) for by in (groups, ()))
    people = options.counted != "mentions"

    def laid(entry: Estimate) -> Estimate:
        return entry._replace(code=code, keys={**entry.keys, ANSWER: entry.code}, rank=None, p_adjusted=None)

    cells, totals = ([laid(row.people if people else row.mentions) for row in found.rows] for found in (by_group, everybody))
    tallies = kept_tallies(asked, multi_of(code, asked.schema))
    over, suppression = protected_domains(tallies.tallies, tallies.schema, groups, asked.where, thresholds)
    codes = [item_of(tallies.question, row.option, PEOPLE) for row in everybody.rows]
    figures = all_or_none(hide_small(figures_of(over, tallies.schema, [*codes, item_of(tallies.question, "", MENTIONS)]), suppression))
    figures = [figure for figure in figures if figure.code in codes]
    smallest = asked.schema.comparison.smallest_interesting_difference
    told = tell_apart(over, figures, [laid(row.people) for row in by_group.rows], [figure.code for figure in figures], thresholds)
    lines = [{ANSWER: entry.keys[ANSWER]} for entry in told.entries]
    answers = tuple({ANSWER: entry.keys[ANSWER]} for entry in totals)
    of_groups = in_order(by_group.groups, order_of(asked.schema))
    rows, columns = (answers, of_groups) if compared == "columns" else (of_groups, answers)
    bases = [_hundred(entry) for entry in cells if entry.keys[ANSWER] == answers[0][ANSWER]]
    by_answer, by_base = along(totals, answers), along(bases, of_groups)
    totals_of_sides = (by_answer, by_base) if compared == "columns" else (by_base, by_answer)
    largest = largest_certain(told, lines, thresholds, smallest, len(told.p)) if people else None
    return CrossTable(
        rows, columns, laid_out(told.entries if people else cells, rows, columns), *totals_of_sides,
        _hundred(totals[0]) if totals else None, compared, False, largest, len(told.p) if people else 0, by_group.provenance,
    )  # fmt: skip


def _hundred(entry: Estimate) -> Estimate:
    """The base of a group, as 100 %."""
    keys = {name: value for name, value in entry.keys.items() if name != ANSWER}
    value = None if entry.value is None else 100.0
    return entry._replace(keys=keys, value=value, se=None, low=None, high=None, df=None, letters=None, verdict=None, deff=None)


def order_of(schema: SurveySchema) -> Callable[[str, str | None], tuple[int, str]]:
    """Values in the order of the schema, grades from the highest down, those it does not list last."""
    places = {column.stored_as: {choice.code: place for place, choice in enumerate(column.choices)} for column in schema.columns}

    def order(name: str, value: str | None) -> tuple[int, str]:
        if name == ANSWER and value is not None:
            return round(-1000 * float(value)), ""
        return places.get(name, {}).get(value or "", len(places.get(name, {}))), value or ""

    return order


def _figures(_asked: Asked[CrosstabOptions], found: CrossTable) -> Result:
    """Cells, totals, and the largest certain difference."""
    cells = [cell for line in found.cells for cell in line]
    rows = [
        *tagged("cell", cells, tested=False),
        *tagged("row_total", found.row_totals, tested=False),
        *tagged("column_total", found.column_totals, tested=False),
        *tagged("whole", [found.whole], tested=False),
    ]
    largest = found.largest
    if largest is not None:
        gap = largest.higher._replace(
            value=largest.difference, se=None, low=largest.low, high=largest.high, p_adjusted=largest.p_adjusted, letters=None,
            n_eff=min(largest.higher.n_eff, largest.lower.n_eff), marked=largest.higher.marked or largest.lower.marked, deff=None, df=None,
        )  # fmt: skip
        rows += tagged("largest_difference", [gap], tested=False)
    other = None if largest is None else dict(largest.lower.keys)
    return collected(rows, found.provenance, compared=found.compared, tests=found.tests, largest_difference_from=other)


def _sentence(asked: Asked[CrosstabOptions], found: CrossTable, language: Language) -> Sequence[Segment]:
    return cross_sentence(
        found, asked.schema, language, title_of_measure(asked, language), percent=asked.options.measure in (MULTIPLE, SHARES_OF)
    )


def title_of_measure(asked: Asked[CrosstabOptions], language: Language) -> str:
    """What the cells show, by name."""
    options = asked.options
    if options.measure in (MULTIPLE, SHARES_OF):
        code = question_in(options, asked.schema)
        return asked.schema.title_of(code, language) if code else message("respondents").text(language)
    return asked.schema.title_of(str(options.measure), language)


def _remarks(asked: Asked[CrosstabOptions], found: CrossTable, _language: Language) -> Sequence[str | Message]:
    told: list[str | Message] = [*share_remark(asked.options.share)]
    if found.hidden:
        told.append(message("{count} cells are not shown: too few answers, or a hidden cell would follow from them.", count=found.hidden))
    if found.largest is None and any(cell.letters not in (None, "a") for cell in found.shown):
        told.append(
            message(
                "Letters are judged line by line; the sentence asks for a difference certain among all {tests} pairs.", tests=found.tests
            )
        )
    if not found.tests and len(found.shown) > 1:
        told.append(message("No letters: there are too many groups for letters to be read, or nothing to compare."))
    if asked.options.counted == "mentions":
        told.append(message("Groups are told apart by their shares of people, not of mentions."))
    return told


CROSSTAB = Topic(
    name="crosstab",
    options=CrosstabOptions,
    compute=_compute,
    figures=_figures,
    sentence=_sentence,
    remarks=_remarks,
    settle=settled_crosstab,
    columns=_columns,
    takes=frozenset({"where"}),
    decimals=1,
    figure_words={
        "cell": message("cell"),
        "row_total": message("total of the row"),
        "column_total": message("total of the column"),
        "whole": message("all together"),
        "largest_difference": message("largest certain difference"),
    },
    chapters=(
        Chapter(
            "crosstab.estimate_means",
            message("Cross table"),
            message(
                "A cell is the figure of everybody who is in its row and its column: the score of an indicator or question, the share of a "
                "grade or of a group among those in its column or row, or the share of people or mentions of an option. Totals are figures "
                "of their own, not sums of cells. Within each row (each column, where shares add up across) all pairs of groups are tested "
                "from the linearised variance of their difference and adjusted by Holm; groups that share a letter cannot be told apart, "
                "and beyond 60 groups there are none. Blue is certainly above another cell of the row and below none, red the reverse. The "
                "largest certain difference is certain among all pairs of the whole table (Bonferroni), and its interval has that level. "
                "What is hidden is judged on the whole table together with its totals. Agrees with svyby and svycontrast of the R package "
                "survey."
            ),
            r"d = m_{ra} - m_{rb}, \qquad d \pm t_{1-\alpha/2k}\, \sqrt{\mathrm{var}(d)}, \quad k \text{ pairs}",
        ),
        Chapter(
            "crosstab.estimate_shares",
            message("Cross table of shares"),
            message(
                "A cell is the weighted share of a grade, of a group or of an option among those in its column or its row. Shares of "
                "one answer each add up to 100 %; of several answers, shares of people may add up to more. Pairs of groups are tested, "
                "adjusted and hidden as in the cross table of scores."
            ),
            r"p_{rc} = \frac{\sum_i w_i y_i}{\sum_i w_i}",
        ),
    ),
)
TOPICS = {CROSSTAB.name: CROSSTAB}
