"""Where things stand on a slide: title, figure, and what is told below it; of a plain deck, or of a company's template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Cm, Inches

from words.errors import ManyiError
from words.language import message

_WIDTH, _HEIGHT, _EDGE = Inches(13.333), Inches(7.5), Inches(0.6)
_TITLE_AT, _BODY_AT, _BODY_END, _FOOT_END = Inches(0.35), Inches(1.2), Inches(6.2), Inches(7.3)
#: Below this, in centimetres, a figure cannot be read.
LEAST_WIDTH, LEAST_HEIGHT = 20, 10
#: Room around what stands in a template, and the share of its height that is for what is told below a figure.
_GAP, _FOOT_SHARE, _LEAST_FOOT = Cm(0.3), 0.18, Cm(1.9)
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_FURNITURE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_PER_CM = 360_000


@dataclass(frozen=True)
class Box:
    """A place on a slide, in EMU."""

    left: int
    top: int
    width: int
    height: int

    def words(self) -> str:
        """Its size in centimetres."""
        return f"{self.width / _PER_CM:.1f} × {self.height / _PER_CM:.1f} cm"


@dataclass(frozen=True)
class Frame:
    """``cover`` and ``page`` are layouts; ``own`` is True for a company's template, whose fonts, colours and titles stay as they are."""

    cover: Any
    page: Any
    title: Box
    body: Box
    foot: Box
    own: bool = False


def usual_frame(deck: Any) -> Frame:
    """The frame of a deck without a template, in wide format."""
    body = Box(_EDGE, _BODY_AT, _WIDTH - 2 * _EDGE, _BODY_END - _BODY_AT)
    return Frame(
        deck.slide_layouts[0],
        deck.slide_layouts[5],
        Box(_EDGE, _TITLE_AT, _WIDTH - 2 * _EDGE, _BODY_AT - _TITLE_AT),
        body,
        Box(_EDGE, _BODY_END, body.width, _FOOT_END - _BODY_END),
    )


def frame_of(deck: Any, used: Sequence[Any] = ()) -> Frame:
    """The frame of a company's template; ``used`` are the layouts of its sample slides, which say which of several masters is meant.

    Layouts are found by the kinds of their placeholders, for their names are in any language. Raises ManyiError where no layout has a
    title, or none has room for a figure.
    """
    masters = list(deck.slide_masters)
    master = max(masters, key=lambda each: sum(layout.slide_master == each for layout in used))
    titled = [layout for layout in master.slide_layouts if _title(layout) is not None]
    if not titled:
        raise ManyiError(
            message(
                "No layout of this template has a placeholder for a title. Add one to the slide master in PowerPoint and save it again."
            )
        )
    pages = [layout for layout in titled if not _kinds(layout, PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.CENTER_TITLE)] or titled
    page = max(pages, key=lambda layout: _rank(layout, deck))
    covers = [layout for layout in titled if _kinds(layout, PP_PLACEHOLDER.SUBTITLE)]
    cover = next((layout for layout in covers if _kinds(layout, PP_PLACEHOLDER.CENTER_TITLE)), covers[0] if covers else page)
    room = _room(page, deck)
    if room.width < LEAST_WIDTH * _PER_CM or room.height < LEAST_HEIGHT * _PER_CM:
        raise ManyiError(
            message(
                "The slides of this template leave {room} for a figure; it needs at least {width} × {height} cm. "
                "Make the title smaller in the slide master, or move the footer down.",
                room=room.words(), width=LEAST_WIDTH, height=LEAST_HEIGHT,
            )
        )  # fmt: skip
    foot = max(int(room.height * _FOOT_SHARE), _LEAST_FOOT)
    body = Box(room.left, room.top, room.width, room.height - foot)
    return Frame(cover, page, _box(_title(page)), body, Box(room.left, body.top + body.height, room.width, foot), own=True)


def furniture(layout: Any) -> list[Any]:
    """Slide number, date and footer of a layout."""
    return [shape for shape in layout.placeholders if shape.placeholder_format.type in _FURNITURE]


def _rank(layout: Any, deck: Any) -> tuple[bool, bool, int]:
    """Best is a layout with room and with nothing but its title, then one with a single box for content."""
    others = [shape for shape in layout.placeholders if shape.placeholder_format.type not in (*_TITLES, *_FURNITURE)]
    room = _room(layout, deck)
    enough = room.width >= LEAST_WIDTH * _PER_CM and room.height >= LEAST_HEIGHT * _PER_CM
    return enough, not others, -len(others)


def _room(layout: Any, deck: Any) -> Box:
    """What lies below the title and above the footer, as wide as the title."""
    title = _box(_title(layout))
    top = title.top + title.height + _GAP
    ends = [shape.top for shape in furniture(layout) if shape.top is not None and shape.top > deck.slide_height // 2]
    end = min([*ends, deck.slide_height - Cm(0.6)])
    return Box(title.left, top, title.width, max(end - _GAP - top, 0))


def _title(layout: Any) -> Any:
    return next((shape for shape in layout.placeholders if shape.placeholder_format.type in _TITLES), None)


def _kinds(layout: Any, *kinds: Any) -> bool:
    return any(shape.placeholder_format.type in kinds for shape in layout.placeholders)


def _box(shape: Any) -> Box:
    """The place of a placeholder, which may be that of the master."""
    return Box(*(int(side or 0) for side in (shape.left, shape.top, shape.width, shape.height)))
