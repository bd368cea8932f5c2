"""The measurement file: every clause has its evidence from the answers, or the sentence that there is none."""

from __future__ import annotations

import io

import pytest
from docx import Document

from reports.figures.scoped_ask import ScopedAsk
from reports.storylines.measurement_clauses import CLAUSES
from reports.storylines.measurement_file import measurement_file, shown_clauses
from tests.reports.file_rules import faults
from tests.reports.storylines.scopes import MADE
from words.language import LANGUAGES, Language, number_text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_sound(hidden: ScopedAsk, language: Language) -> None:
    assert faults(measurement_file(hidden, language, MADE, "test")) == []


def test_every_clause_of_both_standards_is_there_with_evidence_or_without(small: ScopedAsk) -> None:
    file = Document(io.BytesIO(measurement_file(small, "en", MADE, "test")))
    overview = [[cell.text for cell in row.cells] for row in file.tables[0].rows][1:]
    assert [row[1] for row in overview] == [clause.title.text("en") for clause in CLAUSES]
    shown = shown_clauses(small, "en")
    assert [row[4] == "none" for row in overview] == [each.evidence is None for each in shown]
    texts = "\n".join(paragraph.text for paragraph in file.paragraphs)
    assert all(each.why_not in texts for each in shown if each.evidence is None)
    assert {"5, B", "7.2, C"} <= {row[2] for row in overview}


def test_its_figures_are_those_of_the_answers(small: ScopedAsk) -> None:
    file = Document(io.BytesIO(measurement_file(small, "en", MADE, "test")))
    cells = {cell.text for table in file.tables for row in table.rows for cell in row.cells}
    (results,) = [each.evidence for each in shown_clauses(small, "en") if each.clause.title.text("en") == "Results"]
    assert results is not None
    index, dimensions = results.answers[0], [small.schema.tree.code, *(child.code for child in small.schema.tree.children)]
    wanted = [index.figures.find(code).value for code in dimensions]
    assert all(number_text(value, 2, "en") in cells for value in wanted)
