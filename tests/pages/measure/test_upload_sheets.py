"""Several sheets of responses on the upload page: one is chosen, or all are read as one; or it says why not."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import xlsxwriter
from streamlit.testing.v1 import AppTest

from tests.pages.page_reader import open_page, words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = ["运营商", "总体满意度", "公司知名度", "备注"]


def workbook(*second: str) -> bytes:
    """Two sheets named like branches; ``second`` is the header of the other one."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        for name, header in (("兰州", HEADER), ("天水", second or HEADER)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, header)
            for row in range(40):
                sheet.write_row(row + 1, 0, ["移动", 1 + row % 10, 1 + row % 10, "好"])
    return made.getvalue()


def uploaded(content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> AppTest:
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = open_page("measure/upload/page.py", lang=lang)
    app.file_uploader[0].set_value(("answers.xlsx", content, XLSX)).run()
    return app


def box(app: AppTest, begins: str) -> object:
    return next(part for kind in (app.checkbox, app.selectbox) for part in kind if part.key and part.key.startswith(begins))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_sheets_are_read_as_one(lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = uploaded(workbook(), tmp_path, monkeypatch, lang)
    box(app, "join_").set_value(True).run()  # type: ignore[attr-defined]
    assert not app.exception
    assert app.session_state["upload_draft"].checked.rows_read == 80
    assert ("兰州、天水" if lang == "zh" else "兰州, 天水") in words(app)
    box(app, "names_").set_value("branch").run()  # type: ignore[attr-defined]
    assert not app.exception
    stored = app.session_state["upload_draft"].checked.responses
    assert set(stored["branch"].to_pylist()) == {"lanzhou", "tianshui"}
    box(app, "join_").set_value(False).run()  # type: ignore[attr-defined]
    assert app.session_state["upload_draft"].checked.rows_read == 40


def test_sheets_that_differ_are_told_and_one_can_still_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = uploaded(workbook(*HEADER[:3], "别的"), tmp_path, monkeypatch, "en")
    box(app, "join_").set_value(True).run()  # type: ignore[attr-defined]
    assert not app.exception
    assert "别的" in " ".join(error.value for error in app.error)
    assert not box(app, "join_").value  # type: ignore[attr-defined]
    box(app, "sheet_").set_value("天水").run()  # type: ignore[attr-defined]
    assert app.session_state["upload_draft"].checked.sheet == "天水"
    assert "别的" not in " ".join(error.value for error in app.error)
