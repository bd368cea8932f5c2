"""The stores that pages are looked at on: a folder of each kind, made by its function."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from storage.records import Selection
from storage.store import Store
from survey_schema.workbook.check.check_workbook import check_file
from tests.stores import (
    attribute_store,
    benchmark_store,
    choice_store,
    clustered_store,
    commented_store,
    complaint_store,
    gap_store,
    hidden_branch,
    inspected_store,
    kano_store,
    kpi_store,
    measure_store,
    monthly_store,
    panel_store,
    quality_cases,
    raked_store,
    recovery_store,
    side_by_side,
    small_store,
    uneven_store,
    weighable_store,
)


def _small(folder: Path) -> Path:
    small_store.fill(folder)
    return folder


def _merged(folder: Path) -> Path:
    """One branch counts as another one."""
    small_store.fill(folder)
    store = Store(folder)
    first, second = (store.dimension_values(Selection("telecom_csi"))["branch"][place] for place in (0, 1))
    store.branches.make("telecom_csi", first, second, date(2026, 4, 1), "test", (first, second))
    store.close()
    return folder


def _attributes(folder: Path) -> Path:
    attribute_store.fill(folder)
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


def _raked(folder: Path) -> Path:
    raked_store.fill(folder)
    return folder


def _clustered(folder: Path) -> Path:
    clustered_store.fill(folder)
    return folder


def _hidden(folder: Path) -> Path:
    hidden_branch.fill(folder, swapped=False)
    return folder


def _uneven(folder: Path) -> Path:
    uneven_store.fill(folder)
    return folder


def _panel(folder: Path) -> Path:
    panel_store.fill_panel(folder)
    return folder


def _complaints(folder: Path) -> Path:
    complaint_store.fill(folder)
    return folder


def _one_month(folder: Path) -> Path:
    complaint_store.fill(folder, ((2026, 5),), customers=False)
    return folder


def _gaps(folder: Path) -> Path:
    gap_store.fill(folder)
    return folder


def _benchmarks(folder: Path) -> Path:
    benchmark_store.fill(folder)
    return folder


def _kpis(folder: Path) -> Path:
    kpi_store.fill(folder)
    return folder


def _measures(folder: Path) -> Path:
    measure_store.fill(folder)
    return folder


def _side_by_side(folder: Path) -> Path:
    side_by_side.fill(folder)
    return folder


def _commented(folder: Path) -> Path:
    commented_store.fill(folder)
    return folder


def _inspected(folder: Path) -> Path:
    inspected_store.fill(folder)
    return folder


def _monthly(folder: Path) -> Path:
    monthly_store.fill(folder)
    return folder


def _kano(folder: Path) -> Path:
    kano_store.fill(folder)
    return folder


def _recovery(folder: Path) -> Path:
    recovery_store.fill_with_contacts(folder)
    return folder


def _choices(folder: Path) -> Path:
    choice_store.fill(folder)
    return folder


#: Kinds of stores; the small one has several waves, branches, competitors; the weighable one has one wave, customers by branch and
#: neither operators nor a schema of the product; that of faults has hidden branches, interviewers and customers;
#: ``raked`` is the weighable one with raked weights, ``clustered`` has strata, clusters and uneven weights, ``hidden`` two branches too
#: small to be shown, ``uneven`` waves and branches that were not asked all of a survey written in YAML,
#: ``panel`` the same customers in two waves, ``recovery`` with contacts too;
#: ``complaints`` has tickets of two months, promises and customers, ``one month`` tickets only;
#: ``inspected`` has inspections beside the responses of two waves, ``gaps`` all that service gaps are made of; ``kpis`` has KPIs of
#: eighteen months beside fourteen waves; ``monthly`` has everything by month, with annotations;
#: ``choices`` has several answers, a ranking and recommendation;
#: ``kano`` has stated importance and Kano pairs; ``benchmarks`` is the small one with benchmarks; ``measures`` that of KPIs with measures.
STORES: dict[str, Callable[[Path], Path]] = {
    "small": _small,
    "attributes": _attributes,
    "merged": _merged,
    "weighable": _weighable,
    "faults": _faults,
    "raked": _raked,
    "clustered": _clustered,
    "hidden": _hidden,
    "uneven": _uneven,
    "panel": _panel,
    "recovery": _recovery,
    "complaints": _complaints,
    "one month": _one_month,
    "inspected": _inspected,
    "comments": _commented,
    "side by side": _side_by_side,
    "gaps": _gaps,
    "kpis": _kpis,
    "monthly": _monthly,
    "kano": _kano,
    "choices": _choices,
    "benchmarks": _benchmarks,
    "measures": _measures,
}
