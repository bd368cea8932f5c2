"""New words in the place of our own, as far as nobody changed them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from reports.office.names import office_text
from reports.office.sequences import A
from reports.refresh.deck_shapes import Told, all_paragraphs, fingerprint, letters_of, text_of


class OurTexts:
    """The paragraphs of a presentation that still read as this program wrote them; each is renewed once."""

    def __init__(self, presentation: Any) -> None:
        self._by_text: dict[str, list[tuple[int, Any]]] = {}
        self._done: set[Any] = set()
        for place, slide in enumerate(presentation.slides):
            for paragraph in all_paragraphs(slide):
                if text := text_of(paragraph):
                    self._by_text.setdefault(fingerprint(text), []).append((place, paragraph))

    def renew(self, slide: int, written: Sequence[str], new: Told | None, letters: str = "") -> str | None:
        """Puts the new paragraphs where those ``written`` before stand, on the slide or, if moved, elsewhere.

        Where they still have the size of ``letters`` they were written in, they get the new one, for it follows from their length.
        Returns what stood there; None where nothing reads as it was written, so nothing was changed.
        """
        mine = list(self._found(slide, written))
        if not mine:
            return None
        before = " ".join(text_of(paragraph) for paragraph in mine)
        paragraphs = [paragraph for paragraph in (new.paragraphs if new else ()) if text_of(paragraph)]
        sizes = [letters_of([paragraph]) if letters and letters == letters_of(mine) else "" for paragraph in paragraphs]
        _replace(mine, [(_lines_of(paragraph), size) for paragraph, size in zip(paragraphs, sizes, strict=True)])
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


def _lines_of(paragraph: Any) -> str:
    """The text of a new paragraph, with the lines it has."""
    return str(paragraph.text).replace("\v", "\n").strip()


def _replace(paragraphs: Sequence[Any], texts: Sequence[tuple[str, str]]) -> None:
    """The first paragraphs get the texts; more texts go below the last, more paragraphs go, but never the only one of a box."""
    for paragraph, (text, size) in zip(paragraphs, texts, strict=False):
        set_text(paragraph._p, text, size)
    last = paragraphs[min(len(paragraphs), max(len(texts), 1)) - 1]._p
    for text, size in texts[len(paragraphs) :]:
        another = deepcopy(last)
        set_text(another, text, size)
        last.addnext(another)
        last = another
    for paragraph in paragraphs[len(texts) :]:
        holder = paragraph._p.getparent()
        if len(holder.findall(f"{A}p")) > 1:
            holder.remove(paragraph._p)
        else:
            set_text(paragraph._p, "")


def set_text(paragraph: Any, text: str, size: str = "") -> None:
    """One run with the text, in the look of the first there was; ``size`` of its letters where it is to have another."""
    runs = paragraph.findall(f"{A}r")
    look = deepcopy(runs[0].find(f"{A}rPr")) if runs and runs[0].find(f"{A}rPr") is not None else None
    for name in ("r", "br", "fld"):
        for each in paragraph.findall(f"{A}{name}"):
            paragraph.remove(each)
    run = etree.Element(f"{A}r")
    if look is not None:
        run.append(look)
        if size:
            look.set("sz", size)
    etree.SubElement(run, f"{A}t").text = office_text(text)
    end = paragraph.find(f"{A}endParaRPr")
    if end is not None:
        end.addprevious(run)
    else:
        paragraph.append(run)


def told_by_role(told: Sequence[Told]) -> Mapping[str, Told]:
    """Texts of a slide by their roles."""
    return {each.role: each for each in told}
