"""Arithmetic of a project: check sheets that do not add up, shares no whole number gives, levels that are not their cases of their base."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from decimal import Decimal

from projects.check_sheets import summed
from projects.evidence import CheckSheet, Evidence
from projects.levels import is_percent
from projects.review.finding import Finding
from projects.sections import Level, Step
from words.language import Message, message

_CORRECT = message("Correct the counts or what is stated; which of them is wrong only their source can say.")


def sheets_of(evidence: Iterable[Evidence | None]) -> list[CheckSheet]:
    """The check sheets among some evidence."""
    return [each for each in evidence if isinstance(each, CheckSheet)]


def arithmetic(step: Step, sheets: Iterable[CheckSheet]) -> Iterator[Finding]:
    """Every stated total and share of these sheets that does not follow from their counts."""
    for sheet in sheets:
        for slip in summed(sheet).slips:
            told = message("{row}: {slip}", row=slip.row, slip=slip.told) if slip.row else slip.told
            yield Finding("arithmetic", step, "wrong", message("“{sheet}”: {slip}", sheet=sheet.title, slip=told), _CORRECT)


def cases_behind(level: Level) -> tuple[float, float] | None:
    """Cases of a level and those that are left of its base; None where they are not known."""
    return None if level.cases is None or not level.base else (level.cases, level.base - level.cases)


def sheets_beside(step: Step, sheets: Iterable[CheckSheet], level: Level) -> Iterator[Finding]:
    """Where cases and base of a level are known, one of the sheets beside it should count the same cases, or those that are left."""
    totals, behind = [total for sheet in sheets if (total := summed(sheet).total) is not None], cases_behind(level)
    if behind is None or not totals or any(math.isclose(total, cases) for total in totals for cases in behind):
        return
    told = message(
        "No check sheet of this step adds up to the cases behind its level ({cases}, or {left} left of {base}).",
        cases=f"{behind[0]:,g}", left=f"{behind[1]:,g}", base=f"{level.base:,g}",
    )  # fmt: skip
    yield Finding("sheet_of_other_cases", step, "weak", told, message("Say in the sheet which cases it counts, or correct one of them."))


def level_slip(level: Level, unit: str) -> Message | None:
    """What does not hold of a level in per cent: that it is its cases of its base, and lies between 0 and 100."""
    if not is_percent(unit) or level.value is None:
        return None
    if not 0 <= level.value <= 100:
        return message("{value} % is no share.", value=f"{level.value:g}")
    if level.cases is None or not level.base:
        return None
    share, written = Decimal(str(level.cases)) / Decimal(str(level.base)) * 100, Decimal(str(level.value)).normalize()
    last = Decimal(1).scaleb(min(int(written.as_tuple().exponent), 0))
    if abs(share - written) <= last / 2 or 0 <= share - written < last:  # rounded or cut off at the decimals it is written with
        return None
    return message(
        "{cases} of {base} are {share} %, not {value} %.",
        cases=f"{level.cases:,g}", base=f"{level.base:,g}", share=f"{share:.2f}", value=f"{level.value:g}",
    )  # fmt: skip
