"""A cross table of scores: an indicator or item in every combination of a row's and a column's groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from analysis.crosstab.cross_table import CrossTable, along, in_order, key_of, laid_out
from analysis.crosstab.pairs_in_lines import largest_certain, tell_apart
from analysis.disclosure.protected_domains import protected_domains
from analysis.inference.comparable import Comparable, Figure
from analysis.inference.figures import described, estimate, figures_of, hide_small
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.sums.domains import Domains
from analysis.sums.tallies import Tallies
from survey_schema.models import SurveySchema
from words.language import message

METHOD = message(
    "Each cell is the score of its group, each total that of everybody in its row, its column or the selection, so totals are no sums "
    "of cells. Within a row all pairs of columns are tested with their covariance (Holm); columns that share a letter cannot be told "
    "apart. The largest certain difference is certain among all pairs of the table (Bonferroni), and its interval has that level."
)


def estimate_cross_means(
    tallies: Tallies,
    schema: SurveySchema,
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    code: str,
    order: Callable[[str, str | None], tuple[int, str]],
    where: Mapping[str, str] | None = None,
    finished: Callable[[Estimate], Estimate] = lambda entry: entry,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> CrossTable:
    """Scores on 0-100 of ``code`` by ``rows`` × ``columns`` (group-by columns), with the totals of each.

    Suppression is judged on rows × columns together with all margins, so nothing hidden follows from a total. Who has no value of a row's
    or column's grouping is in no cell, and in the totals that do not need it. ``order`` sorts the values of a column; ``finished`` has
    the last word on each estimate, such as the interval of a share. Values and intervals equal those of ``estimate_index``.
    """

    def scores(by: Sequence[str]) -> tuple[Domains, list[Figure], list[Estimate]]:
        over, suppression = protected_domains(tallies, schema, by, where, thresholds)
        figures = hide_small(figures_of(over, schema, [code]), suppression)
        comparable = Comparable(over, schema, thresholds, suppression.reason)
        lines = [key_of(figure.keys, rows) for figure in figures]
        figures = comparable.beside(figures, lines) if by else figures
        return over, figures, [finished(entry) for entry in estimate(over, figures, thresholds)]

    over, figures, entries = scores([*rows, *columns])
    lines = [key_of(figure.keys, rows) for figure in figures]
    told = tell_apart(over, figures, entries, lines, thresholds)
    below, below_figures, below_entries = scores(columns)
    column_totals = tell_apart(below, below_figures, below_entries, [()] * len(below_entries), thresholds).entries
    row_totals, (whole,) = scores(rows)[2], scores([])[2] or (None,)
    heads = [in_order([{name: entry.keys[name] for name in names} for entry in entries], order) for names in (rows, columns)]
    smallest = schema.comparison.smallest_interesting_difference
    largest = largest_certain(told, [{name: figure.keys[name] for name in rows} for figure in figures], thresholds, smallest, len(told.p))
    return CrossTable(
        heads[0], heads[1], laid_out(told.entries, *heads), along(row_totals, heads[0]), along(column_totals, heads[1]), whole,
        "columns", True, largest, len(told.p), described(METHOD, schema, thresholds, over, adjustment="holm"),
    )  # fmt: skip
