"""Commands that are imported when they are asked for, so that help and small commands start at once."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from typer.main import get_command_from_info
from typer.models import CommandInfo

from command_line.careful_command import CarefulCommand
from command_line.help_text import HelpInWords
from command_line.output import SentenceGroup, environment_language
from words.errors import unknown
from words.language import Message, message


class Entry(NamedTuple):
    """The module that holds a command, and what it does in a line."""

    module: str
    help: Message


class LazyGroup(HelpInWords, SentenceGroup):
    """The commands of a table, each in the function ``command`` of a module of ``command_line.commands``."""

    table: ClassVar[Mapping[str, Entry]] = {}

    def list_commands(self, ctx: Any) -> list[str]:
        """All of them, in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name; None where there is none. Raises ManyiError for a word that is no option either."""
        if cmd_name not in self.table:
            if cmd_name.startswith("-"):
                return None
            raise unknown(message("command"), cmd_name, list(self.table))
        entry = self.table[cmd_name]
        return made_command(cmd_name, importlib.import_module(f"command_line.commands.{entry.module}").command, entry.help)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Each command with its line; none is imported for it."""
        with formatter.section(message("Commands").text(environment_language())):
            formatter.write_dl([(name, entry.help.text(environment_language())) for name, entry in self.table.items()])


def made_command(name: str, function: Any, told: Message, *, cls: type[CarefulCommand] = CarefulCommand, epilog: str | None = None) -> Any:
    """A function as a command; one that is a command already stays what it is."""
    if not callable(function) or hasattr(function, "make_context"):
        return function
    info = CommandInfo(name=name, callback=function, help=told.text(environment_language()), cls=cls, epilog=epilog)
    return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
