"""Long texts that make a careless pattern try everything, and how much longer twice as much of one takes."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator

import survey_schema

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


def patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern of the modules users' texts go through, by where it stands."""
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.iter_modules(survey_schema.__path__):
        loaded = importlib.import_module(f"survey_schema.{module.name}")
        for name, value in vars(loaded).items():
            for number, one in enumerate(_patterns_in(value)):
                found[f"{module.name}.{name}.{number}"] = one
    return found


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str) and value.pattern != "":
            yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _patterns_in(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _patterns_in(part)


def seconds(call: Callable[[str], object], text: str, times: int = 1) -> float:
    """The shortest processor time of some calls."""
    best = float("inf")
    for _ in range(times):
        began = time.process_time()
        call(text)
        best = min(best, time.process_time() - began)
    return best
