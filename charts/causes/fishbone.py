"""The cause-and-effect diagram (fishbone, 因果图): the problem at the head, a bone for each main cause, its causes along it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from analysis.root_causes.cause_tree import Cause, CauseTree
from charts.causes.cause_marks import look_of, marks_caption, tree_findings, tree_table, written
from charts.causes.outline import outline
from charts.causes.places import LINE, Box, Picture, Stroke, Text, box_size
from charts.kit.description.description import Description
from charts.kit.description.grid import Diagram
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from charts.kit.plain_figure import PlainFigure
from charts.kit.wrapping import wrapped
from words.language import translator
from words.shown_text import plotly_text as plain

#: A bone with its texts takes at least so many pixels, else the fish is drawn as an outline; and at most so many.
_LEAST_BONE, _MOST_BONE = 156, 340
#: Pixels of the head: its share of the width, and its bounds.
_HEAD_SHARE, _HEAD_LEAST, _HEAD_MOST = 0.17, 112, 190
#: How far a bone leans, between a text and the bone left of it, between groups of causes, by which causes below one are indented.
_LEAN, _CLEAR, _GAP, _INDENT = 48, 14, 10, 14
#: Between the spine and the nearest text, from the last bone to the head, and around the whole.
_AROUND_SPINE, _NECK, _EDGE = 12, 28, 4
#: Where a bone has few causes they are spread by at most so much.
_MOST_SPREAD = 22
_MOST_LINES = 6
#: From the last line of a text down to its twig.
_TWIG = 4


def fishbone(tree: CauseTree, on: Canvas) -> Chart:
    """The diagram of a tree; end causes carry the mark of their verdict. On a phone the causes stand one below the other."""
    _ = translator(on.language)
    described = Description(
        title=_("Causes of: {problem}").format(problem=tree.problem),
        caption=marks_caption(tree, on),
        body=Diagram("fishbone", partial(fishbone_figure, tree)),
        findings=tree_findings(tree, on.language) if tree.causes else "",
        table=tree_table(tree, on),
    )
    return draw(described, on)


def fishbone_figure(tree: CauseTree, on: Canvas) -> PlainFigure:
    """The figure for the width of a canvas."""
    return fishbone_places(tree, on).drawn(on)


def fishbone_places(tree: CauseTree, on: Canvas) -> Picture:
    """Where everything stands; an outline where bones would be too narrow to be read."""
    head = min(max(round(on.room * _HEAD_SHARE), _HEAD_LEAST), _HEAD_MOST)
    columns = -(-len(tree.main) // 2) or 1
    bone = min((on.room - head - _LEAN - _NECK - 2 * _EDGE) / columns, _MOST_BONE)
    if on.narrow or bone < _LEAST_BONE:
        return outline(tree, on)
    return _Fish(tree, on, head, columns, bone).picture()


@dataclass(frozen=True)
class _Group:
    """A cause of a bone and all below it: lines of each with its level, and how high they are together."""

    members: tuple[tuple[Cause, int, tuple[str, ...]], ...]

    @property
    def height(self) -> float:
        return sum(LINE * len(lines) + _TWIG + 1 for _cause, _level, lines in self.members) + 3


@dataclass(frozen=True)
class _Fish:
    """The fish of a width: ``head`` pixels for its head, ``bone`` for each of its ``columns`` of two bones."""

    tree: CauseTree
    on: Canvas
    head: int
    columns: int
    bone: float

    def picture(self) -> Picture:
        upper, lower = self.tree.main[: self.columns], self.tree.main[self.columns :]
        picture = Picture()
        head_lines = wrapped(self.tree.problem, self.head - 20, 13, 12)
        head_height = box_size(head_lines)[1]
        least = head_height / 2 + 8 - 2 * _AROUND_SPINE  # so that the boxes of the last bones stand clear of the head
        up, down = (max(self._side(side), least) for side in (upper, lower))
        box_up, box_down = (max((self._box(cause)[1] for cause in side), default=0.0) for side in (upper, lower))
        spine = _EDGE + max(box_up + up + 2 * _AROUND_SPINE, head_height / 2)
        start = _EDGE + _LEAN
        end = start + self.columns * self.bone + _NECK
        for place, cause in enumerate(upper):
            self._bone(picture, cause, start + (place + 1) * self.bone, spine, -1, up)
        for place, cause in enumerate(lower):
            self._bone(picture, cause, start + (place + 1) * self.bone, spine, 1, down)
        picture.arrows.append(Stroke(_EDGE, spine, end, spine, self.on.colours.ink, 3))
        shown = "<b>" + "<br>".join(map(plain, head_lines)) + "</b>"
        picture.boxes.append(
            Box(end, spine - head_height / 2, self.head, head_height, shown, self.on.colours.ink, 0.06, 2, plain(self.tree.problem))
        )
        below = box_down + down + 2 * _AROUND_SPINE if lower else 0.0
        picture.height = spine + max(below, head_height / 2) + _EDGE
        return picture

    def _box(self, cause: Cause) -> tuple[list[str], float]:
        lines = wrapped(written(cause, look_of(cause, self.tree, self.on)), round(self.bone - 40), 13, 3)
        return lines, box_size(lines)[1]

    def _groups(self, cause: Cause, width: float) -> list[_Group]:
        return [
            _Group(tuple((each, level, self._lines(each, level, width)) for each, level in self.tree.walk(child)))
            for child in self.tree.below(cause)
        ]

    def _lines(self, cause: Cause, level: int, width: float) -> tuple[str, ...]:
        text = written(cause, look_of(cause, self.tree, self.on))
        return tuple(wrapped(text, max(round(width - level * _INDENT), 60), most=_MOST_LINES))

    def _width(self, groups: Sequence[_Group], height: float) -> float:
        """What is left for texts: a bone leans, so a high group of causes has less room between two of them."""
        lean = max((group.height for group in groups), default=0.0) / max(height, 1.0)
        return self.bone - _CLEAR - 10 - _LEAN * min(lean, 1.0)

    def _fitted(self, cause: Cause) -> list[_Group]:
        """Groups wrapped for the room they have, found as if the bone were no higher than they are."""
        groups = self._groups(cause, self.bone - _CLEAR - 10)
        height = sum(group.height + _GAP for group in groups)
        return self._groups(cause, self._width(groups, height))

    def _side(self, causes: Sequence[Cause]) -> float:
        """How high the bones of a side are."""
        return max((sum(group.height + _GAP for group in self._fitted(cause)) for cause in causes), default=0.0)

    def _bone(self, picture: Picture, cause: Cause, foot: float, spine: float, side: int, height: float) -> None:
        """A bone from the spine at ``foot`` up (``side`` −1) or down (1) to its box, with its causes."""
        whole = height + 2 * _AROUND_SPINE
        lean = min(_LEAN, whole)
        colours = self.on.colours

        def at(y: float) -> float:
            return foot - lean * abs(y - spine) / whole

        look = look_of(cause, self.tree, self.on)
        lines, box_height = self._box(cause)
        width = box_size(lines)[0]
        far = spine + side * whole
        edge = look.colour if look.mark else colours.ours
        shown = "<b>" + "<br>".join(map(plain, lines)) + "</b>"
        top = far - box_height if side < 0 else far
        picture.boxes.append(Box(max(at(far) - width / 2, 2), top, width, box_height, shown, edge, told=plain(cause.text)))
        picture.strokes.append(Stroke(at(far), far, foot, spine, colours.muted, 2))
        groups = self._fitted(cause)
        spare = height - sum(group.height + _GAP for group in groups)
        spread = min(spare / max(len(groups), 1), _MOST_SPREAD)
        y = (far if side < 0 else spine) + _AROUND_SPINE
        for group in groups:
            start = y + group.height if side < 0 else y
            self._group(picture, group, at(start) - self.bone + _CLEAR, y, at)
            y += group.height + _GAP + spread

    def _group(self, picture: Picture, group: _Group, x: float, y: float, at: Callable[[float], float]) -> None:
        """The causes of a group from ``y`` on: the first on a twig to its bone, those below it hanging from it."""
        hangs: dict[int, tuple[float, float]] = {}
        colours = self.on.colours
        for place, (cause, level, lines) in enumerate(group.members):
            look = look_of(cause, self.tree, self.on)
            left = x + level * _INDENT
            picture.texts.append(Text(left, y, lines, look.text(list(lines)), plain(cause.text)))
            bottom = y + LINE * len(lines) + _TWIG
            if place == 0:
                picture.strokes.append(Stroke(left, bottom, at(bottom), bottom, colours.unclear, 1.3))
            else:
                from_x, from_y = hangs[level - 1]
                middle = y + LINE / 2
                picture.strokes.append(Stroke(from_x, from_y, from_x, middle, colours.unclear))
                picture.strokes.append(Stroke(from_x, middle, left - 3, middle, colours.unclear))
            hangs[level] = (left + 5, bottom)
            y = bottom + 1
