"""Inspections: where points are lost, by item and by hall, branch, month or visit; and what halls lose again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.inspections.estimate_inspections import FEW, TOTAL, Inspections, Points, estimate_inspections
from analysis.inspections.inspection_sums import GROUPS, HALL, VISIT, InspectionSums, inspection_sums
from analysis.inspections.lost_shares import LostShare, lost_shares
from analysis.inspections.repeat_offenders import RepeatOffender, repeat_offenders
from analysis.inspections.sentence import inspections_sentence, most_lost_sentence, repeat_sentence
from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Fact
from analysis.results.sentences import Segment
from answers.flat import bare, collected, tagged
from answers.question import Question, option
from answers.selection import stored_value
from answers.source import Source
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


@dataclass(frozen=True)
class Inspected:
    """The points of each group, those of the whole selection, and the repeat offenders in it."""

    groups: Inspections
    whole: Inspections
    repeats: tuple[RepeatOffender, ...]

    @property
    def places(self) -> tuple[LostShare, ...]:
        """The groups by what they lost, all items together."""
        return lost_shares([row for row in self.groups.rows if row.code == TOTAL])

    def items_of(self, group: Points) -> tuple[LostShare, ...]:
        """The items of one group by what they lost there."""
        return lost_shares([row for row in self.groups.rows if row.code != TOTAL and row.keys == group.keys])


def _item_choices() -> OneOf:
    value = KIND.column("item").value
    return value if isinstance(value, OneOf) else OneOf()


def _settled(question: Question[InspectionOptions], source: Source) -> Question[InspectionOptions]:
    """Items by their codes; a visit is told by its hall too, since halls number their visits each for itself."""
    choices = known_choices(_item_choices(), source.schema).choices
    codes = tuple(dict.fromkeys(stored_value(choices, code) for code in question.codes))
    by = (HALL, *question.by) if VISIT in question.by and HALL not in question.by else question.by
    return replace(question, by=by, codes=codes)


def _compute(asked: Asked[InspectionOptions]) -> Inspected:
    """Raises ManyiError for a hall, branch, month, visit or item that was not inspected."""
    sums = asked.summed(KIND.code, inspection_sums)
    _refuse_unknown(sums, asked)
    options, limits = asked.options, asked.thresholds
    groups = estimate_inspections(sums, asked.by, asked.where, thresholds=limits)
    whole = estimate_inspections(sums, (), asked.where, thresholds=limits) if asked.by else groups
    return Inspected(groups, whole, repeat_offenders(sums, times=options.times, last=options.last, where=asked.where))


def _refuse_unknown(sums: InspectionSums, asked: Asked[InspectionOptions]) -> None:
    for name, value in asked.where.items():
        there = sorted({each for each in sums.visits[name] if each is not None})
        if value not in there:
            raise unknown(message("value of {column}", column=name), value, there, place=KIND.title)
    for code in asked.codes or ():
        if code not in sums.items:
            raise unknown(message("checklist item"), code, sums.items, place=KIND.title)


def _figures(asked: Asked[InspectionOptions], found: Inspected) -> Result:
    """Of each group, most points lost first, all items together and then each item, most lost first; after them the repeat offenders."""
    wanted = asked.codes
    estimates = []
    for place in found.places:
        rows = [place, *found.items_of(place.points)]
        estimates += [entry for row in rows if wanted is None or row.points.code in wanted for entry in _of_row(row)]
    estimates += [entry for each in found.repeats if wanted is None or each.item in wanted for entry in _of_offender(each)]
    limits = replace(asked.thresholds, marked_below=FEW, hidden_below=0)  # visits, not customers: nothing is hidden
    how = replace(found.groups.shares.provenance, thresholds=limits)
    return collected(estimates, how.plus(Fact("repeat_times", asked.options.times), Fact("repeat_last", asked.options.last)))


def _of_row(row: LostShare) -> list[Estimate]:
    points = row.points
    plain = {"lost": points.lost, "available": points.available, "scored": points.scored, "share_of_lost": row.share}
    return [
        *tagged("lost_percent", [row.lost_percent], tested=False),
        *tagged("scored_percent", [points.share], tested=False),
        *tagged("lost_per_visit", [points.lost_per_visit], tested=False),
        *(
            entry._replace(marked=points.share.marked)
            for figure, value in {**plain, "cumulative_share": row.cumulative}.items()
            for entry in bare(figure, {points.code: value}, points.share, **points.keys)
        ),
    ]


def _of_offender(each: RepeatOffender) -> list[Estimate]:
    keys = {"hall": each.hall, "branch": each.branch}
    values = {"repeat_times": float(each.times), "repeat_lost": each.lost, "repeat_available": each.available}
    return [
        Estimate({"figure": figure, **keys}, each.item, value, n=each.visits, n_eff=float(each.visits)) for figure, value in values.items()
    ]


def _sentence(asked: Asked[InspectionOptions], found: Inspected, language: Language) -> Sequence[Segment]:
    def title(code: str) -> str:
        return asked.schema.title_of(code, language)

    def named(row: Points) -> str:
        return " · ".join(asked.schema.value_title(column, row.keys[column], language) for column in asked.by if row.keys[column])

    told = inspections_sentence(found.whole, language, title)
    if found.whole.reason is not None:
        return told
    gap = Segment("" if language == "zh_CN" else " ")
    most, again = most_lost_sentence(found.places, language, named), repeat_sentence(found.repeats, language, title)
    return [*told, *([gap, *most] if most else []), gap, *again]


def _remarks(_asked: Asked[InspectionOptions], found: Inspected, _language: Language) -> Sequence[Message]:
    if any(row.share.marked for row in found.groups.rows):
        return (message("Marked: fewer than five visits. A single visit has no interval."),)
    return ()


INSPECTIONS = Topic(
    name="inspections",
    options=InspectionOptions,
    compute=_compute,
    figures=_figures,
    sentence=_sentence,
    remarks=_remarks,
    settle=_settled,
    waves="deliveries",
    ours=False,
    kinds=(KIND.code,),
    groups=GROUPS,
    figure_words={
        "lost_percent": message("points lost, % of those available"),
        "scored_percent": message("points scored, % of those available"),
        "lost_per_visit": message("points lost per visit"),
        "lost": message("points lost"),
        "available": message("points available"),
        "scored": message("points scored"),
        "share_of_lost": message("share of all points lost, %"),
        "cumulative_share": message("cumulative share of all points lost, %"),
        "repeat_times": message("lost again: at how many of the last visits"),
        "repeat_lost": message("lost again: points lost at the last visits"),
        "repeat_available": message("lost again: points available at the last visits"),
    },
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
    ),
)
TOPICS = {INSPECTIONS.name: INSPECTIONS}
