"""In Chinese nothing of Typer's own English is left in help and refusals."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = re.compile(r"Usage|Options|OPTIONS|Commands|COMMAND|ARGS|Arguments|required|default:|Show this|<|Invalid|should be|No such|extra")


def _said(*arguments: str) -> str:
    """In a process of its own: the language of help is fixed at the start."""
    chinese = {**os.environ, "MANYI_LANGUAGE": "zh_CN"}
    ran = subprocess.run(
        [sys.executable, "cli.py", *arguments],
        cwd=ROOT,
        env=chinese,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout + ran.stderr


@pytest.mark.parametrize("command", ["", "estimate", "estimate what-if", "estimate planner", "weights", "check", "draft", "waves", "store"])
def test_the_help_of_a_command_is_in_chinese(command: str) -> None:
    told = _said(*command.split(), "--help")
    assert "用法：" in told
    assert not ENGLISH.findall(told)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("foo", "没有名为“foo”的命令。"),
        ("estimate planner --half-width x", "--half-width 应为数字。"),
        ("estimate factors --factors 1.5", "--factors 应为整数。"),
        ("estimate planner --half-width", "--half-width 需要一个值。"),
        ("waves --json=3", "--json 不带值。"),
        ("waves a b", "这里不接受 a b。"),
    ],
)
def test_a_refusal_is_in_chinese(wrong: str, told: str) -> None:
    said = _said(*wrong.split())
    assert told in said
    assert not ENGLISH.findall(said)
