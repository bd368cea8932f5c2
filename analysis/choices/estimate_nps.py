"""The net promoter score with what it is made of: promoters, passives and detractors, by any grouping, groups told apart.

The score is that of :mod:`analysis.index.estimate_rates`: 100 × (share of 9 and 10 − share of 0 to 6) as one linear figure. Promoters,
passives and detractors are shares of the same people. Groups are told apart by their scores.

Source: Reichheld (2003); ``docs/methods.md``; checked against R ``survey`` (svymean).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from analysis.choices.group_tests import against_rest, with_letters
from analysis.disclosure.protected_domains import protected_domains
from analysis.index.estimate_rates import item_figures
from analysis.inference.figures import described, estimate, hide_small
from analysis.inference.share_intervals import share_interval
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.results.provenance import Provenance
from analysis.sums.domains import domains
from analysis.sums.share_tallies import Promotion, promotion_tallies, share_tallies
from analysis.sums.tallies import Tallies
from survey_schema.models import SurveySchema
from words.language import message

METHOD = message(
    "Net promoter score: share of 9 and 10 minus share of 0 to 6, times 100, weighted, as one figure with its own linearised variance and "
    "Student's t. Groups that share a letter cannot be told apart (all pairs, Holm)."
)
PROMOTIONS: tuple[Promotion, ...] = get_args(Promotion)


@dataclass(frozen=True)
class PromoterRow:
    """One question in one group: ``nps`` on −100…100; the shares by kind in per cent."""

    keys: Mapping[str, str | None]
    code: str
    nps: Estimate
    shares: Mapping[Promotion, Estimate]


@dataclass(frozen=True)
class Promoters:
    """All questions, group by group."""

    rows: tuple[PromoterRow, ...]
    provenance: Provenance


def estimate_nps(
    tallies: Tallies,
    schema: SurveySchema,
    *,
    codes: Sequence[str],
    by: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Promoters:
    """Net promoter scores of the items ``codes``, for everybody or for each group of ``by`` within ``where``.

    Missing answers are left out.
    """
    over, suppression = protected_domains(tallies, schema, by, where, thresholds)
    figures = hide_small(item_figures(over, schema, tallies, codes), suppression)
    scored = share_tallies(tallies, "nps")
    counted = domains(scored.where(where or {}).named(by), by)
    entries = estimate(counted, figures, thresholds)
    entries = with_letters(counted, figures, entries, thresholds) if by else entries
    entries = against_rest(entries, scored, schema, by, where or {}, thresholds)
    scores = [share_interval(entry, "nps", thresholds, 100.0) for entry in entries]
    shares: dict[Promotion, list[Estimate]] = {}
    for kind in PROMOTIONS:
        parts = domains(promotion_tallies(tallies, kind).where(where or {}).named(by), by)
        shares[kind] = [share_interval(entry, "satisfied", thresholds, 100.0) for entry in estimate(parts, figures, thresholds)]
    rows = [
        PromoterRow(score.keys, score.code, score, {kind: shares[kind][place] for kind in PROMOTIONS}) for place, score in enumerate(scores)
    ]
    return Promoters(tuple(rows), described(METHOD, schema, thresholds, over, adjustment="holm" if by else None))
