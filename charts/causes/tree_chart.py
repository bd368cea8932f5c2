"""The cause tree (系统图): the problem at the left, why it happens in the next column, and so on to the end causes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from analysis.root_causes.cause_tree import Cause, CauseTree
from charts.causes.cause_marks import look_of, marks_caption, tree_findings, tree_table, written
from charts.causes.outline import outline
from charts.causes.places import BOX_LINE, Box, Picture, Stroke
from charts.kit.description.description import Description
from charts.kit.description.grid import Diagram
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from charts.kit.plain_figure import PlainFigure
from charts.kit.wrapping import wrapped
from words.language import translator
from words.shown_text import plotly_text as plain

#: A column of boxes takes at least so many pixels, else the tree is drawn as an outline; and at most so many.
_LEAST_COLUMN, _MOST_COLUMN = 128, 300
#: Between columns, between boxes, within a box beside and above its text, and around the whole.
_BETWEEN, _GAP, _INNER, _EDGE = 30, 8, 9, 3
_SIZE, _MOST_LINES = 13, 6


def cause_tree_chart(tree: CauseTree, on: Canvas) -> Chart:
    """The tree; end causes carry the mark of their verdict. On a phone the causes stand one below the other."""
    _ = translator(on.language)
    described = Description(
        title=_("Causes of: {problem}").format(problem=tree.problem),
        caption=marks_caption(tree, on),
        body=Diagram("cause tree", partial(_figure, tree)),
        findings=tree_findings(tree, on.language) if tree.causes else "",
        table=tree_table(tree, on),
    )
    return draw(described, on)


def _figure(tree: CauseTree, on: Canvas) -> PlainFigure:
    return tree_places(tree, on).drawn(on)


def tree_places(tree: CauseTree, on: Canvas) -> Picture:
    """Where everything stands; an outline where columns would be too narrow to be read."""
    columns = 2 + max((level for _cause, level in tree.all), default=-1)
    column = min((on.room - 2 * _EDGE + _BETWEEN) / columns, _MOST_COLUMN)
    if on.narrow or column < _LEAST_COLUMN + _BETWEEN:
        return outline(tree, on)
    return _Columns(tree, on, column).picture()


@dataclass(frozen=True)
class _Columns:
    """The tree in columns so many pixels wide, the room between them included."""

    tree: CauseTree
    on: Canvas
    column: float

    def picture(self) -> Picture:
        picture = Picture()
        y, middles = float(_EDGE), list[float]()
        for cause in self.tree.main:
            y, middle = self._placed(picture, cause, 1, y)
            middles.append(middle)
        lines = self._lines(self.tree.problem)
        height = BOX_LINE * len(lines) + 2 * _INNER
        least = height + 2 * _EDGE
        if y < least:  # a long problem beside few causes
            self._moved(picture, (least - y) / 2)
            middles, y = [middle + (least - y) / 2 for middle in middles], least
        at = (middles[0] + middles[-1]) / 2 if middles else least / 2
        top = min(max(at - height / 2, _EDGE), y - height)
        head = "<b>" + "<br>".join(map(plain, lines)) + "</b>"
        picture.boxes.append(Box(_EDGE, top, self._width, height, head, self.on.colours.ink, 0.06, 1.8, plain(self.tree.problem)))
        self._joined(picture, 0, top + height / 2, middles)
        picture.height = y + _EDGE
        return picture

    @property
    def _width(self) -> float:
        return self.column - _BETWEEN

    def _lines(self, text: str) -> list[str]:
        return wrapped(text, round((self._width - 2 * _INNER) / 1.06), _SIZE, _MOST_LINES)

    def _placed(self, picture: Picture, cause: Cause, level: int, y: float) -> tuple[float, float]:
        """Places a cause and all below it from ``y`` on; returns where they end and the middle of the cause's box."""
        look = look_of(cause, self.tree, self.on)
        lines = self._lines(written(cause, look))
        height = BOX_LINE * len(lines) + 2 * _INNER
        end, middles, first = y, list[float](), len(picture.boxes)
        strokes = len(picture.strokes)
        for child in self.tree.below(cause):
            end, middle = self._placed(picture, child, level + 1, end)
            middles.append(middle)
        if end - _GAP - y < height and middles:  # a long text beside short ones: those move to its middle
            down = (height - (end - _GAP - y)) / 2
            self._moved(picture, down, first, strokes)
            middles = [middle + down for middle in middles]
        end = max(end, y + height + _GAP)
        at = (middles[0] + middles[-1]) / 2 if middles else y + height / 2
        top = min(max(at - height / 2, y), end - _GAP - height)
        colour = look.colour if look.mark else self.on.colours.ours
        filled = 0.16 if cause.verdict == "confirmed" and look.mark else 0.05
        shown = look.text(lines) if look.mark else "<br>".join(map(plain, lines))
        picture.boxes.append(
            Box(_EDGE + level * self.column, top, self._width, height, shown, colour, filled, 2 if look.strong else 1.2, plain(cause.text))
        )
        self._joined(picture, level, top + height / 2, middles)
        return end, top + height / 2

    def _joined(self, picture: Picture, level: int, y: float, middles: list[float]) -> None:
        """The lines from a box to those in the next column."""
        if not middles:
            return
        colour, left = self.on.colours.unclear, _EDGE + level * self.column + self._width
        x, right = left + _BETWEEN / 2, left + _BETWEEN
        picture.strokes.append(Stroke(left, y, x, y, colour, 1.3))
        picture.strokes.append(Stroke(x, min(y, *middles), x, max(y, *middles), colour, 1.3))
        picture.strokes += [Stroke(x, middle, right, middle, colour, 1.3) for middle in middles]

    @staticmethod
    def _moved(picture: Picture, down: float, box: int = 0, stroke: int = 0) -> None:
        """Boxes and lines from some on moved down."""
        picture.boxes[box:] = [replace(each, y=each.y + down) for each in picture.boxes[box:]]
        picture.strokes[stroke:] = [replace(each, y0=each.y0 + down, y1=each.y1 + down) for each in picture.strokes[stroke:]]
