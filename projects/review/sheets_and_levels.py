"""Arithmetic of a project: check sheets that do not add up, shares no whole number gives, levels that are not their cases of their base."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from projects.check_sheets import summed
from projects.evidence import CheckSheet, Evidence
from projects.review.finding import Finding
from projects.sections import Level, Step
from words.language import Message, message

_CORRECT = message("Correct the counts or what is stated; which of them is wrong only their source can say.")
#: Points of a share by which a level may differ from its cases of its base: what rounding to two decimals leaves.
_ROUNDED = Decimal("0.0051")


def sheets_of(evidence: Iterable[Evidence | None]) -> list[CheckSheet]:
    """The check sheets among some evidence."""
    return [each for each in evidence if isinstance(each, CheckSheet)]


def arithmetic(step: Step, sheets: Iterable[CheckSheet]) -> Iterator[Finding]:
    """Every stated total and share of these sheets that does not follow from their counts."""
    for sheet in sheets:
        for slip in summed(sheet).slips:
            told = message("{row}: {slip}", row=slip.row, slip=slip.told) if slip.row else slip.told
            yield Finding("arithmetic", step, "wrong", message("“{sheet}”: {slip}", sheet=sheet.title, slip=told), _CORRECT)


def level_slip(level: Level, unit: str) -> Message | None:
    """What does not hold of a level in per cent: that it is its cases of its base, and lies between 0 and 100."""
    if ("%" not in unit and "％" not in unit) or level.value is None:
        return None
    if not 0 <= level.value <= 100:
        return message("{value} % is no share.", value=f"{level.value:g}")
    if level.cases is None or not level.base:
        return None
    share = Decimal(str(level.cases)) / Decimal(str(level.base)) * 100
    if abs(share - Decimal(str(level.value))) <= _ROUNDED:
        return None
    return message(
        "{cases} of {base} are {share} %, not {value} %.",
        cases=f"{level.cases:,g}", base=f"{level.base:,g}", share=f"{share:.2f}", value=f"{level.value:g}",
    )  # fmt: skip
