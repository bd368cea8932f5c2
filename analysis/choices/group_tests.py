"""Groups told apart option by option: letters from all pairs, and each group against the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.compare.compare_groups import compare_with_rest
from analysis.compare.rank_intervals import letters, told_apart
from analysis.inference.compact_letter_display import MOST_GROUPS
from analysis.inference.comparable import Figure
from analysis.results.estimates import Estimate, Thresholds
from analysis.sums.domains import Domains
from analysis.sums.tallies import Tallies
from survey_schema.models import SurveySchema


def with_letters(over: Domains, figures: Sequence[Figure], entries: Sequence[Estimate], thresholds: Thresholds) -> list[Estimate]:
    """Entries of shown figures with the letters of their group among all groups, code by code.

    Groups that share a letter cannot be told apart: all pairs of a code tested with their covariance, Holm-adjusted.
    """
    lettered = list(entries)
    for code in dict.fromkeys(figure.code for figure in figures):
        shown = [place for place, figure in enumerate(figures) if figure.code == code and entries[place].value is not None]
        if not 1 < len(shown) <= MOST_GROUPS:
            continue
        apart = told_apart(over, [figures[place] for place in shown], thresholds)
        display = letters([entries[place].value or 0.0 for place in shown], apart)
        for at, place in enumerate(shown):
            lettered[place] = lettered[place]._replace(letters=display.get(at))
    return lettered


def against_rest(
    entries: Sequence[Estimate],
    tallies: Tallies,
    schema: SurveySchema,
    by: Sequence[str],
    where: Mapping[str, str],
    thresholds: Thresholds,
) -> list[Estimate]:
    """Entries with ``verdict`` and ``p_adjusted`` of their group against all the others together, where they are of one column.

    One option is a family of Holm, several are one of Benjamini and Hochberg, as everywhere groups are set against the rest.
    """
    codes = list(dict.fromkeys(entry.code for entry in entries))
    if len(by) != 1 or not codes:
        return list(entries)
    rest = compare_with_rest(tallies, schema, dimension=by[0], where=where, codes=codes, thresholds=thresholds)
    known = {(gap.code, gap.keys[by[0]]): gap for gap in rest.estimates if gap.reason is None}
    judged = []
    for entry in entries:
        gap = known.get((entry.code, entry.keys[by[0]])) if entry.value is not None else None
        judged.append(entry._replace(verdict=gap.verdict, p_adjusted=gap.p_adjusted) if gap else entry)
    return judged
