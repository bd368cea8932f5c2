"""Names from workbooks and surveys are shown as they stand on every page: never as a picture, link, formula or formatting."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from survey_schema.loading import dump_yaml
from tests.pages.page_reader import frame, open_page, turned_to
from tests.pages.shown_texts import figures, markdown_texts, plotly_texts
from tests.places import ROOT
from tests.stores.hostile_files import workbook_bytes
from tests.stores.hostile_store import ATTACKS, TRACES, TRACES_WITHIN_ESCAPES, fill, hostile_schema

PAGES = ROOT / "pages"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VIEWS = {
    "explain/measurement/page.py": ("reliability", "factors", "path_model", "quality", "effects", "groups"),
    "explain/methods/page.py": ("methods", "words", "settings"),
}
OPENED = [
    (page, view) for page in sorted(str(path.relative_to(PAGES)) for path in PAGES.glob("*/*/page.py")) for view in VIEWS.get(page, ("",))
]
_ESCAPE = re.compile(r"\\[^\w\s]")
#: What Plotly would read as a tag or a formula; our own figures have line breaks and bold names.
_TAG = re.compile(r"<(?!/?(?:br|b|i|sup|sub|span|extra)\b)[^<>]*>|<b>thick|\$[^$]+\$")


@pytest.fixture(scope="module")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "data"
    fill(folder)
    return folder


@pytest.mark.parametrize(("page", "view"), OPENED, ids=lambda value: value or "-")
@pytest.mark.parametrize("address", [{"lang": "zh"}, {"lang": "en", "branch": ATTACKS[0]}], ids=["all", "narrowed"])
def test_names_are_only_names(page: str, view: str, address: dict[str, str], hostile_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(hostile_folder))
    refuse_markup(open_page(page, view, **address))


@pytest.mark.parametrize("part", ["weights", "workbook"])
def test_names_on_the_parts_of_upload_are_only_names(part: str, hostile_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(hostile_folder))
    refuse_markup(open_page("measure/upload/page.py", lang="en", part=part))


def test_what_an_uploaded_workbook_says_is_only_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Headers, names, answers and the file's own name, in questions, findings, preview and buttons."""
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    header = ["期次", "分公司", "运营商", "总体满意度", *ATTACKS]
    rows = [[ATTACKS[k % 15], ATTACKS[k % 15], ATTACKS[(k + 1) % 15], 8, *ATTACKS] for k in range(40)]
    rows += [["2026Q2", ATTACKS[k % 15], "移动", k % 10 + 1, *ATTACKS] for k in range(40)]
    app = open_page("measure/upload/page.py", lang="zh")
    app.file_uploader[0].set_value(("![x](http://evil.example/f) <b>thick</b>.xlsx", workbook_bytes([header, *rows]), XLSX)).run()
    assert not app.exception
    assert app.session_state["upload_draft"].checked is not None
    refuse_markup(app)


def test_what_a_survey_description_says_is_only_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = frame(lang="zh")
    app.session_state["upload_survey"] = "own"
    turned_to(app, "measure/upload/page.py")
    for content in (dump_yaml(hostile_schema()), "name: '![x](http://evil.example/a)'\n<b>thick</b>: [x](http://evil.example)\n"):
        app.file_uploader("own_schema_file").set_value(("**bold** _slanted_.yaml", content.encode(), "application/yaml")).run()
        assert not app.exception
        refuse_markup(app)


def refuse_markup(app: AppTest) -> None:
    """Fails where a name of the hostile store would be read as markup by the browser."""
    texts = list(markdown_texts(app))
    assert texts
    assert [(where, text[:200]) for where, text in texts if any(trace in _ESCAPE.sub("", text) for trace in TRACES)] == []
    assert [(where, text[:200]) for where, text in texts if any(trace in text.replace("\\", "") for trace in TRACES_WITHIN_ESCAPES)] == []
    drawn = [text for figure in figures(app) for text in plotly_texts(figure)]
    assert [(where, text[:200]) for where, text in drawn if _TAG.search(text)] == []
    assert [(where, text[:200]) for where, text in drawn if where.endswith("template") and "%{x}" in text] == []
