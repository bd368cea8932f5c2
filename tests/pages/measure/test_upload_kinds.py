"""Upload shows what a workbook holds beside responses, with its findings, stores it, and lists what is stored by kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages._shared.session.store_access import store
from survey_schema.data_kinds.all_kinds import kind_of
from survey_schema.loading import load_schema
from tests.pages.page_reader import open_page, words
from tests.stores.kind_sheets import SHEET_NAMES, good_sheets, inspections, sheet_bytes
from words.language import language_from

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def dropped(sheets: dict[str, list[list[object]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> AppTest:
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = open_page("measure/upload/page.py", lang=lang)
    drop(app, sheets)
    return app


def drop(app: AppTest, sheets: dict[str, list[list[object]]]) -> None:
    app.file_uploader[-1].set_value(("data.xlsx", sheet_bytes(sheets), XLSX)).run()  # type: ignore[arg-type]
    assert not app.exception


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_workbook_of_every_kind_is_shown_and_stored(lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = dropped({SHEET_NAMES[code]: rows for code, rows in good_sheets().items()}, tmp_path, monkeypatch, lang)
    title = kind_of("inspections").title.text(language_from(lang))
    assert len(good_sheets()) in [len(table.value) for table in app.dataframe if title in table.value.to_string()]
    app.button(key="store").click().run()
    assert not app.exception
    assert {wave.kind for wave in store().deliveries()} == set(good_sheets())
    assert len(store().deliveries()) in [len(table.value) for table in app.dataframe if title in table.value.to_string()]


def test_responses_and_a_kind_go_in_with_one_click_and_mistakes_ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    items = [item.code for item in load_schema("telecom_csi").items]
    answers: list[list[object]] = [["期次", "分公司", *items], *(["2026Q2", "兰州", *[8] * len(items)] for _ in range(40))]
    wrong = inspections()
    wrong[1][6] = 25
    app = dropped({"数据": answers, "暗访检查": wrong}, tmp_path, monkeypatch, "en")
    assert app.button(key="store").disabled
    next(box for box in app.checkbox if str(box.key).startswith("accept_losses")).check().run()
    app.button(key="store").click().run()
    assert not app.exception
    assert ([wave.n for wave in store().waves()], [wave.n for wave in store().deliveries()]) == ([40], [6])
    drop(app, {"暗访检查": inspections()})
    assert app.button(key="store").disabled, "what is stored already is replaced knowingly"
    next(box for box in app.checkbox if str(box.key).startswith("replace_")).check().run()
    app.button(key="store").click().run()
    assert [(wave.version, wave.n) for wave in store().deliveries()] == [(2, 7)]
    assert "7 rows are stored" in words(app)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_will_be_stored_is_shown_in_words_not_in_codes(lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schema = load_schema("telecom_csi")
    items = [item.code for item in schema.items]
    answers: list[list[object]] = [["期次", "分公司", *items], *(["2026Q2", "兰州", *[8] * len(items)] for _ in range(40))]
    previews = []
    for sheets in ({SHEET_NAMES[code]: rows for code, rows in good_sheets().items()}, {"数据": answers}):
        app = dropped(sheets, tmp_path, monkeypatch, lang)
        shown = [table.value for table in app.dataframe if {"Row in the workbook", "工作簿行号"} & set(table.value)]
        assert len(shown) == len(sheets)
        previews += shown
    columns = {column.code for kind in good_sheets() for column in kind_of(kind).columns} | {*items, "source_row", "respondent_weight"}
    values = {choice.code for column in schema.columns for choice in column.choices} | {item.code for item in schema.items}
    for table in previews:
        named = {title.casefold() for title in table.columns} if lang == "zh" else set()
        assert not named & columns, "headed by codes"
        assert not {cell for cell in table.to_numpy().ravel() if isinstance(cell, str)} & (values - {"mobile"}), table.to_string()
        assert not table.select_dtypes("bool").shape[1]
