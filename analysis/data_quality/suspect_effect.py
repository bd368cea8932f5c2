"""What suspicious responses do to the index: the index of everybody against the index without straight lines, speeders and copies.

Both are means over the same respondents, so the difference is one linear figure with one interval (``analysis.inference.linearise``): the
interval says how sure the difference is, not how sure either index. Marked responses are not wrong for that; the difference says
whether it is worth looking into them. Where fewer are marked than a figure needs, the difference is hidden, since their own score
would follow from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np

from analysis.data_quality.duplicate_answers import copy_expression
from analysis.data_quality.quality_rules import DEFAULT_QUALITY, QualityRules
from analysis.data_quality.speeders import LENGTH, speed_limit, speeder_share
from analysis.data_quality.straight_lines import asked_items, flat_expressions, straight_line_items_fact
from analysis.disclosure.protected_domains import find_suppression
from analysis.inference.comparable import Comparable
from analysis.inference.figures import contrast, described, estimate, figures_of, hide_own_base
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.results.provenance import Provenance
from analysis.sums.across_columns import largest
from analysis.sums.domains import domains
from analysis.sums.tallies import WAVE, sums
from survey_schema.models import SurveySchema
from survey_schema.straight_lines import straight_line_items
from words.language import message

METHOD = message(
    "Index without straight lines, speeders and identical responses minus the index of everybody, as one figure on the same respondents: "
    "Taylor linearisation, respondent weights as they are."
)
_MARK = "suspect__"
_KEPT, _MARKED = "no", "yes"


@dataclass(frozen=True)
class SuspectEffect:
    """``difference`` in points, with ``kept`` and ``everybody`` the two indices; ``marked`` how many responses of ``n`` are suspicious."""

    difference: Estimate
    kept: Estimate
    everybody: Estimate
    marked: int
    n: int
    provenance: Provenance


def estimate_suspect_effect(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    *,
    straight_line_least: int,
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    rules: QualityRules = DEFAULT_QUALITY,
) -> SuspectEffect | None:
    """The headline index with and without marked responses, within ``where``; None where nothing is marked or nothing can be marked.

    ``frame`` holds one wave, unfiltered.
    """
    narrowed = where or {}
    marks = _marks(frame, schema, straight_line_least, tuple(narrowed), rules)
    if not marks:
        return None
    marked = largest(*(mark.cast(nw.Int64) for mark in marks)) > 0
    told = frame.with_columns(nw.when(marked).then(nw.lit(_MARKED)).otherwise(nw.lit(_KEPT)).alias(_MARK))
    whole = sums(told, schema, by=[WAVE, _MARK, *narrowed], items=schema.tree.items())
    over = domains(whole.where(narrowed), [_MARK])
    if {keys[_MARK] for keys in over.keys} != {_KEPT, _MARKED}:
        return None
    both = over.with_sets([{_MARK: None}], np.ones((1, 2)))
    code = schema.tree.code
    places = {keys[_MARK]: place for place, keys in enumerate(both.keys)}
    found = [figures_of(both, schema, [code], [places[name]])[0] for name in (_KEPT, _MARKED, None)]
    kept, suspects, everybody = hide_own_base(found, thresholds)
    judged = find_suppression(whole, schema, [], narrowed, thresholds).reason({}, code)
    everybody = everybody._replace(reason=everybody.reason or judged)
    # the marked ones' own score would follow from the other two, so a small base of theirs hides all but the index of everybody
    kept = kept._replace(reason=kept.reason or suspects.reason or everybody.reason)
    kept, everybody = Comparable(both, schema, thresholds).pair(kept, everybody)
    figures = estimate(both, [contrast(kept, everybody, {}), kept, everybody], thresholds, tested=True)
    counts = [round(float(both.tallies.rows[both.of_cell == group].sum())) for group in (places[_KEPT], places[_MARKED])]
    how = described(METHOD, schema, thresholds, both).plus(speeder_share(rules), straight_line_items_fact(straight_line_least))
    return SuspectEffect(figures[0], figures[1], figures[2], counts[1], sum(counts), how)


def _marks(frame: nw.LazyFrame[Any], schema: SurveySchema, least: int, narrowed: tuple[str, ...], rules: QualityRules) -> list[nw.Expr]:
    items = asked_items(frame, schema)
    lines = straight_line_items(schema, items)
    marks = [flat_expressions(lines, least)[1]] if len(lines) >= least else []
    if (limit := speed_limit(frame, schema, rules)) is not None:
        marks.append((nw.col(LENGTH) < limit).fill_null(False))
    if len(items) >= rules.duplicate_answers:
        marks.append(copy_expression(schema, items, narrowed, rules, least))
    return marks
