"""What the frame decides before a page runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.page_reader import turned_to


def test_an_empty_store_offers_the_sample_data(empty_app: AppTest) -> None:
    empty_app.query_params["lang"] = "en"
    empty_app.run()
    assert not empty_app.exception
    assert [button.label for button in empty_app.button if button.key == "fill_sample"] == ["Fill with sample data"]
    assert len(empty_app.menu_button) == 0


def test_the_default_is_the_latest_wave_and_our_operator(open_app: Callable[..., AppTest]) -> None:
    app = open_app(lang="en").run()
    chosen = app.session_state["chosen"]
    assert (chosen.survey, chosen.wave.label, dict(chosen.where)) == ("telecom_csi", "2026Q2", {"operator": chosen.schema.our_operator})
    assert chosen.previous.label == "2026Q1"
    assert chosen.year_before.label == "2025Q2"


def test_codes_in_the_address_are_taken_over(open_app: Callable[..., AppTest]) -> None:
    app = open_app(lang="en", wave="2026Q1", branch="tianshui", operator="all").run()
    chosen = app.session_state["chosen"]
    assert (chosen.wave.label, dict(chosen.where)) == ("2026Q1", {"branch": "tianshui"})
    assert app.query_params["branch"] == "tianshui"


def test_on_a_phone_the_selections_are_folded_into_one_line(open_app: Callable[..., AppTest]) -> None:
    app = open_app(lang="en", branch="tianshui")
    app.session_state["window_width"] = 362
    app.run()
    assert not app.menu_button
    (line,) = [part.proto.popover.label for part in app.get("popover") if "Q2 2026" in part.proto.popover.label]
    assert line.endswith("Tianshui")
    app.selectbox(key="fold_branch").set_value("all").run()
    assert app.query_params["branch"] == "all"
    assert "branch" not in app.session_state["chosen"].where


def test_unknown_codes_fall_back_with_a_note_and_leave_the_address(open_app: Callable[..., AppTest]) -> None:
    app = open_app(lang="en", wave="1999", branch="**nowhere**").run()
    chosen = app.session_state["chosen"]
    assert (chosen.wave.label, "branch" in chosen.where) == ("2026Q2", False)
    assert "wave" not in app.query_params
    assert "branch" not in app.query_params
    assert "1999" in app.toast[0].value
    assert r"\*\*nowhere\*\*" in app.toast[0].value


def test_the_language_switch_keeps_the_selection(open_app: Callable[..., AppTest]) -> None:
    app = open_app(lang="en", branch="tianshui").run()
    app.button(key="language_switch").click().run()
    assert app.query_params["lang"] == "zh"
    assert app.session_state["chosen"].where["branch"] == "tianshui"


def test_a_page_that_takes_long_says_that_it_is_computing(open_app: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    @contextmanager
    def spinner(text: str, **_options: object) -> Iterator[None]:
        told.append(text)
        yield

    monkeypatch.setattr(st, "spinner", spinner)
    app = open_app(lang="en").run()
    assert not app.exception
    assert told == ["The answers are being computed …"]


def test_a_link_opens_the_view_of_a_page_and_a_picked_view_stands_in_the_address(open_app: Callable[..., AppTest]) -> None:
    app = turned_to(open_app(view="factors"), "explain/measurement/page.py")
    assert (app.session_state["measurement_view"], app.query_params["view"]) == ("factors", "factors")
    app.session_state["measurement_view"] = "path_model"
    app.run()
    assert app.query_params["view"] == "path_model"
    app.query_params["view"] = "nonsense"
    app.run()
    assert (app.session_state["measurement_view"], app.query_params["view"]) == ("path_model", "path_model")
    del app.query_params["view"]  # the browser's Back
    app.run()
    assert app.session_state["measurement_view"] == "reliability"


def test_a_view_is_open_again_when_the_reader_comes_back(open_app: Callable[..., AppTest]) -> None:
    app = turned_to(open_app(view="factors"), "explain/measurement/page.py")
    app.query_params.clear()  # a browser that turns to a page leaves what was said of the other one
    turned_to(app, "measure/trends/page.py")
    assert "view" not in app.query_params
    turned_to(app, "explain/measurement/page.py").run()
    assert (app.session_state["measurement_view"], app.query_params["view"]) == ("factors", "factors")
    app.query_params.clear()
    turned_to(app, "measure/trends/page.py")
    app.query_params["view"] = "groups"  # the browser's Back to a page has its view in the address
    turned_to(app, "explain/measurement/page.py")
    assert app.session_state["measurement_view"] == "groups"


def test_a_choice_survives_a_run_that_is_broken_off_before_the_url_is_written() -> None:
    """The browser asks for a run of its own (a window is measured) while the click is at work."""

    def script() -> None:
        import streamlit as st

        from pages._shared.session import address

        address.follow_url("page")
        st.button("switch", key="switch", on_click=address.pick, args=("lang", "en"))
        st.text(address.codes().get("lang", ""))
        if st.session_state.get("broken_off"):
            st.stop()
        address.write_url()

    app = AppTest.from_function(script)
    app.query_params["lang"] = "zh"
    app.run()
    app.session_state["broken_off"] = True
    app.button("switch").click().run()
    app.session_state["broken_off"] = False
    app.run()
    assert (app.text[0].value, app.query_params["lang"]) == ("en", "en")
    app.query_params["lang"] = "zh"  # and the browser's Back counts again
    app.run()
    assert app.text[0].value == "zh"
