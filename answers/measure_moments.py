"""When measures began and were done, as charts of what they are to improve show it beside their annotations."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from analysis.measures.measure import Measure
from answers.annotated import Annotation
from words.language import Message, message

#: Stands before the name of a measure where it begins, and where it is done.
BEGINS, DONE = "▶", "■"
#: More measures than these would hide the chart behind their lines.
MOST_ON_A_CHART = 6


@dataclass(frozen=True)
class Moments:
    """The moments of the measures that are shown, in the order of their days, and how many measures are not."""

    shown: tuple[Annotation, ...] = ()
    folded: int = 0


def measure_moments(measures: Sequence[Measure], targets: Collection[str], branch: str | None) -> Moments:
    """Of measures that aim at one of ``targets``, on the chart of a branch (None: of all together).

    On a branch's chart stand its own measures and those of all branches. Of more than :data:`MOST_ON_A_CHART` those stay that concern all
    branches, then those begun last.
    """
    meant = [each for each in measures if each.target in targets and each.start is not None and _concerns(each, branch)]
    meant.sort(key=lambda each: (each.branch is not None, -(each.start.toordinal() if each.start else 0), each.measure))
    shown = [moment for each in meant[:MOST_ON_A_CHART] for moment in _of(each)]
    ordered = sorted(shown, key=lambda each: (each.day, each.text, each.branch or ""))
    return Moments(tuple(ordered), max(0, len(meant) - MOST_ON_A_CHART))


def _concerns(each: Measure, branch: str | None) -> bool:
    return branch is None or each.branch in (None, branch)


def _of(each: Measure) -> list[Annotation]:
    days = ((each.start, BEGINS), (each.done_on, DONE))
    return [Annotation(day, f"{sign} {each.measure}", each.branch) for day, sign in days if day is not None]


def moment_remarks(moments: Collection[Moments]) -> list[Message]:
    """What the signs mean, and that more measures are not shown."""
    told = []
    if any(each.shown for each in moments):
        told.append(message("▶ a measure against it begins, ■ it is done; a move after it is no proof that it worked."))
    if folded := max((each.folded for each in moments), default=0):
        told.append(message("{count} more measures are not on the chart; the page of measures has them all.", count=folded))
    return told
