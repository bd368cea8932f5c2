"""The command line, as its own tests run it."""

from __future__ import annotations

from tests.command_line.conftest import manyi

__all__ = ["manyi"]
