"""A command that refuses what would be passed over in silence: an empty value, or a second one where one is taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from typer.core import TyperCommand

from command_line.help_text import HelpInWords
from words.errors import ManyiError, what_there_is
from words.language import Message, message

#: What a list that names nothing consists of.
_NOTHING = " \t,，"


class CarefulCommand(HelpInWords, TyperCommand):
    """Reads its arguments as Typer does, after a look at what is written; its help is in the language of the run."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The arguments read; raises ManyiError for options that are empty, given twice or not there."""
        taken = {flag: parameter for parameter in self.params for flag in parameter.opts if flag.startswith("-")}
        seen: set[str] = set()
        for flag, value in _written(args, taken):
            one = taken[flag]
            if not value.strip(_NOTHING) and one.default != "":
                raise ManyiError(message("{option} is empty; give it a value or leave it out.", option=flag))
            if one.name in seen and not getattr(one, "multiple", False):
                raise ManyiError(message("{option} is given twice; it takes one value.", option=flag))
            seen.add(str(one.name))
        try:
            return super().parse_args(ctx, args)
        except Exception as error:
            if type(error).__name__ != "NoSuchOption":
                raise
            option = str(getattr(error, "option_name", "?"))
            shown = sorted(taken, key=lambda flag: bool(getattr(taken[flag], "hidden", False)))
            refused = message("{found} {known}", found=self.not_taken(option), known=what_there_is(option, shown))
            raise ManyiError(refused) from error

    def not_taken(self, option: str) -> Message:
        """The sentence for an option that is not there."""
        return message("There is no option {option}.", option=option)


def _written(args: Sequence[str], taken: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each option that takes a value, with the value that is written for it."""
    words = iter(args)
    for word in words:
        if word == "--":
            return
        flag, sign, value = word.partition("=")
        if flag in taken and not getattr(taken[flag], "is_flag", False):
            following = value if sign else next(words, None)
            if following is not None:
                yield flag, following
