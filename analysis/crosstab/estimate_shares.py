"""A cross table of shares: how the respondents of each group spread over categories, which are grades of a question or other groups.

The share of a category is Σw·1[in it]/Σw over the group's respondents who are in any, a domain mean of an indicator variable, so its
variance, interval and tests are those of any share (:mod:`analysis.choices.estimate_choices`). Of a grouping's columns shares add up to
100 % down the columns, or across the rows where rows are the groups.

Missing data: who has no answer to the question, or no value of the grouping, is in no base.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import narwhals as nw

from analysis.choices.option_sums import points_schema
from analysis.crosstab.cross_table import CrossTable, Keys, Side, along, in_order, laid_out
from analysis.crosstab.pairs_in_lines import ToldApart, largest_certain, tell_apart
from analysis.disclosure.protected_domains import protected_domains
from analysis.inference.comparable import Figure
from analysis.inference.figures import described, estimate, figures_of, hide_small
from analysis.inference.share_intervals import share_interval
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.results.provenance import Provenance
from analysis.sums.tallies import WAVE, sums
from survey_schema.models import SurveySchema
from words.language import Message, message

METHOD = message(
    "Share of a category: of the respondents of a group who are in any, weighted, in per cent; linearised variance with strata and "
    "clusters, Wilson's interval on the effective base. Within a category all pairs of groups are tested with their covariance (Holm); "
    "groups that share a letter cannot be told apart. The largest certain difference is certain among all pairs (Bonferroni)."
)
#: Categories added up in one pass: the second moments of a pass grow with the square of their number.
_IN_A_PASS = 16
#: The column of a table's groups where they are the grades of a question.
ANSWER = "answer"


@dataclass(frozen=True)
class Categories:
    """What respondents spread over: ``keys`` of each category and the condition ``holds`` that says who is in it, null for who is in none.

    ``code`` is what a record calls the figure.
    """

    code: str
    keys: tuple[Keys, ...]
    holds: tuple[nw.Expr, ...]


def grades_as_text(code: str, grades: Sequence[float]) -> nw.Expr:
    """The grade of a question as the text a table's column has, null without an answer."""
    given, found = nw.col(code).cast(nw.Float64), nw.lit(None, nw.String)
    for grade in grades:
        found = nw.when(given == grade).then(nw.lit(f"{grade:g}")).otherwise(found)
    return found


def categories_of_grades(code: str, grades: Sequence[float]) -> Categories:
    """The grades of a question, as answered, best first as a reader expects of a scale: from the highest down."""
    given = nw.col(code).cast(nw.Float64)
    asked = ~given.is_null()
    holds = tuple(nw.when(asked).then((given == grade).cast(nw.Float64) * 100.0) for grade in grades)
    return Categories(code, tuple({ANSWER: f"{grade:g}"} for grade in grades), holds)


def categories_of_groups(code: str, keys: Sequence[Keys]) -> Categories:
    """Groups of one column or several; who has no value of one of them is in none."""
    names = list(keys[0])
    named = nw.all_horizontal(*(~nw.col(name).is_null() for name in names), ignore_nulls=False)
    holds = tuple(
        nw.when(named).then(
            nw.all_horizontal(*(nw.col(name) == value for name, value in each.items()), ignore_nulls=False).cast(nw.Float64) * 100.0
        )
        for each in keys
    )
    return Categories(code, tuple(keys), holds)


