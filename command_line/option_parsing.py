"""The options of an answer on the command line: made from the fields of its options, and read back into them."""

from __future__ import annotations

import math
from inspect import Parameter
from typing import Annotated, Any, get_type_hints

import typer

from answers.question import OptionWords, option_words
from command_line.output import environment_language
from command_line.parameters import listed_words
from words.errors import ManyiError, none_of
from words.language import message

_NUMBERS = {float: float, int: int}


def parameters_of(options: type[Any]) -> list[Parameter]:
    """A parameter for each option of a topic, as Typer reads it."""
    hints = get_type_hints(options)
    return [
        Parameter(
            name, Parameter.KEYWORD_ONLY, default=one.default if hints[name] is bool else None,
            annotation=Annotated[_kind(hints[name], words), _option(words)],
        )
        for name, (one, words) in option_words(options).items()
    ]  # fmt: skip


def _option(words: OptionWords) -> Any:
    return typer.Option(words.flag, metavar=words.metavar, help=words.help.text(environment_language()))


def _kind(hint: Any, words: OptionWords) -> Any:
    if hint is bool:
        return bool
    if words.many or words.joined:
        return list[str] | None
    number = next((kind for kind in _NUMBERS if kind in _parts(hint)), None)
    return (number or str) | None


def _parts(hint: Any) -> tuple[Any, ...]:
    return getattr(hint, "__args__", (hint,))


def values_of(options: type[Any], written: dict[str, Any]) -> dict[str, Any]:
    """What was written as values of the options' fields; what was not written is left out, so that the usual holds."""
    found = {}
    for name, (_one, words) in option_words(options).items():
        value = written.get(name)
        if value is not None and value != []:
            found[name] = _read(value, words)
    return found


def _read(value: Any, words: OptionWords) -> Any:
    if words.known and value not in words.known:
        raise none_of(words.flag, value, words.known)
    if words.many:
        each = [_pair(text, words) if words.pairs else listed_words(text) if words.joined else text for text in value]
        return tuple(each)
    return listed_words(*value) if words.joined else value


def _pair(text: str, words: OptionWords) -> tuple[str, float]:
    """``CODE=NUMBER``."""
    name, sign, number = (part.strip() for part in text.partition("="))
    try:
        read = float(number)
    except ValueError:
        read = math.nan
    if not sign or not math.isfinite(read):
        raise ManyiError(message("{option} {text} is not of the form CODE=NUMBER.", option=words.flag, text=text))
    return name, read
