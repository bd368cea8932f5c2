"""A section as rows of words: a title and what is written, for a terminal, a sheet, a printed page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from projects.evidence import CheckSheet, LiveFigure, Part
from projects.sections import Step
from projects.words import ORIGIN_WORDS, STEP_TITLES, field_title
from words.language import Language, message
from words.lists import listed

#: Codes that stand for nothing a reader looks for.
_SILENT = {"id", "evidence", "put_aside", "test", "origin"}


def rows_of(part: Part, language: Language) -> Iterator[tuple[str, str]]:
    """Title and text of every field that is written, but evidence; lists have a row an entry. Figures have their full precision."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in _SILENT or value in (None, "", (), {}) or value == type(part).model_fields[name].default:
            continue
        title = field_title(type(part), name).text(language)
        if isinstance(value, tuple):
            for place, each in enumerate(value, start=1):
                yield f"{title} {place}" if len(value) > 1 else title, text_of(each, language)
        else:
            yield title, text_of(value, language)


def text_of(value: object, language: Language) -> str:
    """One value in words."""
    if isinstance(value, bool):
        return message("yes").text(language) if value else message("no").text(language)
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, BaseModel):
        told = rows_of(value, language) if isinstance(value, Part) else ()
        return "; ".join(f"{title}: {text}" for title, text in told)
    if isinstance(value, Mapping):
        return ", ".join(f"{name}={text_of(each, language)}" for name, each in value.items())
    if isinstance(value, tuple | list):
        return listed([text_of(each, language) for each in value], language)
    if isinstance(value, Step):
        return STEP_TITLES[value].text(language)
    return str(value)


def evidence_title(evidence: LiveFigure | CheckSheet) -> str:
    """What a piece of evidence is called where nothing better is known: its caption, its title or its code."""
    return evidence.caption or (evidence.title if isinstance(evidence, CheckSheet) else evidence.figure)


def origin_words(kind: str, language: Language) -> str:
    """What a project was made from."""
    return ORIGIN_WORDS[kind].text(language)
