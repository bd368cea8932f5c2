"""Gap 5, the service gap: perception − expectation, paired by respondent and weighted, by item, indicator and in total.

Of item i the gap is the weighted mean of the respondents' own differences, d = perception − expectation on 0–100; of an indicator
Σ a·gap / Σ a, so that the table adds up by hand. Variance: Taylor linearisation of the difference, so the covariance of the two answers is
in it; t with (sampling units − strata) degrees of freedom. p values of items are adjusted by Benjamini and Hochberg over items and groups,
those of dimensions and of totals likewise among themselves. Negative gaps fall short.

Source: ``docs/methods.md``, sections 4 and 6; Parasuraman, Zeithaml and Berry (1988); checked against R ``survey`` (``svymean`` of the
difference, ``svyttest``).
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.disclosure.protected_domains import protected_domains
from analysis.gaps.gap_result import Gap, GapAnalysis, falls_short
from analysis.gaps.gap_schema import gap_codes
from analysis.gaps.gap_sums import GapTallies, PairedTallies, Where
from analysis.inference.adjusted_tests import with_verdicts
from analysis.inference.comparable import Comparable
from analysis.inference.figures import described, estimate, figures_of, hide_small
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.results.provenance import Provenance
from analysis.sums.tallies import WAVE
from survey_schema.models import SurveySchema
from words.language import message

METHOD = message(
    "Perception minus expectation of the same respondents, in points; linearised variance of the difference, p by Benjamini–Hochberg over "
    "all items and groups, also those that are not listed."
)


def estimate_service_gap(
    tallies: PairedTallies,
    *,
    by: Sequence[str] = (),
    where: Where | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> GapAnalysis:
    """The service gap of every item and indicator, for everybody or for each group of ``by`` within ``where``.

    Missing data: pairwise within an item. Groups that were not asked what others were have
    a note, since their dimensions stand on other items.
    """
    derived = tallies.gap.schema
    differences, how = _estimates(tallies.gap, by, where, thresholds, tested=True)
    perceptions, expectations = (_estimates(side, by, where, thresholds)[0] for side in (tallies.perception, tallies.expectation))
    judged = adjusted(differences, derived, thresholds)
    gaps = tuple(
        Gap(gap, plus, minus, falls_short(gap, below=True)) for gap, plus, minus in zip(judged, perceptions, expectations, strict=True)
    )
    return GapAnalysis("service", gaps, Result(tuple(judged), how.plus(adjustment="fdr_bh")), derived)


def adjusted(found: Sequence[Estimate], derived: SurveySchema, thresholds: Thresholds) -> list[Estimate]:
    """Adjusted p values and verdicts: items, indicators and totals are a family of Benjamini and Hochberg each."""
    items = {item.code for item in derived.items}
    level = ["total" if e.code == derived.tree.code else "item" if e.code in items else "indicator" for e in found]
    judged = list(found)
    for each in ("total", "indicator", "item"):
        places = [place for place, own in enumerate(level) if own == each]
        smallest = derived.comparison.smallest_interesting_difference
        family = with_verdicts([found[place] for place in places], "fdr_bh", thresholds, smallest)
        for place, entry in zip(places, family, strict=True):
            judged[place] = entry
    return judged


def _estimates(
    side: GapTallies, by: Sequence[str], where: Where | None, thresholds: Thresholds, *, tested: bool = False
) -> tuple[list[Estimate], Provenance]:
    over, suppression = protected_domains(side.tallies, side.schema, by, where, thresholds)
    figures = hide_small(figures_of(over, side.schema, gap_codes(side.schema)), suppression)
    groups = any(name != WAVE for name in by)
    comparable = Comparable(over, side.schema, thresholds, suppression.reason)
    figures = comparable.beside(figures, [figure.keys.get(WAVE, "") if groups else None for figure in figures])
    return estimate(over, figures, thresholds, tested=tested), described(METHOD, side.schema, thresholds, over)
