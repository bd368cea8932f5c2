"""Adding a statistic touches seven files beside the catalogues: counted on the example of CONTRIBUTING."""

from __future__ import annotations

import re

from tests.architecture.sources import PYTHON, imported, module_of
from tests.places import ROOT

NAME = "funnel"


def _files_of(name: str) -> set[str]:
    """Files that are about a statistic: named after it, or importing one that is."""
    own = {path for path in PYTHON if re.search(rf"(^|[/_]){name}", path) and not path.startswith("tests/")}
    modules = {module_of(path) for path in own}
    knowing = {path for path in PYTHON if not path.startswith("tests/") and modules & set(imported(path))}
    listed = {path for path in PYTHON if path.startswith("answers/") and f'"{name}": Entry(' in (ROOT / path).read_text("utf-8")}
    return own | knowing | listed


def test_a_statistic_is_in_six_files_and_its_test() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    recipe = re.findall(r"^\| \d \| `([^`]+)` \|", text, re.MULTILINE)
    code, tests = [path for path in recipe if not path.startswith("tests/")], [path for path in recipe if path.startswith("tests/")]
    assert len(recipe) == 7
    assert _files_of(NAME) == set(code)
    (witness,) = tests
    assert f"{NAME}_limits" in (ROOT / witness).read_text("utf-8")


def test_no_other_file_names_it() -> None:
    """Neither the menu, nor the words of tables, nor the explanation under a page: they follow from the topic."""
    naming = {
        path for path in PYTHON if not path.startswith(("tests/", "sample_data/")) and NAME in (ROOT / path).read_text("utf-8").lower()
    }
    assert naming - _files_of(NAME) <= {"pages/_shared/parts/how_computed.py"}
