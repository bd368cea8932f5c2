"""Sizes and places of files: small modules and functions, topics in folders, the screen in its rooms, shared parts that are shared."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture.sources import PYTHON, imported, module_of, tree_of
from tests.places import ROOT

MOST_LINES, MOST_LINES_OF_A_PAGE, MOST_LINES_OF_A_FUNCTION = 400, 100, 60
#: What is longer today, and by how much it may be: shorter is always welcome, and whoever gets one below the limit strikes it out.
LONG_MODULES: dict[str, int] = {}
LONG_FUNCTIONS: dict[str, int] = {}


def test_every_module_is_below_four_hundred_lines() -> None:
    assert {name: lines for name in PYTHON if (lines := _lines(name)) > LONG_MODULES.get(name, MOST_LINES - 1)} == {}


def test_every_page_is_below_a_hundred_lines() -> None:
    pages = [name for name in PYTHON if name.startswith("pages/") and name.endswith("/page.py")]
    assert len(pages) > 10
    assert {name: _lines(name) for name in pages if _lines(name) >= MOST_LINES_OF_A_PAGE} == {}


def test_no_function_is_longer_than_sixty_lines() -> None:
    """Figures are long lists of what is drawn, so ``charts`` may have longer ones; ruff counts branches (C901)."""
    found = {
        f"{name}:{function}": lines
        for name in PYTHON
        if not name.startswith("charts/")
        for function, lines in _functions(name)
        if lines > LONG_FUNCTIONS.get(f"{name}:{function}", MOST_LINES_OF_A_FUNCTION)
    }
    assert found == {}


def test_exceptions_are_needed() -> None:
    assert [name for name in LONG_MODULES if not (ROOT / name).is_file() or _lines(name) < MOST_LINES] == []
    functions = {f"{name}:{function}": lines for name in PYTHON for function, lines in _functions(name)}
    assert [name for name in LONG_FUNCTIONS if functions.get(name, 0) <= MOST_LINES_OF_A_FUNCTION] == []


def test_analysis_holds_topics_only() -> None:
    assert [path.name for path in (ROOT / "analysis").glob("*.py")] == ["__init__.py"]


def test_the_screen_is_known_to_pages_and_the_entry_alone() -> None:
    knowing = [name for name in PYTHON if any(module.split(".")[0] == "streamlit" for module in imported(name))]
    outside = [name for name in knowing if not name.startswith(("pages/", "tests/", "benchmarks/")) and name != "app.py"]
    assert "app.py" in knowing
    assert outside == []


def test_a_choice_calls_back_only_with_one_of_its_choices() -> None:
    """What a browser sends back are the words of a choice, and words change: see ``pages._shared.session.choosing``."""
    choices = {"selectbox", "multiselect", "radio", "pills", "segmented_control", "select_slider", "menu_button"}
    callbacks = [
        (name, call.lineno, ast.unparse(word.value))
        for name in PYTHON
        if name.startswith("pages/")
        for call in ast.walk(tree_of(name))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in choices
        for word in call.keywords
        if word.arg in {"on_change", "on_click", "args"}
    ]
    assert len(callbacks) > 10
    assert [place for place in callbacks if not place[2].startswith(("chosen(", "choosing.chosen("))] == []


def test_shared_parts_of_pages_serve_more_than_one_page() -> None:
    assert _asked_by_one_page() == {}


def test_no_test_imports_a_test_file_or_clears_a_cache_by_itself() -> None:
    """Shared cases are modules of their own; a fresh process state comes from ``tests/pages/fresh.py``."""
    tests = [name for name in PYTHON if name.startswith("tests/")]
    assert {name: found for name in tests if (found := [module for module in imported(name) if ".test_" in module])} == {}
    caches = {
        (name, node.attr) for name in tests for node in ast.walk(tree_of(name)) if isinstance(node, ast.Attribute) and node.attr == "_kept"
    }
    assert caches == set()


def test_nothing_in_the_shared_folder_is_left_over() -> None:
    assert [name for name in _shared() if not _askers(name)] == []


def test_lines_and_functions_are_counted() -> None:
    """The counters themselves."""
    here = Path(__file__).relative_to(ROOT).as_posix()
    assert _lines(here) == Path(__file__).read_text("utf-8").count("\n")
    assert dict(_functions(here))["test_lines_and_functions_are_counted"] == 5


def _lines(name: str) -> int:
    return len((ROOT / name).read_text("utf-8").splitlines())


def _functions(name: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def _shared() -> dict[str, str]:
    """Modules of the shared folder by their dotted name."""
    return {module_of(name): name for name in PYTHON if name.startswith("pages/_shared/") and not name.endswith("__init__.py")}


@cache
def _askers(module: str, beyond: frozenset[str] = frozenset()) -> frozenset[str]:
    """Page folders that need a shared module, themselves or by another shared module; what the frame or the entry needs, all do."""
    found: set[str] = set()
    for name in PYTHON:
        if name.startswith("tests/") or module not in imported(name):
            continue
        if name.startswith("pages/_shared/frame/") or not name.startswith("pages/"):
            found.add("every page")
        elif name.startswith("pages/_shared/"):
            if (asking := module_of(name)) not in beyond:
                found |= _askers(asking, beyond | {module})
        else:
            found.add("/".join(name.split("/")[:3]))
    if module.startswith("pages._shared.frame."):
        found.add("every page")
    return frozenset(found)


def _asked_by_one_page() -> dict[str, frozenset[str]]:
    pages = {name: _askers(name) for name in _shared()}
    return {name: found for name, found in pages.items() if len(found) == 1 and "every page" not in found}
