"""The figures of the checks of data quality, a row each: shares in per cent, effects in points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analysis.data_quality.duplicate_answers import CODE as IDENTICAL
from analysis.data_quality.duplicate_answers import DuplicateAnswers
from analysis.data_quality.flagged_response_shares import FlaggedResponseShares
from analysis.data_quality.interviewer_effects import InterviewerEffects, VarianceShare
from analysis.data_quality.missingness import Missingness
from analysis.data_quality.response_profile import ProfileRow, ResponseProfile
from analysis.data_quality.suspect_effect import SuspectEffect
from analysis.results.estimates import Estimate
from answers.flat import bare
from survey_schema.columns import Role
from words.language import message

WORDS = {
    "respondents_percent": message("share of respondents, %"),
    "customers_percent": message("share of customers, %"),
    "weighted_percent": message("weighted share, %"),
    "respondents_expected": message("respondents its share of customers would give"),
    "respondents_ratio": message("share of respondents over share of customers"),
    "missing_percent": message("answers missing, %"),
    "straight_lines_percent": message("straight lines, %"),
    "speeders_percent": message("speeders, %"),
    "identical_percent": message("identical responses, %"),
    "variance_percent": message("share of variance, %"),
    "groups": message("groups"),
    "deviation": message("standard deviation between groups, points"),
    "design_effect": message("design effect on the total"),
    "effect": message("difference from the others, points (shrunk)"),
    "pairs": message("identical pairs"),
    "pairs_by_chance": message("identical pairs by chance"),
    "copy": message("set of identical responses"),
    "index_everybody": message("score of everybody"),
    "index_without_suspects": message("score without suspicious responses"),
    "suspects_effect": message("what leaving out suspicious responses does, points"),
}


def profile(found: ResponseProfile, by: str | None) -> list[Estimate]:
    """Who answered and who the customers are, of every column or of one."""
    columns = [column for column in found.columns if by in (None, column.column)]
    return [row for column in columns for entry in column.rows for row in _of_group(entry, weighted=found.weighted)]


def _of_group(row: ProfileRow, *, weighted: bool) -> list[Estimate]:
    plain = Estimate(row.share.keys, row.share.code, row.customers, n=row.share.n, n_eff=row.share.n_eff)
    return [
        *_percent([row.share], "respondents_percent"), *_percent([plain], "customers_percent"),
        *(_percent([plain._replace(value=row.weighted)], "weighted_percent") if weighted else []),
        *_named(plain, {"respondents_expected": row.expected, "respondents_ratio": row.ratio}),
    ]  # fmt: skip


def missing(found: Missingness, by: str | None) -> list[Estimate]:
    """Missing answers by question, or by question and branch."""
    if by == Role.BRANCH:
        return _percent(found.cells, "missing_percent")
    return _percent(found.items, "missing_percent") if by is None else []


def flagged(found: FlaggedResponseShares, by: str | None) -> list[Estimate]:
    """Responses that are flagged, in all or by group."""
    groups = found.groups.get(by, ()) if by else [found.total] if found.total else []
    return _percent(groups, f"{found.code}_percent")


def effects(found: InterviewerEffects, by: str | None) -> list[Estimate]:
    """Shares of variance, or what each group differs by."""
    if by is None:
        return [row for one in found.shares for row in _of_share(one)]
    named = [one for one in found.shares if any(by in e.keys for e in one.effects)]
    return [e._replace(keys={"figure": "effect", **e.keys}) for e in named[-1].effects] if named else []


def _of_share(one: VarianceShare) -> list[Estimate]:
    rows = _percent([one.share], "variance_percent")
    if one.share.value is None:
        return rows
    figures = {"groups": float(one.groups), "deviation": one.deviation, "design_effect": one.design_effect}
    return [*rows, *(row for name, value in figures.items() for row in bare(name, {one.share.code: value}, one.share))]


def copies(found: DuplicateAnswers, by: str | None) -> list[Estimate]:
    """Identical responses in all, or by group with the pairs within it."""
    if by is None:
        return _percent([found.total] if found.total else [], "identical_percent")
    rows: list[Estimate] = []
    for group in found.groups.get(by, ()):
        rows += _percent([group.share], "identical_percent")
        if group.share.value is not None:
            plain = Estimate(group.share.keys, IDENTICAL, None, n=group.share.n, n_eff=group.share.n_eff)
            rows += _named(plain, {"pairs": float(group.pairs), "pairs_by_chance": group.expected})
    return rows


def suspects(found: SuspectEffect) -> list[Estimate]:
    """The index of everybody, the index without suspicious responses, and the difference, tested against 0."""
    named = (("index_everybody", found.everybody), ("index_without_suspects", found.kept))
    rows = [e._replace(keys={"figure": figure}, p=None, df=None) for figure, e in named]
    return [*rows, found.difference._replace(keys={"figure": "suspects_effect"})]


def listed(found: DuplicateAnswers) -> list[Estimate]:
    """The value is the number of the set; the row is that of the workbook."""
    return [
        Estimate(
            {"figure": "copy", "row": str(row.source_row), "respondent": row.respondent_id, **row.groups}, IDENTICAL, float(row.set_number),
            n=1, n_eff=1.0,
        )
        for row in found.rows
    ]  # fmt: skip


def _named(plain: Estimate, values: Mapping[str, float]) -> list[Estimate]:
    return [plain._replace(value=value, keys={"figure": figure, **plain.keys}) for figure, value in values.items()]


def _percent(estimates: Iterable[Estimate], figure: str) -> list[Estimate]:
    return [
        e._replace(keys={"figure": figure, **e.keys},
            value=None if e.value is None else 100 * e.value,
            low=None if e.low is None else 100 * e.low, high=None if e.high is None else 100 * e.high,
        )
        for e in estimates
    ]  # fmt: skip
