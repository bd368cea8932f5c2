"""Inspections: where points are lost, by item and by hall, branch, month or visit; and what halls lose again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.inspections.beside import against_standard
from analysis.inspections.estimate_inspections import TOTAL, Points, estimate_inspections
from analysis.inspections.inspection_sums import GROUPS, HALL, VISIT, InspectionSums, inspection_sums
from analysis.inspections.repeat_offenders import RepeatOffender, repeat_offenders
from analysis.inspections.sentence import (
    beside_sentence,
    inspections_sentence,
    items_sentence,
    most_lost_sentence,
    repeat_sentence,
    standards_sentence,
)
from analysis.results.sentences import Segment, plain_text
from answers.inspection_figures import INSPECTION_WORDS, Inspected, inspection_figures, inspection_provenance
from answers.inspection_sides import STANDARDS, refuse_not_inspected, satisfaction_beside, standards_of
from answers.periods import latest_wave_with, survey_wave
from answers.question import Question, option
from answers.selection import stored_value
from answers.source import Source, nothing_of
from answers.topic import Asked, Chapter, Topic
from survey_schema.data_kinds.description import OneOf
from survey_schema.data_kinds.inspections import INSPECTIONS as KIND
from survey_schema.data_kinds.schema_choices import known_choices
from words.errors import unknown
from words.language import Language, Message, message


@dataclass(frozen=True)
class InspectionOptions:
    """An item is a repeat offender that lost points at ``times`` or more of the ``last`` visits of a hall."""

    times: int = option(
        "--times", message("Repeat offenders: how many of the last visits lost points for the item."), default=2, minimum=1, maximum=100
    )
    last: int = option(
        "--last", message("Repeat offenders: how many visits of a hall are looked back on."), default=3, minimum=1, maximum=100
    )


def _item_choices() -> OneOf:
    value = KIND.column("item").value
    return value if isinstance(value, OneOf) else OneOf()


def _settled(question: Question[InspectionOptions], source: Source) -> Question[InspectionOptions]:
    """Items by their codes; a visit is told by its hall too, since halls number their visits each for itself."""
    choices = known_choices(_item_choices(), source.schema).choices
    codes = tuple(dict.fromkeys(stored_value(choices, code) for code in question.codes))
    by = (HALL, *question.by) if VISIT in question.by and HALL not in question.by else question.by
    there = [each.label for each in source.deliveries(KIND.code)]
    waves = tuple(label for label in question.waves if label in there)  # standards are a list and of no period
    if not waves:
        raise nothing_of(KIND.code)
    return replace(question, by=by, codes=codes, waves=waves)


def _compute(asked: Asked[InspectionOptions]) -> Inspected:
    """Raises ManyiError for a hall, branch, month, visit or item that was not inspected."""
    sums = asked.summed(KIND.code, inspection_sums)
    _refuse_unknown(sums, asked)
    limits = asked.thresholds
    only_totals = () if asked.codes == (TOTAL,) else None  # shares of what was lost need every item
    groups = estimate_inspections(sums, asked.by, asked.where, codes=only_totals, thresholds=limits)
    whole = estimate_inspections(sums, (), asked.where, thresholds=limits) if asked.by else groups
    if asked.by or asked.codes:  # what is of the whole selection stands beside the whole only
        return Inspected(groups, whole, _repeats(asked, sums))
    standards = against_standard(whole, standards_of(asked, sums.items))
    return Inspected(groups, whole, _repeats(asked, sums), standards, satisfaction_beside(asked, sums))


def _repeats(asked: Asked[InspectionOptions], sums: InspectionSums) -> tuple[RepeatOffender, ...]:
    """Worked out once for all questions about the same visits, whatever they are grouped by."""
    options, where = asked.options, asked.where
    rows = asked.source.rows_key(KIND.code, asked.waves)
    key = ("repeat offenders", rows, options.times, options.last, tuple(where.items()))
    return asked.source.kept.get(key, lambda: repeat_offenders(sums, times=options.times, last=options.last, where=where))


def _refuse_unknown(sums: InspectionSums, asked: Asked[InspectionOptions]) -> None:
    refuse_not_inspected(sums, asked.where)
    for code in asked.codes or ():
        if code not in (TOTAL, *sums.items):
            raise unknown(message("checklist item"), code, sums.items, place=KIND.title)


def _sentence(asked: Asked[InspectionOptions], found: Inspected, language: Language) -> Sequence[Segment]:
    def named(row: Points) -> str:
        return " · ".join(asked.schema.value_title(column, row.keys[column], language) for column in asked.by if row.keys[column])

    most = most_lost_sentence(found.places, language, named)
    told = inspections_sentence(found.whole, language, lambda code: asked.schema.title_of(code, language), 0 if most else 1)
    return [*told, Segment("" if language == "zh_CN" else " "), *most] if most else told


def _remarks(asked: Asked[InspectionOptions], found: Inspected, language: Language) -> Sequence[str | Message]:
    def title(code: str) -> str:
        return asked.schema.title_of(code, language)

    if found.whole.reason is not None:
        return []
    told: list[str | Message] = [
        plain_text(sentence)
        for sentence in (items_sentence(found.whole, language, title), repeat_sentence(found.repeats, language, title))
        if sentence
    ]
    if found.standards:
        told.append(plain_text(standards_sentence(found.standards, language, title)))
    if found.beside and (beside := beside_sentence(found.beside, language)):
        told.append(plain_text(beside))
    if any(row.share.marked for row in found.groups.rows):
        told.append(message("Marked: fewer than five visits. A single visit has no interval."))
    return told


INSPECTIONS = Topic(
    name="inspections",
    options=InspectionOptions,
    compute=_compute,
    figures=inspection_figures,
    provenance=inspection_provenance,
    sentence=_sentence,
    remarks=_remarks,
    settle=_settled,
    reads=survey_wave,
    waves="deliveries",
    opens_on=latest_wave_with(KIND.code),
    ours=False,
    kinds=(KIND.code, STANDARDS),
    groups=GROUPS,
    figure_words=INSPECTION_WORDS,
    chapters=(
        Chapter(
            "inspections.estimate_inspections",
            message("Inspections"),
            message(
                "Points scored of points available, visits as sampling units, so that a hall with many visits weighs more and the interval "
                "knows how visits differ. An item that was not looked at has no points available, which is not the same as none scored. "
                "Rows stand from most to least points lost. A single visit has no interval; fewer than five visits are marked. "
                "Agrees with svyratio of the R package survey."
            ),
            r"R = \frac{\sum s_v}{\sum a_v}, \qquad \operatorname{var}(R) = \frac{v}{v-1}\,\frac{\sum (s_v - R\,a_v)^2}{(\sum a_v)^2}",
        ),
        Chapter(
            "inspections.repeat_offenders",
            message("Lost again and again"),
            message(
                "An item of a hall that lost points at two or more of the last three visits at which it was looked at; other numbers can "
                "be asked for. A hall with fewer visits is judged by those it had."
            ),
        ),
        Chapter(
            "inspections.beside",
            message("Inspections beside standards and satisfaction"),
            message(
                "The share of points scored of an item is set against its standard, which is taken as known: below when the whole interval "
                "lies below. Beside the points of halls (or branches, where the survey does not tell halls apart) stands the index of the "
                "same customers; whoever is hidden there is not shown here. How the two go together is Spearman's rank correlation with "
                "Fisher's interval (Bonett and Wright 2000), from five places on; it says nothing about causes."
            ),
            r"\operatorname{se}(\operatorname{artanh} \rho) = \sqrt{\frac{1 + \rho^2/2}{n - 3}}",
        ),
    ),
)
TOPICS = {INSPECTIONS.name: INSPECTIONS}
