"""The marks beside what does not hold any more: a line on the slide, where it covers nothing, to be read and removed."""

from __future__ import annotations

from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches, Pt

from reports.office.fonts import language_tag
from reports.office.names import office_text
from reports.office.tables import length_of
from reports.refresh.deck_shapes import MARK_PREFIX, set_alt_text, shapes_of
from words.language import Language, Message

_FILL, _EDGE, _INK = "FFF4CE", "C98A1B", "1C2833"
_MARGIN, _GAP, _HEIGHT, _SIZE = Inches(0.25), Inches(0.04), Inches(0.28), 10
#: A Latin letter as a multiple of the size of the font.
_LETTER, _POINT = 0.52, 12700


def remove_marks(presentation: Any) -> None:
    """Takes out the marks of an earlier refresh."""
    for slide in presentation.slides:
        for shape in list(slide.shapes):
            if shape.name.startswith(MARK_PREFIX):
                shape._element.getparent().remove(shape._element)


def add_mark(presentation: Any, slide: Any, part: str, beside: Message, whole: Message, language: Language) -> None:
    """Writes ``beside`` in one line onto the slide, cut where there is no room; ``whole`` is the text read out for it."""
    width = presentation.slide_width - 2 * _MARGIN
    box = slide.shapes.add_textbox(_MARGIN, Emu(_free_top(slide, presentation.slide_height)), Emu(width), _HEIGHT)
    box.name = f"{MARK_PREFIX}{office_text(part)}"
    set_alt_text(box, office_text(whole.text(language)))
    box.fill.solid()
    box.fill.fore_color.rgb, box.line.color.rgb = _rgb(_FILL), _rgb(_EDGE)
    frame = box.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.margin_top = frame.margin_bottom = Inches(0.02)
    run = frame.paragraphs[0].add_run()
    run.text = office_text(_in_one_line(beside.text(language), width))
    run.font.size, run.font.color.rgb = Pt(_SIZE), _rgb(_INK)
    run._r.get_or_add_rPr().set("lang", language_tag(language))


def _in_one_line(text: str, width: int) -> str:
    room = int(0.95 * width / (_POINT * _SIZE * _LETTER))
    if length_of(text) <= room:
        return text
    kept = len(text)
    while length_of(text[:kept]) > room - 1:
        kept -= 1
    return f"{text[:kept]}…"


def _free_top(slide: Any, slide_height: int) -> int:
    """Where a line across the slide covers least: at its top, above its title, below it, or at its foot."""
    taken = [
        (int(shape.top), int(shape.top + shape.height)) for shape in shapes_of(slide) if shape.top is not None and shape.height is not None
    ]  # fmt: skip
    places, title = [int(_GAP)], slide.shapes.title
    if title is not None and title.top is not None:
        places += [int(title.top - _GAP - _HEIGHT), int(title.top + title.height + _GAP)]
    places.append(int(slide_height - _GAP - _HEIGHT))
    within = [top for top in places if 0 <= top <= slide_height - _HEIGHT]
    return min(within, key=lambda top: sum(max(min(end, top + _HEIGHT) - max(start, top), 0) for start, end in taken))


def _rgb(colour: str) -> Any:
    return RGBColor.from_string(colour)  # type: ignore[no-untyped-call]
