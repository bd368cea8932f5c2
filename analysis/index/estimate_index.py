"""The satisfaction index up the indicator tree, with intervals, bases and ranks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from analysis.disclosure.protected_domains import protected_domains
from analysis.inference.comparable import Comparable, Figure
from analysis.inference.figures import described, estimate, figures_of, hide_small, wanted_codes
from analysis.results.estimates import DEFAULT_THRESHOLDS, Result, Thresholds
from analysis.sums.tallies import WAVE, Tallies
from survey_schema.models import SurveySchema
from words.language import message

METHOD = message(
    "Indicator score = respondent-weighted mean on 0–100 of those who answered; parent = indicator-weighted mean of its children; "
    "intervals by Taylor linearisation with the t distribution."
)


def estimate_index(
    tallies: Tallies,
    schema: SurveySchema,
    *,
    by: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
    codes: Sequence[str] | None = None,
    common: bool = False,
    only: Mapping[str, Collection[str]] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Result:
    """Scores on 0-100 of indicators (all of the tree by default), for everybody or for each group of ``by``.

    Missing answers drop out of their own item only; a parent is the mean over the children that have a score (means are
    aggregated, not respondents' composites, so the printed table adds up by hand). ``n`` of an indicator counts respondents
    with at least one answer under it, ``n_eff`` is Kish's. ``rank`` 1 is the best: among the groups where there are any,
    among the items where there are none; ties share a rank. A group that was not asked what others of its wave were has a note and no
    rank, and so has one with a question that too few answered. With ``common`` every indicator stands on the questions that all its
    groups (and waves) were asked; ``only`` names questions by indicator to which it is narrowed. Raises ManyiError for an unknown code.
    Source: ``docs/methods.md``, sections 1, 2 and 4; checked against R ``survey``.
    """
    over, suppression = protected_domains(tallies, schema, by, where, thresholds)
    figures = figures_of(over, schema, wanted_codes(schema, tallies, codes))
    groups, items = any(name != WAVE for name in by), set(schema.tree.items())

    def family(figure: Figure) -> tuple[str | None, str | None] | None:
        """The groups of a wave per indicator; without groups the items of the tree."""
        return (figure.keys.get(WAVE), figure.code if groups else None) if groups or figure.code in items else None

    figures = hide_small(figures, suppression)
    comparable = Comparable(over, schema, thresholds, suppression.reason)
    if (common and by) or only:
        figures = _levelled(figures, comparable, only or {})
    figures = comparable.beside(figures, [family(figure) if groups else None for figure in figures])
    found = estimate(over, figures, thresholds, family=family)
    return Result(tuple(found), described(METHOD, schema, thresholds, over))


def _levelled(figures: Sequence[Figure], comparable: Comparable, only: Mapping[str, Collection[str]]) -> list[Figure]:
    """All figures of an indicator on the questions common to them, in the order they had."""
    found = list(figures)
    places: dict[str, list[int]] = {}
    for place, figure in enumerate(figures):
        places.setdefault(figure.code, []).append(place)
    for code, own in places.items():
        for place, figure in zip(own, comparable.level([figures[place] for place in own], only.get(code)), strict=True):
            found[place] = figure
    return found
