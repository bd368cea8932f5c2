"""The numbers an option takes, the same for every door: what lies outside is refused before anything is computed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from answers.question import OptionWords, option_words
from words.errors import ManyiError
from words.language import message


def refuse_outside(options: Any) -> None:
    """Raises ManyiError naming the first option, as it is typed, whose number is outside what the option takes."""
    for name, (_field, words) in option_words(type(options)).items():
        if words.minimum is None or words.maximum is None:
            continue
        for said, number in _numbers(getattr(options, name), words):
            if not words.minimum <= number <= words.maximum:  # no number at all is outside too
                raise ManyiError(
                    message(
                        "{option} is {found}; expected a number from {low} to {high}.", option=said, found=f"{number:g}",
                        low=f"{words.minimum:g}", high=f"{words.maximum:.12g}",
                    )
                )  # fmt: skip


def _numbers(value: Any, words: OptionWords) -> Iterator[tuple[str, float]]:
    """Each number with the option it was given by; of pairs with their code."""
    if words.pairs:
        yield from ((f"{words.flag} {code}", number) for code, number in value)
    elif value is not None:
        yield words.flag, value
