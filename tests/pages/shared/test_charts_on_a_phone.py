"""What a phone gets: the narrow version alone; the wide one is drawn when a file of it is asked for, and has the same figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from charts.kit.layout import Canvas, Chart, figure_for
from pages._shared.parts import show_chart
from survey_schema.loading import load_schema
from tests.pages.page_reader import frame, turned_to

#: A chart shown and what draws the one exported instead; None where the same one is.
Offer = tuple[Chart, Callable[[], Chart] | None]
#: Pages with charts, and what is picked on them.
PAGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("measure/overview/page.py", {}), ("measure/trends/page.py", {}), ("measure/control_charts/page.py", {"spc_by_False": "branch"}),
    ("measure/data_quality/page.py", {"quality_view": "missing"}),
    ("compare/branches/page.py", {}), ("compare/competitors/page.py", {}), ("explain/drivers/page.py", {}), ("explain/fuzzy/page.py", {}),
    ("explain/planner/page.py", {}), ("explain/kano/page.py", {}), ("explain/measurement/page.py", {"measurement_view": "reliability"}),
    ("explain/measurement/page.py", {"measurement_view": "factors"}), ("explain/measurement/page.py", {"measurement_view": "path"}),
)  # fmt: skip


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> list[Offer]:
    """Every chart shown on a phone and what makes the one that is exported."""
    kept: list[Offer] = []
    monkeypatch.setattr(show_chart, "card_room", lambda _share: 340)
    monkeypatch.setattr(show_chart, "export_menu", lambda chart, _on, _key, *, wide, of: kept.append((chart, wide)))
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
    pairs = [(shown, wide()) for shown, wide in offered if wide is not None]
    assert pairs
    for shown, made in pairs:
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
    wide = offered[0][1]
    assert wide is not None
    wide()
    assert drawn == [True, False]
