"""Unknown values on the upload page: a line each, nothing without a tick, decided for the file, remembered, listed, taken back."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import xlsxwriter
from streamlit.testing.v1 import AppTest

from pages._shared.session.store_access import store
from survey_schema.workbook.repair.repairs import Decision
from tests.pages.page_reader import open_page, words
from tests.survey_schema.workbook.repair_cases import HEADER, YAML, rows_of, survey

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OLD_TOWN = "兰州分公司老城区"
MARKUP = "<b>新</b> [区](x)"


def book(*branches: str, wave: str = "2026Q1") -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        sheet = workbook.add_worksheet("答卷")
        for place, row in enumerate([HEADER, *rows_of(branches, wave)]):
            sheet.write_row(place, 0, row)
    return made.getvalue()


def dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, lang: str = "en") -> AppTest:
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = open_page("measure/upload/page.py", lang=lang)
    app.selectbox(key="upload_survey").set_value("own").run()
    app.file_uploader[0].set_value(("repaired.yaml", YAML.encode(), "application/yaml")).run()
    app.file_uploader[-1].set_value(("w.xlsx", content, XLSX)).run()
    assert not app.exception
    return app


def unknown(app: AppTest) -> list[str]:
    return [line.value for line in app.session_state["upload_draft"].checked.unknown.listed]


def box(app: AppTest, kind: str, what: str, place: int = 0):  # type: ignore[no-untyped-def]
    return [each for each in getattr(app, kind) if str(each.key).startswith(f"repair_{what}_")][place]


def branches(app: AppTest) -> dict[str, int]:
    names = app.session_state["upload_draft"].checked.responses["branch"].to_pylist()
    return {name: names.count(name) for name in names}


def test_one_tick_decides_every_row_and_is_remembered_and_can_be_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = dropped(tmp_path, monkeypatch, book(*[OLD_TOWN] * 30, *["兰州"] * 20, *["新区"] * 10))
    assert unknown(app) == [OLD_TOWN, "新区"]
    assert (box(app, "selectbox", "is").value, box(app, "selectbox", "is", 1).value) == ("lanzhou", None), "pre-selected where it is plain"
    assert app.button(key="repairs_take").disabled, "nothing is applied without a tick"
    assert branches(app) == {"lanzhou": 20}
    box(app, "checkbox", "tick", 1).check().run()
    assert app.button(key="repairs_take").disabled, "a ticked line without a meaning"
    box(app, "selectbox", "is", 1).set_value("\x1enew").run()
    box(app, "checkbox", "tick").check().run()
    app.button(key="repairs_take").click().run()
    assert not app.exception
    assert branches(app) == {"lanzhou": 50, "place_4": 10}
    assert "Version 2 of the survey is saved with 新区" in words(app)
    assert {(kept.repair.value, kept.repair.decision) for kept in store().repairs.of("repaired")} == {
        (OLD_TOWN, Decision.IS),
        ("新区", Decision.NEW),
    }
    assert all(kept.decided_by for kept in store().repairs.of("repaired"))
    app.button(key="store").click().run()
    assert [wave.n for wave in store().waves()] == [60]
    app.file_uploader[-1].set_value(("next.xlsx", book(*[OLD_TOWN] * 40, wave="2026Q2"), XLSX)).run()
    assert branches(app) == {"lanzhou": 40}, "the next file asks nothing"
    entry = next(kept.entry for kept in store().repairs.of("repaired") if kept.repair.value == OLD_TOWN)
    app.multiselect(key="repairs_to_revoke").set_value([entry]).run()
    app.button(key="repairs_revoke").click().run()
    assert not app.exception
    assert unknown(app) == [OLD_TOWN]


def test_a_value_of_markup_is_shown_as_text_and_another_window_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = dropped(tmp_path, monkeypatch, book(*[MARKUP] * 30, *["兰州"] * 20), lang="zh")
    assert not [text.value for text in app.markdown if MARKUP in str(text.value)], "markup would be obeyed"
    from survey_schema.workbook.repair.repairs import Repair

    store().schemas.widen(survey(), [Repair("place", "高新区", Decision.NEW)], "wang")
    box(app, "selectbox", "is").set_value("\x1enew").run()
    box(app, "checkbox", "tick").check().run()
    app.button(key="repairs_take").click().run()
    assert not app.exception
    place = next(column for column in store().schemas.in_use(survey()).columns if column.code == "place")
    assert [choice.title.en for choice in place.choices[3:]] == ["高新区", MARKUP]
    assert branches(app) == {"place_5": 30, "lanzhou": 20}


def test_many_unknown_values_are_bounded_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = dropped(tmp_path, monkeypatch, book(*(f"分部{number:04}" for number in range(700)), *["兰州"] * 40))
    assert len([each for each in app.checkbox if str(each.key).startswith("repair_tick_")]) == 12
    assert "688 more values" in words(app)


def test_findings_are_grouped_by_kind_and_the_exported_list_holds_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pages.measure.upload.draft import all_findings

    app = dropped(tmp_path, monkeypatch, book(*[OLD_TOWN] * 77, *["兰州"] * 30))
    groups = next(table.value for table in app.dataframe if "Cells" in table.value.columns)
    assert groups["Count"].tolist()[0] == 77
    assert groups["Cells"].tolist()[0] == "B2, B3, B4, B5, B6 and 72 more"
    draft = app.session_state["upload_draft"]
    assert len(draft.checked.findings.listed) < 77 <= len(all_findings(draft, 20_000).listed)


def test_wave_and_dates_can_be_chosen_whatever_was_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = dropped(tmp_path, monkeypatch, book(*["兰州"] * 40))
    next(each for each in app.text_input if str(each.key).startswith("wave_of_all_")).set_value("2025Q4").run()
    assert set(app.session_state["upload_draft"].checked.responses["wave"].to_pylist()) == {"2025Q4"}
    next(each for each in app.selectbox if str(each.key).startswith("date_order_")).set_value("day-first").run()
    assert app.session_state["upload_draft"].told == ("dates=day-first",)
    next(each for each in app.selectbox if str(each.key).startswith("date_order_")).set_value("").run()
    assert app.session_state["upload_draft"].told == ()
    next(each for each in app.text_input if str(each.key).startswith("wave_of_all_")).set_value("").run()
    assert set(app.session_state["upload_draft"].checked.responses["wave"].to_pylist()) == {"2026Q1"}
