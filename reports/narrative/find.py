"""All findings of one scope: asks the answers it needs, passes over what the survey or its sheets do not bring, and ranks what they say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from answers.charted_figures import FIGURES
from answers.compare import WITH_COMPETITORS, WITH_EARLIER, WITH_REST
from answers.compared import CompareOptions
from answers.complaints import COMPLAINTS
from answers.control_chart import CONTROL_CHART, ControlChartOptions
from answers.drivers import IMPORTANCE
from answers.gaps import GAPS_TOPIC
from answers.importance_performance import IPA
from answers.index import INDEX
from answers.inspections import INSPECTIONS
from answers.kpis import KPIS
from answers.league import LEAGUE
from answers.pareto import PARETO
from answers.topic import Answered, Topic
from reports.narrative import told
from reports.narrative.differences import against_competitors, against_the_rest, changes
from reports.narrative.finding import KINDS, Finding, Kind, ranked
from storage.catalogue import period_order
from survey_schema.columns import Role
from words.errors import ManyiError
from words.periods import Period

BRANCH = str(Role.BRANCH)


class Ask(Protocol):
    """Asks a topic within a scope: survey, waves and selection are the scope's where they are not named."""

    def __call__(self, topic: Topic[Any, Any], options: Any = None, /, **question: Any) -> Answered[Any, Any]:
        """The answer; raises ManyiError for what cannot be asked. ``question``: where, by, codes, waves, periods."""


@dataclass(frozen=True)
class _About:
    """The scope as the answer about the level has it written out."""

    ask: Ask
    level: Answered[Any, Any]

    @property
    def beside(self) -> dict[str, str]:
        """The selection as far as data beside responses have it."""
        return {name: value for name, value in self.level.question.selection.items() if name == BRANCH}

    @property
    def without_branch(self) -> dict[str, str]:
        """The selection with all branches in it."""
        return {name: value for name, value in self.level.question.selection.items() if name != BRANCH}

    @property
    def wave(self) -> str:
        """The wave told of."""
        return self.level.asked.wave

    @property
    def up_to_now(self) -> tuple[str, ...]:
        """All waves up to it."""
        labels = self.level.asked.source.labels
        return labels[: labels.index(self.wave) + 1]

    def months_up_to_now(self, kinds: Sequence[str]) -> tuple[str, ...]:
        """The periods of deliveries of some kinds that do not reach beyond the wave; a wave that names no period bounds nothing."""
        now, source = Period.parse(self.wave), self.level.asked.source
        labels = sorted({each.label for kind in kinds for each in source.deliveries(kind)}, key=period_order)
        dated = [(label, period) for label in labels if (period := Period.parse(label)) is not None]
        return tuple(label for label, period in dated if now is None or period.ends <= now.ends)

    @property
    def top(self) -> str:
        """The overall index."""
        return self.level.asked.schema.tree.code


Found = Iterable[Finding | None]


def findings(ask: Ask, kinds: Collection[Kind] = KINDS) -> tuple[Finding, ...]:
    """What the answers of a scope say, most telling first; those that claim nothing come last.

    ``ask`` is bound to the scope, whose latest wave is told of. Each kind is asked for itself; one that a survey cannot be asked (no
    operators, no drivers, a sheet that never came) has no findings. Raises ManyiError where the index itself cannot be asked.
    """
    level = ask(INDEX)
    if len(level.question.waves) > 1:  # a headline is of one wave
        level = ask(INDEX, waves=level.question.waves[-1:])
    about = _About(ask, level)
    found: list[Finding] = []
    for made, makes in _MAKERS:
        if set(makes) & set(kinds):
            found += [each for each in _passing_over(made, about) if each.kind in kinds]
    return ranked(found)


def _passing_over(make: Callable[[_About], Found], about: _About) -> list[Finding]:
    try:
        return [each for each in make(about) if each is not None]
    except ManyiError:  # the survey or its sheets do not bring it
        return []


