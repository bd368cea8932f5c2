"""A chart is drawn once for all who look at the same in the same window, and anew where anything it shows may be another."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis.results.provenance import Fact
from answers.kept import Kept
from charts.kit.layout import Canvas, Chart, figure_for
from pages._shared.session import kept_charts
from pages._shared.session.kept_charts import content_of, seen_chart
from survey_schema.loading import load_schema

DRAWN: list[str] = []


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept()
    monkeypatch.setattr(kept_charts, "kept_charts", lambda: kept)
    DRAWN.clear()


def _draw(title: str, on: Canvas) -> Chart:
    DRAWN.append(title)
    return Chart(title, "", "", figure_for(on, 100), pd.DataFrame({"a": [1]}))


def test_the_same_chart_is_drawn_once() -> None:
    on = Canvas(load_schema("telecom_csi"), "zh_CN", width=900)
    first, again = (seen_chart(partial(_draw, "one"), on) for _time in range(2))
    assert again is first
    assert DRAWN == ["one"]
    assert first.has_table
    assert first.plain.height == 100


def test_another_language_theme_width_or_content_is_another_chart() -> None:
    on = Canvas(load_schema("telecom_csi"), "zh_CN", width=900)
    for other in (on, replace(on, language="en"), replace(on, theme="dark"), replace(on, width=880), replace(on, narrow=True)):
        seen_chart(partial(_draw, "one"), other)
    seen_chart(partial(_draw, "two"), on)
    assert DRAWN == ["one"] * 5 + ["two"]


def test_what_may_change_is_drawn_anew() -> None:
    on, changing = Canvas(load_schema("telecom_csi"), "zh_CN"), pd.DataFrame({"a": [1]})

    def draw(on: Canvas) -> Chart:
        return _draw(str(len(changing)), on)

    seen_chart(draw, on)
    changing.loc[1] = 2
    seen_chart(draw, on)
    assert DRAWN == ["1", "2"]


def test_equal_values_of_different_kinds_are_different() -> None:
    assert len({content_of(value) for value in (1, 1.0, True, "1", (1,), [1], {1: 1}, None)}) == 8


@dataclass(frozen=True, eq=False)
class _Found:
    value: float


_Found.__module__ = "analysis.index.made_up"


def test_what_was_found_is_known_by_the_object_and_never_by_its_place_in_memory() -> None:
    one, seen = _Found(1.0), set()
    assert content_of(one) == content_of(one)
    for number in range(50):  # the place of one that is gone is taken by the next
        seen.add(content_of(_Found(float(number))))
    assert len(seen) == 50
    assert content_of(Fact("code", 1)) == content_of(Fact("code", 1)), "how it was found is known by content"


def test_pages_leave_nothing_behind(open_app: Callable[..., AppTest]) -> None:
    """Objects after a collection, run by run of the same session: none is kept of a run that is over."""
    app = open_app(lang="zh_CN").run()

    def objects() -> int:
        app.run()
        gc.collect()
        return len(gc.get_objects())

    counts = [objects() for _run in range(6)]
    assert counts[-1] - counts[2] < 2000, counts
