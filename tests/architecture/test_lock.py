"""The lock holds what the ranges ask for, in versions within them, so that a dependency that moves turns nobody's set-up red."""

from __future__ import annotations

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.places import ROOT


def _requirements(name: str) -> list[Requirement]:
    lines = (line.split(" #")[0].split("\t#")[0].strip() for line in (ROOT / name).read_text("utf-8").splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


@pytest.mark.parametrize(
    ("ranges", "lock"),
    [
        ("requirements.txt", "requirements.lock"),
        ("requirements.txt", "requirements-dev.lock"),
        ("requirements-dev.txt", "requirements-dev.lock"),
    ],
)
def test_the_lock_holds_what_the_ranges_ask_for(ranges: str, lock: str) -> None:
    locked: dict[str, list[Requirement]] = {}
    for each in _requirements(lock):
        locked.setdefault(canonicalize_name(each.name), []).append(each)
    for wanted in _requirements(ranges):
        versions = [next(iter(each.specifier)) for each in locked.get(canonicalize_name(wanted.name), [])]
        assert versions, f"{wanted.name} is not in {lock}: run make lock"
        for version in versions:
            assert version.operator == "==", f"{wanted.name} is not held to one version in {lock}"
            assert wanted.specifier.contains(version.version, prereleases=True), (
                f"{wanted.name} {version.version} is outside {wanted.specifier}: run make lock"
            )


def test_both_locks_agree() -> None:
    """What is tested is what users get."""
    runtime = {(canonicalize_name(each.name), str(each.specifier), str(each.marker)) for each in _requirements("requirements.lock")}
    development = {(canonicalize_name(each.name), str(each.specifier), str(each.marker)) for each in _requirements("requirements-dev.lock")}
    versions = {(name, version) for name, version, _marker in development}
    assert {(name, version) for name, version, _marker in runtime} <= versions
