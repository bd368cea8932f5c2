"""Reference values of other programs: each folder has what made them and which version of the program did."""

from __future__ import annotations

import re

import pytest

from tests.places import REFERENCE

FOLDERS = sorted(path for path in REFERENCE.iterdir() if path.is_dir() and path.name != "__pycache__")
#: Printed tables, typed in: their source is named instead of a program.
PRINTED = {"published"}
_VERSION = re.compile(r"\b[A-Za-z][\w .]*\W{1,4}\d+\.\d+")


@pytest.mark.parametrize("folder", [path for path in FOLDERS if path.name not in PRINTED], ids=lambda path: path.name)
def test_every_folder_says_which_version_made_it_and_how(folder) -> None:
    assert [path.name for path in folder.iterdir() if path.stem in {"reference", "make_reference"}] != []
    file = folder / "versions.txt"
    lines = (file.read_text("utf-8") if file.exists() else "\n".join(_lines_with_versions(folder))).splitlines()
    assert any(_VERSION.search(line) for line in lines), lines


@pytest.mark.parametrize("name", sorted(PRINTED))
def test_printed_values_name_their_source(name: str) -> None:
    source = (REFERENCE / name / "source.txt").read_text("utf-8")
    assert re.search(r"\b(19|20)\d\d\b", source), "a year"
    assert len(source.split()) > 8


def _lines_with_versions(folder) -> list[str]:
    """Lines of the raw output that say a version: a comment, a row called version, or a key of that name with what belongs to it."""
    text = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("output.*")))
    listed = re.search(r'"versions": \{[^}]*\}', text)
    rows = [line for line in text.splitlines() if line.startswith(("#", "version"))]
    return [*rows, *([" ".join(listed[0].split())] if listed else [])]
