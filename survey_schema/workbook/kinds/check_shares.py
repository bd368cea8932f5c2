"""Stated shares: each must be a whole number of cases out of the stated base, and the one that is stated beside it."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import numpy as np
import pyarrow as pa

from survey_schema.data_kinds.description import ShareOf
from survey_schema.workbook.check.stated_totals import cases_of, share_slip
from survey_schema.workbook.clean.clean_values import plain_text
from survey_schema.workbook.kinds.sheet_draft import SheetDraft
from words.language import Message, message


def check_shares(draft: SheetDraft) -> None:
    """Numbers that only a share and its base tell are worked out; what does not fit is a finding at its cell.

    A base that stands in one row only, or nowhere, is not guessed: then shares without a number are missing values.
    """
    for relation in draft.place.kind.relations:
        if isinstance(relation, ShareOf) and relation.share in draft.place.columns:
            _check(draft, relation)


def _check(draft: SheetDraft, relation: ShareOf) -> None:
    shares, bases, counts = (draft.columns[code].to_pylist() for code in (relation.share, relation.base, relation.count))
    by_base: dict[int, list[int]] = defaultdict(list)
    for row in np.flatnonzero(draft.used).tolist():
        if shares[row] is not None and bases[row] is not None:
            by_base[int(bases[row])].append(row)
    advice = message("Correct the share or the base; which of them is wrong only their source can say.")
    for base, rows in by_base.items():
        printed = {row: _printed(draft, relation.share, row, shares[row]) for row in rows}
        slip = share_slip(list(printed.values()), base)
        for row in rows:
            cases = cases_of(Decimal(printed[row]), base)
            if slip is not None and (cases is None or counts[row] is None):  # a base that one share contradicts tells no number
                draft.note("impossible_share", relation.share, row, slip.told, advice)
                draft.used[row] &= counts[row] is not None
            elif counts[row] is None:
                counts[row] = float(cases or 0)
            elif cases is not None and not agrees(counts[row], base, printed[row]):
                draft.note("impossible_share", relation.share, row, count_slip(counts[row], base, printed[row]), advice)
    missing = np.array([count is None for count in counts], dtype=bool) & draft.used & ~draft.blank(relation.share)
    found = message("The number is missing, and without a base the share does not tell it.")
    rows_missing = np.flatnonzero(missing)
    fill = message("The row is not stored; fill in the cell.")
    draft.findings.add_rows("missing_value", rows_missing, lambda row: draft.note("missing_value", relation.share, row, found, fill))
    draft.used &= ~missing
    draft.columns[relation.count] = pa.array(counts, pa.float64())


def count_slip(count: float, base: int, share: str) -> Message:
    """What is wrong where a stated share is not that of the number beside it."""
    return message("{count} of {base} is not {share} %.", count=f"{count:g}", base=base, share=share)


def _printed(draft: SheetDraft, code: str, row: int, share: float) -> str:
    """A share in per cent with the decimals it is stated with."""
    raw = draft.raw(row, code)
    if isinstance(raw, str):
        return plain_text(raw).rstrip("%％").strip()
    return str(Decimal(repr(share)).normalize()) if share != int(share) else str(int(share))


def agrees(count: float, base: int, printed: str) -> bool:
    """Whether a printed share, rounded or cut off at its decimals, is that of the number in the base."""
    if base <= 0:
        return False
    share = Decimal(printed)
    unit = Decimal(1).scaleb(int(share.as_tuple().exponent))
    exact = Decimal(repr(100 * count)) / base
    return abs(exact - share) <= unit / 2 or 0 <= exact - share < unit
