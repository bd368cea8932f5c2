"""What is printed: a page's answer, where its figures come from, and its pieces in order, ready to be set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reports.office.origin import Origin
from reports.office.tables import TextTable
from words.language import Language

#: A sentence that heads what follows, one among others, one in small print, or the heading of a part.
Place = Literal["head", "text", "small", "part"]


@dataclass(frozen=True)
class Phrase:
    """A piece of a sentence with its tone (as in answers: better, worse, unclear, competitor …; "" for plain ink)."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Sentence:
    """Words between figures."""

    phrases: tuple[Phrase, ...]
    place: Place = "text"


@dataclass(frozen=True)
class Figure:
    """A chart with its table, either of which may be missing.

    ``picture`` is SVG drawn for paper, "" for a table alone; ``note`` says why a picture is missing; ``source`` what is to be said of this
    figure's origin beyond that of the page.
    """

    title: str
    caption: str = ""
    picture: str = ""
    alt_text: str = ""
    table: TextTable | None = None
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class PrintedPage:
    """``title`` is the name of the page or report, ``question`` what it asks, ``answer`` the sentence that answers it."""

    title: str
    origin: Origin
    language: Language
    pieces: tuple[Sentence | Figure, ...]
    question: str = ""
    answer: tuple[Phrase, ...] = ()
