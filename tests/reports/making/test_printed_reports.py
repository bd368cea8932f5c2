"""A report as a page for printing: every item with its whole table, its source and its seal; hostile words are words."""

from __future__ import annotations

import pytest

from reports.document import Cover, FigureItem, Report, Scope, Texts, WordsItem
from reports.making.making import FORMATS, file_of, make_report
from reports.making.reader import Reader
from reports.print import chart_figure
from tests.pages.printed import Reader as Paper
from words.language import Language

SURVEY, HOSTILE = "telecom_csi", '<script>alert("1")</script> & \x0b</style>'


@pytest.fixture(autouse=True)
def _not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart_figure, "bare_drawing", lambda _chart, on: f"<svg><title>{on.room}</title></svg>")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_figure_is_there_with_its_table_source_and_seal(language: Language, reader: Reader) -> None:
    items = tuple(FigureItem(code, code, Scope(SURVEY)) for code in ("branch-league", "indicator-ranking"))
    made = make_report(Report("r", language, items, Cover("客户满意度", "2026")), reader)
    assert {"html", "pdf"} < set(FORMATS)
    paper = Paper(file_of(made, "html").decode())
    assert len(paper.pictures) == len(items)
    assert "客户满意度" in paper.text
    for item in made.items:
        assert item.leaving is not None
        assert item.headline in paper.text
        assert item.leaving.origin.seal in paper.text
        assert len([row for row in paper.rows if row[0] in set(map(str, item.leaving.chart.table.iloc[:, 0]))]) >= len(
            item.leaving.chart.table
        )


def test_hostile_words_are_words(reader: Reader) -> None:
    texts = Texts(HOSTILE, HOSTILE)
    items = (FigureItem("a", "indicator-ranking", Scope(SURVEY), texts=texts), WordsItem("b", (HOSTILE,), texts))
    html = file_of(make_report(Report("r", "en", items, Cover(HOSTILE, HOSTILE)), reader), "html").decode()
    assert "<script" not in html
    assert html.count("</style>") == 1
    assert Paper(html).text.count("alert") >= 5
