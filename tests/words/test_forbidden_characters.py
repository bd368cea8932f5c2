"""Characters no XML, terminal or UTF-8 may hold come out of nothing that is written, whichever text of whoever they stood in."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree

import pandas as pd
import pytest

from charts.kit.export_picture import browser_path, picture
from charts.kit.layout import Canvas, Chart, figure_for
from charts.kit.plain_figure import bar
from command_line.output import print_json
from survey_schema.loading import dump_yaml, load_schema, parse_schema
from survey_schema.models import SurveySchema
from survey_schema.workbook.check.check_workbook import check_file
from survey_schema.workbook.write.annotated_workbook import write_annotated_workbook
from survey_schema.workbook.write.write_template import write_template
from tests.reports.exported import data_workbook
from words.shown_text import plotly_text

pytestmark = pytest.mark.slow

NOT_XML = "\ufffe\uffff\x01\x0b\x1f"
HALF = "\ud800"
SCHEMA = load_schema("telecom_five_grade")


def _everywhere(value: object, within: str = "") -> object:
    """A schema's data with the characters in every text in a language."""
    if isinstance(value, dict):
        return {name: _everywhere(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_everywhere(part, within) for part in value]
    return f"{value}{NOT_XML}" if isinstance(value, str) and within in ("zh_CN", "en") else value


def _template() -> bytes:
    return write_template(SurveySchema.model_validate(_everywhere(SCHEMA.model_dump(mode="json"))), "en")


def _marked() -> bytes:
    header = [f"{item.title.zh_CN}\ufffe\uffff" for item in SCHEMA.items]
    rows = [header, *([f"x\ufffe{number}", "\x01y"] + [f"x\uffff{number}"] * (len(header) - 2) for number in range(3))]
    content = "\n".join(",".join(row) for row in rows).encode()
    checked = check_file(content, SCHEMA, name=f"a{NOT_XML}.csv")
    return write_annotated_workbook(content, f"a{NOT_XML}.csv", checked.findings, "en")


def _chart() -> Chart:
    table = pd.DataFrame({f"name{NOT_XML}": [f"a{NOT_XML}", f"b{NOT_XML}"], f"value{NOT_XML}": [1.5, 2.5]})
    figure = figure_for(Canvas(SCHEMA, "en"), 200)
    figure.add_trace(bar(x=[1.5, 2.5], y=[plotly_text(name) for name in table.iloc[:, 0]], orientation="h"))
    return Chart(f"Title{NOT_XML}{HALF}", f"Caption{NOT_XML}{HALF}", "", figure, table)


def _data() -> bytes:
    return data_workbook(_chart(), Canvas(SCHEMA, "en"))


@pytest.mark.parametrize("written", [_template, _marked, _data], ids=lambda written: written.__name__)
def test_every_part_of_a_workbook_is_xml(written: Callable[[], bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(written())) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels", ".vml")):
                text = archive.read(name).decode("utf-8")
                assert not set(text) & set(NOT_XML), name
                ElementTree.fromstring(text)


@pytest.mark.skipif(browser_path() is None, reason="no Chrome or Chromium is installed")
def test_a_picture_is_xml() -> None:
    ElementTree.fromstring(picture(_chart(), Canvas(SCHEMA, "en"), "svg"))


def test_json_can_be_read_and_steers_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    record = {f"兰州{NOT_XML}{HALF}": [f"\x1b[2J\x7f\x9b2J\u202e\u2028{HALF}"]}
    print_json(record)
    out = capsys.readouterr().out
    out.encode("utf-8")
    assert "兰州" in out
    assert all(sign == "\n" or sign.isprintable() for sign in out)
    assert json.loads(out) == record


def test_yaml_keeps_what_it_was_given() -> None:
    schema = SurveySchema.model_validate(_everywhere(SCHEMA.model_dump(mode="json")))
    assert parse_schema(dump_yaml(schema), "s.yaml") == schema
