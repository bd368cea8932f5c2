"""The dirty workbook has every slip that one file can have."""

from __future__ import annotations

from sample_data.make import COMMITTED
from survey_schema.columns import Column
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema
from survey_schema.workbook.check.check_workbook import KnownContext, check_file
from survey_schema.workbook.check.finding_kinds import FINDING_KINDS

DIRTY = COMMITTED / "dirty.xlsx"
#: These say that nothing can be used at all, so no other slip could be told in the same file.
NOTHING_USABLE = {"no_table", "no_item_column", "missing_column", "no_usable_row", "too_many_waves", "formula_placeholder"}
#: The opposite of another slip in the file: a response lacks its wave in the wave column, so that a wave named for the file would be
#: used, and one respondent occurs twice in an id column that otherwise tells respondents apart.
CONTRADICTS_ANOTHER = {"assumed_wave", "wave_not_used", "ids_repeated"}
#: The survey leaves branches and brands open, so that other provinces can use it; a closed copy tells them.
NEEDS_CLOSED_CHOICES = {"unknown_branch", "unknown_brand"}
NEEDS_A_STORE = {"already_stored"}
#: A file with an open question cannot be stored, and this one can.
ASKED_FIRST = {"unclear_grades", "unclear_dates"}
#: Said of files of another make: one whose survey is mostly missing, rows and columns that are told by the rest of a larger table.
NEEDS_ANOTHER_FILE = {
    "few_questions", "unsure_column", "duplicate_column", "empty_column", "doubtful_row", "below_table", "remark_row", "header_row",
    "duplicate_respondent", "no_answer", "half_row", "control_character",
    "sheets_as_one",
}  # fmt: skip
#: Said of sheets that hold data beside responses; this file has none (``tests/survey_schema/workbook/kinds``).
OF_OTHER_DATA = {
    "unread_sheet", "number_expected", "out_of_bounds", "impossible_day", "impossible_period", "yes_or_no", "unknown_name", "contradiction",
    "row_twice", "row_copy", "text_too_long", "wrong_total", "impossible_share", "kind_not_read", "fraction_for_per_cent", "unlikely_value",
    "contacted_too_often",
}  # fmt: skip
#: Said of questions of several answers, rankings and scores side by side, which this survey does not ask.
OF_OTHER_QUESTIONS = {
    "unknown_option", "missing_options", "rank_twice", "rank_out_of_range", "answer_set", "side_by_side", "side_by_side_unread",
}  # fmt: skip


def _closed(schema: SurveySchema) -> SurveySchema:
    columns: list[Column] = [column.model_copy(update={"closed": True}) for column in schema.columns]
    return schema.model_copy(update={"columns": columns})


def test_every_kind_of_finding_is_there() -> None:
    found = set(check_file(DIRTY, load_schema("telecom_csi")).findings.totals)
    missing = NOTHING_USABLE | CONTRADICTS_ANOTHER | NEEDS_CLOSED_CHOICES | NEEDS_A_STORE | ASKED_FIRST | NEEDS_ANOTHER_FILE | OF_OTHER_DATA
    missing |= OF_OTHER_QUESTIONS
    assert set(FINDING_KINDS) - found == missing


def test_a_closed_survey_and_a_store_that_knows_it_find_the_rest() -> None:
    schema = load_schema("telecom_csi")
    first = check_file(DIRTY, _closed(schema))
    assert set(first.findings.totals) >= NEEDS_CLOSED_CHOICES
    again = check_file(DIRTY, schema, known=KnownContext(content_hashes={first.content_hash: ("2026Q2",)}))
    assert again.findings.totals["already_stored"] == 1


def test_it_is_usable_and_the_rest_is_left_out() -> None:
    checked = check_file(DIRTY, load_schema("telecom_csi"))
    assert checked.findings.usable
    assert checked.responses is not None
    assert checked.responses.num_rows == 28
    left_out = sum(step.count for step in checked.log if step.code.startswith("rows_") and step.code != "rows_used")
    assert left_out + 28 == checked.rows_read


def test_private_data_does_not_get_through() -> None:
    responses = check_file(DIRTY, load_schema("telecom_csi")).responses
    assert responses is not None
    text = str(responses.to_pydict())
    assert "13912345678" not in text
    assert "1391000" not in text
    assert "A001" not in text
