"""What a click does is done whole: no other request of the same browser breaks it off in the middle.

Streamlit asks at nearly every call on a page whether the browser has sent something since, a new width or a second click, and then
leaves the run where it stands. Half a page is drawn anew; half a callback would be a workbook that was dropped and never read, a wave
stored and never said to be, a text typed and not kept. Together with ``runner.fastReruns = false``, which adds the second request to
the first instead of dropping the first, nothing that was clicked or typed is lost.
"""

from __future__ import annotations

import functools
import threading
from typing import Any

from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequest, ScriptRequests
from streamlit.runtime.state.session_state import SessionState

_this = threading.local()


def keep_callbacks_whole() -> None:
    """Lets callbacks end before a request that came meanwhile is heard; the run after them is left as before. Once is enough."""
    if hasattr(SessionState.on_script_will_rerun, "__wrapped__"):
        return
    call_back, heard = SessionState.on_script_will_rerun, ScriptRequests.on_scriptrunner_yield

    @functools.wraps(call_back)
    def whole(self: SessionState, *given: Any, **named: Any) -> None:
        _this.calling_back = True
        try:
            call_back(self, *given, **named)
        finally:
            _this.calling_back = False

    @functools.wraps(heard)
    def heard_later(self: ScriptRequests) -> ScriptRequest | None:
        return None if getattr(_this, "calling_back", False) else heard(self)

    SessionState.on_script_will_rerun = whole  # type: ignore[method-assign]
    ScriptRequests.on_scriptrunner_yield = heard_later  # type: ignore[method-assign]
