"""On every page nothing leads, trails, rises or falls where nothing but the questions differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.page_reader import frame, headers, rows, tables, turned_to, words
from tests.stores.uneven_store import fill, fill_two_scales

PARTS = ("All in all", "What they said", "Who answered", "Other questions")
VERDICTS = {"above", "below", "real rise", "real fall", "we lead", "we trail"}
SENTENCES = (
    "leading",
    "trailing",
    "lead Them by",
    "trail Them by",
    "more than chance",
    "above the rest",
    "below the rest",
    "really up",
    "really down",
)
LOOKS = [
    ("measure/overview/page.py", {}), ("measure/trends/page.py", {"trends_view": "indicators", "trend_code": "index"}),
    ("measure/trends/page.py", {"trends_view": "branch", "trend_code": "index"}),
    ("compare/branches/page.py", {}),
    ("compare/branches/page.py", {"branches_view": "one", "profile_branch": "c"}),
    ("compare/branches/page.py", {"branches_view": "chance", "branches_common": True, "funnel_code": "index"}),
    ("compare/competitors/page.py", {"competitors_view": "brands", "duel_code": "index"}),
    ("explain/fuzzy/page.py", {}),
]  # fmt: skip


@pytest.fixture(scope="module")
def uneven_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("uneven") / "data"
    fill(folder)
    return folder


@pytest.mark.parametrize(("page", "picked"), LOOKS, ids=[f"{page} {picked}" for page, picked in LOOKS])
def test_nothing_is_judged_for_its_questions(
    uneven_folder: Path, monkeypatch: pytest.MonkeyPatch, page: str, picked: dict[str, object]
) -> None:
    monkeypatch.setenv("MANYI_DATA", str(uneven_folder))
    app = frame(lang="en")
    for key, value in picked.items():
        app.session_state[key] = value
    told = words(turned_to(app, page))
    assert not app.error
    assert not VERDICTS & {cell for row in rows(app) for cell in row}
    assert not [sentence for sentence in SENTENCES if sentence in told], told
    assert "of 4 questions" in told
    assert "Questions" in headers(app) or page == "measure/overview/page.py"


def test_a_branch_asked_less_has_no_rank_until_all_are_put_on_common_questions(
    uneven_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MANYI_DATA", str(uneven_folder))
    app = turned_to(frame(lang="en"), "compare/branches/page.py")
    assert "Without rank, for the questions they were asked: c." in words(app)
    assert "not asked 1 of the 4 questions that others were asked" in words(app)
    app = app.toggle(key="branches_common").set_value(True).run()
    assert "Without rank" not in words(app)
    assert "None of the 3 groups can be told from the rest." in words(app)


def test_a_changed_scale_is_said_and_breaks_the_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_two_scales(tmp_path / "data", "2026Q1")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = turned_to(frame(lang="en"), "measure/trends/page.py")
    told = words(app)
    assert "One had another scale in Q1 2026; there they are other questions" in told
    assert "The line breaks where other questions were asked" in told
    assert "Index on 3 of 4 questions" in told
    assert not VERDICTS & {cell for row in rows(app) for cell in row}


def test_a_parted_change_adds_up_with_the_other_questions(uneven_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(uneven_folder))
    app = frame(lang="en")
    app.session_state["trends_view"] = "split"
    app = turned_to(app, "measure/trends/page.py")
    assert "Of −8.9 points, 0.0 are what customers said and 0.0 who answered, and −8.9 that other questions were asked" in words(app)
    (table,) = (each for each in tables(app) if "Other questions" in each.columns)
    whole = {name: float(str(table[name].iloc[0]).replace("\\", "").replace("−", "-")) for name in PARTS}
    assert whole["All in all"] == pytest.approx(sum(whole[name] for name in PARTS[1:]), abs=0.02)
