"""The house keeps its shape: rooms, page sizes, names, and the facts of ARCHITECTURE.md."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.sources import FILES
from tests.places import ROOT

ROOMS = sorted({name.split("/")[0] for name in FILES if name.endswith(".py") and "/" in name})
PAGES = sorted(path for path in (ROOT / "pages").glob("*/*/page.py"))


def test_no_page_lies_flat_in_pages() -> None:
    """Flat files would run without the frame on a first deep link."""
    assert [path.name for path in (ROOT / "pages").glob("*.py") if path.name != "__init__.py"] == []


def test_shared_page_parts_are_not_named_like_a_room() -> None:
    """``pages/_shared`` comes first on ``sys.path``."""
    top_level = {path.stem for path in ROOT.glob("*.py")} | set(ROOMS)
    assert {path.stem for path in (ROOT / "pages" / "_shared").glob("*.py")} & top_level == set()


@pytest.mark.parametrize("room", ["words", "survey_schema", "storage", "analysis", "charts", "projects", "reports", "sample_data"])
def test_rooms_do_not_reach_up_to_the_entries(room: str) -> None:
    """The import contracts cover packages; these are the modules at the top."""
    for path in (ROOT / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {"settings", "cli", "app"} & set(names), path


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_pages_stay_thin(page: Path) -> None:
    assert len(page.read_text("utf-8").splitlines()) <= 100


def test_every_room_is_described_in_the_architecture_page() -> None:
    described = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    assert [room for room in ROOMS if f"`{room}/`" not in described] == []


def test_files_named_in_the_documents_exist() -> None:
    for document in ("README.md", "ARCHITECTURE.md"):
        named = re.findall(r"`([a-z_]+(?:/[a-z_A-Z]+)*\.(?:py|md|yaml|txt|toml|sh))`", (ROOT / document).read_text("utf-8"))
        assert named, document
        assert [name for name in named if not (ROOT / name).exists()] == [], document


def test_the_project_names_no_machine_and_no_registry() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    hosts = ("pypi" + ".org", "deb.debian" + ".org", "registry." + "npmjs")
    for name in tracked:
        path = ROOT / name
        if path.is_file() and path.suffix in {".py", ".md", ".toml", ".txt", ".lock", ".yaml", ".sh", ""}:
            text = path.read_text("utf-8", errors="ignore")
            assert not any(host in text for host in hosts), name
