"""The one error class for what a user can get wrong, a sentence in both languages, and the sentences that many of them share."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Collection

from words.language import Language, Message, message
from words.lists import Listed
from words.shown_text import terminal_text

_logger = logging.getLogger("manyi")
#: So many of what is known are named; the others are counted.
_NAMED = 12
#: So many characters of what a user gave are repeated.
_SHOWN_CHARACTERS = 60
#: From this likeness on (0–100, rapidfuzz's ratio) a known value may be what was meant.
_NEAR = 60.0


class ManyiError(Exception):
    """Something the user can put right. Caught in one place in the UI and one in the CLI."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text("en"))
        self.message = message

    def text(self, language: Language) -> str:
        """The sentence to show."""
        return self.message.text(language)


def our_fault(details: str | BaseException) -> ManyiError:
    """The error for what no user can put right: a number, under which the log has the details."""
    number = secrets.token_hex(3).upper()
    if isinstance(details, BaseException):
        _logger.error("error %s", number, exc_info=details)
    else:
        _logger.error("error %s\n%s", number, details)
    return ManyiError(
        message(
            "Something went wrong on our side. Please try again; if it stays, tell your administrator error number {number}.", number=number
        )
    )


def unknown(kind: Message, value: object, known: Collection[object], *, place: object = None) -> ManyiError:
    """The error for a name that is not there, saying what is there and which of it may have been meant.

    ``kind`` is what the name is of, in the singular (``message("wave")``); ``place``, where given, is where it was looked for: a survey,
    a file. Long lists are cut, and what the user gave is repeated as one short line.
    """
    given = {"kind": kind, "value": shown_value(value)}
    if place is None:
        found = message("There is no {kind} {value}.", **given)
    else:
        found = message("There is no {kind} {value} in {place}.", **given, place=place if hasattr(place, "text") else shown_value(place))
    return ManyiError(message("{found} {known}", found=found, known=what_there_is(value, known)))


def no_responses(value: object, known: Collection[object]) -> ManyiError:
    """The error for a group that is asked for and has no responses, saying which groups have."""
    found = message("There are no responses of {value} here.", value=shown_value(value))
    return ManyiError(message("{found} {known}", found=found, known=what_there_is(value, known)))


def none_of(option: str, value: object, known: Collection[object]) -> ManyiError:
    """The error for a word an option does not know, saying which it knows and which of them may have been meant."""
    given = {"option": option, "found": shown_value(value), "known": ", ".join(map(str, known))}
    near = nearest(value, known)
    if near is None:
        return ManyiError(message("{option} is {found}; expected one of {known}.", **given))
    return ManyiError(message("{option} is {found}; expected one of {known}. Did you mean {near}?", **given, near=near))


def what_there_is(value: object, known: Collection[object]) -> Message:
    """The second half of a refusal: what there is instead of ``value``, and which of it may have been meant."""
    if not known:
        return message("There are none yet.")
    there = Listed([name if hasattr(name, "text") else shown_value(name) for name in known], _NAMED)
    near = nearest(value, known) if len(known) > 1 else None  # the only one there is was just named
    if near is None:
        return message("There are: {known}.", known=there)
    return message("There are: {known}. Did you mean {near}?", known=there, near=shown_value(near))


def nearest(value: object, known: Collection[object]) -> str | None:
    """The known name most like what was given, None where none is near; of equally near ones the last, with waves the newest."""
    from rapidfuzz import fuzz  # only a refusal needs it, and every start would wait for it

    wanted = str(value).casefold()
    rated = [(fuzz.ratio(wanted, name.casefold()), name) for name in map(str, known) if wanted]
    best = max((score for score, _name in rated), default=0.0)
    return [name for score, name in rated if score == best][-1] if best >= _NEAR else None


def shown_value(value: object) -> str:
    r"""What a user gave as a sentence can repeat it: one line, without characters that steer a terminal, cut where it is long.

    >>> shown_value("a\nb"), len(shown_value("x" * 1000))
    ('a b', 61)
    """
    line = " ".join(terminal_text(str(value)).split())
    return line if len(line) <= _SHOWN_CHARACTERS else line[:_SHOWN_CHARACTERS] + "…"
