"""Slips of arithmetic in a sheet that states totals or shares: a sum that differs, a share that no whole number out of the base gives."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from words.language import Message, message

#: Largest base looked for when shares do not fit the one that is stated.
LARGEST_BASE = 10_000


@dataclass(frozen=True)
class Slip:
    """What does not add up: what is ``stated``, what it should be, and a sentence that says so."""

    stated: str
    told: Message


def total_slip(parts: Sequence[float], stated: float) -> Slip | None:
    """The slip of a stated total that is not the sum of its parts; None where it is."""
    total = math.fsum(parts)
    if math.isclose(total, stated, rel_tol=1e-12, abs_tol=1e-9):
        return None
    shown = f"{stated:.15g}"
    return Slip(shown, message("The parts add up to {sum}, but the total is given as {stated}.", sum=f"{total:.15g}", stated=shown))


def share_slip(stated: Sequence[str], base: int) -> Slip | None:
    """The first share in per cent, as printed ("92.68"), that no whole number of ``base`` cases gives, with the base that would fit all.

    A share fits when a whole number of cases gives it rounded or cut off at its own decimals. Shares that are no numbers are passed over.
    """
    shares = [share for text in stated if (share := _percent(text)) is not None]
    wrong = next((share for share in shares if cases_of(share, base) is None), None)
    if wrong is None:
        return None
    fits = base_that_fits(stated)
    if fits is None:
        told = message("{share} % cannot come from {base} cases: no whole number of them gives this share.", share=str(wrong), base=base)
    else:
        cases = ", ".join(str(cases_of(share, fits)) for share in shares)
        told = message(
            "{share} % cannot come from {base} cases: no whole number of them gives this share. The shares are {cases} of {fits}.",
            share=str(wrong), base=base, cases=cases, fits=fits,
        )  # fmt: skip
    return Slip(str(wrong), told)


def base_that_fits(stated: Sequence[str]) -> int | None:
    """The smallest number of cases whose whole parts give all the shares and, where these make up 100 %, add up to it."""
    shares = [share for text in stated if (share := _percent(text)) is not None]
    if not shares:
        return None
    complete = abs(sum(shares, Decimal(0)) - 100) <= sum((Decimal(1).scaleb(_exponent(share)) for share in shares), Decimal(0))
    for base in range(1, LARGEST_BASE + 1):
        cases = [cases_of(share, base) for share in shares]
        if None not in cases and (not complete or sum(case or 0 for case in cases) == base):
            return base
    return None


def _percent(text: str) -> Decimal | None:
    try:
        share = Decimal(text.strip().rstrip("%％").strip())
    except InvalidOperation:
        return None
    return share if share.is_finite() and 0 <= share <= 100 else None


def _exponent(share: Decimal) -> int:
    return int(share.as_tuple().exponent)


def cases_of(share: Decimal, base: int) -> int | None:
    """The whole number of cases out of the base that is printed as this share; None where there is none."""
    if base <= 0:
        return None
    unit = Decimal(1).scaleb(_exponent(share))
    nearest = int((share * base / 100).to_integral_value())
    for cases in (nearest, nearest + 1):
        exact = Decimal(100 * cases) / base
        if cases <= base and (abs(exact - share) <= unit / 2 or 0 <= exact - share < unit):
            return cases
    return None
