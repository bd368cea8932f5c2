"""What people chose, put first and would recommend, in a sentence each."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.choices.estimate_choices import Choices
from analysis.choices.estimate_nps import Promoters
from analysis.choices.estimate_ranking import RankedOptions
from analysis.results.estimates import Estimate
from analysis.results.sentences import Segment
from survey_schema.models import SurveySchema
from words.language import Language, number_text, translator
from words.lists import listed

#: Options named one by one.
MOST = 3


def choices_sentence(found: Choices, language: Language) -> list[Segment]:
    """The options most people chose, of one group; nothing where several are compared."""
    _ = translator(language)
    if len(found.groups) != 1:
        return []
    rows = found.group(found.groups[0])
    shown = [row for row in rows if row.people.value is not None]
    name = found.question.title.text(language)
    if not shown:
        return [_refused(name, rows[0].people if rows else None, language)]
    told = [
        _("{option} {share} %").format(
            option=found.question.option(row.option).text(language), share=number_text(row.people.value or 0.0, 1, language)
        )
        for row in shown[:MOST]
    ]
    each, n = number_text(found.average[0].value or 0.0, 1, language), number_text(shown[0].people.n, 0, language)
    text = _("{question}: {list}; {average} on average, of {n} who were asked.")
    return [Segment(text.format(question=name, list=listed(told, language), average=each, n=n))]


def ranking_sentence(found: RankedOptions, language: Language) -> list[Segment]:
    """The options with the best scores, of one group; nothing where several are compared."""
    _ = translator(language)
    if len(found.groups) != 1:
        return []
    rows = found.group(found.groups[0])
    shown = [row for row in rows if row.score.value is not None]
    name = found.question.title.text(language)
    if not shown:
        return [_refused(name, rows[0].score if rows else None, language)]
    told = [
        _("{option} {score}").format(
            option=found.question.option(row.option).text(language), score=number_text(row.score.value or 0.0, 2, language)
        )
        for row in shown[:MOST]
    ]
    most, n = number_text(found.question.ranked, 0, language), number_text(shown[0].score.n, 0, language)
    text = _("{question}: {list} of {most} points, from {n} who ranked.")
    return [Segment(text.format(question=name, list=listed(told, language), most=most, n=n))]


def nps_sentence(found: Promoters, schema: SurveySchema, language: Language) -> list[Segment]:
    """The score with its interval and what it is made of, of the first question; nothing where groups are compared."""
    _ = translator(language)
    if not found.rows or len({str(row.keys) for row in found.rows}) != 1:
        return []
    row = found.rows[0]
    name, score = schema.title_of(row.code, language), row.nps
    if score.value is None:
        return [_refused(name, score, language)]
    made = {kind: number_text(entry.value or 0.0, 1, language) for kind, entry in row.shares.items()}
    value = number_text(score.value, 1, language)
    ends = [number_text(end, 1, language) for end in (score.low, score.high) if end is not None]
    interval = _(" ({low} to {high})").format(low=ends[0], high=ends[1]) if len(ends) == 2 else ""
    text = _("Net promoter score {value}{interval}: {promoters} % promoters, {passives} % passives, {detractors} % detractors, of {n}.")
    return [Segment(text.format(value=value, interval=interval, n=number_text(score.n, 0, language), **made))]


def groups_sentence(entries: Sequence[Estimate], names: Sequence[str], language: Language) -> list[Segment]:
    """Which groups are certainly above and below the others together."""
    _ = translator(language)
    above, below = ([name for name, entry in zip(names, entries, strict=True) if entry.verdict == way] for way in ("higher", "lower"))
    if not above and not below:
        return [Segment(_("No group can be told apart from the others."), "unclear")]
    segments = []
    if above:
        segments.append(Segment(_("Above the others: {names}.").format(names=listed(above, language, MOST)), "better"))
    if above and below and language != "zh_CN":
        segments.append(Segment(" "))
    if below:
        segments.append(Segment(_("Below the others: {names}.").format(names=listed(below, language, MOST)), "worse"))
    return segments


def _refused(name: str, entry: Estimate | None, language: Language) -> Segment:
    _ = translator(language)
    reason = entry.reason.text(language) if entry and entry.reason else _("There are no answers in this selection.")
    return Segment(_("{name}: {reason}").format(name=name, reason=reason), "unclear")
