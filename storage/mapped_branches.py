"""Branches that count as another one, applied while responses, customers and deliveries are read; files stay as they were stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import pyarrow as pa

from storage.records import Scope
from survey_schema.columns import Role
from survey_schema.data_kinds.description import DataKind, Number

#: Stored name → the name it counts as.
Branches = Mapping[str, str]
BRANCH = str(Role.BRANCH)
_SHARING = "rows_of_the_same_key"


def final_names(steps: Mapping[str, str], scope: Scope) -> dict[str, str]:
    """What each old name counts as in the end, for a user.

    Nobody sees more or less than before by a mapping he knows nothing of: who may see an old name and not the one it leads to keeps the
    last name on the way that he may see, so his branch stays the branch it was. Who may see the new name sees all that counts as it.
    """
    allowed = scope.allowed.get(BRANCH)
    found: dict[str, str] = {}
    for source in steps:
        way = [source]
        while way[-1] in steps and steps[way[-1]] not in way:
            way.append(steps[way[-1]])
        seen = [name for name in way if allowed is None or name in allowed]
        name = way[-1] if way[-1] in seen or not seen else seen[-1]
        if name != source:
            found[source] = name
    return found


def stored_names(values: frozenset[str | None], branches: Branches) -> frozenset[str | None]:
    """The stored names that count as one of ``values``."""
    return frozenset([value for value in values if value not in branches] + [old for old, new in branches.items() if new in values])


def in_stored_names(allowed: list[tuple[str, frozenset[str | None]]], branches: Branches) -> list[tuple[str, frozenset[str | None]]]:
    """Filters with the names of branches as the files hold them."""
    return [(name, stored_names(values, branches) if name == BRANCH else values) for name, values in allowed]


def with_branches(frame: nw.LazyFrame[Any], branches: Branches) -> nw.LazyFrame[Any]:
    """Rows with the names their branches count as."""
    return frame.with_columns(_mapped(branches).alias(BRANCH)) if branches else frame


def kind_with_branches(frame: nw.LazyFrame[Any], kind: DataKind, branches: Branches) -> nw.LazyFrame[Any]:
    """The same for rows of a kind. Where two rows would then say the same thing of one branch, such as a KPI of one month, they keep
    their names: values cannot be added up, and none is left out. Rows that are edited one by one stay as they were noted."""
    if not branches or BRANCH not in {column.code for column in kind.columns} or kind.edited:
        return frame
    if BRANCH not in kind.key or any(isinstance(column.value, Number) and column.value.adds_up for column in kind.columns):
        return with_branches(frame, branches)
    told = frame.with_columns(_mapped(branches).alias("branch_now"))
    keys = list(dict.fromkeys(["branch_now", "period", *(name for name in kind.key if name != BRANCH)]))
    counted = told.with_columns(nw.len().over(*keys).alias(_SHARING))
    named = nw.when(nw.col(_SHARING) > 1).then(nw.col(BRANCH)).otherwise(nw.col("branch_now"))
    return counted.with_columns(named.alias(BRANCH)).drop("branch_now", _SHARING)


def population_with_branches(table: pa.Table | None, branches: Branches) -> pa.Table | None:
    """Customers by the names their branches count as; rows that are then alike stay, and add up where they are read."""
    if table is None or not branches or BRANCH not in table.column_names:
        return table
    values = [branches.get(value, value) if value is not None else None for value in table.column(BRANCH).to_pylist()]
    return table.set_column(table.column_names.index(BRANCH), BRANCH, pa.array(values, pa.string()))


def _mapped(branches: Branches) -> nw.Expr:
    found = nw.col(BRANCH)
    for new in sorted(set(branches.values())):
        old = sorted(name for name, target in branches.items() if target == new)
        found = nw.when(nw.col(BRANCH).is_in(old)).then(nw.lit(new)).otherwise(found)
    return found