def estimate_cross_shares(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    *,
    categories: Categories,
    groups: Sequence[str],
    compared: Side,
    order: Callable[[str, str | None], tuple[int, str]],
    where: Mapping[str, str] | None = None,
    hidden: Callable[[Keys, Keys], Message | None] = lambda _group, _category: None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> CrossTable:
    """Shares in per cent of ``categories`` in each group of the columns ``groups`` of ``frame`` (whole waves), and in all together.

    ``compared`` says where the groups stand: in the columns the shares are column per cents, in the rows row per cents. All shares of a
    group with too small a base are hidden together; ``hidden`` names further reasons for a group (no keys: all together) and a category.
    """
    parts = [
        _some(frame, schema, categories, slice(at, at + _IN_A_PASS), groups, where or {}, hidden, thresholds)
        for at in range(0, len(categories.keys), _IN_A_PASS)
    ]
    cells = [entry for part in parts for entry in part.told.entries]
    totals = [entry for part in parts for entry in part.totals]
    of_groups = in_order([{name: entry.keys[name] for name in groups} for entry in cells], order)
    rows, columns = (categories.keys, of_groups) if compared == "columns" else (of_groups, categories.keys)
    smallest = schema.comparison.smallest_interesting_difference
    tests = sum(len(part.told.p) for part in parts)
    found = [largest for part in parts if (largest := largest_certain(part.told, part.lines, thresholds, smallest, tests)) is not None]
    by_category, by_group = along(totals, categories.keys), along(_wholes(cells, categories), of_groups)
    return CrossTable(
        rows, columns, laid_out(cells, rows, columns), *((by_category, by_group) if compared == "columns" else (by_group, by_category)),
        next(iter(_wholes(totals, categories)), None), compared, False, max(found, key=lambda each: each.difference, default=None), tests,
        parts[0].provenance,
    )  # fmt: skip


class _Part(NamedTuple):
    """Some of the categories: the pairs told apart, the heading of each figure's line, the shares of all together, how they came about."""

    told: ToldApart
    lines: list[Keys]
    totals: list[Estimate]
    provenance: Provenance


def _some(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    categories: Categories,
    some: slice,
    groups: Sequence[str],
    where: Mapping[str, str],
    hidden: Callable[[Keys, Keys], Message | None],
    thresholds: Thresholds,
) -> _Part:
    """These categories in one pass."""
    keys = {f"category_{place}": each for place, each in enumerate(categories.keys[some])}
    derived = points_schema(schema, categories.code, schema.tree.title, list(keys))
    by = tuple(dict.fromkeys((WAVE, *groups, *where)))
    tallies = sums(frame.with_columns(**dict(zip(keys, categories.holds[some], strict=True))), derived, by)

    def shares(of: Sequence[str]) -> tuple[Any, list[Figure], list[Estimate]]:
        over, suppression = protected_domains(tallies, derived, of, where, thresholds)
        figures = [
            figure._replace(reason=figure.reason or hidden(figure.keys, keys[figure.code]))
            for figure in hide_small(figures_of(over, derived, list(keys)), suppression)
        ]
        return over, figures, [share_interval(entry, "satisfied", thresholds, 100.0) for entry in estimate(over, figures, thresholds)]

    def named(entries: Sequence[Estimate]) -> list[Estimate]:
        return [entry._replace(code=categories.code, keys={**entry.keys, **keys[entry.code]}) for entry in entries]

    over, figures, entries = shares(groups)
    told = tell_apart(over, figures, entries, [figure.code for figure in figures], thresholds)
    lines = [keys[figure.code] for figure in figures]
    provenance = described(METHOD, derived, thresholds, over, adjustment="holm")
    return _Part(told._replace(entries=named(told.entries)), lines, named(shares([])[2]), provenance)


def _wholes(entries: Sequence[Estimate], categories: Categories) -> list[Estimate]:
    """Of each group the base its shares are of, as 100 %, hidden where all of them are."""
    found: dict[tuple[object, ...], list[Estimate]] = {}
    for entry in entries:
        group = {name: value for name, value in entry.keys.items() if name not in categories.keys[0]}
        found.setdefault(tuple(group.items()), []).append(entry._replace(keys=group))
    return [
        next((each for each in own if each.value is not None), own[0])._replace(
            value=100.0 if any(each.value is not None for each in own) else None,
            se=None, low=None, high=None, df=None, letters=None, verdict=None, deff=None,
        )
        for own in found.values()
    ]  # fmt: skip
