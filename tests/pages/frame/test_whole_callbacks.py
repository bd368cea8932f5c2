"""A callback ends before a request that came meanwhile is heard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests, ScriptRequestType
from streamlit.runtime.state.session_state import SessionState

from pages._shared.frame.whole_callbacks import keep_callbacks_whole


@pytest.fixture(autouse=True)
def untouched() -> Iterator[None]:
    before = SessionState.on_script_will_rerun, ScriptRequests.on_scriptrunner_yield
    yield
    SessionState.on_script_will_rerun, ScriptRequests.on_scriptrunner_yield = before  # type: ignore[method-assign]


class Clicked(SessionState):
    """A session in which a click is worked on: what it heard of a request that came meanwhile."""

    def __init__(self, requests: ScriptRequests, wrong: bool = False) -> None:
        super().__init__()
        self.__dict__.update(requests=requests, wrong=wrong, heard=[])

    def _reset_triggers(self) -> None:
        self.__dict__["heard"].append(self.__dict__["requests"].on_scriptrunner_yield())
        if self.__dict__["wrong"]:
            raise ValueError("a callback that fails")


def requested() -> ScriptRequests:
    requests = ScriptRequests()
    assert requests.request_rerun(RerunData())
    return requests


def test_a_callback_hears_nothing_and_the_run_after_it_does() -> None:
    keep_callbacks_whole()
    keep_callbacks_whole()  # once is enough, twice does no harm
    requests = requested()
    session = Clicked(requests)
    session.on_script_will_rerun(None)
    assert session.__dict__["heard"] == [None]
    after = requests.on_scriptrunner_yield()
    assert after is not None
    assert after.type is ScriptRequestType.RERUN


def test_a_callback_that_fails_does_not_make_the_run_after_it_deaf() -> None:
    keep_callbacks_whole()
    requests = requested()
    with pytest.raises(ValueError, match="fails"):
        Clicked(requests, wrong=True).on_script_will_rerun(None)
    assert requests.on_scriptrunner_yield() is not None
