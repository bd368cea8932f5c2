"""Compact letter display: two groups share a letter exactly when they cannot be told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

#: Of more groups, or where this many letters do not do, nobody could read the letters, and there are none.
MOST_GROUPS, MOST_LETTERS = 60, 200


def compact_letter_display(order: Sequence[int], different: Iterable[tuple[int, int]]) -> dict[int, str]:
    """Letters of each group from the pairs that differ, "a" for the best in ``order``; none at all beyond the limits above.

    Insert-and-absorb (Piepho 2004, *J. Comput. Graph. Stat.* 13:456-466): begin with one column of all groups, split every
    column that holds a different pair, drop columns contained in another. A column is a number whose bits are its groups by place.
    """
    if not 0 < len(order) <= MOST_GROUPS:
        return {}
    bit = {group: 1 << place for place, group in enumerate(order)}
    columns = [(1 << len(order)) - 1]
    for one, other in different:
        pair = bit[one] | bit[other]
        split = [column for column in columns if column & pair == pair]
        columns = [column for column in columns if column & pair != pair]
        for part in sorted({column & ~bit[left] for column in split for left in (one, other)}, key=int.bit_count, reverse=True):
            if part and not any(part & kept == part for kept in columns):
                columns.append(part)
        if len(columns) > MOST_LETTERS:
            return {}
    places = [[place for place in range(len(order)) if column >> place & 1] for column in columns]
    letters = [""] * len(order)
    for number, column in enumerate(sorted(places)):
        for place in column:
            letters[place] += _letter(number)
    return dict(zip(order, letters, strict=True))


def _letter(number: int) -> str:
    return chr(ord("a") + number) if number < 26 else _letter(number // 26 - 1) + _letter(number % 26)
