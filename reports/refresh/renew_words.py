"""The words around a figure: renewed where they are still ours, else the user's; a sentence that holds no more gets a mark beside it."""

from __future__ import annotations

from typing import Any

from reports.making.items import MadeItem
from reports.narrative.claims import failed, words_of
from reports.refresh.deck_shapes import Placed, Told, cover_texts, item_of, text_of, words_page_of, words_texts, written_texts
from reports.refresh.marks import add_mark
from reports.refresh.outcome import Line
from reports.refresh.record import ALT_TEXT, COVER, Part, Record
from reports.refresh.texts import OurTexts, told_by_role
from words.language import Message, message

#: What is told where it is not ours any more; notes are the speaker's.
_KEPT = {
    "title": message("Your title is kept: “{text}”"),
    "caption": message("Your words below “{name}” are kept."),
}  # fmt: skip
_NO_LINE = message("The line that says where “{name}” comes from was changed or removed; it may still name the earlier wave.")
_OWN_PAGE = message("You changed words of this page, so all of them stay; they are about the earlier wave.")
_OTHER_NEWS = message("Please check this page: its sentences say other things than those of the earlier wave.")
_CHECK = message("Please check the sentence on this slide: what it claimed does not hold any more. Before: “{before}” Now: “{now}”")

#: What stands beside the title: the sentence that cannot be read there.
_WAS = message("Please check: the earlier wave's title was “{before}”")
_WOULD_BE = message("Please check: of this wave the title would be “{now}”")
_NOT_IN_THIS_WAVE = message("Please check this page: a new report of this wave has none like it; it is about the earlier wave.")


def renew_words(
    theirs: Any,
    placed: Placed,
    new: Placed,
    record: Record,
    made: MadeItem,
    texts: OurTexts,
    name: Message | str,
    copy: bool,
) -> list[Line]:
    """The title, caption, line of origin and notes of a part, and the mark where its sentence fails.

    Of a ``copy`` it is no news that the words below are somewhere else.
    """
    written = record.parts.get(placed.part)
    place = list(theirs.slides).index(placed.slide)
    fresh, lines, before = told_by_role(written_texts(new.slide)), list[Line](), ""
    for role, prints in written.texts.items() if written else ():
        if role == ALT_TEXT or not prints:
            continue
        stood = texts.renew(place, prints, fresh.get(role), written.letters.get(role, "") if written else "")
        if stood is not None:
            before = stood if role == "title" else before
        elif role != "title" and copy:
            continue
        elif role == "line":
            lines.append(Line("warning", message(_NO_LINE.template, name=name), place + 1))
        elif role in _KEPT:
            kept = message(_KEPT[role].template, text=_title(placed), name=name)
            lines.append(Line("kept", kept, place + 1))
    if failed(record.claims.get(item_of(placed.part), ()), made.claims):
        now = made.written.headline
        said = message(_CHECK.template, before=before or _title(placed), now=now)
        beside = message(_WAS.template, before=before) if before else message(_WOULD_BE.template, now=now)
        add_mark(theirs, placed.slide, placed.part, beside, said, record.report.language)
        lines.append(Line("check", said, place + 1))
    return lines


def renew_cover(theirs: Any, fresh: Any, record: Record, texts: OurTexts) -> list[Line]:
    """The words of the cover that are still ours."""
    written = record.parts.get(COVER)
    slides = list(fresh.slides)
    if written is None or not slides:
        return []
    new = told_by_role(cover_texts(slides[0]))
    for role, prints in written.texts.items():
        texts.renew(0, prints, new.get(role, Told(role, ())), written.letters.get(role, ""))
    return []


def _title(placed: Placed) -> str:
    title = placed.slide.shapes.title
    return "" if title is None else " ".join(text for each in title.text_frame.paragraphs if (text := text_of(each)))


def renew_pages(theirs: Any, fresh: Any, record: Record, texts: OurTexts) -> list[Line]:
    """The pages of words of a storyline: unchanged ones are told of the new wave, and marked where they say other things.

    What the user changed stays his, and is to be looked at: it is about the earlier wave.
    """
    slides, lines = list(theirs.slides), list[Line]()
    places = {words_page_of(slide): place for place, slide in enumerate(slides)}
    for slide in fresh.slides:
        written = record.parts.get(words_page_of(slide))
        place = places.get(words_page_of(slide), -1)
        if not words_page_of(slide) or written is None:
            continue
        lines += _renew_page(theirs, place, slide, written, texts, record)
    there = {words_page_of(slide) for slide in fresh.slides}
    for page, place in places.items():
        if page in record.kept and page not in there and record.report.storyline:
            add_mark(theirs, slides[place], page, _NOT_IN_THIS_WAVE, _NOT_IN_THIS_WAVE, record.report.language)
            lines.append(Line("check", _NOT_IN_THIS_WAVE, place + 1))
    return lines


def _renew_page(theirs: Any, place: int, fresh: Any, written: Part, texts: OurTexts, record: Record) -> list[Line]:
    slide = place + 1 if place >= 0 else None
    if not all(texts.holds(place, prints) for prints in written.texts.values()):
        return [Line("check", _OWN_PAGE, slide)]
    new, before, now = told_by_role(words_texts(fresh)), list[str](), list[str]()
    for role, prints in written.texts.items():
        before.append(texts.renew(place, prints, new.get(role), written.letters.get(role, "")) or "")
        now += [text_of(paragraph) for paragraph in new[role].paragraphs]
    told = [Line("refreshed", message("the page of words"), slide)]
    if words_of(" ".join(before)) == words_of(" ".join(now)):
        return told
    if place >= 0:
        add_mark(theirs, list(theirs.slides)[place], words_page_of(fresh), _OTHER_NEWS, _OTHER_NEWS, record.report.language)
    return [*told, Line("check", _OTHER_NEWS, slide)]
