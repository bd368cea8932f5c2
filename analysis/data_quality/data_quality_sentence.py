"""What each check of a wave's data quality says, as a sentence and as a few words, and the answer over all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.data_quality.duplicate_answers import DuplicateAnswers
from analysis.data_quality.flagged_response_shares import FlaggedResponseShares
from analysis.data_quality.interviewer_effects import BRANCHES, WITHIN, InterviewerEffects, VarianceShare
from analysis.data_quality.missingness import Missingness
from analysis.data_quality.response_profile import ProfileColumn, ResponseProfile
from analysis.data_quality.speeders import Speeders
from analysis.data_quality.suspect_effect import SuspectEffect
from analysis.results.estimates import Estimate
from analysis.results.sentences import Segment, at_a_glance
from survey_schema.columns import DIMENSIONS, Role
from survey_schema.models import SurveySchema
from words.language import Language, number_text, translator
from words.lists import listed

#: Weighted shares that differ by less than this in all follow the customers.
_CURED = 0.01
_MOST_NAMED = 3
#: Concerns the answer over all checks tells where it stays short; the others are told where they are shown.
_MOST_TOLD = 2
_IN_BRACKETS = re.compile(r"[（(]([^（()）]{1,12})[)）]\s*$")


@dataclass(frozen=True)
class PartVerdict:
    """One check: ``sound`` is None where it could not be made; ``short`` are the words the answer over all checks is made of."""

    sound: bool | None
    sentence: tuple[Segment, ...]
    short: str = ""


def quality_sentence(parts: Sequence[PartVerdict], language: Language) -> list[Segment]:
    """How many checks could be made, how many give cause for concern, and which."""
    _ = translator(language)
    known = [part for part in parts if part.sound is not None]
    worrying = [part for part in known if not part.sound]
    if not known:
        return [Segment(_("None of the checks could be made on these responses."))]
    if not worrying:
        calm = Segment(_("Nothing speaks against the data"), "better")
        if len(known) == len(parts):
            return [calm, Segment(_(": all {count} checks are passed.").format(count=len(known)))]
        return [calm, Segment(_(" in {count} of {all} checks; the others could not be made.").format(count=len(known), all=len(parts)))]
    count = Segment(_("Cause for concern in {bad} of {count} checks").format(bad=len(worrying), count=len(known)), "worse")

    def tell(most: int) -> list[Segment]:
        told = _("; ").join(part.short for part in worrying[:most])
        if len(worrying) > most:
            told = _("{list}; and {count} more below").format(list=told, count=len(worrying) - most)
        return [count, Segment(_(": {list}.").format(list=told))]

    return at_a_glance(tell, _MOST_TOLD, language)


def profile_verdict(found: ResponseProfile, schema: SurveySchema, language: Language) -> PartVerdict:
    """Who answered far below or above their share of customers, and whether the weights put it right."""
    _ = translator(language)
    if found.reason is not None:
        return PartVerdict(None, (Segment(found.reason.text(language)),))
    column = max(found.columns, key=lambda one: (bool(one.short or one.over), sum(row.expected - row.share.n for row in one.short)))
    if not column.short and not column.over:
        names = _joined([schema.column_title(one.column, language) for one in found.columns], language)
        told = _("By {columns}, nobody is far from their share of the customers.").format(columns=names)
        return PartVerdict(True, (Segment(told, "better"),))
    rows = column.short or column.over
    named = _joined([schema.value_title(column.column, row.value, language) for row in rows], language)
    first = rows[0]
    numbers = _("{name}: {count} instead of {expected}").format(
        name=schema.value_title(column.column, first.value, language),
        count=number_text(first.share.n, 0, language), expected=number_text(first.expected, 0, language),
    )  # fmt: skip
    far = _("{names} answered far below their share of the customers") if column.short else _(
        "{names} answered far above their share of the customers"
    )  # fmt: skip
    told = far.format(names=named)
    cured = _is_cured(found, column)
    far_off = Segment(told, "unclear" if cured else "worse")  # what weights put right is no cause for concern
    return PartVerdict(cured, (far_off, Segment(_(" ({numbers}). ").format(numbers=numbers)), _cure(found, column, language)), told)


def _is_cured(found: ResponseProfile, column: ProfileColumn) -> bool:
    return found.weighted and column.weighted_fit.dissimilarity < _CURED


def _cure(found: ResponseProfile, column: ProfileColumn, language: Language) -> Segment:
    _ = translator(language)
    if any(row.share.n == 0 for row in column.rows):
        return Segment(_("Where nobody answered, no weighting helps: ask there, or leave the group out of the population."), "worse")
    if _is_cured(found, column):
        return Segment(_("The respondent weights put that right; the smaller base of these groups stays."), "better")
    if found.weighted:
        rest = number_text(100 * column.weighted_fit.dissimilarity, 1, language)
        return Segment(
            _("The respondent weights do not put that right: weighted, {rest} % would still have to be elsewhere.").format(rest=rest)
        )
    return Segment(_("Respondent weights would put that right: Upload → Weights."))


def missing_verdict(found: Missingness, schema: SurveySchema, language: Language) -> PartVerdict:
    """How many answers are missing, on which question most, and which branch leaves more open than the others."""
    _ = translator(language)
    if found.reason is not None or found.overall is None or found.overall.value is None:
        reason = found.reason or (found.overall.reason if found.overall else None)
        return PartVerdict(None, (Segment(reason.text(language) if reason else ""),))
    most = max((e for e in found.items if e.value is not None), key=lambda e: e.value or 0.0)
    if not most.value:
        return PartVerdict(True, (Segment(_("Not a single answer is missing."), "better"),))
    base = _("{share} % of the answers are missing, most at “{item}” ({most} %)").format(
        share=_percent(found.overall.value, language), item=schema.title_of(most.code, language), most=_percent(most.value, language)
    )
    worst = found.of_concern() or found.standing_out()
    if not worst:
        told = _("; no branch leaves more open than the others.") if found.cells else _(".")
        return PartVerdict(True, (Segment(base), Segment(told, "better" if found.cells else "neutral")))
    branches = _joined(list(dict.fromkeys(_group(e, Role.BRANCH, schema, language) for e in worst)), language)
    questions = {"names": branches, "count": len({e.code for e in worst}), "total": len(found.items)}
    cell = _("“{item}” {share} %").format(item=schema.title_of(worst[0].code, language), share=_percent(worst[0].value or 0.0, language))
    if not found.of_concern():
        note = _("a few more left open than elsewhere: {names}, on {count} of {total} questions").format(**questions)
        return PartVerdict(True, (Segment(base), Segment(_("; ")), Segment(note), Segment(_(" ({cell}).").format(cell=cell))))
    short = _("more answers left open than elsewhere: {names}, on {count} of {total} questions").format(**questions)
    return PartVerdict(False, (Segment(base), Segment(_("; ")), Segment(short, "worse"), Segment(_(" ({cell}).").format(cell=cell))), short)


def lines_verdict(found: FlaggedResponseShares, schema: SurveySchema, language: Language) -> PartVerdict:
    """How many responses are straight lines, and where there are more than elsewhere."""
    _ = translator(language)
    if found.total is None or found.total.value is None:
        return _unknown(found, language)
    if not found.total.value:
        return PartVerdict(True, (Segment(_("No response has the same grade everywhere."), "better"),))
    base = _("{share} % of the responses have the same grade everywhere").format(share=_percent(found.total.value, language))
    return _with_groups(base, found, _("more straight lines than elsewhere: {names}"), schema, language)


def speeders_verdict(found: Speeders, schema: SurveySchema, language: Language) -> PartVerdict:
    """How many interviews were too fast, and where there are more than elsewhere."""
    _ = translator(language)
    if found.total is None or found.total.value is None:
        return _unknown(found, language)
    limit, median = (_length(value or 0.0, schema, language) for value in (found.limit, found.median))
    if not found.total.value:
        told = _("No interview took less than {limit}; the usual one takes {median}.").format(limit=limit, median=median)
        return PartVerdict(True, (Segment(told, "better"),))
    base = _("{share} % of the interviews took less than {limit}, while the usual one takes {median}").format(
        share=_percent(found.total.value, language), limit=limit, median=median
    )
    return _with_groups(base, found, _("more speeders than elsewhere: {names}"), schema, language)


def effects_verdict(found: InterviewerEffects, language: Language) -> PartVerdict:
    """Whether it matters who asked: the share of variance, and what it costs."""
    _ = translator(language)
    main = found.main
    if main is None or main.share.value is None:
        reason = found.reason or (main.share.reason if main else None)
        return PartVerdict(None, (Segment(reason.text(language) if reason else ""),))
    base = _variance_text(main, language)
    if main.share.verdict != "higher":
        calm = _("; there is no telling a branch by its scores.") if main.kind == BRANCHES else _("; it hardly matters who asked.")
        return PartVerdict(True, (Segment(base), Segment(calm, "better")))
    if main.kind == BRANCHES:  # branches may differ: that is what the survey is for
        return PartVerdict(True, (Segment(base), Segment(_("; customers of different branches do differ."))))
    short = _("it matters who asked ({share} % of the variance)").format(share=_percent(main.share.value, language))
    cost = _("; means are as uncertain as from 1/{times} of the interviews").format(
        times=number_text(main.design_effect or 1.0, 1, language)
    )
    return PartVerdict(False, (Segment(base), Segment(_(": it matters who asked"), "worse"), Segment(cost), Segment(_("."))), short)


def _variance_text(main: VarianceShare, language: Language) -> str:
    _ = translator(language)
    words = {
        BRANCHES: _("Branches make up {share} % of the variance of scores (between {low} and {high} %)"),
        WITHIN: _("Interviewers of the same branch make up {share} % of the variance of scores (between {low} and {high} %)"),
    }
    text = words.get(main.kind, _("Interviewers make up {share} % of the variance of scores (between {low} and {high} %)"))
    share = main.share
    return text.format(
        share=_percent(share.value or 0.0, language), low=_percent(share.low or 0.0, language), high=_percent(share.high or 0.0, language)
    )


def duplicates_verdict(found: DuplicateAnswers, schema: SurveySchema, language: Language) -> PartVerdict:
    """How many responses have an identical copy, and where there are more than chance gives."""
    _ = translator(language)
    if found.total is None or found.total.value is None:
        reason = found.reason or (found.total.reason if found.total else None)
        return PartVerdict(None, (Segment(reason.text(language) if reason else ""),))
    if not found.pairs:
        count = number_text(found.total.n, 0, language)
        return PartVerdict(True, (Segment(_("Among {count} responses no two are identical.").format(count=count), "better"),))
    copies = round(found.total.value * found.total.n)
    base = _("{count} responses ({share} %) have an identical copy").format(
        count=number_text(copies, 0, language), share=_percent(found.total.value, language)
    )
    for column in (Role.INTERVIEWER, Role.BRANCH):
        concern = found.of_concern(str(column))
        worst = concern or found.standing_out(str(column))
        if worst:
            names = _joined([_group(group.share, column, schema, language) for group in worst], language)
            short = _("more identical responses than chance gives: {names}").format(names=names)
            if not concern:
                return PartVerdict(
                    True, (Segment(base), Segment(_("; ")), Segment(_("a few more than chance gives: {names}.").format(names=names)))
                )
            pairs = _("{name}: {pairs} pairs, {expected} by chance").format(
                name=_group(worst[0].share, column, schema, language), pairs=number_text(worst[0].pairs, 0, language),
                expected=number_text(worst[0].expected, 1, language),
            )  # fmt: skip
            told = (Segment(base), Segment(_("; ")), Segment(short, "worse"), Segment(_(" ({pairs}).").format(pairs=pairs)))
            return PartVerdict(False, told, short)
    calm = _("; no branch or interviewer has more of them than chance gives.") if found.groups else _(".")
    return PartVerdict(True, (Segment(base), Segment(calm, "better" if found.groups else "neutral")))


def suspects_sentence(found: SuspectEffect | None, schema: SurveySchema, language: Language) -> list[Segment]:
    """What the index would be without the suspicious responses, and whether that matters; nothing where there are none."""
    _ = translator(language)
    if found is None:
        return []
    share = _percent(found.marked / found.n, language)
    marked = _("{count} responses ({share} %) are straight lines, speeders or copies").format(
        count=number_text(found.marked, 0, language), share=share
    )
    gap = found.difference
    if gap.value is None or found.kept.value is None or found.everybody.value is None:
        return [Segment(marked), Segment(_("; too few to show what they do to the index."))]
    told = _("; without them the index would be {kept} instead of {all}").format(
        kept=number_text(found.kept.value, 1, language), all=number_text(found.everybody.value, 1, language)
    )
    half = number_text(((gap.high or 0.0) - (gap.low or 0.0)) / 2, 1, language)
    points = _(" ({difference} ±{half})").format(difference=number_text(gap.value, 1, language, signed=True), half=half)
    matters = abs(gap.value) >= schema.comparison.smallest_interesting_difference
    last = Segment(_(": that matters."), "worse") if matters else Segment(_(": too little to matter."), "better")
    return [Segment(marked), Segment(told), Segment(points), last]


def _unknown(found: FlaggedResponseShares, language: Language) -> PartVerdict:
    reason = found.reason or (found.total.reason if found.total else None)
    return PartVerdict(None, (Segment(reason.text(language) if reason else ""),))


def _with_groups(base: str, found: FlaggedResponseShares, more: str, schema: SurveySchema, language: Language) -> PartVerdict:
    """The share in all, then the interviewers that stand out, else the branches, else that nobody does."""
    _ = translator(language)
    for column in (Role.INTERVIEWER, Role.BRANCH):
        worst = found.standing_out(str(column))
        if worst:
            short = more.format(names=_joined([_group(e, column, schema, language) for e in worst], language))
            first = _("{name}: {share} %").format(
                name=_group(worst[0], column, schema, language), share=_percent(worst[0].value or 0.0, language)
            )
            told = (Segment(base), Segment(_("; ")), Segment(short, "worse"), Segment(_(" ({first}).").format(first=first)))
            return PartVerdict(False, told, short)
    calm = _("; no branch or interviewer stands out.") if found.groups else _(".")
    return PartVerdict(True, (Segment(base), Segment(calm, "better" if found.groups else "neutral")))


def group_name(column: str, value: str | None, schema: SurveySchema, language: Language) -> str:
    """Name of a branch; an interviewer by number, with the word before it so that a number alone cannot be misread."""
    if column in map(str, DIMENSIONS):
        return schema.value_title(column, value, language)
    return translator(language)("interviewer {number}").format(number=value or "")


def _group(estimate: Estimate, column: Role, schema: SurveySchema, language: Language) -> str:
    return group_name(str(column), estimate.keys.get(str(column)), schema, language)


def _joined(names: Sequence[str], language: Language) -> str:
    return listed(names, language, _MOST_NAMED)


def _percent(share: float, language: Language) -> str:
    return f"< {number_text(0.1, 1, language)}" if 0 < share < 0.0005 else number_text(100 * share, 1, language)


def _length(value: float, schema: SurveySchema, language: Language) -> str:
    """A length with the unit that its column's title has in brackets, where it has one."""
    column = schema.column_for(Role.DURATION)
    unit = _IN_BRACKETS.search(column.title.text(language)) if column else None
    return f"{number_text(value, 1, language)} {unit[1]}" if unit else number_text(value, 1, language)
