"""A way to run the command line as a user would, with a store of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app
from tests.command_line.running import Manyi, Run


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
