"""Upload says what takes the place of what, asks again where far fewer would, and every step but deleting can be undone there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from streamlit.testing.v1 import AppTest

from pages._shared.session.store_access import store
from storage.records import WaveStatus
from tests.pages.page_reader import open_page, words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = ("期次", "分公司", "编号", "总体满意度", "公司知名度", "网络覆盖", "网络质量")


def workbook(folder: Path, rows: int) -> bytes:
    path = folder / f"{rows}.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for number in range(rows):
            sheet.write_row(
                number + 1, 0, ("2026Q2", ("兰州", "天水")[number % 2], f"C{number:03d}", *(5 + (number + k) % 5 for k in range(4)))
            )
    return path.read_bytes()


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Upload, with a wave of 100 responses stored from it."""
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = open_page("measure/upload/page.py", lang="en")
    drop(app, "whole.xlsx", workbook(tmp_path, 100))
    app.button(key="store").click().run()
    return app


def drop(app: AppTest, name: str, content: bytes) -> None:
    app.file_uploader[-1].set_value((name, content, XLSX)).run()
    assert not app.exception
    for box in app.checkbox:
        if str(box.key).startswith("accept_losses"):
            box.check().run()


def ticked(app: AppTest, start: str) -> None:
    next(box for box in app.checkbox if str(box.key).startswith(start)).check().run()


def in_force() -> list[tuple[int, int]]:
    return [(wave.version, wave.n) for wave in store().waves()]


def test_a_far_smaller_file_is_asked_about_twice_and_the_way_back_is_offered(page: AppTest, tmp_path: Path) -> None:
    assert in_force() == [(1, 100)]
    drop(page, "part.xlsx", workbook(tmp_path, 30))
    assert "30 responses will take the place of 100 (wave 2026Q2, version 1)" in words(page)
    assert page.button(key="store").disabled
    ticked(page, "replace_")
    assert "fewer than half of the responses in force" in words(page)
    assert page.button(key="store").disabled
    ticked(page, "fewer_")
    page.button(key="store").click().run()
    assert in_force() == [(2, 30)]
    choose(page, "withdraw_wave", 2)
    page.button(key="withdraw_yes").click().run()
    assert in_force() == []
    assert page.button(key="restore_offered").label.replace("\\", "") == "Put version 1 in force again: 100 responses, whole.xlsx"
    page.button(key="restore_offered").click().run()
    assert in_force() == [(1, 100)]
    choose(page, "restore_wave", 2)
    assert page.button(key="restore_yes").disabled
    ticked(page, "restore_fewer_")
    page.button(key="restore_yes").click().run()
    assert in_force() == [(2, 30)]
    assert [wave.status for wave in store().waves(status=None)] == [WaveStatus.REPLACED, WaveStatus.ACTIVE]


def choose(app: AppTest, key: str, version: int) -> None:
    wave = next(wave for wave in store().waves(status=None) if wave.version == version)
    app.selectbox(key=key).set_value(wave.wave_id).run()
    assert not app.exception


def test_deleting_for_good_asks_with_the_numbers(page: AppTest) -> None:
    kind: Any = page.button_group(key="delete_kind")
    kind.set_value("respondent").run()
    page.text_input(key="delete_id").set_value("nobody").run()
    assert "No stored wave has responses or contacts of this respondent" in words(page)
    page.text_input(key="delete_id").set_value("C007").run()
    assert page.button(key="delete_yes").disabled
    sure = next(box for box in page.checkbox if str(box.key).startswith("delete_sure_"))
    assert sure.label == "Yes, delete 1 responses and contacts in 1 stored waves and versions"
    sure.check().run()
    page.button(key="delete_yes").click().run()
    assert in_force() == [(1, 99)]
    assert "1 responses and contacts are deleted for good" in words(page)
    page.button_group(key="delete_kind").set_value("wave").run()
    choose(page, "delete_wave", 1)
    ticked(page, "delete_sure_")
    page.button(key="delete_yes").click().run()
    assert store().waves(status=None) == ()
    assert [entry.action for entry in store().audit()] == ["commit", "delete respondent", "delete wave"]
