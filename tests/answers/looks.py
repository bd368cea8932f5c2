"""Which pages are looked at, on which stores, with what picked: the cases of the equality test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from storage.store import Store
from survey_schema.workbook.check.check_workbook import check_file
from tests.stores import quality_cases, small_store, weighable_store


def _small(folder: Path) -> Path:
    small_store.fill(folder)
    return folder


def _weighable(folder: Path) -> Path:
    weighable_store.fill(folder, weighable_store.CUSTOMERS)
    return folder


def _faults(folder: Path) -> Path:
    store = Store(folder)
    workbook = quality_cases.write_workbook(folder.parent / "wave.xlsx")
    store.commit(check_file(workbook, quality_cases.SCHEMA), quality_cases.SCHEMA, "test")
    store.close()
    return folder


#: Kinds of stores; the small one has several waves, branches, competitors; the weighable one has one wave, customers by branch and
#: neither operators nor a schema of the product; that of faults has hidden branches, interviewers and customers.
STORES: dict[str, Callable[[Path], Path]] = {"small": _small, "weighable": _weighable, "faults": _faults}


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


QUALITY_VIEWS = ("profile", "missing", "lines", "speed", "effects", "duplicates")
LOOKS: tuple[Look, ...] = (
    Look("measure/trends/page.py", ("index", "trend")),
    Look("explain/fuzzy/page.py", ("fuzzy",)),
    Look("explain/planner/page.py", ("planner",)),
    Look("explain/planner/page.py", ("planner",), picked={"planner_wish": "rest", "planner_power": "0.9"}, address={"branch": "lanzhou"}),
    Look("explain/planner/page.py", ("planner",), "weighable", {"planner_wish": "wave"}),
    Look("measure/data_quality/page.py", ("data-quality",)),
    Look("measure/data_quality/page.py", ("data-quality",), "weighable"),
    *(Look("measure/data_quality/page.py", ("data-quality",), "faults", {"quality_view": view}) for view in QUALITY_VIEWS),
)
