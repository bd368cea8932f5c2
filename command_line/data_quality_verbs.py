"""``estimate data-quality``: the checks of a wave, their answer in a sentence each, and the figures behind them.

Without ``--by`` the figures of the whole; ``--by branch`` and ``--by interviewer`` those of the groups; ``--list`` the identical responses.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.data_quality.data_quality_sentence import (
    duplicates_verdict,
    effects_verdict,
    lines_verdict,
    missing_verdict,
    profile_verdict,
    quality_sentence,
    speeders_verdict,
    suspects_sentence,
)
from analysis.data_quality.duplicate_answers import CODE as IDENTICAL
from analysis.data_quality.duplicate_answers import DuplicateAnswers, inspect_duplicates
from analysis.data_quality.flagged_response_shares import FlaggedResponseShares
from analysis.data_quality.interviewer_effects import InterviewerEffects, estimate_interviewer_effects
from analysis.data_quality.missingness import Missingness, estimate_missingness
from analysis.data_quality.response_profile import ResponseProfile, response_profile
from analysis.data_quality.speeders import estimate_speeders
from analysis.data_quality.straight_lines import estimate_straight_lines
from analysis.data_quality.suspect_effect import SuspectEffect, estimate_suspect_effect
from analysis.results.estimates import Estimate, Result
from analysis.results.sentences import plain_text
from answers.flat import collected
from command_line.output import console
from command_line.requests import Request
from settings import load_settings
from survey_schema.models import DIMENSIONS, Role
from words.errors import ManyiError
from words.language import message


def data_quality(request: Request) -> Result:
    """All checks of one wave. Shares are in per cent, effects in points."""
    by = _group(request)
    configured = load_settings()
    rules, least, where = configured.quality, configured.check.straight_line_items, dict(request.where)
    frame, schema, thresholds = request.frame, request.schema, request.thresholds
    table = request.population(request.wave)
    population = None if table is None else table.to_pandas()
    who = response_profile(frame, schema, population, where=where, thresholds=thresholds, rules=rules)
    gaps = estimate_missingness(frame, schema, where=where, thresholds=thresholds, rules=rules)
    flat = estimate_straight_lines(frame, schema, least=least, where=where, thresholds=thresholds, rules=rules)
    fast = estimate_speeders(frame, schema, where=where, thresholds=thresholds, rules=rules)
    asked = estimate_interviewer_effects(frame, schema, where=where, thresholds=thresholds, rules=rules)
    same = inspect_duplicates(frame, schema, straight_line_least=least, where=where, thresholds=thresholds, rules=rules)
    suspects = estimate_suspect_effect(frame, schema, straight_line_least=least, where=where, thresholds=thresholds, rules=rules)
    verdicts = [
        profile_verdict(who, schema, console.language), missing_verdict(gaps, schema, console.language),
        lines_verdict(flat, schema, console.language), speeders_verdict(fast, schema, console.language),
        effects_verdict(asked, console.language), duplicates_verdict(same, schema, console.language),
    ]  # fmt: skip
    rows = [
        *_profile(who, by), *_missing(gaps, by), *_marked(flat, by), *_marked(fast, by), *_effects(asked, by), *_copies(same, by),
    ]  # fmt: skip
    if suspects is not None and by is None:
        rows += _suspects(suspects)
    if request.explain.listed:
        rows = _listed(same)
    settings = {**who.settings, **gaps.settings, **flat.settings, **fast.settings, **asked.settings, **same.settings}
    first, second, third, fourth, fifth, sixth = (part.method for part in (who, gaps, flat, fast, asked, same))
    method = message(
        "{first} {second} {third} {fourth} {fifth} {sixth}",
        first=first,
        second=second,
        third=third,
        fourth=fourth,
        fifth=fifth,
        sixth=sixth,
    )
    return collected(
        rows, method, settings, answer=plain_text(quality_sentence(verdicts, console.language)),
        notes=[plain_text(verdict.sentence) for verdict in verdicts] + [plain_text(suspects_sentence(suspects, schema, console.language))],
    )  # fmt: skip


def _group(request: Request) -> str | None:
    if len(request.waves) > 1:
        raise ManyiError(message("The data quality is that of one wave; name one with --wave."))
    known = [*map(str, DIMENSIONS), str(Role.INTERVIEWER)]
    if len(request.by) > 1 or any(name not in known for name in request.by):
        raise ManyiError(message("The data quality can be told by one of {known}.", known=", ".join(known)))
    return request.by[0] if request.by else None


def _percent(estimates: Iterable[Estimate], figure: str) -> list[Estimate]:
    return [
        e._replace(keys={"figure": figure, **e.keys},
            value=None if e.value is None else 100 * e.value,
            low=None if e.low is None else 100 * e.low, high=None if e.high is None else 100 * e.high,
        )
        for e in estimates
    ]  # fmt: skip


def _profile(found: ResponseProfile, by: str | None) -> list[Estimate]:
    rows: list[Estimate] = []
    for column in found.columns:
        if by not in (None, column.column):
            continue
        for row in column.rows:
            plain = Estimate(row.share.keys, row.share.code, row.customers, n=row.share.n, n_eff=row.share.n_eff)
            rows += [*_percent([row.share], "respondents_percent"), *_percent([plain], "customers_percent")]
            if found.weighted:
                rows += _percent([plain._replace(value=row.weighted)], "weighted_percent")
    return rows


def _missing(found: Missingness, by: str | None) -> list[Estimate]:
    if by == Role.BRANCH:
        return _percent(found.cells, "missing_percent")
    return _percent(found.items, "missing_percent") if by is None else []


def _marked(found: FlaggedResponseShares, by: str | None) -> list[Estimate]:
    groups = found.groups.get(by, ()) if by else [found.total] if found.total else []
    return _percent(groups, f"{found.code}_percent")


def _effects(found: InterviewerEffects, by: str | None) -> list[Estimate]:
    if by is None:
        return _percent((one.share for one in found.shares), "variance_percent")
    named = [one for one in found.shares if any(by in e.keys for e in one.effects)]
    return [e._replace(keys={"figure": "effect", **e.keys}) for e in named[-1].effects] if named else []


def _copies(found: DuplicateAnswers, by: str | None) -> list[Estimate]:
    if by is None:
        return _percent([found.total] if found.total else [], "identical_percent")
    rows: list[Estimate] = []
    for group in found.groups.get(by, ()):
        rows += _percent([group.share], "identical_percent")
        if group.share.value is not None:
            plain = Estimate(group.share.keys, IDENTICAL, None, n=group.share.n, n_eff=group.share.n_eff)
            for figure, number in (("pairs", float(group.pairs)), ("pairs_by_chance", group.expected)):
                rows.append(plain._replace(value=number, keys={"figure": figure, **plain.keys}))
    return rows


def _suspects(found: SuspectEffect) -> list[Estimate]:
    """The index of everybody, the index without suspicious responses, and the difference, tested against 0."""
    named = (("index_everybody", found.everybody), ("index_without_suspects", found.kept))
    rows = [e._replace(keys={"figure": figure}, p=None, df=None) for figure, e in named]
    return [*rows, found.difference._replace(keys={"figure": "suspects_effect"})]


def _listed(found: DuplicateAnswers) -> list[Estimate]:
    """The value is the number of the set; the row is that of the workbook."""
    return [
        Estimate(
            {"figure": "copy", "row": str(row.source_row), "respondent": row.respondent_id, **row.groups}, IDENTICAL, float(row.set_number),
            n=1, n_eff=1.0,
        )
        for row in found.rows
    ]  # fmt: skip
