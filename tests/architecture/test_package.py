"""The product can be installed, so that the workers of a cluster import what they are to do: the package holds the rooms, whole."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from setuptools import find_namespace_packages

from tests.places import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ROOMS = {*PROJECT["tool"]["importlinter"]["root_packages"], "locale"}


def test_the_package_holds_every_room_with_all_its_folders() -> None:
    found = find_namespace_packages(str(ROOT), include=PROJECT["tool"]["setuptools"]["packages"]["find"]["include"])
    folders = {path.parent.relative_to(ROOT) for room in ROOMS for path in (ROOT / room).rglob("*.*") if "__pycache__" not in path.parts}
    assert {Path(*name.split(".")) for name in found} >= folders
    assert {name.partition(".")[0] for name in found} == ROOMS


def test_the_modules_beside_the_rooms_are_in_it() -> None:
    assert set(PROJECT["tool"]["setuptools"]["py-modules"]) == {path.stem for path in ROOT.glob("*.py")}


@pytest.mark.slow
def test_what_is_installed_adds_up_from_any_folder(tmp_path: Path) -> None:
    """Built without the network; what a wheel holds is what an installation imports."""
    source, out, installed = tmp_path / "source", tmp_path / "wheel", tmp_path / "installed"
    for room in ROOMS:
        shutil.copytree(ROOT / room, source / room, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (*ROOT.glob("*.py"), ROOT / "pyproject.toml", ROOT / "requirements.txt", ROOT / "LICENSE"):
        shutil.copy(path, source)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(out)]
    subprocess.run([*build, str(source)], check=True, cwd=tmp_path)
    with zipfile.ZipFile(next(out.glob("manyi-*.whl"))) as wheel:
        wheel.extractall(installed)
    asked = (
        "import analysis.sums.tallies as made; from survey_schema.loading import load_schema; from words.language import message;"
        "print(made.__file__, load_schema('telecom_csi').name, message('Operator').text('zh_CN'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], check=True, capture_output=True, text=True, cwd=tmp_path, env={"PYTHONPATH": str(installed)}
    )
    place, survey, word = done.stdout.split()
    assert Path(place).is_relative_to(installed)
    assert (survey, word) == ("telecom_csi", "运营商")
