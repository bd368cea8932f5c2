"""What a phone gets: the narrow version alone; the wide one is drawn when a file of it is asked for, and has the same figures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from charts.kit.layout import Canvas, Chart, figure_for
from pages._shared.parts import show_chart
from pages._shared.session.kept_charts import SeenChart, seen_chart
from survey_schema.loading import load_schema
from tests.pages.page_reader import frame, turned_to

#: What draws a chart that is shown, and what draws the one exported.
Offer = tuple[Callable[[], Chart], Callable[[], Chart]]
#: Pages with charts, and what is picked on them.
PAGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("measure/overview/page.py", {}), ("measure/trends/page.py", {}), ("measure/trends/page.py", {"trends_view": "branch"}),
    ("measure/trends/page.py", {"trends_view": "changes"}), ("measure/control_charts/page.py", {"spc_by_False": "branch"}),
    ("measure/data_quality/page.py", {"quality_view": "missing"}),
    ("compare/branches/page.py", {}), ("compare/competitors/page.py", {}), ("compare/competitors/page.py", {"competitors_view": "one"}),
    ("compare/competitors/page.py", {"competitors_view": "brands"}), ("explain/drivers/page.py", {}),
    ("explain/drivers/page.py", {"drivers_view": "strength"}), ("explain/drivers/page.py", {"drivers_view": "groups"}),
    ("explain/fuzzy/page.py", {}),
    ("explain/planner/page.py", {}), ("explain/kano/page.py", {}), ("explain/measurement/page.py", {"measurement_view": "reliability"}),
    ("explain/measurement/page.py", {"measurement_view": "factors"}), ("explain/measurement/page.py", {"measurement_view": "path_model"}),
    ("explain/measurement/page.py", {"measurement_view": "quality"}),
    ("explain/measurement/page.py", {"measurement_view": "effects"}),
)  # fmt: skip


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> list[Offer]:
    """Every chart shown on a phone and what makes the one that is exported."""
    kept, shown = list[Offer](), list[Callable[[], Chart]]()

    def seen(draw: Callable[[Canvas], Chart], on: Canvas) -> SeenChart:
        shown.append(partial(draw, on))
        return seen_chart(draw, on)

    monkeypatch.setattr(show_chart, "card_room", lambda _share: 340)
    monkeypatch.setattr(show_chart, "seen_chart", seen)
    monkeypatch.setattr(show_chart, "export_menu", lambda _title, _on, _key, made, **_more: kept.append((shown[-1], made)))
    return kept


@pytest.mark.parametrize(("page", "picked"), PAGES)
def test_the_exported_chart_has_the_title_and_figures_of_the_one_shown(
    page: str,
    picked: dict[str, str],
    filled_folder: Path,
    offered: list[Offer],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MANYI_DATA", str(filled_folder))
    app = frame(lang="en")
    for key, value in picked.items():
        app.session_state[key] = value
    turned_to(app, page)
    assert offered
    for shown, made in ((shown(), made()) for shown, made in offered):
        assert made.title == shown.title
        pd.testing.assert_frame_equal(made.table, shown.table)


def test_a_phone_draws_the_narrow_version_only(offered: list[Offer], monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[bool] = []

    def draw(on: Canvas) -> Chart:
        drawn.append(on.narrow)
        return Chart("t", "c", "a", figure_for(on, 100), pd.DataFrame())

    monkeypatch.setattr(show_chart, "plot", lambda *_arguments: None)
    show_chart.show_chart(draw, load_schema("telecom_csi"), "one")
    assert drawn == [True]
    _shown, wide = offered[0]
    wide()
    assert drawn == [True, False]
