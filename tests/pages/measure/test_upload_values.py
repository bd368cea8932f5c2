"""Doubtful values on the upload page: asked in a box each, answered by a choice, taken back; and a wave by hand where days are unclear."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import xlsxwriter

from tests.pages.page_reader import open_page, words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook() -> bytes:
    """Days without an order of day and month, and two words the survey does not know."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("答卷")
        sheet.write_row(0, 0, ["调查日期", "分公司", "运营商", "总体满意度", "公司知名度"])
        for row in range(40):
            sheet.write_row(row + 1, 0, [f"0{1 + row % 9}/04/2026", "兰州", "移动", ["棒极了", 8, 7, "糟透了"][row % 4], 1 + row % 10])
    return made.getvalue()


def test_every_question_is_answered_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = open_page("measure/upload/page.py", lang="zh")
    app.file_uploader[0].set_value(("answers.xlsx", workbook(), XLSX)).run()
    assert any(box.key and box.key.startswith("wave_label_") for box in app.text_input), "a wave can be named where no day can be read"
    for expected in (3, 2, 1):
        boxes = [box for box in app.selectbox if box.key and box.key.startswith("value_")]
        assert len(boxes) == expected
        assert f"尚有疑问：{expected} 个" in words(app), "open questions are no mistakes to be corrected"
        assert "请在上面说明存疑的取值是什么意思" in words(app)
        boxes[0].set_value(app.session_state["upload_draft"].checked.questions[0].options[0][0]).run()
        assert not app.exception
    draft = app.session_state["upload_draft"]
    assert not draft.checked.questions
    assert len(draft.told) == 3
    next(button for button in app.button if button.key and button.key.startswith("told_")).click().run()
    assert len(app.session_state["upload_draft"].checked.questions) == 1
