"""An answer as a page for printing: its sentence, its remarks, all its figures as a table, and where they come from."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from answers.topic import Answered
from answers.topic_list import TOPICS
from command_line.output import console, write_file
from command_line.tables import figures_table
from reports.office.tables import TextTable
from reports.origins import origin_of
from reports.print.html_page import html_page
from reports.print.pdf import pdf_of
from reports.print.printed_page import Figure, Phrase, PrintedPage, Sentence
from words.errors import ManyiError
from words.language import message


def write_printed(answered: Answered[Any, Any], to: Path, seal: str) -> None:
    """Writes HTML or, where the file is called so, PDF on A4; raises ManyiError for another ending and where there is no browser."""
    language, ending = console.language, to.suffix.lower()
    if ending not in (".html", ".pdf"):
        raise ManyiError(message("{file}: a page for printing ends with .html or .pdf.", file=to.name))
    printed = _printed(answered, seal)
    made = html_page(printed).encode() if ending == ".html" else pdf_of(html_page(printed, "portrait"), language)
    write_file(to, made)
    console.print(message("Written to {file}.", file=str(to)))


def _printed(answered: Answered[Any, Any], seal: str) -> PrintedPage:
    language = console.language
    title = TOPICS[answered.topic.name].title.text(language)
    header, rows, numbers_from = figures_table(answered)
    table = TextTable(tuple(header), tuple(map(tuple, rows)), frozenset(range(numbers_from, len(header))))
    origin = origin_of([answered], answered.asked.schema, language, datetime.now(), seal)
    remarks = [Sentence((Phrase(remark),), "small") for remark in answered.remarks(language)]
    sentence = tuple(Phrase(part.text, part.tone or "") for part in answered.sentence(language))
    return PrintedPage(title, origin, language, (*remarks, Figure("", table=table)), answer=sentence)
