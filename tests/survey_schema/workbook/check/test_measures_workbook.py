"""Measures to choose among come in a sheet and leave in one; a cell that cannot be read is named."""

from __future__ import annotations

import csv
import io

import pytest

from survey_schema.loading import load_schema
from survey_schema.measure_rows import MeasureRow, candidates_of_rows
from survey_schema.workbook.check.measures_workbook import measures_of_workbook
from survey_schema.workbook.write.measures_sheet import write_measures
from tests.stores.measure_drafts import ROWS
from words.errors import ManyiError
from words.language import LANGUAGES, Language

SCHEMA = load_schema("telecom_csi")
HEAD = ("措施", "作用于", "提升分数", "覆盖客户比例", "费用（元）")


def _text(*rows: tuple[object, ...], head: tuple[str, ...] = HEAD) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([head, *rows])
    return written.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_comes_back(language: Language) -> None:
    assert measures_of_workbook(write_measures(ROWS, ["P1", "P2"], SCHEMA, language), "m.xlsx") == ROWS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_of_the_blank_sheet_is_no_measure(language: Language) -> None:
    assert measures_of_workbook(write_measures((), ["P1"], SCHEMA, language), "m.xlsx") == ()


@pytest.mark.parametrize(("cell", "reach"), [("0.4", 0.4), ("40", 0.4), ("40%", 0.4), ("1", 1.0), ("100", 1.0), ("0.5%", 0.005)])
def test_a_share_is_said_as_a_fraction_or_in_per_cent(cell: str, reach: float) -> None:
    (row,) = measures_of_workbook(_text(("扩容", "P1", "5", cell, "250,000元")), "m.csv")
    assert (row.reach, row.cost) == (pytest.approx(reach), 250_000.0)


def test_titles_in_other_words_above_and_blank_rows_between_are_read_over() -> None:
    content = "2026年备选对策\n\n对策,驱动因素,提升,覆盖率,成本,前提\na,P1,5,40%,100,\n,,,,,\nb,P2,3,20%,50,a\n".encode()
    rows = measures_of_workbook(content, "m.csv")
    assert [(row.name, row.needs) for row in rows] == [("a", ""), ("b", "a")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (_text(("扩容", "P1", "很多", "0.4", "1")), "C2 “很多”: a number"),
        (_text(("扩容", "P1"), head=HEAD[:2]), "no sheet of measures"),
        (_text(*[(f"m{number}", "P1", 1, 1, 1) for number in range(61)]), "more than 60 measures"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(content: bytes, told: str) -> None:
    with pytest.raises(ManyiError) as refused:
        measures_of_workbook(content, "m.csv")
    assert told in refused.value.text("en")


def test_rows_name_other_measures_by_their_names_marks_and_all() -> None:
    rows = (
        MeasureRow("甲、乙合办", "P1", 1, 0.1, 1), MeasureRow("丙", "P1", 1, 0.1, 1),
        MeasureRow("丁", "P1", 1, 0.1, 1, needs="甲、乙合办"), MeasureRow("戊", "P1", 1, 0.1, 1, 2, excludes="丙；丁"),
    )  # fmt: skip
    found = candidates_of_rows(rows)
    assert (found[2].needs, found[3].excludes) == (("甲、乙合办",), ("丙", "丁"))
    assert (found[3].fewest, found[3].most) == (2, 2)


@pytest.mark.parametrize(
    ("row", "told"), [(MeasureRow("a", "P1", 1, 0.1), "lacks: Cost, yuan"), (MeasureRow("a", "P1", 1, 0.1, 1, 1.5), "whole numbers")]
)
def test_a_row_that_is_not_complete_is_named(row: MeasureRow, told: str) -> None:
    with pytest.raises(ManyiError) as refused:
        candidates_of_rows([MeasureRow(), row])
    assert told in refused.value.text("en")
