"""README's table of answers is made from the answers."""

from __future__ import annotations

import runpy

from tests.places import ROOT


def test_readme_lists_every_answer_with_its_options() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "update_readme.py"), run_name="made")
    text = (ROOT / "README.md").read_text("utf-8")
    assert made["with_table"](text) == text, "run make locale"
