"""The satisfaction index up the indicator tree, with intervals, bases and ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from analysis.figures import estimate, figures_of, hide_small, settings, wanted_codes
from analysis.judged_bases import judge_bases
from analysis.linearise import domains
from analysis.results import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.sums import WAVE, Tallies
from survey_schema.language import message
from survey_schema.models import SurveySchema

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
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Result:
    """Scores on 0-100 of indicators (all of the tree by default), for everybody or for each group of ``by``.

    Missing answers drop out of their own item only; a parent is the mean over the children that have a score (means are
    aggregated, not respondents' composites, so the printed table adds up by hand). ``n`` of an indicator counts respondents
    with at least one answer under it, ``n_eff`` is Kish's. ``rank`` 1 is the best: among the groups where there are any,
    among the items where there are none; ties share a rank. Raises ManyiError for an unknown code. Source: methods 1, 2
    and 4; checked against R ``survey``.
    """
    over = domains(tallies.where(where or {}), by)
    figures = figures_of(over, schema, wanted_codes(schema, tallies, codes))
    judged = judge_bases(tallies, schema, by, where or {}, thresholds)
    found = estimate(over, hide_small(figures, judged), thresholds)
    return Result(tuple(_ranked(found, by, schema)), METHOD, settings(schema, thresholds, over))


def _ranked(estimates: Sequence[Estimate], by: Sequence[str], schema: SurveySchema) -> list[Estimate]:
    """Rank among the groups of a wave per code, or without groups among the items of the tree."""
    ranked = list(estimates)
    groups = [name for name in by if name != WAVE]
    items = set(schema.tree.items())
    families: dict[tuple[object, ...], list[int]] = {}
    for index, entry in enumerate(estimates):
        if entry.value is not None and (groups or entry.code in items):
            families.setdefault((entry.keys.get(WAVE), entry.code if groups else None), []).append(index)
    for family in families.values():
        values = np.round([-(ranked[index].value or 0.0) for index in family], 9)
        ranks = np.searchsorted(np.sort(values), values) + 1
        for index, rank in zip(family, ranks.tolist(), strict=True):
            ranked[index] = Estimate(**{**vars(ranked[index]), "rank": rank})  # several times faster than ``replace``
    return ranked
