"""A long text costs in proportion to its length, whatever stands in it: no pattern and no reader of cells tries everything."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from survey_schema.loading import load_schema
from survey_schema.workbook.check import population_sheet, private_data
from survey_schema.workbook.clean import clean_choices, clean_dates, clean_fieldwork, clean_values
from survey_schema.workbook.match import header_text, score_headers, total_words
from survey_schema.workbook.match.column_targets import column_targets
from survey_schema.workbook.match.find_table import Header
from tests.survey_schema.workbook.adversarial_texts import adversarial_bytes, adversarial_texts, patterns, seconds
from words import periods, shown_text

pytestmark = pytest.mark.slow

SHORT, LONG = 150, 1200
#: A piece of XML is longer than a cell.
XML_TIMES = 8
#: Below this much processor time nothing is said about how it grows.
NOISE_SECONDS = 0.002
#: Eight times the text may take eight times as long, and half as much again for the machine.
MOST_TIMES = 12
READER_LENGTH = 16_000
#: What reading a very full cell may cost, as a multiple of walking over it once in Python.
MOST_WALKS = 60

SURVEY = load_schema("telecom_five_grade")
TARGETS = column_targets(load_schema("telecom_csi"))


def _header_scores(text: str) -> object:
    header = Header(0, text, header_text.header_variants(text), (text,))
    return score_headers.header_scores([header], TARGETS.codes, TARGETS, score_headers.MatchSettings())


READERS: dict[str, Callable[[str], object]] = {
    "grade": clean_values.grade_reader(next(iter(SURVEY.scales.values()))),
    "number": clean_values.read_number,
    "blank": clean_values.is_blank,
    "plain text": clean_values.plain_text,
    "folded": clean_values.folded,
    "day": lambda text: clean_dates.read_day(text, dt.date(2030, 1, 1)),
    "wave": clean_dates.read_wave,
    "period": periods.Period.parse,
    "duration": clean_fieldwork.read_duration,
    "customers": population_sheet.read_customers,
    "spelling": clean_choices.spelling,
    "total": total_words.is_total_word,
    "sum": total_words.is_sum_word,
    "all": total_words.is_word_for_all,
    "header": header_text.header_variants,
    "header score": _header_scores,
    "rated": lambda text: header_text.rated_thing(header_text.normalised(text)),
    "private": private_data.is_private,
    "masked": private_data.masked,
    "private header": private_data.private_header,
    "markdown": shown_text.markdown_text,
    "plotly": shown_text.plotly_text,
    "spreadsheet": shown_text.spreadsheet_text,
    "terminal": shown_text.terminal_text,
}


@pytest.mark.parametrize(("name", "pattern"), patterns().items(), ids=list(patterns()))
def test_every_pattern_is_linear(name: str, pattern: re.Pattern[Any]) -> None:
    """Tried only where a long text takes long at all; then its time beside that of a text an eighth as long decides."""
    slow = []
    of_text = isinstance(pattern.pattern, str)
    made: Callable[[int], Iterator[tuple[str, Any]]] = adversarial_texts if of_text else adversarial_bytes
    times = 1 if of_text else XML_TIMES
    texts = zip(made(SHORT * times), made(LONG * times), strict=True)
    for (_name, short), (told, long) in texts:
        taken = seconds(pattern.search, long)
        if taken > NOISE_SECONDS:
            taken, before = seconds(pattern.search, long, 3), seconds(pattern.search, short, 3)
            if taken > NOISE_SECONDS and taken > MOST_TIMES * before:
                slow.append((told, taken / before))
    assert slow == []


@pytest.mark.parametrize("reader", READERS, ids=str)
def test_every_reader_of_cells_is_linear(reader: str) -> None:
    """A very full cell is read in the time of some walks over it."""

    def walk(text: str) -> list[bool]:
        return [sign.isalnum() and sign.lower() != sign for sign in text]

    allowed = MOST_WALKS * seconds(walk, "a1" * (READER_LENGTH // 2), 5)
    slow = []
    for told, text in adversarial_texts(READER_LENGTH, ends=False):
        taken = seconds(READERS[reader], text)
        if taken > allowed and seconds(READERS[reader], text, 2) > allowed:
            slow.append((told, taken / allowed))
        if len(slow) > 3:
            break
    assert slow == []
