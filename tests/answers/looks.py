"""Which pages are looked at, on which stores, with what picked: the cases of the equality test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.stores import small_store, weighable_store


def _small(folder: Path) -> Path:
    small_store.fill(folder)
    return folder


def _weighable(folder: Path) -> Path:
    weighable_store.fill(folder, weighable_store.CUSTOMERS)
    return folder


#: Kinds of stores; the small one has several waves, branches, competitors; the weighable one has one wave, customers by branch and
#: neither operators nor a schema of the product.
STORES: dict[str, Callable[[Path], Path]] = {"small": _small, "weighable": _weighable}


@dataclass(frozen=True)
class Look:
    """One look at a page; ``topics`` are those it is there for."""

    page: str
    topics: tuple[str, ...]
    store: str = "small"
    picked: Mapping[str, object] = field(default_factory=dict)
    address: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.page.rpartition('/')[0]} {self.store} {dict(self.picked)} {dict(self.address)}"


LOOKS: tuple[Look, ...] = (
    Look("measure/trends/page.py", ("index", "trend")),
    Look("explain/fuzzy/page.py", ("fuzzy",)),
    Look("explain/planner/page.py", ("planner",)),
    Look("explain/planner/page.py", ("planner",), picked={"planner_wish": "rest", "planner_power": "0.9"}, address={"branch": "lanzhou"}),
    Look("explain/planner/page.py", ("planner",), "weighable", {"planner_wish": "wave"}),
)
