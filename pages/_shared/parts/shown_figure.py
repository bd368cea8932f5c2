"""A figure of reports as a page shows it: what is needed to put the same one into a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reports.document import Scope
from reports.figures.figure import Drawn


@dataclass(frozen=True)
class ShownFigure:
    """Its code, the scope and the choices it was drawn with, and what it follows from."""

    code: str
    scope: Scope
    drawn: Drawn
    choices: Mapping[str, Any] = field(default_factory=dict)