def _level(about: _About) -> Found:
    yield told.level(about.level, about.top)


def _changes(about: _About) -> Found:
    earlier = about.ask(WITH_EARLIER, CompareOptions("previous"), waves=(about.wave,))
    yield from changes(earlier.result, earlier.asked.schema, earlier.asked.thresholds)


def _branches(about: _About) -> Iterator[Finding | None]:
    chosen, asks = about.beside.get(BRANCH), {"by": (BRANCH,), "where": about.without_branch, "waves": (about.wave,)}
    rest = about.ask(WITH_REST, CompareOptions("rest"), codes=(about.top,), **asks)
    each = against_the_rest(rest.result, rest.asked.schema, BRANCH, rest.asked.thresholds)
    yield from (one for one in each if chosen in (None, one.keys[BRANCH]))
    if chosen is None:
        yield told.league(about.ask(LEAGUE, codes=(about.top,), **asks))


def _branch_changes(about: _About) -> Iterator[Finding | None]:
    if about.beside:
        return
    found = about.ask(WITH_EARLIER, CompareOptions("previous"), by=(BRANCH,), codes=(about.top,), waves=(about.wave,))
    if found.result.last is None or len(found.result.last.differences.estimates) < 2:  # one group is everybody
        return
    yield from changes(found.result, found.asked.schema, found.asked.thresholds)
    yield told.group_changes(found)


def _competitors(about: _About) -> Iterator[Finding | None]:
    codes = tuple(about.level.asked.schema.indicator_codes())
    found = about.ask(WITH_COMPETITORS, CompareOptions("competitors"), codes=codes, waves=(about.wave,))
    if not found.result.duels:
        return
    yield from against_competitors(found.result, found.asked.schema, found.asked.thresholds)
    yield told.competitors(found)


def _priority(about: _About) -> Found:
    yield told.priority(about.ask(IPA, waves=(about.wave,)))


def _drivers(about: _About) -> Found:
    yield told.drivers(about.ask(IMPORTANCE, waves=(about.wave,)))


def _gaps(about: _About) -> Found:
    yield told.gaps(about.ask(GAPS_TOPIC, waves=(about.wave,)))


def _complaints(about: _About) -> Found:
    yield told.complaints(about.ask(COMPLAINTS, by=() if about.beside else (BRANCH,), where=about.beside, periods=(about.wave,)))


def _causes(about: _About) -> Found:
    yield told.complaint_causes(about.ask(PARETO, where=about.beside, periods=(about.wave,)))


def _signals(about: _About) -> Found:
    yield told.signals("signals", about.ask(CONTROL_CHART, ControlChartOptions("index"), waves=about.up_to_now))


def _complaint_signals(about: _About) -> Found:
    months = about.months_up_to_now(FIGURES["complaints"].kinds)
    if months:
        asked = about.ask(CONTROL_CHART, ControlChartOptions("complaints"), where=about.beside, periods=months)
        yield told.signals("complaint_signals", asked)


def _inspections(about: _About) -> Found:
    yield from told.inspections(about.ask(INSPECTIONS, where=about.beside, periods=(about.wave,)))


def _kpis(about: _About) -> Found:
    yield told.kpis(about.ask(KPIS, where=about.beside, periods=(about.wave,)))


_MAKERS: tuple[tuple[Callable[[_About], Found], tuple[Kind, ...]], ...] = (
    (_level, ("level",)),
    (_changes, ("change",)),
    (_branches, ("branches", "branch")),
    (_branch_changes, ("branch_changes", "branch_change")),
    (_competitors, ("competitors", "competitor")),
    (_priority, ("priority",)),
    (_drivers, ("drivers",)),
    (_gaps, ("gaps",)),
    (_complaints, ("complaints",)),
    (_causes, ("complaint_causes",)),
    (_signals, ("signals",)),
    (_complaint_signals, ("complaint_signals",)),
    (_inspections, ("inspections", "standards")),
    (_kpis, ("kpis",)),
)
