"""Control charts: one large, or small ones of several groups on one scale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from charts.kit.description.planes import Lines

if TYPE_CHECKING:
    from charts.kit.layout import Canvas
    from charts.kit.plain_figure import PlainFigure


@dataclass(frozen=True)
class Panels:
    """Charts of lines with limits, a group each, whose name is that of the axis of values; ``header`` says what groups are.

    They are drawn together by ``draw``; an office program gets a chart for each.
    """

    header: str
    panels: tuple[Lines, ...]
    draw: Callable[[Canvas], PlainFigure]

    @property
    def kind(self) -> str:
        """What such a chart is called, which decides its native form in an office program."""
        return "control charts"
