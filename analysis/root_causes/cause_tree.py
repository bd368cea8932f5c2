"""The tree of causes of a problem: main causes, causes below them, and end causes, which are those that have none below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from analysis.results.estimates import Estimate
from analysis.root_causes.verdicts import RootCauses, Verdict


@dataclass(frozen=True)
class Cause:
    """``parent`` is the id of the cause above it; None for a main cause. ``verdict`` and ``influence`` of a tested end cause."""

    id: str
    text: str
    parent: str | None = None
    verdict: Verdict | None = None
    influence: Estimate | None = None


@dataclass(frozen=True)
class CauseTree:
    """``problem`` is what is to be explained; ``causes`` in the order they are told.

    A cause whose parent is not there, or that would be its own ancestor, counts as a main cause: nothing a group wrote gets lost.
    """

    problem: str
    causes: tuple[Cause, ...]

    @cached_property
    def _below(self) -> dict[str | None, tuple[Cause, ...]]:
        parents = {cause.id: cause.parent for cause in self.causes}
        found: dict[str | None, list[Cause]] = {}
        for cause in self.causes:
            found.setdefault(cause.parent if _hangs(cause, parents) else None, []).append(cause)
        return {parent: tuple(causes) for parent, causes in found.items()}

    @property
    def main(self) -> tuple[Cause, ...]:
        """The main causes."""
        return self._below.get(None, ())

    def below(self, cause: Cause) -> tuple[Cause, ...]:
        """The causes right below one."""
        return self._below.get(cause.id, ())

    def walk(self, cause: Cause, level: int = 0) -> Iterator[tuple[Cause, int]]:
        """A cause and all below it, each with its level, in the order they are told."""
        yield cause, level
        for each in self.below(cause):
            yield from self.walk(each, level + 1)

    @property
    def all(self) -> tuple[tuple[Cause, int], ...]:
        """Every cause with its level, main causes at 0."""
        return tuple(pair for cause in self.main for pair in self.walk(cause))

    @property
    def ends(self) -> tuple[Cause, ...]:
        """The end causes."""
        return tuple(cause for cause, _level in self.all if not self.below(cause))

    def judged(self, found: RootCauses) -> CauseTree:
        """With the verdicts of the tests, by the causes' ids."""
        judged = {each.cause: each for each in found.causes}
        return CauseTree(
            self.problem,
            tuple(
                Cause(cause.id, cause.text, cause.parent, one.verdict, one.test.influence) if (one := judged.get(cause.id)) else cause
                for cause in self.causes
            ),
        )


def cause_tree(problem: str, rows: Iterable[tuple[str, str, str | None]]) -> CauseTree:
    """The tree of rows (id, text, parent). Raises ValueError where two causes have one id."""
    causes = tuple(Cause(str(name), text, parent or None) for name, text, parent in rows)
    if len({cause.id for cause in causes}) < len(causes):
        raise ValueError("two causes have the same id")
    return CauseTree(problem, causes)


def _hangs(cause: Cause, parents: dict[str, str | None]) -> bool:
    """Whether the way up from a cause ends at a main cause without coming back to it."""
    at = cause.parent
    if at is None or at not in parents:
        return False
    seen = {cause.id}
    while at is not None and at in parents:
        if at == cause.id:
            return _first_of(seen, parents) != cause.id
        if at in seen:  # above it others go in a circle
            return True
        seen.add(at)
        at = parents[at]
    return True


def _first_of(circle: set[str], parents: dict[str, str | None]) -> str:
    """Which of a circle counts as main: the one told first."""
    return next(name for name in parents if name in circle)
