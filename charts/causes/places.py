"""The parts a picture of causes is put together from, in pixels: texts, boxes and lines, and how they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from charts.kit.layout import Canvas, figure_for
from charts.kit.palette import blend
from charts.kit.plain_figure import PlainFigure, scatter
from charts.kit.rows import text_width

#: Size of texts and the height of their lines, in pixels (Plotly sets lines 1.3 times their size apart).
SIZE, LINE = 12, 15.6
#: Size of the texts in boxes.
BOX_SIZE, BOX_LINE = 13, 16.9


@dataclass(frozen=True)
class Text:
    """Lines at their upper left corner; ``shown`` is what Plotly shows, ``told`` what hovering says."""

    x: float
    y: float
    lines: tuple[str, ...]
    shown: str
    told: str = ""

    @property
    def bottom(self) -> float:
        """Where the last line ends."""
        return self.y + LINE * len(self.lines)

    @property
    def right(self) -> float:
        """Where the longest line ends."""
        return self.x + max(text_width(line, SIZE) for line in self.lines)


@dataclass(frozen=True)
class Box:
    """A box with a text in its middle. ``colour`` is that of its edge, of which it is ``filled`` with so much."""

    x: float
    y: float
    width: float
    height: float
    shown: str
    colour: str
    filled: float = 0.1
    edge: float = 1.5
    told: str = ""

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True)
class Stroke:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: str
    width: float = 1.0


@dataclass
class Picture:
    """What is drawn, and how high it is; collected while places are found."""

    texts: list[Text] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    arrows: list[Stroke] = field(default_factory=list)
    height: float = 0.0

    def drawn(self, on: Canvas) -> PlainFigure:
        """The figure: pixels are its units, so that what does not overlap there overlaps nowhere."""
        figure = figure_for(on, round(self.height), margin={"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0})
        figure.update_xaxes(range=[0, on.room], showticklabels=False)
        figure.update_yaxes(range=[self.height, 0], showticklabels=False)
        figure.add_trace(scatter(x=[0], y=[0], mode="markers", marker={"opacity": 0}, hoverinfo="skip"))
        figure.update_layout(
            shapes=[*map(_line, self.strokes), *(_rect(box, on) for box in self.boxes)],
            annotations=[*map(_arrow, self.arrows), *map(_text, self.texts), *map(_label, self.boxes)],
        )
        return figure


def box_size(lines: Sequence[str]) -> tuple[float, float]:
    """Width and height of a box around lines of bold text."""
    return max(text_width(line, BOX_SIZE) for line in lines) * 1.06 + 18, BOX_LINE * len(lines) + 12


def _line(stroke: Stroke) -> dict[str, object]:
    pen = {"color": stroke.colour, "width": stroke.width}
    return {"type": "line", "x0": stroke.x0, "y0": stroke.y0, "x1": stroke.x1, "y1": stroke.y1, "line": pen, "layer": "below"}


def _rect(box: Box, on: Canvas) -> dict[str, object]:
    fill = blend(box.colour, on.colours.surface, box.filled)
    ends = {"x0": box.x, "x1": box.x + box.width, "y0": box.y, "y1": box.y + box.height}
    return {"type": "rect", **ends, "fillcolor": fill, "line": {"color": box.colour, "width": box.edge}}


def _arrow(stroke: Stroke) -> dict[str, object]:
    return {
        "x": stroke.x1, "y": stroke.y1, "ax": stroke.x0, "ay": stroke.y0, "xref": "x", "yref": "y", "axref": "x", "ayref": "y",
        "text": "", "showarrow": True, "arrowhead": 2, "arrowsize": 0.9, "arrowwidth": stroke.width, "arrowcolor": stroke.colour,
    }  # fmt: skip


def _text(text: Text) -> dict[str, object]:
    return {
        "x": text.x, "y": text.y, "xref": "x", "yref": "y", "xanchor": "left", "yanchor": "top", "align": "left", "showarrow": False,
        "borderpad": 0, "text": text.shown, "font": {"size": SIZE}, **({"hovertext": text.told} if text.told else {}),
    }  # fmt: skip


def _label(box: Box) -> dict[str, object]:
    x, y = box.middle
    return {
        "x": x, "y": y, "xref": "x", "yref": "y", "xanchor": "center", "yanchor": "middle", "align": "center", "showarrow": False,
        "borderpad": 0, "text": box.shown, "font": {"size": BOX_SIZE}, **({"hovertext": box.told} if box.told else {}),
    }  # fmt: skip
