"""Several names in one sentence, joined as the language does it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from words.language import Language, translator


def listed(names: Collection[object], language: Language, most: int | None = None) -> str:
    """Names in one list; beyond ``most`` of them the others are counted. A name that has words in each language is told in this one.

    >>> listed(["Q1", "Q2"], "zh_CN"), listed(["Q1", "Q2"], "en"), listed(["Q1", "Q2", "Q3"], "en", most=1)
    ('Q1、Q2', 'Q1, Q2', 'Q1 and 2 more')
    """
    shown = [str(name.text(language)) if hasattr(name, "text") else str(name) for name in list(names)[:most]]
    joined = ("、" if language == "zh_CN" else ", ").join(shown)
    left = len(names) - len(shown)
    _ = translator(language)
    return _("{names} and {count} more").format(names=joined, count=left) if left else joined


@dataclass(frozen=True)
class Listed:
    """The same list before its language is known: a parameter of :func:`words.language.message`."""

    names: Collection[object]
    most: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(self.names))  # a view of a mapping neither compares nor travels between processes

    def text(self, language: Language) -> str:
        """The list in one language."""
        return listed(self.names, language, self.most)
