"""Opening one page of the frame without a browser, and reading what it says."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests.places import ROOT

FRAME = ROOT / "pages" / "_shared" / "frame" / "frame.py"


def frame(**address: str) -> AppTest:
    """The frame on the store the settings name, with codes such as ``lang="en"`` in the address; not run yet."""
    app = AppTest.from_file(str(FRAME), default_timeout=180)
    for key, code in address.items():
        app.query_params[key] = code
    return app


def standing_on(app: AppTest, page: str) -> AppTest:
    """The frame turned to a page (its file below ``pages``), not run yet.

    Before the first run ``AppTest.switch_page`` takes the file's name for the page's address; ours is the name of the folder.
    """
    app.switch_page(str(ROOT / "pages" / page))
    app._page_hash = calc_hash(Path(page).parent.name)
    return app


def turned_to(app: AppTest, page: str) -> AppTest:
    """The page ``page`` (its file below ``pages``), without a traceback."""
    standing_on(app, page).run()
    assert not app.exception
    return app


def open_page(page: str, view: str = "", **address: str) -> AppTest:
    """A page with codes in the address; ``view`` picks one of its views."""
    app = frame(**address)
    if view:
        app.session_state[f"{Path(page).parent.name}_view"] = view
    return turned_to(app, page)


def words(app: AppTest) -> str:
    """All sentences on the page, without Markdown's backslashes and with plain spaces."""
    kinds = (app.markdown, app.caption, app.warning, app.success, app.info, app.error)
    return " ".join(part.value for kind in kinds for part in kind).replace("\\", "").replace("\u00a0", " ")


def tables(app: AppTest) -> list[pd.DataFrame]:
    """All tables of the page; a fixture has unfolded those below charts."""
    return [table.value for table in app.table]


def rows(app: AppTest) -> list[list[str]]:
    """The rows of all tables, without Markdown's backslashes."""
    return [[str(cell).replace("\\", "") for cell in row] for table in tables(app) for row in table.to_numpy().tolist()]


def headers(app: AppTest) -> set[str]:
    """The column names of all tables."""
    return {str(name).replace("\\", "") for table in tables(app) for name in table.columns}
