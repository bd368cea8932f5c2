"""A wave leaves as .sav and as a workbook, and comes back as what it was."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import replace

import openpyxl
import pyarrow as pa
import pyarrow.compute as pc
import pyreadstat
import pytest

from answers.index import INDEX
from answers.kept import Kept
from answers.question import Question
from answers.source import Source, StoreSource
from answers.topic import answer
from answers.workbook_source import WorkbookSource
from reports.responses.response_book import book_of
from reports.responses.response_table import ResponseColumn, ResponseTable, legal_names, response_table
from reports.responses.sav_file import sav_of
from settings import load_settings
from storage.records import Scope
from storage.store import Store
from storage.workbook_frame import workbook_frame
from survey_schema.columns import Role
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema
from survey_schema.workbook.check.check_workbook import check_workbook
from survey_schema.workbook.match.match_columns import match_columns
from survey_schema.workbook.read.read_workbook import STANDARD_LIMITS, read_here
from tests.stores.small_store import workbook
from words.errors import ManyiError
from words.language import Language

WAVE, FEW = "2026Q2", 400
SCHEMA = load_schema("telecom_csi")
NASTY = '=HYPERLINK("http://a")\x07 <b>慢</b>'


def _responses(schema: SurveySchema) -> pa.Table:
    """The last wave's first responses with weights, comments and names that no survey lists."""
    table = workbook(schema).responses
    assert table is not None
    table = table.filter(pc.equal(table["wave"], WAVE)).slice(0, FEW)
    comment = next(column.code for column in schema.columns if column.role is Role.OPEN_COMMENT)
    changes: dict[str, pa.Array] = {
        "respondent_weight": pa.array([0.5 + n % 7 / 4 for n in range(FEW)]),
        comment: pa.array([NASTY if n == 3 else None for n in range(FEW)], pa.string()),
    }
    for name, values in changes.items():
        table = table.set_column(table.column_names.index(name), name, values)
    return table


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreSource]:
    store = Store(tmp_path_factory.mktemp("leaving"))
    (wave,) = store.commit(replace(workbook(SCHEMA), responses=_responses(SCHEMA), rows_read=FEW), SCHEMA, "test")
    yield StoreSource(store, SCHEMA.name, wave.schema_hash, load_settings().rules, Kept())
    store.close()


def _index(source: Source) -> list[tuple[object, ...]]:
    found = answer(INDEX, Question("index", SCHEMA.name, INDEX.options(), (WAVE,), by=("branch",)), source).figures
    return [(each.code, each.n, each.value, each.se) for each in found.estimates]


def _read_back(content: bytes, name: str) -> WorkbookSource:
    book = read_here(content, name, STANDARD_LIMITS)
    checked = check_workbook(book, SCHEMA, match_columns(book, SCHEMA))
    return WorkbookSource(SCHEMA, workbook_frame(checked, SCHEMA), (WAVE,), load_settings().rules)


def _left(source: StoreSource, language: Language = "zh_CN") -> ResponseTable:
    return response_table(source, WAVE, language)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", ["sav", "xlsx"])
def test_what_left_gives_the_same_index_when_it_comes_back(source: StoreSource, kind: str, language: Language) -> None:
    table = _left(source, language)
    content = sav_of(table) if kind == "sav" else book_of(table)
    back, there = _index(_read_back(content, f"left.{kind}")), _index(source)
    assert len(back) == len(there) > 5
    for mine, theirs in zip(back, there, strict=True):
        assert mine[:2] == theirs[:2]
        assert mine[2:] == pytest.approx(theirs[2:], rel=1e-12)


def test_the_file_is_weighted_by_its_first_variable(source: StoreSource) -> None:
    content = sav_of(_left(source))
    values, about = pyreadstat.read_sav(io.BytesIO(content), output_format="dict")
    assert about.column_names[0] == "respondent_weight"
    assert struct.unpack("<i", content[76:80]) == (1,)
    assert values["respondent_weight"][:3] == [0.5, 0.75, 1.0]


def test_labels_are_in_the_language_and_grades_keep_their_numbers(source: StoreSource) -> None:
    _values, about = pyreadstat.read_sav(io.BytesIO(sav_of(_left(source, "en"))), output_format="dict")
    branch = SCHEMA.choices(Role.BRANCH)[0]
    assert about.variable_value_labels["branch"][1.0] == branch.title.en
    assert about.column_names_to_labels["branch"] == SCHEMA.column_title("branch", "en")


def test_nothing_private_and_nothing_of_the_machinery_leaves(source: StoreSource) -> None:
    names = {column.name for column in _left(source).columns}
    private = {column.code for column in SCHEMA.columns if column.role is Role.PRIVATE}
    assert not names & (private | {"source_row", "replicate_group"})
    assert "cluster" not in names  # nobody has one


def test_rows_a_user_may_not_see_stay(source: StoreSource) -> None:
    branch = SCHEMA.choices(Role.BRANCH)[0].code
    table = response_table(replace(source, scope=Scope({"branch": frozenset({branch})})), WAVE, "en")
    everybody = _left(source)
    assert 0 < table.rows < everybody.rows
    (column,) = [column for column in table.columns if column.name == "branch"]
    assert column.values.unique().to_pylist() == [1.0]
    with pytest.raises(ManyiError):
        response_table(replace(source, scope=Scope({"branch": frozenset()})), WAVE, "en")


def test_hostile_text_is_text_in_both(source: StoreSource) -> None:
    table = _left(source)
    comment = next(column.name for column in table.columns if column.values.to_pylist()[3] == NASTY)
    sheet = openpyxl.load_workbook(io.BytesIO(book_of(table))).worksheets[0]
    at = [cell.value for cell in sheet[1]].index(comment)
    assert sheet[6][at].data_type == "s"
    assert "\x07" not in sheet[6][at].value
    assert sheet[6][at].hyperlink is None
    assert "<b>慢</b>" in pyreadstat.read_sav(io.BytesIO(sav_of(table)), output_format="dict")[0][comment][3]


def test_the_code_book_counts_every_value(source: StoreSource) -> None:
    book = openpyxl.load_workbook(io.BytesIO(book_of(_left(source, "en"))), read_only=True)
    rows = list(book["Code book"].iter_rows(values_only=True))
    start = next(place for place, row in enumerate(rows) if row[0] == "branch")
    counted = []
    for row in rows[start + 1 :]:
        if row[0]:
            break
        counted.append(row[5])
    assert sum(counted) == rows[start][5] == FEW


def test_names_of_any_survey_become_legal_and_stay_different() -> None:
    names = legal_names(["all", "All", "x" * 70, "x" * 71, "1st", "a-b", "_x"])
    assert len({name.upper() for name in names}) == len(names)
    assert all(len(name) <= 64 and name[0].isalpha() for name in names)


def test_long_labels_that_would_be_cut_to_the_same_stay_different() -> None:
    labels = {1.0: "很" * 50 + "甲", 2.0: "很" * 50 + "乙"}
    column = ResponseColumn("q", "题" * 200, pa.chunked_array([pa.array([1.0, 2.0, None])]), labels)
    _values, about = pyreadstat.read_sav(io.BytesIO(sav_of(ResponseTable("s", WAVE, (column,), "zh_CN"))), output_format="dict")
    assert len(set(about.variable_value_labels["q"].values())) == 2
