"""Every kind of column and question leaves as .sav and as a workbook, and the same survey reads it back as it was."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from answers.kept import Kept
from answers.source import StoreSource
from reports.responses.response_book import book_of
from reports.responses.response_table import response_table
from reports.responses.sav_file import sav_of
from sample_data.service_choices import choice_responses
from settings import load_settings
from storage.store import Store
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_workbook import KnownContext, check_file
from survey_schema.workbook.check.verdict import Fitness, verdict_of
from tests.stores.option_survey import survey_with, workbook
from words.language import Language

WAVE = "2026Q2"


def _survey() -> SurveySchema:
    """``service_choices`` with questions of several answers and rankings in every form a workbook may have."""
    plain = survey_with().model_dump(mode="json")
    channels, products = plain["multi"]
    (wishes,) = plain["rankings"]
    words: dict[str, Any] = {"chosen": ["有用"], "not_chosen": ["没用"], "blank": "none_chosen"}
    used = {**products, "code": "used", "title": {"zh_CN": "用过业务", "en": "Products ever used"}, "wording": None, **words}
    placed = {"code": "first", "title": {"zh_CN": "优先改进", "en": "To improve first"}, "kind": "places", "wording": None}
    joined = {"code": "order", "title": {"zh_CN": "次序", "en": "Order of wishes"}, "kind": "joined", "wording": None}
    rankings = [wishes, {**wishes, **placed, "places": [{}, {}, {}]}, {**wishes, **joined}]
    return survey_with(multi=[{**channels, "not_chosen": ["都没有"]}, products, used], rankings=rankings)


def _checked(schema: SurveySchema) -> CheckedWorkbook:
    table = choice_responses(30)
    table = table[table["期次"] == WAVE].reset_index(drop=True)
    wishes = [option.title.zh_CN for option in schema.rankings[0].options]
    for nth, option in enumerate(schema.multi[1].options):
        said = ["(跳过)" if row % 9 == 0 else None if row % 5 == 0 else "有用" if (row + nth) % 3 else "没用" for row in range(len(table))]
        table[f"用过业务：{option.title.zh_CN}"] = said
    for place in (1, 2, 3):
        table[f"优先改进：第{place}位"] = [wishes[(row + 2 * place) % 5] if row % 7 else None for row in range(len(table))]
    table["次序"] = ["→".join(wishes[(row + 3 * place) % 5] for place in range(row % 4)) for row in range(len(table))]
    table.loc[4, "使用渠道"] = "都没有"
    table.loc[5, "使用渠道"] = None
    target = io.BytesIO()
    table.to_excel(target, index=False)
    return check_file(target.getvalue(), schema, name="there.xlsx")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreSource]:
    schema = _survey()
    checked = _checked(schema)
    assert checked.responses is not None
    assert verdict_of(checked).fitness is Fitness.WHOLE
    assert all(checked.responses[name].null_count < checked.rows_read for name in schema.rankings[1].stored_columns)
    store = Store(tmp_path_factory.mktemp("leaving"))
    (wave,) = store.commit(checked, schema, "test")
    yield StoreSource(store, schema.name, wave.schema_hash, load_settings().rules, Kept())
    store.close()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", ["sav", "xlsx"])
def test_every_kind_of_question_comes_back_as_it_was(source: StoreSource, kind: str, language: Language, tmp_path: Path) -> None:
    table = response_table(source, WAVE, language)
    checked = check_file(sav_of(table) if kind == "sav" else book_of(table), source.schema, name=f"left.{kind}")
    assert verdict_of(checked).fitness is Fitness.WHOLE
    back = Store(tmp_path)
    try:
        (wave,) = back.commit(checked, source.schema, "test")
        again = StoreSource(back, source.schema.name, wave.schema_hash, load_settings().rules, Kept())
        mine, theirs = _rows(again), _rows(source)
    finally:
        back.close()
    assert mine.num_rows == theirs.num_rows == 120
    for name in theirs.column_names:
        assert mine[name].to_pylist() == theirs[name].to_pylist(), name


@pytest.mark.parametrize("kind", ["sav", "xlsx"])
def test_a_respondent_stays_the_same_in_the_same_store_only(source: StoreSource, kind: str) -> None:
    table = response_table(source, WAVE, "zh_CN")
    content = sav_of(table) if kind == "sav" else book_of(table)
    stored = sorted(source.frame([WAVE]).collect()["respondent_id"].to_list())
    for key, known in ((source.store.id_key(), True), (b"another store", False)):
        checked = check_file(content, source.schema, name=f"left.{kind}", known=KnownContext(id_key=key))
        assert checked.responses is not None
        ids = checked.responses["respondent_id"].to_pylist()
        assert (sorted(ids) == stored) is known
        assert len(set(ids)) == len(set(stored)) == len(stored) == 120
        assert known or not set(ids) & set(stored)


@pytest.mark.parametrize("kind", ["sav", "xlsx"])
def test_an_exported_wave_names_itself_in_a_survey_without_a_column_for_it(source: StoreSource, kind: str) -> None:
    plain = source.schema.model_dump(mode="json")
    without = survey_with(**{**plain, "columns": [column for column in plain["columns"] if column["role"] != "wave"]})
    table = response_table(source, WAVE, "zh_CN")
    content = sav_of(table) if kind == "sav" else book_of(table)
    checked = check_file(content, without, name=f"left.{kind}")
    assert checked.responses is not None
    assert set(checked.responses["wave"].to_pylist()) == {WAVE}
    foreign = check_file(workbook(["wave"], [["2019Q1"], ["2019Q2"]]), without, name="foreign.xlsx")
    assert foreign.findings.totals["assumed_wave"] == 1


def _rows(source: StoreSource) -> pa.Table:
    """All that is stored of the responses but ids, which are under the key of each store."""
    rows = source.frame([WAVE]).collect().to_arrow().sort_by("source_row")
    return rows.drop_columns(["source_row", "replicate_group", "respondent_id"])
