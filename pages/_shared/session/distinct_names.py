"""Names in a list to choose from: where two are the same, each with its code, since a list of equal names cannot be chosen from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeVar

Code = TypeVar("Code", bound=str)


def distinct_names(codes: Iterable[Code], title: Callable[[Code], str]) -> dict[Code, str]:
    """The name of each code."""
    names = {code: title(code) for code in codes}
    times = Counter(names.values())
    return {code: f"{name} · {code}" if times[name] > 1 else name for code, name in names.items()}
