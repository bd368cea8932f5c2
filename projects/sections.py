"""The sections of a QC project: what is written down in each of its ten steps.

Each is written and kept by itself (``storage.projects``). Everything may be empty: a project grows; what a step lacks the review tells.
Dates are ISO days as text, "" where none is set.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pydantic import Field

from projects.evidence import Evidence, Part


class Step(StrEnum):
    """The ten steps of a problem-solving project, in their order."""

    TOPIC = "topic"
    STATE = "state"
    TARGET = "target"
    CAUSES = "causes"
    ROOT_CAUSES = "root_causes"
    COUNTERMEASURES = "countermeasures"
    CARRYING_OUT = "carrying_out"
    EFFECT = "effect"
    STANDARDS = "standards"
    REVIEW = "review"


class Origin(Part):
    """What in the data a project was made from: a weak spot, a bar of a Pareto chart, a branch, a signal; the figure it stood in."""

    kind: Literal["weak_spot", "cause", "branch", "signal", "blank"] = "blank"
    evidence: Evidence | None = None


class About(Part):
    """Which project this is, and which data its figures are about. ``wave`` and ``where`` are fixed until somebody changes them here."""

    title: str
    group: str = ""
    survey: str = ""
    wave: str = ""
    where: Mapping[str, str] = Field(default_factory=dict)
    origin: Origin = Origin()
    put_aside: bool = False


class Member(Part):
    """One of the team."""

    name: str
    role: str = ""
    task: str = ""


class Team(Part):
    """Who works on it."""

    members: tuple[Member, ...] = ()


class Activity(Part):
    """When a step is to be done, and when it was."""

    step: Step
    planned_from: str = ""
    planned_to: str = ""
    actual_from: str = ""
    actual_to: str = ""


class Plan(Part):
    """The activity plan: planned and actual days of each step."""

    activities: tuple[Activity, ...] = ()


class Topic(Part):
    """Why this topic: what is asked for, what is found, and so what is chosen."""

    required: str = ""
    found: str = ""
    chosen: str = ""
    evidence: tuple[Evidence, ...] = ()


class CurrentState(Part):
    """How things stand: what was looked at and what it says; ``main_problem`` is where most of the problem lies."""

    text: str = ""
    main_problem: str = ""
    evidence: tuple[Evidence, ...] = ()


class Feasibility(Part):
    """One reason why the target can be reached, with the figure that shows it. ``kind``: what sort of reason it is."""

    kind: Literal["history", "best_branch", "planner", "main_problem", "other"] = "other"
    text: str = ""
    evidence: Evidence | None = None


class Level(Part):
    """A level of the target's quantity, with the cases behind it; ``cases`` of ``base`` where it is a share; ``of`` whom it is a share."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    cases: float | None = None
    base: float | None = None
    of: str = ""
    period: str = ""


class Target(Part):
    """What is to be reached. ``outcome``: how the effect is looked up in the store, as plain choices of the figure of effects.

    ``quantity`` is what is measured in words, ``unit`` ("%", "points", "per 10,000"), ``higher_is_better``.
    """

    quantity: str = ""
    unit: str = ""
    higher_is_better: bool = True
    baseline: Level = Level()
    value: float | None = None
    due: str = ""
    feasibility: tuple[Feasibility, ...] = ()
    outcome: Mapping[str, object] = Field(default_factory=dict)
    text: str = ""

    @property
    def to_gain(self) -> float | None:
        """The target less the baseline, in percentage points where both are shares; None where one of them has no value."""
        return None if self.value is None or self.baseline.value is None else self.value - self.baseline.value


class CauseTest(Part):
    """What an end cause is tested by. ``choices`` are those of the answer that tests it, typed counts or what is asked of the store.

    There is no verdict here: it follows from the test whenever it is looked at.
    """

    kind: Literal["stratified", "share", "correlation", "regression", "before_after"]
    choices: Mapping[str, object] = Field(default_factory=dict)
    evidence: Evidence | None = None
    text: str = ""
    checked_by: str = ""
    checked_on: str = ""


class Cause(Part):
    """One cause; ``parent`` None: a main bone, directly below the problem. A cause nobody is below is an end cause.

    ``claimed`` is a verdict somebody wrote down, as in a publication; it never counts, and the review holds it against the test.
    """

    id: str
    text: str
    parent: str | None = None
    test: CauseTest | None = None
    claimed: Literal["", "confirmed", "not_confirmed"] = ""
    claimed_by: Literal["", "vote", "data"] = ""


class Causes(Part):
    """The tree of causes, below the problem it explains."""

    problem: str = ""
    causes: tuple[Cause, ...] = ()

    @property
    def end_causes(self) -> tuple[Cause, ...]:
        """Causes that nobody is below, in their order."""
        parents = {cause.parent for cause in self.causes}
        return tuple(cause for cause in self.causes if cause.id not in parents)


class Countermeasure(Part):
    """One line of the countermeasure table (5W1H): against which cause (``why``), what, who, where, when, how; cost and reach.

    ``reach`` is the share of customers reached (0–1), ``shift`` the points its driver gains among them, ``driver`` its code.
    """

    id: str
    cause: str
    what: str
    goal: str = ""
    how: str = ""
    who: tuple[str, ...] = ()
    where: str = ""
    start: str = ""
    due: str = ""
    cost: float | None = None
    reach: float | None = Field(None, ge=0, le=1)
    driver: str = ""
    shift: float | None = None
    chosen: bool = True


class Countermeasures(Part):
    """The countermeasure table, and what may be spent."""

    measures: tuple[Countermeasure, ...] = ()
    budget: float | None = None
    text: str = ""

    @property
    def cost(self) -> float:
        """What those chosen cost together, as far as they have a cost."""
        return math.fsum(each.cost or 0.0 for each in self.measures if each.chosen)


class CarryingOut(Part):
    """What was done, in words; quantities and days are the measures of the store that name this project."""

    text: str = ""
    evidence: tuple[Evidence, ...] = ()


class Effect(Part):
    """What came of it: the level after, against target and against the current state; and what it brought or cost in money."""

    after: Level = Level()
    evidence: tuple[Evidence, ...] = ()
    benefit: float | None = None
    cost: float | None = None
    currency: str = ""
    text: str = ""


class Standard(Part):
    """One thing that became a rule: which document, which clause, since when; ``measure`` the countermeasure it keeps."""

    document: str
    clause: str = ""
    since: str = ""
    measure: str = ""


class Standards(Part):
    """What was made lasting, and how the level held afterwards."""

    standards: tuple[Standard, ...] = ()
    held: tuple[Level, ...] = ()
    text: str = ""


class Review(Part):
    """What the group learnt, and what it does next."""

    learnt: str = ""
    left: str = ""
    next_topic: str = ""
