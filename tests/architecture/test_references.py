"""What docstrings and documents name is there: modules, classes, files, sections of ``docs/methods.md``."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.architecture.sources import FILES, PYTHON, module_of, tree_of
from tests.places import ROOT

MODULES = {module_of(name): name for name in PYTHON}
FOLDERS = {"/".join(name.split("/")[:depth]) for name in FILES for depth in range(1, name.count("/") + 1)}
ROOMS = {name.split("/")[0].removesuffix(".py") for name in PYTHON} | {"docs", "locale"}
DOCUMENTS = [name for name in FILES if name.endswith(".md")]
#: Named as examples, or made only when a command runs.
MADE = {"data", "data/waves", "tests/browser/shots"}
_ROLE = re.compile(r":(mod|class|func|meth|data|attr):`~?([\w.]+)`")
_DOTTED = re.compile(r"[a-z_]+(?:\.\w+)+")
_PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*(?:/|\.(?:py|md|yaml|toml|css|R|sh|txt))")
_SECTION = re.compile(r"docs/methods\.md``, sections? ((?:\d+(?:, | and )?)+)")
_BARE_SECTION = re.compile(r"\b[Mm]ethods \d")


def _docstrings(name: str) -> Iterator[str]:
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and (text := ast.get_docstring(node)):
            yield text


@cache
def _names(module: str) -> frozenset[str]:
    """What a module defines or imports, its attributes included."""
    found: set[str] = set()
    for node in ast.walk(tree_of(MODULES[module])):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.add(node.attr)
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.asname or alias.name for alias in node.names}
    return frozenset(found)


@cache
def _every_name() -> frozenset[str]:
    return frozenset(part for module in MODULES for part in module.split(".")).union(*map(_names, MODULES))


def _is_there(dotted: str) -> bool:
    """Whether a dotted name of the project leads to a package, a module or what stands in one."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        module = ".".join(parts[:length])
        if module in MODULES:
            return all(part in _names(module) for part in parts[length:])
        if module.replace(".", "/") in FOLDERS:
            return length == len(parts)
    return False


def _path_is_there(path: str, beside: str) -> bool:
    path = path.rstrip("/")
    near = f"{beside.rpartition('/')[0]}/{path}".lstrip("/")
    return any(place in MADE or place in FOLDERS or place in FILES for place in (path, near))


def _dangling(name: str) -> list[str]:
    found = []
    for text in _docstrings(name):
        for _role, named in _ROLE.findall(text):
            ours = named.split(".")[0] in ROOMS
            if not (_is_there(named) if ours and "." in named else set(named.split(".")) <= _every_name()):
                found.append(named)
        for literal in re.findall(r"``([^`\n]+)``", text):
            if _DOTTED.fullmatch(literal) and literal.split(".")[0] in ROOMS and not _PATH.fullmatch(literal):
                found += [] if _is_there(literal) else [literal]
            elif _PATH.fullmatch(literal) and literal.split("/")[0].removesuffix(".py") in ROOMS:
                found += [] if _path_is_there(literal, name) else [literal]
    return found


def test_docstrings_name_what_is_there() -> None:
    assert {name: found for name in PYTHON if (found := _dangling(name))} == {}


def test_sections_of_the_methods_exist_wherever_they_are_named() -> None:
    sections = set(re.findall(r"^## (\d+)\. ", (ROOT / "docs" / "methods.md").read_text("utf-8"), re.M))
    named = {(name, number) for name in PYTHON for text in _docstrings(name) for numbers in _SECTION.findall(_on_one_line(text))
             for number in re.findall(r"\d+", numbers)}  # fmt: skip
    assert len(named) > 5
    assert [(name, number) for name, number in named if number not in sections] == []
    bare = [name for name in PYTHON for text in _docstrings(name) if name.split("/")[0] != "tests" and _BARE_SECTION.search(text)]
    assert [name for name in bare if "Research Methods" not in (ROOT / name).read_text("utf-8")] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_name_and_link_what_is_there(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link and not link.startswith("#")]
    paths = [path for path in re.findall(r"`([^`\s]+)`", text) if _PATH.fullmatch(path) and path.split("/")[0].removesuffix(".py") in ROOMS]
    assert [path for path in [*links, *paths] if path and not _path_is_there(path, name)] == []
    inner = {anchor for link in re.findall(r"\]\(#([^)\s]+)\)", text) for anchor in [link]}
    headings = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", text, re.M)}
    assert inner <= headings


def test_what_is_not_there_is_noticed() -> None:
    assert _is_there("analysis.sums.tallies.Tallies")
    assert _is_there("analysis.sums")
    assert not _is_there("analysis.sums.tallies.Nothing")
    assert not _is_there("analysis.nothing")
    assert _path_is_there("analysis/sums/", "README.md")
    assert not _path_is_there("analysis/nothing.py", "README.md")


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
