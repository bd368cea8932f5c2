"""A selection nobody fits, such as our operator with a rival's brand: pages say so and draw nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow.compute as pc
import pytest

from storage.store import Store
from survey_schema.loading import load_schema
from tests.pages.page_reader import frame, turned_to, words
from tests.stores import small_store


@pytest.fixture
def _store_without_rivals_brand_among_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schema = load_schema("telecom_csi")
    made = small_store.workbook(schema)
    theirs = pc.invert(pc.and_(pc.equal(made.responses["operator"], "mobile"), pc.equal(made.responses["brand"], "worldwind")))
    store = Store(tmp_path / "data")
    store.commit(replace(made, responses=made.responses.filter(theirs)), schema, "test")
    store.close()
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))


@pytest.mark.usefixtures("_store_without_rivals_brand_among_ours")
@pytest.mark.parametrize(
    "page", ["measure/overview/page.py", "measure/trends/page.py", "compare/branches/page.py", "explain/planner/page.py"]
)
def test_pages_say_it_and_draw_nothing(page: str) -> None:
    app = turned_to(frame(lang="en", operator="mobile", brand="worldwind"), page)
    assert "Q2 2026 has no answers of China Mobile · Worldwind." in words(app)
    assert not app.get("plotly_chart")
    some = turned_to(frame(lang="en", operator="unicom", brand="worldwind"), page)
    assert "has no answers" not in words(some)
    assert some.get("plotly_chart")
