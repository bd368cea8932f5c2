"""Compact letter display: two groups share a letter exactly when they cannot be told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def compact_letter_display(order: Sequence[int], different: Iterable[tuple[int, int]]) -> dict[int, str]:
    """Letters of each group from the pairs that differ, "a" for the best in ``order``.

    Insert-and-absorb (Piepho 2004, *J. Comput. Graph. Stat.* 13:456-466): begin with one column of all groups, split every
    column that holds a different pair, drop columns contained in another.
    """
    columns: list[set[int]] = [set(order)] if order else []
    for one, other in different:
        split: list[set[int]] = []
        for column in columns:
            split += [column - {one}, column - {other}] if {one, other} <= column else [column]
        columns = []
        for column in sorted(split, key=len, reverse=True):
            if column and not any(column <= kept for kept in columns):
                columns.append(column)
    place = {group: position for position, group in enumerate(order)}
    columns.sort(key=lambda column: sorted(place[group] for group in column))
    return {group: "".join(_letter(number) for number, column in enumerate(columns) if group in column) for group in order}


def _letter(number: int) -> str:
    return chr(ord("a") + number) if number < 26 else _letter(number // 26 - 1) + _letter(number % 26)
