"""Possible places, funnel, composite and the parted change on screen."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from answers.source import StoreSource
from survey_schema.columns import Role
from survey_schema.loading import load_schema
from tests.pages.fresh import forget_everything
from tests.pages.page_reader import frame, headers, turned_to, words

BRANCHES, TRENDS = "compare/branches/page.py", "measure/trends/page.py"


def test_branches_say_places_what_chance_explains_and_the_score_by_customers(
    open_app: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    branches = [choice.code for choice in load_schema("telecom_csi").choices(Role.BRANCH)]
    columns = {"branch": branches, "operator": None, "brand": None, "business_line": None, "customers": [100.0] * 13 + [900.0]}
    monkeypatch.setattr(StoreSource, "population", lambda _source, _wave: pd.DataFrame(columns))
    forget_everything()  # the composite of these waves may be kept from a test without customers
    request.addfinalizer(forget_everything)
    app = open_app(lang="en")
    app.session_state["funnel_code"] = "C21"
    assert "Possible ranks" in headers(turned_to(app, BRANCHES))
    told = words(_opened(app, "chance"))
    assert "Groups next to each other can swap places" in told
    assert "satisfaction rate by base" in told
    assert "The league decides" in told
    assert {"Distance z", "Limit 99.8 %, upper", "Against the rest"} <= headers(app)
    assert "Satisfaction index by customers" in words(_opened(app, "customers"))
    assert "By customers" in headers(app)


def test_one_branch_stands_against_the_rest_or_another(open_app: Callable[..., AppTest]) -> None:
    app = open_app(lang="en")
    app.session_state["branches_view"], app.session_state["profile_branch"] = "one", "dingxi"
    told = words(turned_to(app, BRANCHES))
    assert "# Dingxi" in told
    assert "of 19 questions" in told or "no single question" in told
    assert "To the best" in headers(app)
    app = app.selectbox(key="profile_other").select("lanzhou").run()
    assert {"Dingxi", "Lanzhou"} <= headers(app)
    assert not app.error


def _opened(app: AppTest, view: str) -> AppTest:
    app.session_state["branches_view"] = view
    return app.run()


def test_trends_part_the_change_the_reader_picked(open_app: Callable[..., AppTest]) -> None:
    app = open_app(lang="en")
    app.session_state["split_by"], app.session_state["trend_code"], app.session_state["trends_view"] = "branch_brand", "C21", "split"
    told = words(turned_to(app, TRENDS))
    assert "are what customers said and" in told
    assert "what they said and who answered, Q1 2026 to Q2 2026" in told
    assert {"Branch × Brand", "Share before, %", "What they said", "Who answered"} <= headers(app)
    assert "Operator" not in app.selectbox(key="split_by").options  # one operator is chosen


def test_trends_tell_which_branches_changed(open_app: Callable[..., AppTest]) -> None:
    for language, sentence, column in (("en", "really down", "Now"), ("zh_CN", "真实下降：陇南", "本期")):
        app = open_app(lang=language)
        app.session_state["trends_view"], app.session_state["trend_code"] = "branch", "csi"
        told = words(turned_to(app, TRENDS))
        assert sentence in told
        assert column in headers(app)


def test_hidden_branches_are_in_none_of_them(filled_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(filled_folder, tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    for name in ("HIDDEN_BELOW", "MARKED_BELOW"):
        monkeypatch.setenv(f"MANYI_THRESHOLDS__{name}", "1000000")
    for page, missing in ((BRANCHES, "There is no score by customers."), (TRENDS, "Not shown: the effective base")):
        app = frame(lang="en")
        app.session_state["trends_view"], app.session_state["branches_view"] = "branch", "customers"
        told = words(turned_to(app, page))
        assert missing in told
        assert ("No group has enough answers in both waves." in told) == (page == TRENDS)
        assert "swap places" not in told
        assert "customers said and" not in told
        assert {"Distance z", "What they said"}.isdisjoint(headers(app))


def test_a_brand_our_rivals_do_not_have_leaves_the_branches_page_whole(open_app: Callable[..., AppTest]) -> None:
    app = turned_to(open_app(lang="en", operator="telecom", brand="gotone"), BRANCHES)
    assert not app.error
    assert "How this was computed" in [part.label for part in app.expander]


@pytest.mark.parametrize(("address", "picked"), [({}, {}), ({"branch": "lanzhou"}, {"rival": "gone", "duel_code": "gone"})])
def test_the_competitor_and_indicator_shown_first_are_those_of_the_red_clause(
    open_app: Callable[..., AppTest], address: dict[str, str], picked: dict[str, str]
) -> None:
    app = open_app(lang="en", **address)
    for key, value in picked.items():
        app.session_state[key] = value
    app.session_state["competitors_view"] = "one"
    app = turned_to(app, "compare/competitors/page.py")
    clause = re.search(r"furthest (?:behind|ahead of) ([^:]+): ([^(]+) \(", words(app))
    assert clause is not None, words(app)
    schema = load_schema("telecom_csi")
    assert schema.value_title("operator", str(app.selectbox(key="rival").value), "en") == clause[1]
    app.session_state["competitors_view"] = "brands"
    app.run()
    assert schema.title_of(str(app.selectbox(key="duel_code").value), "en") == clause[2]


def test_competitors_say_that_they_look_at_all_brands(open_app: Callable[..., AppTest]) -> None:
    told = "This page compares all operators and brands"
    assert told in words(turned_to(open_app(lang="en", brand="gotone"), "compare/competitors/page.py"))
    assert told not in words(turned_to(open_app(lang="en"), "compare/competitors/page.py"))
