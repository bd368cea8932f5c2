"""New words in the place of our own, as far as nobody changed them; and the marks beside sentences that do not hold any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches, Pt

from reports.office.fonts import language_tag
from reports.office.names import office_text
from reports.office.sequences import A
from reports.refresh.deck_shapes import MARK_PREFIX, Told, all_paragraphs, fingerprint, text_of
from words.language import Language

_MARK_FILL, _MARK_EDGE, _INK = "FFF4CE", "C98A1B", "1C2833"


class OurTexts:
    """The paragraphs of a presentation that still read as this program wrote them; each is renewed once."""

    def __init__(self, presentation: Any) -> None:
        self._by_text: dict[str, list[tuple[int, Any]]] = {}
        self._done: set[Any] = set()
        for place, slide in enumerate(presentation.slides):
            for paragraph in all_paragraphs(slide):
                if text := text_of(paragraph):
                    self._by_text.setdefault(fingerprint(text), []).append((place, paragraph))

    def renew(self, slide: int, written: Sequence[str], new: Told | None) -> str | None:
        """Puts the new paragraphs where those ``written`` before stand, on the slide or, if moved, elsewhere.

        Returns what stood there; None where nothing reads as it was written, so nothing was changed.
        """
        mine = list(self._found(slide, written))
        if not mine:
            return None
        before = " ".join(text_of(paragraph) for paragraph in mine)
        texts = [text for paragraph in (new.paragraphs if new else ()) if (text := text_of(paragraph))]
        _replace(mine, texts)
        self._done |= {paragraph._p for paragraph in mine}
        return before

    def holds(self, slide: int, written: Sequence[str]) -> bool:
        """Whether all of these paragraphs still stand as they were written."""
        return len(list(self._found(slide, written))) >= len(written)

    def _found(self, slide: int, written: Sequence[str]) -> Iterator[Any]:
        for each in written:
            there = [(place, one) for place, one in self._by_text.get(each, ()) if one._p not in self._done]
            here = [one for place, one in there if place == slide] or [one for _place, one in there[:1]]
            yield from here


def _replace(paragraphs: Sequence[Any], texts: Sequence[str]) -> None:
    """The first paragraphs get the texts; more texts go below the last, more paragraphs go, but never the only one of a box."""
    for paragraph, text in zip(paragraphs, texts, strict=False):
        set_text(paragraph._p, text)
    last = paragraphs[min(len(paragraphs), max(len(texts), 1)) - 1]._p
    for text in texts[len(paragraphs) :]:
        another = deepcopy(last)
        set_text(another, text)
        last.addnext(another)
        last = another
    for paragraph in paragraphs[len(texts) :]:
        holder = paragraph._p.getparent()
        if len(holder.findall(f"{A}p")) > 1:
            holder.remove(paragraph._p)
        else:
            set_text(paragraph._p, "")


def set_text(paragraph: Any, text: str) -> None:
    """One run with the text, in the look of the first there was."""
    runs = paragraph.findall(f"{A}r")
    look = deepcopy(runs[0].find(f"{A}rPr")) if runs and runs[0].find(f"{A}rPr") is not None else None
    for name in ("r", "br", "fld"):
        for each in paragraph.findall(f"{A}{name}"):
            paragraph.remove(each)
    run = etree.Element(f"{A}r")
    if look is not None:
        run.append(look)
    etree.SubElement(run, f"{A}t").text = office_text(text)
    end = paragraph.find(f"{A}endParaRPr")
    if end is not None:
        end.addprevious(run)
    else:
        paragraph.append(run)


def remove_marks(presentation: Any) -> None:
    """The marks of an earlier refresh."""
    for slide in presentation.slides:
        for shape in list(slide.shapes):
            if shape.name.startswith(MARK_PREFIX):
                shape._element.getparent().remove(shape._element)


def add_mark(slide: Any, part: str, text: str, width: int, language: Language) -> None:
    """A box on top of the slide, to be read and removed."""
    edge = Inches(0.25)
    box = slide.shapes.add_textbox(edge, Inches(0.05), Emu(width - 2 * edge), Inches(0.42))
    box.name = f"{MARK_PREFIX}{office_text(part)}"
    box.fill.solid()
    box.fill.fore_color.rgb = _rgb(_MARK_FILL)
    box.line.color.rgb = _rgb(_MARK_EDGE)
    frame = box.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.margin_top = frame.margin_bottom = Inches(0.03)
    run = frame.paragraphs[0].add_run()
    run.text = office_text(text)
    run.font.size, run.font.color.rgb = Pt(10), _rgb(_INK)
    run._r.get_or_add_rPr().set("lang", language_tag(language))


def told_by_role(told: Sequence[Told]) -> Mapping[str, Told]:
    """Texts of a slide by their roles."""
    return {each.role: each for each in told}


def _rgb(colour: str) -> Any:
    return RGBColor.from_string(colour)  # type: ignore[no-untyped-call]
