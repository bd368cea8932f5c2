"""The five gaps of the waves of a question, each from the data that bring it, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from analysis.complaints.handling import promises_kept
from analysis.gaps.delivery import inspection_side
from analysis.gaps.gap_result import GapAnalysis, GapKind
from analysis.gaps.gap_schema import gap_schema
from analysis.gaps.gap_sums import GapTallies, PairedTallies, Side, Where, joined, side_tallies, stated_weights, weighed
from analysis.gaps.promise_gap import estimate_promise_gap
from analysis.gaps.service_gap import estimate_service_gap
from analysis.gaps.sheet_levels import Rated, Rating, checklist_of, ratings, standards_side
from analysis.gaps.sides import FixedSide, GapSide, SampleSide
from analysis.gaps.two_source_gaps import estimate_gap, joined_waves, no_gap
from analysis.inspections.inspection_sums import inspection_sums
from analysis.sums.tallies import DEFAULT_BY, sums
from answers.complaint_sums import complaint_sums, promises_of
from answers.periods import lies_within
from answers.question import option
from answers.topic import Asked
from storage.engine import Engine, EngineLimits
from survey_schema.columns import Role
from survey_schema.data_kinds.all_kinds import kind_of
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Message, message
from words.lists import Listed
from words.periods import WaveName

#: All five, in the order of their numbers.
GAPS: tuple[GapKind, ...] = ("understanding", "standards", "delivery", "communication", "service")
#: Kinds of data beside responses that gaps are made of.
SHEETS = ("staff", "standards", "inspections", "promises", "complaints")
StaffRole = Literal["manager", "front_line", "all"]
Weights = Literal["survey", "importance"]
Delivered = Literal["inspections", "staff"]


@dataclass(frozen=True)
class GapOptions:
    """``gaps``: which of the five; none named: all. ``weights``: what an indicator's services weigh. ``role``: whose beliefs gap 1 takes.

    ``delivered``: what gap 3 takes for the service delivered; None: inspections, and staff where nobody inspected.
    """

    gaps: tuple[GapKind, ...] = option(
        "--gaps", message("Which gaps: understanding, standards, delivery, communication, service; else all five."), default=(),
        metavar="GAP,…", joined=True,
    )  # fmt: skip
    weights: Weights = option(
        "--weights", message("What services weigh in their indicators: as the survey says, or the importance customers state."),
        default="survey", known=("survey", "importance"),
    )  # fmt: skip
    role: StaffRole = option(
        "--role", message("Whose beliefs are set against customers' importance."), default="manager", known=("manager", "front_line", "all")
    )
    delivered: Delivered | None = option(
        "--delivered", message("What is set against the standard: inspections or what staff say; else inspections where there are any."),
        known=("inspections", "staff"),
    )  # fmt: skip


class _LackingError(Exception):
    """What a gap lacks: the reason, and the kinds of data that would bring it."""

    def __init__(self, reason: Message, *kinds: str) -> None:
        self.reason, self.kinds = reason, kinds


@dataclass(frozen=True)
class Moment:
    """The waves that are looked at as one, and the columns gaps are told apart by in them, the wave among them where there are several."""

    asked: Asked[GapOptions]
    waves: tuple[str, ...]
    by: tuple[str, ...]

    @property
    def schema(self) -> SurveySchema:
        """The survey figures are reported by."""
        return self.asked.schema

    @cached_property
    def where(self) -> Where:
        """The selection, with the waves."""
        return {**self.asked.where, Role.WAVE: list(self.waves)}

    @cached_property
    def branches(self) -> dict[str, str]:
        """What narrows sheets down: the branch."""
        return {name: value for name, value in self.asked.where.items() if name == Role.BRANCH}

    def gap(self, kind: GapKind) -> GapAnalysis:
        """One of the five, or why there is none."""
        made: dict[GapKind, Callable[[], GapAnalysis]] = {
            "understanding": self._understanding, "standards": self._standards, "delivery": self._delivery,
            "communication": self._communication, "service": self._service,
        }  # fmt: skip
        if kind != "service" and Role.WAVE in self.by:
            apart = tuple(name for name in self.by if name != Role.WAVE)
            return joined_waves({wave: Moment(self.asked, (wave,), apart).gap(kind) for wave in self.waves}, self.asked.thresholds)
        try:
            return made[kind]()
        except _LackingError as lacking:
            return no_gap(kind, lacking.reason, gap_schema(self.schema), lacking.kinds)

    def rating(self, rated: Rated) -> Rating:
        """What staff rated in these waves."""
        role = self.asked.options.role if rated == "importance" else "all"
        periods = self._periods("staff")
        source = self.asked.source
        key = ("staff ratings", rated, role, source.rows_key("staff", periods), source.key(()))
        rows = source.rows("staff", periods)
        return source.kept.get(
            key, lambda: ratings(rows.collect("pandas").to_native(), self.schema, rated, None if role == "all" else role)
        )

    @property
    def delivered(self) -> Delivered:
        """What gap 3 takes for the service delivered."""
        return self.asked.options.delivered or "inspections"

    @property
    def outside(self) -> int:
        """Ratings of staff, of those that were used, that are no grade of their question's scale."""
        gaps = self.asked.options.gaps
        used: list[Rated] = ["importance"] if "understanding" in gaps else []
        used += ["met"] if "delivery" in gaps and self.delivered == "staff" else []
        try:
            return sum(self.rating(rated).outside for rated in used)
        except _LackingError:
            return 0

    @cached_property
    def weights(self) -> dict[str, float] | None:
        """The weights of services where they are not those of the survey."""
        if self.asked.options.weights == "survey":
            return None
        ours = {name: value for name, value in self.asked.where.items() if name == Role.OPERATOR}
        return stated_weights(self._summed("importance"), {**ours, Role.WAVE: list(self.waves)})

    def _summed(self, side: Side) -> GapTallies:
        """Sums over the waves that are read, not narrowed down, kept wave by wave for every question to share.

        Raises :class:`_LackingError` where nobody was asked it.
        """
        source, columns = self.asked.source, tuple(dict.fromkeys([*DEFAULT_BY, *self.asked.columns]))
        if not self.asked.waves:
            raise _LackingError(message("There are no responses, and this gap needs them."))

        def of_wave(wave: str) -> GapTallies:
            key = ("gap sums", side, columns, source.key((wave,)))
            return source.kept.get(key, lambda: side_tallies(source.frame((wave,)), self.schema, side, columns))

        try:
            return joined([of_wave(wave) for wave in self.asked.reads])
        except ManyiError as refused:
            raise _LackingError(refused.message) from refused

    @cached_property
    def pairs(self) -> PairedTallies:
        """The sums of gap 5."""
        gap, perception, expectation = (
            weighed(self._summed(side), self.schema, self.weights) for side in ("gap", "perception", "expectation")
        )
        return PairedTallies(gap, perception, expectation)

    def _service(self) -> GapAnalysis:
        return estimate_service_gap(self.pairs, by=self.by, where=self.where, thresholds=self.asked.thresholds)

    def _importance(self) -> tuple[SampleSide, SurveySchema]:
        made = weighed(self._summed("importance"), self.schema, self.weights)
        return SampleSide(made, self.by, self.where, self.asked.thresholds), made.schema

    def _understanding(self) -> GapAnalysis:
        importance, survey = self._importance()
        self._refuse_others("staff")
        return self._estimated("understanding", importance, self._staff("importance"), survey)

    def _standards(self) -> GapAnalysis:
        importance, survey = self._importance()
        self._refuse_rivals()
        return self._estimated("standards", importance, self._standard(), survey)

    def _delivery(self) -> GapAnalysis:
        self._refuse_others("standards", self.delivered)
        needed = [kind for kind in ("standards", self.delivered) if not self.asked.source.deliveries(kind)]
        if needed:
            raise _LackingError(missing_sheets(needed), *needed)
        survey = gap_schema(self.schema, weights=self.weights)
        if self.delivered == "staff":
            return self._estimated("delivery", self._standard(), self._staff("met"), survey)
        periods, source = self._periods("inspections"), self.asked.source
        key = (inspection_sums.__module__, inspection_sums.__qualname__, source.rows_key("inspections", periods))
        found = source.kept.get(key, lambda: inspection_sums(source.rows("inspections", periods)))
        checklist = checklist_of(self.schema, found.items)
        side = inspection_side(found, checklist, self.by, self.branches, self.asked.thresholds)
        return self._estimated("delivery", self._standard(), side, survey)

    def _communication(self) -> GapAnalysis:
        self._refuse_others("complaints")
        source = self.asked.source
        promises = {each.name: each.mean_hours for each in promises_of(source) if each.mean_hours is not None}
        needed = [kind for kind, there in (("promises", promises), ("complaints", source.deliveries("complaints"))) if not there]
        if needed:
            raise _LackingError(missing_sheets(needed), *needed)
        question = replace(self.asked.question, waves=self._periods("complaints"), by=self.by).with_where(self.branches)
        kept = promises_kept(complaint_sums(question, source, "tickets"), self.by, self.branches, thresholds=self.asked.thresholds)
        told = [(promises[each.promise.name], each.mean) for each in kept if each.promise.name in promises]
        if not told:
            raise _LackingError(message("No ticket of these months names a promise; the column “promise” of the sheet brings it."))
        return estimate_promise_gap(told, self.schema, thresholds=self.asked.thresholds)

    def _estimated(self, kind: GapKind, plus: GapSide, minus: GapSide, survey: SurveySchema) -> GapAnalysis:
        return estimate_gap(kind, plus, minus, survey, thresholds=self.asked.thresholds)

    def _staff(self, rated: Rated) -> SampleSide:
        found = self.rating(rated)
        there = [name for name in found.people.column_names if name in {gap.code for gap in gap_schema(self.schema).items}]
        if not there:
            raise _LackingError(message("No member of staff of that role rated a service of this survey."), "staff")
        survey = gap_schema(self.schema, there, self.weights)
        frame = Engine(EngineLimits()).frame(found.people)
        tallies = sums(frame, survey, (Role.WAVE, Role.BRANCH), there)
        return SampleSide(GapTallies(survey, tallies), self.by, self.branches, self.asked.thresholds)

    def _standard(self) -> FixedSide:
        if not self.asked.source.deliveries("standards"):
            raise _LackingError(missing_sheets(["standards"]), "standards")
        rows = self.asked.source.rows("standards").collect("pandas").to_native()
        return standards_side(rows, self.schema, self.by, self._standards_of, self.waves[-1] if self.waves else None)

    @property
    def _standards_of(self) -> dict[str, str]:
        """The branch whose standards count: the selected one, and for whoever sees one branch only that one."""
        labels = [wave for wave in self.waves if wave in self.asked.source.labels]
        if self.branches or not labels:
            return self.branches
        seen = self.asked.source.values(labels[-1]).get(Role.BRANCH, ())
        return {Role.BRANCH: seen[0]} if len(seen) == 1 else {}

    def _periods(self, kind: str) -> tuple[str, ...]:
        """The deliveries of these waves; of staff also those of a longer period that a wave lies in. Raises where there are none."""
        there = [each.label for each in self.asked.source.deliveries(kind)]
        if not there:
            raise _LackingError(missing_sheets([kind]), kind)
        wide = kind == "staff"
        found = [label for label in there if any(lies_within(label, wave) or (wide and lies_within(wave, label)) for wave in self.waves)]
        if self.waves and not found:
            raise _LackingError(
                message(
                    "The sheet “{sheet}” has nothing for {wave}; it has {known}.", sheet=kind_of(kind).title,
                    wave=Listed([WaveName(wave) for wave in self.waves]), known=Listed([WaveName(label) for label in there], 6),
                ),
                kind,
            )  # fmt: skip
        return tuple(found or there)

    def _refuse_others(self, *kinds: str) -> None:
        """Sheets are ours, and are told apart by branch and wave only."""
        self._refuse_rivals()
        others = [name for name in self.by if name not in (Role.BRANCH, Role.WAVE)]
        if others:
            raise _LackingError(
                message(
                    "The sheet “{sheet}” is told apart by branch and wave only.", sheet=Listed([kind_of(kind).title for kind in kinds])
                )
            )  # fmt: skip

    def _refuse_rivals(self) -> None:
        ours = self.schema.our_operator
        if Role.OPERATOR in self.by or (ours is not None and self.asked.where.get(Role.OPERATOR, ours) != ours):
            raise _LackingError(message("Staff, standards, inspections and promises are ours; other operators have none here."))


def missing_sheets(kinds: Sequence[str]) -> Message:
    """Why there is no gap where sheets did not come."""
    return message("This needs sheets that did not come yet: {sheets}.", sheets=Listed([kind_of(kind).title for kind in kinds]))
