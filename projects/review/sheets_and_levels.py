"""Arithmetic of a project: check sheets that do not add up, shares no whole number gives, levels that are not their cases of their base."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation

from projects.evidence import CheckSheet, Evidence
from projects.review.finding import Finding
from projects.sections import Level, Step
from survey_schema.workbook.check.stated_totals import share_slip, total_slip
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
        for told in _slips(sheet):
            yield Finding("arithmetic", step, "wrong", message("“{sheet}”: {slip}", sheet=sheet.title, slip=told), _CORRECT)


def _slips(sheet: CheckSheet) -> Iterator[Message]:
    totals = [math.fsum(count for count in row.counts if count is not None) for row in sheet.rows]
    if sheet.stated_total is not None and (slip := total_slip(totals, sheet.stated_total)):
        yield slip.told
    for row in sheet.rows:
        counts = [count for count in row.counts if count is not None]
        if row.stated_total is not None and (slip := total_slip(counts, row.stated_total)):
            yield message("{row}: {slip}", row=row.name, slip=slip.told)
    base = math.fsum(totals) if sheet.stated_base is None else sheet.stated_base
    shares = [row.stated_share for row in sheet.rows if row.stated_share]
    if shares and base > 0 and float(base).is_integer() and (slip := share_slip(shares, int(base))):
        yield slip.told
    elif wrong := next((row for row, total in zip(sheet.rows, totals, strict=True) if not _agrees(row.stated_share, total, base)), None):
        count = f"{math.fsum(each for each in wrong.counts if each is not None):g}"
        yield message("{count} of {base} is not {share} %.", count=count, base=f"{base:g}", share=wrong.stated_share)
    elif sheet.stated_base is not None and shares and not math.isclose(math.fsum(totals), sheet.stated_base):
        yield message(
            "The counts add up to {sum}, but shares are said to be of {base}.", sum=f"{math.fsum(totals):g}", base=sheet.stated_base
        )


def _agrees(share: str | None, count: float, base: float) -> bool:
    """Whether a printed share is that of its own count, rounded or cut off; what is no number or has no base is passed over."""
    try:
        printed = Decimal((share or "").strip().rstrip("%％"))
    except InvalidOperation:
        return True
    if base <= 0:
        return True
    unit, exact = Decimal(1).scaleb(int(printed.as_tuple().exponent)), Decimal(str(count)) * 100 / Decimal(str(base))
    return abs(exact - printed) <= unit / 2 or 0 <= exact - printed < unit


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
