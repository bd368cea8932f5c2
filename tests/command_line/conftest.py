"""A way to run the command line as a user would, with a store of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli import app


class Run:
    """One finished command."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def records(self, **wanted: object) -> list[dict[str, Any]]:
        return [record for record in self.json["estimates"] if all(record.get(name) == value for name, value in wanted.items())]

    def one(self, **wanted: object) -> dict[str, Any]:
        (found,) = self.records(**wanted)
        return found


Manyi = Callable[..., Run]


@pytest.fixture
def manyi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Manyi:
    """``manyi("check", path, "--schema", "tcsi")`` in English; fails when something other than an exit ends the command."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("MANYI_LANGUAGE", "en")

    def run(*arguments: object) -> Run:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        assert "Traceback" not in result.stderr
        return Run(result.exit_code, result.stdout, result.stderr)

    return run
