"""What shifting drivers would bring, and the cheapest shifts that reach a level: associations read as effects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.drivers.drivers import Drivers
from analysis.drivers.drivers_by_group import DriversByGroup
from analysis.drivers.what_if import GoalSeek, WhatIf, estimate_what_if, seek_goal
from analysis.results.estimates import Result
from answers.driver_chapters import WHAT_IF_CHAPTERS
from answers.driver_figures import DRIVER_WORDS
from answers.drivers import DRIVERS, DriversOptions, losses, refusal, settled_drivers
from answers.flat import bare, collected, refused, tagged, with_losses
from answers.named_items import item_numbers
from answers.question import Question, option
from answers.source import Source
from answers.topic import Asked, Topic
from words.errors import ManyiError
from words.language import Language, Message, message
from words.lists import Listed

Numbers = tuple[tuple[str, float], ...]
#: What one point of a driver costs where nothing is said.
USUAL_COST = 1.0
#: Of one point, in whatever money or effort is counted: beyond it sums lose their last digits.
LARGEST_COST = 1e9


@dataclass(frozen=True)
class WhatIfOptions(DriversOptions):
    """Either ``shifts`` in points on 0–100 by driver, or a ``target`` to reach at least cost.

    ``costs`` of one point and ``bounds``, the largest rise, by driver; a driver not named there costs 1 and may rise to the end of the
    scale.
    """

    shifts: Numbers = option(
        "--shift", message("How far a driver moves."), default=(), metavar="CODE=POINTS", many=True, pairs=True, minimum=-100, maximum=100
    )
    target: float | None = option("--target", message("The level to reach at least cost."), minimum=0, maximum=100)
    costs: Numbers = option(
        "--cost", message("With --target: cost of one point; 1."), default=(), metavar="CODE=COST", many=True, pairs=True,
        minimum=0, maximum=LARGEST_COST,
    )  # fmt: skip
    bounds: Numbers = option(
        "--limit", message("With --target: its largest rise."), default=(), metavar="CODE=POINTS", many=True, pairs=True,
        minimum=0, maximum=100,
    )  # fmt: skip


@dataclass(frozen=True)
class ShiftsFound:
    """The analysis of the drivers, and what follows from it: ``shifted`` where shifts were named, ``goal`` where a level was.

    Both are None where there is no regression.
    """

    drivers: Drivers
    shifted: WhatIf | None = None
    goal: GoalSeek | None = None


def _settled(question: Question[WhatIfOptions], source: Source) -> Question[WhatIfOptions]:
    asked, schema = question.options, source.schema
    shifts = item_numbers(asked.shifts, schema, "--shift")
    if bool(shifts) == (asked.target is not None):
        raise ManyiError(message("Say either which drivers shift (--shift P1=5) or which level to reach (--target 80)."))
    costs, bounds = item_numbers(asked.costs, schema, "--cost"), item_numbers(asked.bounds, schema, "--limit")
    outcome, drivers = settled_drivers(asked, schema)
    for flag, numbers in (("--shift", shifts), ("--cost", costs), ("--limit", bounds)):
        if numbers and flag != "--shift" and asked.target is None:
            raise ManyiError(message("{option} goes with --target, not with --shift; leave one of them out.", option=flag))
        if unknown := [code for code in numbers if code not in drivers]:
            raise ManyiError(
                message(
                    "{option} names {code}, which is not a driver of this analysis; choose from {drivers}.", option=flag, code=unknown[0],
                    drivers=Listed(drivers),
                )
            )  # fmt: skip
    costs = {code: cost for code, cost in costs.items() if cost != USUAL_COST}  # a cost that is the usual one is not said
    options = WhatIfOptions(
        outcome, drivers, _in_order(shifts, drivers), asked.target, _in_order(costs, drivers), _in_order(bounds, drivers)
    )
    return replace(question, options=options, by=(), codes=())


def _in_order(numbers: Mapping[str, float], drivers: Sequence[str]) -> Numbers:
    """By driver, so that the same shifts are the same question."""
    return tuple((code, numbers[code]) for code in drivers if code in numbers)


def _compute(asked: Asked[WhatIfOptions]) -> ShiftsFound:
    options = asked.options
    found = asked.ask(DRIVERS, options=DriversOptions(options.outcome, options.drivers))
    if isinstance(found, DriversByGroup):
        raise TypeError("asked by group")
    if found.regression.reason:
        return ShiftsFound(found)
    if options.target is None:
        return ShiftsFound(found, estimate_what_if(found.regression, found.moments, dict(options.shifts), asked.thresholds))
    goal = seek_goal(
        found.regression, found.moments, options.target, costs=dict(options.costs), bounds=dict(options.bounds),
        thresholds=asked.thresholds,
    )  # fmt: skip
    return ShiftsFound(found, goal=goal)


def _figures(_asked: Asked[WhatIfOptions], found: ShiftsFound) -> Result:
    """The change of the outcome, and the shifts that reach the level."""
    drivers = found.drivers
    if found.shifted:
        shifted = found.shifted
        facts: dict[str, object] = {"outcome": drivers.outcome, "drivers": drivers.drivers, "shifts": dict(shifted.shifts)}
        facts |= {"current": shifted.current, "reached": shifted.reached}
        return collected(with_losses(tagged("change", [shifted.change]), drivers.moments), shifted.provenance, **facts)
    if not found.goal:
        return refusal(drivers, drivers.regression.reason or message("Nothing was computed."))
    goal = found.goal
    levels = {"current": goal.current, "cost": goal.cost, "attainable": goal.attainable}
    facts = {"drivers": drivers.drivers, **levels}
    if goal.reason:
        unreached = refused(drivers.outcome, goal.reason, drivers.moments.n, drivers.moments.n_eff, figure="change")
        return collected(with_losses([unreached], drivers.moments), goal.provenance, **facts)
    moved = [*bare("shift", dict(goal.shifts), drivers.regression), *tagged("change", [goal.change])]
    return collected(with_losses(moved, drivers.moments), goal.provenance, **facts)


def _remarks(_asked: Asked[WhatIfOptions], found: ShiftsFound, _language: Language) -> Sequence[Message]:
    return [*(found.shifted.notes if found.shifted else ()), *losses(found.drivers)]


WHAT_IF = Topic(
    name="what-if",
    options=WhatIfOptions,
    compute=_compute,
    figures=_figures,
    remarks=_remarks,
    settle=_settled,
    takes=frozenset({"where"}),
    signed=True,
    figure_words=DRIVER_WORDS,
    chapters=WHAT_IF_CHAPTERS,
)
TOPICS = {WHAT_IF.name: WHAT_IF}
