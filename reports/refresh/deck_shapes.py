"""The shapes and texts of a presentation, ours among them: ``manyi:<part>`` is the name of a shape, a part is an item or a piece of one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reports.office.sequences import A

PREFIX = "manyi:"
#: Boxes that a refresh adds beside sentences to be looked at.
MARK_PREFIX = "manyi-check:"
CAPTION = "caption"


@dataclass(frozen=True, eq=False)
class Placed:
    """A shape on its slide, under the name of its part."""

    part: str
    slide: Any
    shape: Any


@dataclass(frozen=True, eq=False)
class Told:
    """Paragraphs of one text in the place it has: the title, caption, line or notes of a slide."""

    role: str
    paragraphs: tuple[Any, ...]


def shapes_of(slide: Any) -> Iterator[Any]:
    """All shapes of a slide, also those in groups."""

    def within(shapes: Any) -> Iterator[Any]:
        for shape in shapes:
            if hasattr(shape, "shapes"):
                yield from within(shape.shapes)
            else:
                yield shape

    yield from within(slide.shapes)


def holds_figures(shape: Any) -> bool:
    """Whether a shape is a chart, a table or a picture."""
    return bool(getattr(shape, "has_chart", False) or getattr(shape, "has_table", False) or hasattr(shape, "image"))


def named_shapes(presentation: Any) -> list[Placed]:
    """The shapes that carry the name of a part, slide by slide; one part may have several, copied ones."""
    return [
        Placed(shape.name.removeprefix(PREFIX), slide, shape)
        for slide in presentation.slides
        for shape in shapes_of(slide)
        if shape.name.startswith(PREFIX) and holds_figures(shape)
    ]


def item_of(part: str) -> str:
    """The item a part belongs to."""
    return part.partition(":")[0]


def alt_text_of(shape: Any) -> str:
    """What is read out for a shape."""
    return str(shape._element.xpath(".//p:cNvPr")[0].get("descr") or "")


def set_alt_text(shape: Any, text: str) -> None:
    """Sets it."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", text)


def written_texts(slide: Any) -> tuple[Told, ...]:
    """The texts of a slide as this program writes it: title, caption, the line on where figures come from, notes."""
    told = []
    title = slide.shapes.title
    if title is not None:
        told.append(Told("title", tuple(title.text_frame.paragraphs)))
    for shape in slide.shapes:
        if shape.name == CAPTION and shape.has_text_frame:
            *before, last = shape.text_frame.paragraphs
            told += [Told("caption", tuple(before)), Told("line", (last,))]
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        told.append(Told("notes", tuple(slide.notes_slide.notes_text_frame.paragraphs)))
    return tuple(told)


def words_page_of(slide: Any) -> str:
    """The item whose words a slide holds; empty for any other slide."""
    name = str(slide.name or "")
    return name.removeprefix(PREFIX) if name.startswith(PREFIX) else ""


def words_texts(slide: Any) -> tuple[Told, ...]:
    """The texts of a page of words: its title, and all that stands in other boxes."""
    title = slide.shapes.title
    others = [shape for shape in slide.shapes if shape.has_text_frame and (title is None or shape.shape_id != title.shape_id)]
    words = tuple(paragraph for shape in others for paragraph in shape.text_frame.paragraphs)
    return (Told("title", tuple(title.text_frame.paragraphs) if title is not None else ()), Told("words", words))


def cover_texts(slide: Any) -> tuple[Told, ...]:
    """The texts of a cover, a role each."""
    frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
    paragraphs = [paragraph for frame in frames for paragraph in frame.paragraphs if text_of(paragraph)]
    return tuple(Told(f"cover {place}", (paragraph,)) for place, paragraph in enumerate(paragraphs))


def all_paragraphs(slide: Any) -> Iterator[Any]:
    """Every paragraph of text shapes and notes of a slide; tables hold figures and are not among them."""
    for shape in shapes_of(slide):
        if getattr(shape, "has_text_frame", False):
            yield from shape.text_frame.paragraphs
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        yield from slide.notes_slide.notes_text_frame.paragraphs


def text_of(paragraph: Any) -> str:
    """A paragraph's text with single blanks: programs break lines as they like."""
    return " ".join(str(paragraph.text).split())


def fingerprint(text: str) -> str:
    """A text, or the bytes of a workbook told as hexadecimal, by twelve digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def fingerprints(paragraphs: Sequence[Any]) -> tuple[str, ...]:
    """Those of paragraphs that have text."""
    return tuple(fingerprint(text) for paragraph in paragraphs if (text := text_of(paragraph)))


def letters_of(paragraphs: Sequence[Any]) -> str:
    """The size of the letters of the first text among paragraphs, as the file says it; empty where it is that of the layout."""
    looks = (run.find(f"{A}rPr") for paragraph in paragraphs for run in paragraph._p.iter(f"{A}r"))
    return next((str(look.get("sz") or "") for look in looks if look is not None), "")
