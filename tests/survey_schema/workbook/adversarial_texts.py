"""Long texts that make a careless pattern try everything, and how much longer twice as much of one takes."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from typing import Any, AnyStr

import survey_schema
import words
from survey_schema.workbook.read import cell_formats
from tests.places import ROOT

_ROOMS = ("analysis", "charts", "command_line", "pages", "projects", "reports", "storage")

_UNITS = (
    " ", "\t", "\u3000", "\u00a0", "\n", "0", "1", "9", "a", "Z", "é", "中", "分", "年", "日", "万", "题", "计", ".", ",", "，", "、", "-",
    "—", "--", "_", "/", "\\", ":", "：", ";", "+",
    "*", "%", "#", "=", "@", "&", "'", '"', "(", ")", "（", "）", "[", "]", "【", "】", "{",
    "<", ">", "<v", "<c ", "$", "|", "\x00", "\ufffe", "\u200b", "\u0301", "😀", "1,", "1.", "0.0 ", "1-", "1 ", " 1", "a ", " a", "a@",
    "a@a.",
    "a.", "1:", "00:", "1分", "分 ", "5 分", "(a", "(a)", "[]", "[1", "Q1_", "Q1.", "2026-", "2026年", "138", "13800138000", "0931-",
    "+86 ",
    "1a", "a1", "中 ", "(1",
    "1)", "e1", "满意度", "的", "对", "请", "一", ", ", "- ", ".5", "#REF!",
    "A1:", 'r="A', "/10",
)  # fmt: skip
_HEADS = ("", "1", "a", "(", "0.", "2026", "#", "<c ", "Q1", "对")
_TAILS = ("", "!", "分", ")", "1", "\n", "x", "@", ">")


def adversarial_texts(length: int, *, ends: bool = True) -> Iterator[tuple[str, str]]:
    """Every unit repeated to a length, with ``ends`` behind every head and before every tail: a name of each text, and the text."""
    pairs = [*((head, "!") for head in _HEADS), *(("", tail) for tail in _TAILS)] if ends else [("", "!")]
    for unit in _UNITS:
        body = unit * (length // len(unit))
        for head, tail in pairs:
            yield f"{head!r} {unit!r}… {tail!r}", f"{head}{body}{tail}"


_TAGS = (
    ' s="1"', ' r="ABC1"', ' r="1"', ' hidden="1"', ' ref="A1:B2"', ' t="str"', "<c ", "<row ", "<calcPr ", "<hyperlink ", "<v ", "<v>",
    "<a:c ", "a", "a:", "0", " ", "<",
)  # fmt: skip
_TAG_HEADS = ("", "<c ", "<row ", "<calcPr ", "<hyperlink ", "<v", "<v>", "<a:v ", "0")


def adversarial_bytes(length: int) -> Iterator[tuple[str, bytes]]:
    """The same for the XML inside a workbook: tags that never end and attributes without end."""
    for unit in _TAGS:
        for head in _TAG_HEADS:
            yield f"{head!r} {unit!r}…", f"{head}{unit * (length // len(unit))}".encode()


def patterns() -> dict[str, re.Pattern[Any]]:
    """Every pattern of the modules users' texts go through, by where it stands."""
    found: dict[str, re.Pattern[Any]] = {"cell_formats._styled": cell_formats._styled(frozenset({1}))}
    for module in [m for room in (survey_schema, words) for m in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")]:
        loaded = importlib.import_module(module.name)
        for name, value in vars(loaded).items():
            for number, one in enumerate(_patterns_in(value)):
                found[f"{module.name}.{name}.{number}"] = one
    for room in _ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            found.update((f"{path.relative_to(ROOT)}:{line}", pattern) for line, pattern in _written(path.read_text("utf-8")))
    return found


def _written(code: str) -> Iterator[tuple[int, re.Pattern[Any]]]:
    """The patterns that stand as such in calls of ``re``, and their lines."""
    for call in ast.walk(ast.parse(code)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args and isinstance(call.args[0], ast.Constant):
            module = call.func.value
            if isinstance(module, ast.Name) and module.id == "re" and isinstance(call.args[0].value, str | bytes):
                yield call.lineno, re.compile(call.args[0].value)


def _patterns_in(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        if value.pattern:
            yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _patterns_in(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _patterns_in(part)


def seconds(call: Callable[[AnyStr], object], text: AnyStr, times: int = 1) -> float:
    """The shortest processor time of some calls."""
    best = float("inf")
    for _ in range(times):
        began = time.process_time()
        call(text)
        best = min(best, time.process_time() - began)
    return best
