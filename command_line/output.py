"""What the command line prints: sentences, tables that line up in a terminal, JSON records; and how it ends.

Everything a user can do wrong ends as one sentence on the error stream and an exit code, never as a traceback.
"""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from words.errors import ManyiError
from words.language import DEFAULT_LANGUAGE, LANGUAGES, Language, Message, language_from, message
from words.shown_text import sound_text, terminal_text

#: The workbook has errors; the job could not be done; the user pressed Ctrl-C.
EXIT_ERRORS, EXIT_IMPOSSIBLE, EXIT_STOPPED = 1, 2, 130
#: Control characters JSON leaves as they are, signs of the direction of writing, lone halves of pairs and what is no character.
_UNSHOWN = re.compile("[\x7f-\x9f\xad\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff]")


def environment_language() -> Language:
    """The language before any option is read: ``MANYI_LANGUAGE``, else the locale's, else Chinese."""
    chosen = os.environ.get("MANYI_LANGUAGE")
    for language in LANGUAGES:
        if chosen == language:
            return language
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    tag = locale.split(".")[0]
    return DEFAULT_LANGUAGE if tag in ("C", "POSIX") else language_from(tag)


def written_language(words: Sequence[str]) -> Language | None:
    """What ``--lang`` says anywhere on the line, for whatever is refused before options are read; None where it names no language."""
    pairs = zip_longest(words, words[1:], fillvalue="")
    flags = ("--lang", "--language")
    named = [following if word in flags else word.partition("=")[2] for word, following in pairs if word.partition("=")[0] in flags]
    return next((language for language in LANGUAGES if named and language == named[-1]), None)


@dataclass
class Console:
    """The language of this run; ``written`` is what ``--lang`` names."""

    language: Language = DEFAULT_LANGUAGE
    written: Language | None = None

    def print(self, text: Message | str = "") -> None:
        """One line for the reader."""
        typer.echo(_lines(text if isinstance(text, str) else text.text(self.language)))

    def complain(self, text: Message) -> None:
        """One sentence on the error stream."""
        typer.echo(_lines(text.text(self.language)), err=True)


def _lines(text: str) -> str:
    return "\n".join(map(terminal_text, text.split("\n")))


console = Console()


class SentenceGroup(TyperGroup):
    """The commands, with every failure of the user's making told in a sentence."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, *_others: Any, **extra: Any) -> Any:
        """Run, and leave with an exit code."""
        console.written = written_language(sys.argv[1:] if args is None else args)
        console.language = console.written or environment_language()
        sys.exit(self._run(args, prog_name, {**extra, "standalone_mode": False}))

    def _run(self, args: Sequence[str] | None, prog_name: str | None, extra: dict[str, Any]) -> int:
        try:
            _refuse_unreadable_words(sys.argv[1:] if args is None else args)
            code = super().main(args, prog_name, **extra)
            sys.stdout.flush()
        except ManyiError as error:
            console.complain(error.message)
            return EXIT_IMPOSSIBLE
        except typer.TyperException as error:
            _complain_about_usage(error)
            return EXIT_IMPOSSIBLE
        except BrokenPipeError:  # the reader of our output has gone; nothing is left to say
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return EXIT_ERRORS
        except OSError as error:
            console.complain(message("{place} cannot be used: {reason}.", place=error.filename or "?", reason=error.strerror or str(error)))
            return EXIT_IMPOSSIBLE
        if code == EXIT_STOPPED:
            console.complain(message("Stopped."))
        return code if isinstance(code, int) else 0


def _refuse_unreadable_words(words: Sequence[str]) -> None:
    """Words that are not UTF-8 can be files only; as a name or note they could be neither stored nor shown."""
    for word in words:
        readable = sound_text(word)
        if readable != word and not Path(word).exists():
            raise ManyiError(message("{text} is not UTF-8 text, and there is no such file. Type it again.", text=readable))


def _complain_about_usage(error: Any) -> None:
    kind = type(error).__name__
    parameter = getattr(error, "param", None)
    if kind == "NoArgsIsHelpError":
        typer.echo(error.format_message(), err=True)
    elif kind == "MissingParameter" and parameter is not None:
        console.complain(message("{parameter} is missing. See --help.", parameter=parameter.opts[0]))
    elif kind == "NoSuchOption":
        console.complain(message("There is no option {option}. See --help.", option=error.option_name))
    elif kind == "BadParameter" and parameter is not None:
        console.complain(_expected(parameter))
    elif kind == "BadOptionUsage":
        needless = message("{option} takes no value. See --help.", option=error.option_name)
        missing = message("{option} needs a value. See --help.", option=error.option_name)
        console.complain(needless if "does not take" in error.message else missing)
    elif extra := re.search(r"unexpected extra argument\S* \((.*)\)", error.format_message()):
        console.complain(message("There is no place for {words}. See --help.", words=extra[1]))
    else:
        console.complain(message("The command cannot be understood: {detail} See --help.", detail=error.format_message()))


def _expected(parameter: Any) -> Message:
    """What an option takes whose value was none."""
    name, kind = parameter.opts[0], parameter.type_descriptor.annotation
    if kind is int:
        return message("{option} takes a whole number. See --help.", option=name)
    if kind is float:
        return message("{option} takes a number. See --help.", option=name)
    return message("The value of {option} cannot be read. See --help.", option=name)


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; raises :class:`ManyiError` where that is not possible."""
    if path.is_dir():
        raise ManyiError(message("{path} is a folder; name a file.", path=str(path)))
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise ManyiError(message("{path} cannot be written: {reason}.", path=str(path), reason=error.strerror or str(error))) from error


def print_json(value: Mapping[str, object] | Sequence[object]) -> None:
    """JSON with full precision and readable Chinese; what a terminal would obey or cannot show is written as its number."""
    typer.echo(_UNSHOWN.sub(_numbered, json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)))


def _numbered(sign: re.Match[str]) -> str:
    return json.dumps(sign[0])[1:-1]


def print_table(header: Sequence[str], rows: Sequence[Sequence[str]], numbers_from: int) -> None:
    """Columns that line up in a terminal; those from ``numbers_from`` on are aligned right.

    Control characters of a workbook's text are shown as blanks, so that no text can steer the terminal.
    """
    cells = [[terminal_text(cell) for cell in row] for row in [header, *rows]]
    widths = [max(_width(row[column]) for row in cells) for column in range(len(header))]
    for row in cells:
        padded = [_padded(cell, widths[column], right=column >= numbers_from) for column, cell in enumerate(row)]
        typer.echo("  ".join(padded).rstrip())


def _width(text: str) -> int:
    """Columns a text takes in a terminal: Chinese letters take two, combining marks none."""
    return sum(0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - _width(text))
    return blanks + text if right else text + blanks
