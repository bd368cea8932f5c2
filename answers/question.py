"""What is asked: one frozen value that is the key of what is kept, the settings of ``--json``, a saved scenario and a link.

Everything in it is as the survey calls it (stored columns, codes), so that two ways to say the same thing are one question.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass, replace
from typing import Any, Generic, TypeVar, get_type_hints

from survey_schema.columns import Role
from words.language import Message


@dataclass(frozen=True)
class NoOptions:
    """The options of a topic that has none of its own."""


O_co = TypeVar("O_co", covariant=True)


@dataclass(frozen=True)
class Question(Generic[O_co]):
    """One question to one survey.

    ``topic`` names the answer, ``survey`` the survey; ``waves`` are labels, oldest first, ``where`` (column, value) pairs in the order
    of the columns' names, ``by`` the columns to group by, ``codes`` indicators, items or constructs; ``options`` what only this topic asks.
    Empty ``waves`` and ``codes`` mean what is usual for the topic; ``answers.topic.settled`` writes them out.
    """

    topic: str
    survey: str
    options: O_co
    waves: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    by: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    @property
    def selection(self) -> dict[str, str]:
        """``where`` as a mapping."""
        return dict(self.where)

    def with_where(self, where: Mapping[str, str]) -> Question[O_co]:
        """The same question of other responses."""
        return replace(self, where=pairs(where))

    def settings(self) -> dict[str, object]:
        """The question in plain values, as ``--json`` prints it; :func:`from_settings` reads it again."""
        options: dict[str, object] = {one.name: getattr(self.options, one.name) for one in fields(self.options)}  # type: ignore[arg-type]
        return {
            "topic": self.topic, "survey": self.survey, "waves": self.waves, "where": self.selection, "by": self.by, "codes": self.codes,
            "options": options,
        }  # fmt: skip

    def text(self) -> str:
        """The settings as one line of JSON, the same for the same question: what is kept as a scenario or put into a link."""
        return json.dumps(self.settings(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def pairs(where: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """A selection as a question holds it."""
    return tuple(sorted((str(name), value) for name, value in where.items()))


def from_settings(settings: Mapping[str, Any], options: type[Any]) -> Question[Any]:
    """The question these plain values describe; ``options`` is the class of the topic's options.

    Raises ValueError where they do not: options this topic does not have, or values that are none of its.
    """
    given = settings.get("options", {})
    known = {one.name: one for one in fields(options)}
    if unknown := set(given) - set(known):
        raise ValueError(f"no such options: {sorted(unknown)}")
    hints = get_type_hints(options)
    made = options(**{name: _frozen(value, hints[name]) for name, value in given.items()})
    return Question(
        str(settings["topic"]), str(settings["survey"]), made, tuple(settings.get("waves", ())), pairs(settings.get("where", {})),
        tuple(settings.get("by", ())), tuple(settings.get("codes", ())),
    )  # fmt: skip


def _frozen(value: Any, hint: Any) -> Any:
    """Lists of JSON as the tuples an option holds."""
    if isinstance(value, list):
        return tuple(_frozen(inner, hint) for inner in value)
    if is_dataclass(hint) and isinstance(value, Mapping):
        return hint(**value)  # type: ignore[operator]
    return value


@dataclass(frozen=True)
class OptionWords:
    """How an option is said on the command line: ``--flag METAVAR``, and what it does.

    ``known``: the words it takes, where they are few. ``many``: it may be given several times, a value each. ``joined``: one word holds
    several values with commas between them. ``pairs``: each value is CODE=NUMBER. ``minimum`` and ``maximum`` of a number, both included.
    """

    flag: str
    help: Message
    known: tuple[str, ...] = ()
    metavar: str | None = None
    many: bool = False
    joined: bool = False
    pairs: bool = False
    minimum: float | None = None
    maximum: float | None = None


def option(
    flag: str, told: Message, *, default: Any = None, known: Sequence[str] = (), metavar: str | None = None, many: bool = False,
    joined: bool = False, pairs: bool = False, minimum: float | None = None, maximum: float | None = None,
) -> Any:  # fmt: skip
    """A field of a topic's options."""
    words = OptionWords(flag, told, tuple(known), metavar, many, joined, pairs, minimum, maximum)
    return field(default=default, metadata={"words": words})


def option_words(options: type[Any]) -> dict[str, tuple[Field[Any], OptionWords]]:
    """Field name → field and how it is said, of those that can be said."""
    return {one.name: (one, one.metadata["words"]) for one in fields(options) if "words" in one.metadata}


def said_options(question: Question[Any]) -> list[str]:
    """The options that are not as usual, as they are written on the command line."""
    written: list[str] = []
    for name, (one, words) in option_words(type(question.options)).items():
        value = getattr(question.options, name)
        if value == (None if one.default is MISSING else one.default):
            continue
        if isinstance(value, bool):
            written.append(words.flag)
        elif words.many:
            written += [part for each in value for part in (words.flag, _said(each))]
        elif words.joined:
            written += [words.flag, ",".join(map(_said, value))]
        else:
            written += [words.flag, _said(value)]
    return written


def _said(value: object) -> str:
    if isinstance(value, tuple):  # (code, number) or a combination of columns
        return "=".join(map(_said, value)) if len(value) == 2 and isinstance(value[1], int | float) else ",".join(map(_said, value))
    return f"{value:g}" if isinstance(value, float) and float(f"{value:g}") == value else str(value)


def command_line(question: Question[Any]) -> list[str]:
    """The words after ``cli.py`` that ask the same question of the store."""
    words = ["estimate", question.topic, "--schema", question.survey]
    words += [part for label in question.waves for part in ("--wave", label)]
    words += [part for name, value in question.where for part in ("--where", f"{name}={value}")]
    if Role.OPERATOR not in (*question.selection, *question.by):  # everybody was meant, and ours is what is usual
        words += ["--where", f"{Role.OPERATOR}=all"]
    words += ["--by", ",".join(question.by)] if question.by else []
    words += ["--code", ",".join(question.codes)] if question.codes else []
    return [*words, *said_options(question)]
