"""What the data say already for a step of a project, to begin with: figures to look at, a baseline, what a target can rest on.

Nothing here is taken for granted: it is written into the section, where the group changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, Protocol

from analysis.results.estimates import Estimate
from answers.complaints import COMPLAINTS
from answers.index import INDEX, TREND
from answers.planner import PLANNER, PlannerOptions
from answers.source import StoreSource
from answers.topic import Answered, Topic
from projects.evidence import CheckSheet, LiveFigure
from projects.sections import About, CurrentState, Feasibility, Level, Target
from projects.sections import Topic as TopicSection
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Language, Message, message, number_text
from words.periods import wave_text

TICKETS, COUNTS = "complaint_tickets", "complaint_counts"
#: A difference the planner is asked for; what can be seen now does not depend on it.
_WISH = PlannerOptions(difference=1.0, against="previous")
NewFigure = Callable[..., LiveFigure]
#: Kind of a reason, what it says, and the figure that shows it with its choices.
_Reason = tuple[Literal["history", "best_branch"], Message, str, dict[str, object]]


class Asking(Protocol):
    """The door within the data of the project (``reports.figures.scoped_ask.ScopedAsk``)."""

    def __call__(
        self,
        topic: Topic[Any, Any],
        options: Any = None,
        *,
        where: Mapping[str, str] | None = None,
        by: Sequence[str] = (),
        codes: Sequence[str] = (),
        waves: Sequence[str] | None = None,
        periods: Sequence[str] | None = None,
    ) -> Answered[Any, Any]:
        """The answer for the scope, or for another selection or other waves."""

    @property
    def source(self) -> StoreSource:
        """The responses and deliveries, cut to what the reader may see."""

    @property
    def wave(self) -> str:
        """The wave looked at."""

    @property
    def where(self) -> Mapping[str, str]:
        """The dimensions that are narrowed."""

    @property
    def schema(self) -> SurveySchema:
        """The survey figures are reported by."""

    @property
    def waves_so_far(self) -> tuple[str, ...]:
        """The waves up to this one, oldest first."""

    def has(self, dimension: str, at_least: int = 2) -> bool:
        """Whether the wave has that many values of a dimension."""

    def without(self, *dimensions: str) -> dict[str, str]:
        """The selection without some dimensions."""

    def of_branch(self) -> dict[str, str]:
        """The selection as far as it narrows data beside responses."""


def prefilled_topic(about: About, language: Language) -> TopicSection:
    """The sentence of what the project was made from."""
    shown = about.origin.evidence
    if isinstance(shown, CheckSheet) or shown is None:
        return TopicSection(evidence=(shown,) if shown else ())
    found = shown.as_of.sentence.get(language, "") if shown.as_of else ""
    return TopicSection(found=found, evidence=(shown,))


def prefilled_state(about: About, target: Target, ask: Asking, new_figure: NewFigure) -> CurrentState:
    """Figures that show the current state: of complaints their Pareto chart and strata, of an indicator its strata; a control chart."""
    complained = next((kind for kind in (TICKETS, COUNTS) if ask.source.deliveries(kind)), None)
    code = str(target.outcome.get("code") or ask.schema.tree.code)
    figures: list[LiveFigure] = []
    if complained and (target.outcome.get("of") == "complaints" or about.origin.kind == "blank"):
        figures += [new_figure("complaint-pareto"), new_figure("complaint-rates"), new_figure("control-chart", {"of": "complaints"})]
    if target.outcome.get("of") != "complaints":
        if ask.has(Role.BRANCH) and Role.BRANCH not in ask.where:
            figures.append(new_figure(*_strata(code, ask)))
        figures.append(new_figure("weakest-indicators"))
        if len(ask.waves_so_far) > 1:
            figures.append(new_figure("control-chart", {"of": "index", "codes": [code]}))
    return CurrentState(evidence=tuple(figures))


def prefilled_target(outcome: Mapping[str, object], ask: Asking, language: Language, new_figure: NewFigure) -> Target:
    """The baseline of the wave of the project, and what a target can rest on. ``outcome``: ``{"of": "index", "code": …}`` or complaints.

    Raises ManyiError where the quantity cannot be had.
    """
    if outcome.get("of") == "complaints":
        return _complaints(ask, language)
    code = str(outcome.get("code") or ask.schema.tree.code)
    now = ask(INDEX, codes=[code]).result.find(code)
    told = {"of": "index", "code": code}
    reasons = () if now is None or now.value is None else tuple(_reasons(code, now, ask, language, new_figure))
    return Target(
        quantity=ask.schema.title_of(code, language), unit=message("points").text(language), higher_is_better=True,
        baseline=_level(now, ask.wave), feasibility=reasons, outcome=told,
    )  # fmt: skip


def _complaints(ask: Asking, language: Language) -> Target:
    asked = ask(COMPLAINTS, where=ask.of_branch(), periods=())
    found = asked.result
    rate, count = next(iter(found.rates.estimates), None), next(iter(found.counts.estimates), None)
    known = found.customers_known and rate is not None
    unit = message("complaints per 10,000 customers") if known else message("complaints")
    periods = list(dict.fromkeys([asked.question.waves[0], asked.question.waves[-1]]))
    level = _level(rate if known else count, "–".join(periods))
    cases = None if count is None else count.value
    return Target(
        quantity=message("Complaints").text(language), unit=unit.text(language), higher_is_better=False,
        baseline=level.model_copy(update={"cases": cases, "base": None}), outcome={"of": "complaints"},
    )  # fmt: skip


def _level(found: Estimate | None, period: str) -> Level:
    if found is None or found.value is None:
        return Level(period=period)
    return Level(value=found.value, low=found.low, high=found.high, base=found.n or None, period=period)


def _reasons(code: str, now: Estimate, ask: Asking, language: Language, new_figure: NewFigure) -> Iterator[Feasibility]:
    """What was reached before, what the best branch reaches, what change could be seen; each where the data say it."""
    for found in (_best_wave(code, now, ask), _best_branch(code, now, ask, language)):
        if found is not None:
            kind, told, figure, choices = found
            yield Feasibility(kind=kind, text=told.text(language), evidence=new_figure(figure, choices))
    seen = _detectable(code, ask)
    if seen is not None:
        told = message("With samples like these a change of {points} points from one wave to the next is seen.", points=_Number(seen))
        yield Feasibility(kind="planner", text=told.text(language))


def _best_wave(code: str, now: Estimate, ask: Asking) -> _Reason | None:
    there = [each for each in ask(TREND, codes=[code], waves=ask.waves_so_far).result.estimates if each.value is not None]
    best = max(there, key=lambda each: each.value or 0.0, default=None)
    if best is None or best.value is None or best.value <= (now.value or 0.0):
        return None
    told = message("{wave} stood at {value}.", wave=_Wave(str(best.keys[Role.WAVE])), value=_Number(best.value))
    return "history", told, "trend", {"codes": [code]}


def _best_branch(code: str, now: Estimate, ask: Asking, language: Language) -> _Reason | None:
    if not ask.has(Role.BRANCH):
        return None
    found = ask(INDEX, codes=[code], by=[Role.BRANCH], where=ask.without(Role.BRANCH)).result
    there = [each for each in found.estimates if each.value is not None and not each.marked]
    best = max(there, key=lambda each: each.value or 0.0, default=None)
    if best is None or best.value is None or best.value <= (now.value or 0.0):
        return None
    name = ask.schema.value_title(Role.BRANCH, best.keys[Role.BRANCH], language)
    told = message("{branch}, the best branch, stands at {value}.", branch=name, value=_Number(best.value))
    return ("best_branch", told, *_strata(code, ask))


def _strata(code: str, ask: Asking) -> tuple[str, dict[str, object]]:
    """The figure of an indicator by branch, with its choices."""
    return ("branch-league", {}) if code == ask.schema.tree.code else ("branch-heat-map", {})


def _detectable(code: str, ask: Asking) -> float | None:
    """The change between two waves like this one that would be seen; None where the samples say nothing of it."""
    try:
        plan = ask(PLANNER, _WISH, codes=[code], by=[Role.WAVE]).result
    except ManyiError:
        return None
    return plan.groups[0].detectable_wave if plan.groups else None


class _Number:
    """A figure in a sentence, with one decimal."""

    def __init__(self, value: float) -> None:
        self._value = value

    def text(self, language: Language) -> str:
        """As a reader of this language expects it."""
        return number_text(self._value, 1, language)


class _Wave:
    """A wave in a sentence."""

    def __init__(self, label: str) -> None:
        self._label = label

    def text(self, language: Language) -> str:
        """As it is called in this language."""
        return wave_text(self._label, language)
