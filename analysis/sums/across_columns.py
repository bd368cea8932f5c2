"""The largest and the smallest of some columns of a row. Some engines know them of two columns and more only."""

from __future__ import annotations

import narwhals as nw


def largest(*values: nw.Expr) -> nw.Expr:
    """The largest of at least one value, of those that are not null."""
    return nw.max_horizontal(*values) if len(values) > 1 else values[0]


def smallest(*values: nw.Expr) -> nw.Expr:
    """The smallest of at least one value, of those that are not null."""
    return nw.min_horizontal(*values) if len(values) > 1 else values[0]
