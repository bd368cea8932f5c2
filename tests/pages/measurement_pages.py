"""Opening one page of the frame on a folder of waves, and reading what it says."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parent.parent.parent
FRAME = ROOT / "pages" / "_shared" / "frame.py"


def open_page(page: str, view: str = "", **address: str) -> AppTest:
    """The page ``page`` (below ``pages``) with codes in the address; ``view`` picks a part of *Measurement*."""
    app = AppTest.from_file(str(FRAME), default_timeout=180)
    for key, code in address.items():
        app.query_params[key] = code
    if view:
        app.session_state["measurement_view"] = view
    app.switch_page(str(ROOT / "pages" / page))
    return app.run()


def words(app: AppTest) -> str:
    """All sentences on the page, without Markdown's backslashes."""
    kinds = (app.markdown, app.caption, app.warning, app.success, app.info)
    return " ".join(part.value for kind in kinds for part in kind).replace("\\", "")


def rows(app: AppTest) -> list[list[str]]:
    """The rows of all tables."""
    return [[str(cell).replace("\\", "") for cell in row] for table in app.table for row in table.value.to_numpy().tolist()]
