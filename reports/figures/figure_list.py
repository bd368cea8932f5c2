"""All figures a report can hold, by their codes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reports.figures import (
    branches,
    choices,
    competitors,
    complaints,
    control_charts,
    crosstab,
    drivers,
    effects,
    gaps,
    inspections,
    kano,
    kpis,
    measure_choice,
    measures,
    overview,
    project_content,
    projects,
    recovery,
    tiers,
    trends,
)
from reports.figures.figure import Figure

_PARTS = (
    overview,
    branches,
    trends,
    competitors,
    drivers,
    effects,
    projects,
    choices,
    control_charts,
    complaints,
    gaps,
    kpis,
    measure_choice,
    inspections,
    measures,
    tiers,
    recovery,
    kano,
    project_content,
    crosstab,
)
#: Code → figure. A code is never given to another figure: saved reports call figures by it.
FIGURES: Mapping[str, Figure] = MappingProxyType({figure.code: figure for part in _PARTS for figure in part.FIGURES})
