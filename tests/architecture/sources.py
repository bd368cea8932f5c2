"""The files of the project as Git knows them, their syntax trees and what they import."""

from __future__ import annotations

import ast
import subprocess
from functools import cache

from tests.places import ROOT

#: All files that are kept or about to be, but other programs' data; paths from the root of the project.
FILES = tuple(
    sorted(
        name
        for name in subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.splitlines()
        if (ROOT / name).is_file()
    )
)
PYTHON = tuple(name for name in FILES if name.endswith(".py"))


@cache
def tree_of(name: str) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse((ROOT / name).read_text("utf-8"))


def module_of(name: str) -> str:
    """``analysis/sums/tallies.py`` → ``analysis.sums.tallies``."""
    return name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


@cache
def imported(name: str) -> frozenset[str]:
    """Every module a file imports, wherever in it; of ``from a import b`` both ``a`` and ``a.b``."""
    found: set[str] = set()
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)
