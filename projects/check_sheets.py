"""A check sheet computed: totals by row and column, shares, running shares; and where what its source states does not follow from it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from projects.evidence import CheckSheet
from survey_schema.workbook.check.stated_totals import share_slip, total_slip
from words.language import Message, message


@dataclass(frozen=True)
class SummedRow:
    """A row with what follows from its counts; shares are proportions of the whole sheet.

    ``total`` is None where nothing was counted, and where columns do not add up.

    ``running`` is the share of this row and those above it.
    """

    name: str
    counts: tuple[float | None, ...]
    total: float | None
    share: float | None
    running: float | None


@dataclass(frozen=True)
class SheetSlip:
    """Something stated that does not follow from the counts. ``row`` is the one it stands in, "" the sheet as a whole."""

    row: str
    stated: str
    told: Message


@dataclass(frozen=True)
class SummedSheet:
    """A check sheet with its sums. ``total`` is None where nothing was counted, and where columns do not add up."""

    title: str
    rows: tuple[SummedRow, ...]
    column_totals: tuple[float | None, ...]
    total: float | None
    slips: tuple[SheetSlip, ...]


def summed(sheet: CheckSheet) -> SummedSheet:
    """The sheet with sums and shares. Cells where nothing was counted are passed over, not taken for 0."""
    totals = [_sum(row.counts) if sheet.columns_add_up else None for row in sheet.rows]
    columns = tuple(_sum(row.counts[place] for row in sheet.rows) for place in range(len(sheet.columns)))
    whole = _sum(totals)
    rows, so_far = [], 0.0
    for row, total in zip(sheet.rows, totals, strict=True):
        so_far += total or 0.0
        rows.append(SummedRow(row.name, row.counts, total, _share(total, whole), _share(None if total is None else so_far, whole)))
    return SummedSheet(sheet.title, tuple(rows), columns, whole, tuple(_slips(sheet, totals, whole)))


def most_first(sheet: CheckSheet) -> CheckSheet:
    """The rows that were counted, those with most first."""
    counted = [(total, row) for row in sheet.rows if (total := _sum(row.counts)) is not None]
    return sheet.model_copy(update={"rows": tuple(row for _total, row in sorted(counted, key=lambda each: -each[0]))})


def _sum(counts: Iterable[float | None]) -> float | None:
    there = [count for count in counts if count is not None]
    return math.fsum(there) if there else None


def _share(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole


def _slips(sheet: CheckSheet, totals: list[float | None], whole: float | None) -> Iterator[SheetSlip]:
    """Stated totals that are no sums, and what is wrong with the shares."""
    if sheet.stated_total is not None and (slip := total_slip([total or 0.0 for total in totals], sheet.stated_total)):
        yield SheetSlip("", slip.stated, slip.told)
    for row in sheet.rows:
        counts = [count for count in row.counts if count is not None]
        if row.stated_total is not None and (slip := total_slip(counts, row.stated_total)):
            yield SheetSlip(row.name, slip.stated, slip.told)
    yield from _share_slips(sheet, totals, whole or 0.0)


def _share_slips(sheet: CheckSheet, totals: list[float | None], whole: float) -> Iterator[SheetSlip]:
    """The first thing wrong with stated shares: none of the base they are said to be of, not those of their counts, or of another base."""
    base = whole if sheet.stated_base is None else float(sheet.stated_base)
    shares = [row.stated_share for row in sheet.rows if row.stated_share]
    if shares and base > 0 and base.is_integer() and (slip := share_slip(shares, int(base))):
        yield SheetSlip("", slip.stated, slip.told)
        return
    for row, total in zip(sheet.rows, totals, strict=True):
        if not _agrees(row.stated_share, total or 0.0, base):
            given = {"count": f"{total or 0.0:g}", "base": f"{base:g}", "share": row.stated_share}
            yield SheetSlip(row.name, str(row.stated_share), message("{count} of {base} is not {share} %.", **given))
            return
    if sheet.stated_base is not None and shares and not math.isclose(whole, sheet.stated_base):
        told = message("The counts add up to {sum}, but shares are said to be of {base}.", sum=f"{whole:g}", base=sheet.stated_base)
        yield SheetSlip("", str(sheet.stated_base), told)


def _agrees(share: str | None, count: float, base: float) -> bool:
    """Whether a printed share is that of its own count, rounded or cut off; what is no number or has no base is passed over."""
    try:
        printed = Decimal((share or "").strip().rstrip("%％"))
    except InvalidOperation:
        return True
    if base <= 0 or not printed.is_finite():
        return True
    unit, exact = Decimal(1).scaleb(int(printed.as_tuple().exponent)), Decimal(str(count)) * 100 / Decimal(str(base))
    return abs(exact - printed) <= unit / 2 or 0 <= exact - printed < unit
