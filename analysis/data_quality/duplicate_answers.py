"""Identical responses: answer vectors that occur more than once, and whether one branch or interviewer has more of them than chance gives.

Two responses are copies of each other when every question has the same answer or is open in both. Compared are responses with enough
answers; straight lines are left out, for they are identical by nature and are looked at by themselves.

Chance: identical responses occur anyway. If it did not matter who interviewed whom, the T identical pairs of the wave would fall into a
group of n of the N responses by drawing lots. The number of identical pairs inside the group then has the mean T·p₂ and the second moment
T·p₂ + S·p₃ + (T² − T − S)·p₄, with p_k = n(n−1)…(n−k+1)/(N(N−1)…(N−k+1)) and S the ordered pairs of identical pairs that share a response.
p is the upper tail of a Poisson distribution, or of a negative binomial one of the same mean and variance where copies come in bunches.
The moments are those of sampling without replacement. Source of the idea: Kuriakose and Robbins (2016), Statistical Journal of the
IAOS 32(3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from scipy import stats

from analysis.data_quality.flagged_response_shares import fieldwork_columns, quality_provenance, questions_compared
from analysis.data_quality.quality_rules import DEFAULT_QUALITY, QualityRules
from analysis.data_quality.share_tests import share_of
from analysis.data_quality.straight_lines import asked_items, flat_expressions
from analysis.disclosure.protected_counts import GroupCount, count_cells, protected_counts
from analysis.inference.adjusted_tests import with_verdicts
from analysis.inference.parts import fails_alone
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.results.provenance import Fact, Provenance
from analysis.sums.tallies import WEIGHT, Array
from survey_schema.models import SurveySchema
from survey_schema.straight_lines import straight_line_items
from words.language import Message, message

CODE = "identical"
METHOD = message(
    "Responses whose answers to all questions are identical, among those with enough answers, straight lines left out; identical pairs "
    "within a group against the number drawing lots would give (exact mean and variance; Poisson or negative binomial tail), "
    "Benjamini–Hochberg."
)
_N = "base"
_COPIES = "copies"


@dataclass(frozen=True)
class CopyGroup:
    """One branch or interviewer: the share of its responses that have a copy anywhere, identical pairs within it and by chance."""

    share: Estimate
    pairs: int
    expected: float


@dataclass(frozen=True)
class CopiedRow:
    """One response that has a copy: where it stands in the workbook, its opaque id, and which set of copies it belongs to."""

    set_number: int
    source_row: int
    respondent_id: str | None
    groups: Mapping[str, str | None]


@dataclass(frozen=True)
class DuplicateAnswers:
    """Identical responses in all, by group, and listed. ``total`` is None exactly when ``reason`` says why.

    ``difference_share``: a group that stands out is a concern where at least this share of its responses has a copy.
    """

    total: Estimate | None
    pairs: int
    groups: Mapping[str, tuple[CopyGroup, ...]]
    rows: tuple[CopiedRow, ...]
    provenance: Provenance
    reason: Message | None = None
    difference_share: float = DEFAULT_QUALITY.difference_share

    def of_concern(self, column: str) -> list[CopyGroup]:
        """Those standing out in which copies are more than a few."""
        return [group for group in self.standing_out(column) if (group.share.value or 0.0) >= self.difference_share]

    def standing_out(self, column: str) -> list[CopyGroup]:
        """Groups with more identical pairs than chance gives, the largest surplus first."""
        found = [group for group in self.groups.get(column, ()) if group.share.verdict == "higher"]
        return sorted(found, key=lambda group: group.expected - group.pairs)


@fails_alone(lambda: DuplicateAnswers(None, 0, {}, (), Provenance(METHOD)))
def inspect_duplicates(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    *,
    straight_line_least: int,
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    rules: QualityRules = DEFAULT_QUALITY,
    most_rows: int = 1000,
) -> DuplicateAnswers:
    """Copies within ``where``. ``frame`` holds one wave, unfiltered; ``most_rows`` bounds the list, largest sets first."""
    narrowed, items = where or {}, asked_items(frame, schema)
    least_answers = Fact("duplicate_answers", rules.duplicate_answers, message("Identical responses: answers at least"))
    smallest = Fact("difference_share", rules.difference_share, message("Smallest share called a difference"))
    how = quality_provenance(METHOD, thresholds, least_answers, smallest, questions_compared(len(items)))
    if len(items) < rules.duplicate_answers:
        reason = message(
            "Copies can be told from {least} answers on; these responses have {count} questions.",
            least=rules.duplicate_answers, count=len(items),
        )  # fmt: skip
        return DuplicateAnswers(None, 0, {}, (), how, reason)
    columns = fieldwork_columns(frame, schema, narrowed)
    eligible = frame.filter(nw.col(WEIGHT) > 0, _comparable(schema, items, rules, straight_line_least))
    cells = count_cells(eligible, {_N: nw.lit(1)}, [*columns, *narrowed])
    inside = eligible.filter(*(nw.col(name) == value for name, value in narrowed.items())) if narrowed else eligible
    copied = _copied(inside, items, columns)
    whole = protected_counts(cells, [], narrowed, thresholds)
    if not whole or not whole[0].n:
        return DuplicateAnswers(None, 0, {}, (), how, message("No response has enough answers to be compared."))
    if whole[0].reason is not None:
        return DuplicateAnswers(None, 0, {}, (), how, whole[0].reason)
    sizes = copied.groupby("set").size().to_numpy(dtype=np.float64)
    total = share_of(_with_copies(whole[0], len(copied)), CODE, _COPIES, _N, thresholds)
    groups = {}
    for column in columns:
        counted = protected_counts(cells, [column], narrowed, thresholds)
        if len(counted) > 1:
            groups[column] = _compared(counted, column, copied, sizes, whole[0].n, thresholds)
    pairs = int((sizes * (sizes - 1) / 2).sum())
    hidden = {(column, group.share.keys[column]) for column, found in groups.items() for group in found if group.share.reason is not None}
    return DuplicateAnswers(total, pairs, groups, _listed(copied, columns, hidden, most_rows), how, difference_share=rules.difference_share)


def copy_expression(
    schema: SurveySchema, items: list[str], within: tuple[str, ...], rules: QualityRules, straight_line_least: int
) -> nw.Expr:
    """Whether a response has an identical copy among the responses with the same values in ``within``; never null."""
    same = nw.col(WEIGHT).count().over(*items, *within)
    return (_comparable(schema, items, rules, straight_line_least) & (nw.col(WEIGHT) > 0) & (same > 1)).fill_null(False)


def pair_moments(sizes: Array, n: float, everybody: float) -> tuple[float, float]:
    """Mean and variance of the identical pairs that fall into ``n`` of ``everybody`` by lot; ``sizes`` are those of the sets of copies.

    >>> pair_moments(np.array([2.0]), 50, 100)
    (0.24747474747474749, 0.18623099683705744)
    """
    pairs, shared = float((sizes * (sizes - 1) / 2).sum()), float((sizes * (sizes - 1) * (sizes - 2)).sum())
    chance = [float(np.prod([max(n - k, 0) / max(everybody - k, 1) for k in range(size)])) for size in (2, 3, 4)]
    mean = pairs * chance[0]
    second = mean + shared * chance[1] + (pairs**2 - pairs - shared) * chance[2]
    return mean, max(second - mean**2, 0.0)


def surplus_p(pairs: int, mean: float, variance: float) -> float:
    """The chance of at least so many identical pairs."""
    if pairs == 0:
        return 1.0
    if variance <= mean * 1.000001:
        return float(stats.poisson.sf(pairs - 1, mean))
    return float(stats.nbinom.sf(pairs - 1, mean**2 / (variance - mean), mean / variance))


def _comparable(schema: SurveySchema, items: list[str], rules: QualityRules, straight_line_least: int) -> nw.Expr:
    answers = nw.sum_horizontal(*((~nw.col(code).is_null()).cast(nw.Int64) for code in items))
    lines = straight_line_items(schema, items)
    enough = answers >= rules.duplicate_answers
    return enough & ~flat_expressions(lines, straight_line_least)[1] if len(lines) >= straight_line_least else enough


def _copied(frame: nw.LazyFrame[Any], items: list[str], columns: tuple[str, ...]) -> pd.DataFrame:
    """The responses that have a copy: set number (largest set first), place in the workbook, id, groups. Only they leave the engine."""
    same = [nw.col(code).fill_null(-1.0).alias(f"answer{place}") for place, code in enumerate(items)]
    names = [f"answer{place}" for place in range(len(items))]
    told = frame.select("source_row", "respondent_id", *columns, *same)
    sets = told.group_by(*names).agg(nw.len().alias("size")).filter(nw.col("size") > 1)
    found: pd.DataFrame = told.join(sets, on=names, how="inner").collect("pandas").to_native()
    if found.empty:
        return found.assign(set=pd.Series(dtype=np.int64))
    raw = found.groupby(names, sort=False).ngroup()
    first = found["source_row"].groupby(raw).transform("min")
    order = found.assign(raw=raw, first=first).sort_values(["size", "first", "source_row"], ascending=[False, True, True])
    order["set"] = pd.factorize(order["raw"])[0] + 1
    keep = ["set", "source_row", "respondent_id", *columns]
    listed = order[keep].reset_index(drop=True).astype({"respondent_id": object})
    return listed.where(listed.notna(), None)


def _with_copies(group: GroupCount, copies: int) -> GroupCount:
    return replace(group, sums={**group.sums, _COPIES: float(copies)})


def _compared(
    counted: list[GroupCount], column: str, copied: pd.DataFrame, sizes: Array, everybody: int, thresholds: Thresholds
) -> tuple[CopyGroup, ...]:
    found = []
    for group in counted:
        mine = copied[copied[column] == group.keys[column]]
        inside = mine.groupby("set").size().to_numpy(dtype=np.float64)
        pairs = round(float((inside * (inside - 1) / 2).sum()))
        mean, variance = pair_moments(sizes, group.n, everybody)
        share = share_of(_with_copies(group, len(mine)), CODE, _COPIES, _N, thresholds)
        p = surplus_p(pairs, mean, variance) if share.value is not None else None
        found.append(CopyGroup(share._replace(p=p), pairs if p is not None else 0, mean if p is not None else 0.0))
    judged = with_verdicts([entry.share for entry in found], "fdr_bh", thresholds)
    return tuple(replace(entry, share=share) for entry, share in zip(found, judged, strict=True))


def _listed(copied: pd.DataFrame, columns: tuple[str, ...], hidden: set[tuple[str, str | None]], most: int) -> tuple[CopiedRow, ...]:
    """The copies without those of groups that are hidden; a set of which only one response is left is left out too."""
    if copied.empty:
        return ()
    keep = np.ones(len(copied), dtype=bool)
    for column in columns:
        keep &= ~copied[column].isin([value for name, value in hidden if name == column]).to_numpy(dtype=bool)
    rest = copied[keep]
    rest = rest[rest.groupby("set")["set"].transform("size") > 1].head(most)
    return tuple(
        CopiedRow(int(row["set"]), int(row["source_row"]), row["respondent_id"], {name: row[name] for name in columns})
        for _index, row in rest.iterrows()
    )
