"""Raw cell values read as chosen options and as ranks, one unique value at a time; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from survey_schema.answer_options import ARROWS, CHOSEN, NOT_CHOSEN, SEPARATORS, MultiQuestion, Option, Ranking
from survey_schema.workbook.clean.clean_values import LONGEST_ANSWER, folded, is_blank, is_error_value, parse_number, plain_text

#: Words and codes for a skipped question in the exports of survey tools (问卷星: −3 skipped, −2 left empty).
SKIPPED = frozenset({"(跳过)", "跳过", "skipped", "notasked", "未问", "-3"})
_LEFT_EMPTY = frozenset({"-2"})
_RANK = re.compile(r"^(?:第|no\.?|#)?(\d{1,4})(?:位|名|st|nd|rd|th|\.)?$")
#: What was typed beside an option: 其他〖邮寄〗, Other (post).
_TYPED = re.compile(r"(?:〖[^〗]*〗?|\([^()]*\)?|[:：].*)$", re.DOTALL)
_MOST_PIECES = 200


class Mark(IntEnum):
    """What one cell says."""

    CHOSEN = 1
    NOT_CHOSEN = 0
    BLANK = -1
    NOT_ASKED = -2
    UNKNOWN = -3


@dataclass(frozen=True)
class Picked:
    """What a cell that holds several options says: ``options`` in their order (codes), and the pieces that are none."""

    mark: Mark
    options: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class OptionNames:
    """Every name the options of a question go by, folded, to their codes."""

    names: dict[str, str]

    @classmethod
    def of(cls, options: Iterable[Option]) -> OptionNames:
        """Titles and codes first, so that a number somewhere never hides a name."""
        listed = list(options)
        names: dict[str, str] = {}
        for texts in (
            lambda each: (each.title.zh_CN, each.title.en, each.code),
            lambda each: each.aliases,
            lambda each: each.values,
        ):
            for option in listed:
                for text in texts(option):
                    names.setdefault(folded(text), option.code)
        return cls(names)

    def code(self, text: str) -> str | None:
        """The option a text names, also where something was typed beside it."""
        key = folded(text)
        return self.names.get(key) or (self.names.get(folded(_TYPED.sub("", text))) if key else None)


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(folded(text) for text in texts)


def read_tick(question: MultiQuestion, option: Option, value: object) -> Mark:
    """Whether an option was chosen: a word for it, or its own name or value; a word against it; nothing."""
    text = plain_text(value)[:LONGEST_ANSWER]
    key = folded(text)
    if key in _words(question.not_asked) or key in SKIPPED:
        return Mark.NOT_ASKED
    if key in _words(question.not_chosen):
        return Mark.NOT_CHOSEN
    if key in (_words(question.chosen) or CHOSEN) or OptionNames.of([option]).code(text):
        return Mark.CHOSEN
    if not question.not_chosen and key in NOT_CHOSEN:
        return Mark.NOT_CHOSEN
    if is_blank(value) or key in _LEFT_EMPTY:
        return Mark.BLANK
    return Mark.UNKNOWN


def read_joined(question: MultiQuestion | Ranking, names: OptionNames, value: object) -> Picked:
    """The options of one cell. An option that holds a separator is read as a whole; the longest name goes first."""
    text = plain_text(value)
    key = folded(text[:LONGEST_ANSWER])
    if key in _words(question.not_asked) or key in SKIPPED:
        return Picked(Mark.NOT_ASKED)
    if isinstance(question, MultiQuestion) and key in _words(question.not_chosen):
        return Picked(Mark.CHOSEN)
    if is_blank(value) or key in _LEFT_EMPTY:
        return Picked(Mark.BLANK)
    if is_error_value(text):
        return Picked(Mark.UNKNOWN, (), (text,))
    usual = SEPARATORS if isinstance(question, MultiQuestion) else ARROWS
    found, unknown = _pieces(text, question.separator or usual, names)
    return Picked(Mark.CHOSEN if found else Mark.UNKNOWN, tuple(found), tuple(unknown))


def says_option(question: MultiQuestion | Ranking, value: object) -> bool:
    """Whether a cell holds an option of the question by its name, alone or among others."""
    return bool(read_joined(question, OptionNames.of(question.options), value).options)


def _pieces(text: str, separators: Sequence[str], names: OptionNames) -> tuple[list[str], list[str]]:
    cut = re.split("(" + "|".join(map(re.escape, sorted(separators, key=len, reverse=True))) + ")", text)[: 2 * _MOST_PIECES]
    found: list[str] = []
    unknown: list[str] = []
    longest = max((sum(name.count(folded(sign)) for sign in separators if folded(sign)) for name in names.names), default=0)
    start = 0
    while start < len(cut):
        for end in range(min(len(cut), start + 2 * longest + 1), start, -2):  # pieces stand at even places, signs between them
            code = names.code("".join(cut[start:end]))
            if code is not None:
                found.append(code)
                start = end + 1
                break
        else:
            if cut[start].strip():
                unknown.append(cut[start].strip())
            start += 2
    return found, unknown


@dataclass(frozen=True)
class Ranked:
    """The rank in one cell: None where there is none; ``mark`` says why. Out of range: UNKNOWN with a rank."""

    mark: Mark
    rank: int | None = None


def read_rank(question: Ranking, value: object) -> Ranked:
    """A rank from 1 to the number that may be ranked; 0 and a blank cell leave the option unranked."""
    text = plain_text(value)[:LONGEST_ANSWER]
    key = folded(text)
    if key in _words(question.not_asked) or key in SKIPPED:
        return Ranked(Mark.NOT_ASKED)
    if is_blank(value) or key in _LEFT_EMPTY:
        return Ranked(Mark.BLANK)
    written = _RANK.match(key)
    number = float(written[1]) if written else parse_number(key)
    if number is None or number != int(number):
        return Ranked(Mark.UNKNOWN)
    if number == 0:
        return Ranked(Mark.NOT_CHOSEN)
    rank = int(number)
    return Ranked(Mark.CHOSEN if 1 <= rank <= question.ranked else Mark.UNKNOWN, rank)
