"""Causes one below the other, each indented below its own: how fishbone and tree are drawn where there is no width for them."""

from __future__ import annotations

from analysis.root_causes.cause_tree import Cause, CauseTree
from charts.causes.cause_marks import look_of, written
from charts.causes.places import LINE, Box, Picture, Stroke, Text, box_size
from charts.kit.layout import Canvas
from charts.kit.wrapping import wrapped
from words.shown_text import plotly_text as plain

#: Pixels from the spine to main causes, by which each level is indented, and between causes.
_SPINE, _MAIN, _INDENT, _GAP = 8, 24, 16, 7
_EDGE, _MOST_LINES = 6, 6


def outline(tree: CauseTree, on: Canvas) -> Picture:
    """The problem in a box on top, its spine down the left side, a box for each main cause and its causes below."""
    picture = Picture()
    colours = on.colours
    lines = wrapped(tree.problem, on.room - 2 * _EDGE - 20, 13, _MOST_LINES)
    _width, height = box_size(lines)
    head = "<b>" + "<br>".join(map(plain, lines)) + "</b>"
    picture.boxes.append(Box(2, 2, on.room - 4, height, head, colours.ink, 0.06, 1.8))
    y = spine = height + 2
    for cause in tree.main:
        y += 2 * _GAP
        spine = y + 12
        y = _main(picture, cause, tree, y, on)
    picture.strokes.insert(0, Stroke(_SPINE, height + 2, _SPINE, spine, colours.ink, 2.5))
    picture.height = y + _GAP
    return picture


def _main(picture: Picture, cause: Cause, tree: CauseTree, y: float, on: Canvas) -> float:
    look = look_of(cause, tree, on)
    lines = wrapped(written(cause, look), on.room - _MAIN - _EDGE - 24, 13, _MOST_LINES)
    width, height = box_size(lines)
    colour = look.colour if look.mark else on.colours.ours
    picture.boxes.append(Box(_MAIN, y, width, height, "<b>" + "<br>".join(map(plain, lines)) + "</b>", colour, told=plain(cause.text)))
    picture.strokes.append(Stroke(_SPINE, y + 12, _MAIN, y + 12, on.colours.ink, 1.8))
    return _below(picture, cause, tree, _MAIN + 10, y + height, on)


def _below(picture: Picture, above: Cause, tree: CauseTree, x: float, y: float, on: Canvas) -> float:
    """The causes below one whose connector stands at ``x`` and begins at ``y``; returns where they end."""
    start, last = y, y
    for cause in tree.below(above):
        y += _GAP
        look = look_of(cause, tree, on)
        lines = wrapped(written(cause, look), round(on.room - x - _INDENT - _EDGE), most=_MOST_LINES)
        picture.texts.append(Text(x + _INDENT, y, tuple(lines), look.text(lines), plain(cause.text)))
        last = y + LINE / 2
        picture.strokes.append(Stroke(x, last, x + _INDENT - 4, last, on.colours.unclear))
        y = _below(picture, cause, tree, x + _INDENT + 4, y + LINE * len(lines), on)
    if last > start:
        picture.strokes.append(Stroke(x, start, x, last, on.colours.unclear))
    return y
