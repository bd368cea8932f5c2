"""What a foreign workbook seems to hold: a frozen proposal that screen, command line and tests read alike."""

from __future__ import annotations

from dataclasses import dataclass

from survey_schema.maker.column_roles import Part
from survey_schema.maker.column_summary import Answer
from survey_schema.maker.number_scales import Ends
from survey_schema.maker.word_scales import WordScale
from words.language import Message

MOST_QUESTIONS = 7


@dataclass(frozen=True)
class ProposedTable:
    """Where the answers stand: ``sheets`` (several when they are headed alike, one a branch or wave), heading rows from 1."""

    sheets: tuple[str, ...]
    header_rows: tuple[int, ...]
    first_data_row: int
    respondents: int
    left_out: int


@dataclass(frozen=True)
class ProposedColumn:
    """One column: ``code`` and ``title`` it would get, what it is and why; ``scale`` and ``group`` where it may be scored.

    ``commonest`` are its commonest answers, none of a private column. ``stem``: what rows of one matrix share. ``against``: its heading
    denies and its answers run against those of its group. ``weight``: its indicator weight in any unit, None for an equal one. ``row`` is
    what the heading says of this column alone. Of an option, ``chosen`` and ``unchosen`` stand in its cells ("" for an empty one); of
    several answers in a cell, ``pieces`` are the options and ``sign`` stands between them;
    ``joint`` are the options where pieces that always stand together are one (empty where there are none).
    ``silences`` are its words for no answer.
    """

    index: int
    header: str
    label: str
    nth: int
    of: int
    code: str
    title: str
    part: Part
    reason: Message
    answered: int
    distinct: int
    commonest: tuple[Answer, ...]
    scale: str | None = None
    group: str | None = None
    stem: str = ""
    against: bool = False
    weight: float | None = None
    row: str = ""
    chosen: str = ""
    unchosen: str = ""
    pieces: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()
    sign: str = ""
    silences: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProposedScale:
    """A scale some columns share: numbers (``ends``) or words; ``codes`` may mean no answer; ``beside``: the other ends it may have."""

    code: str
    ends: Ends
    beside: Ends | None = None
    words: WordScale | None = None
    codes: frozenset[int] = frozenset()
    family: str = ""


@dataclass(frozen=True)
class Group:
    """Items that belong together: the rows of one matrix, or all single questions of one scale. A candidate for the tree.

    ``weight``: its indicator weight in any unit, None for an equal one.
    """

    code: str
    title: str
    columns: tuple[int, ...]
    weight: float | None = None


@dataclass(frozen=True)
class PairBlock:
    """Columns headed ``1-1, 1-2, 2-1, 2-2 …``: each thing asked twice. ``pairs`` holds the two columns of each."""

    code: str
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Grid:
    """Questions asked of several operators or brands side by side: the names of those, and of each question the column of each of them."""

    values: tuple[str, ...]
    questions: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]

    def value_of(self) -> dict[int, str]:
        """Of whom each column asks."""
        return {index: value for _, cells in self.questions for value, index in cells}


@dataclass(frozen=True)
class OptionBlock:
    """A question with several answers (``one_hot``: a column an option, ``joined``: in one cell) or a ranking (``ranks``)."""

    code: str
    title: str
    kind: str
    columns: tuple[int, ...]


@dataclass(frozen=True)
class Choice:
    """One answer to a question: what is written on the command line, and what it means."""

    value: str
    text: Message


@dataclass(frozen=True)
class Question:
    """What a person must decide before there is a survey. Nothing is chosen beforehand.

    ``columns``: headings of what hangs on it; ``evidence``: the answers it is about. ``several`` choices may be given, with commas;
    ``free``: another answer of the form the sentence names is taken too.
    """

    code: str
    text: Message
    choices: tuple[Choice, ...]
    columns: tuple[str, ...]
    evidence: tuple[Answer, ...] = ()
    several: bool = False
    free: bool = False


@dataclass(frozen=True)
class Proposal:
    """The survey a workbook suggests.

    ``outcome``: column of the overall impression; ``remarks``: what was decided and should be known; ``blocks``: questions with several
    answers, and rankings; ``grids``: what is asked of several operators side by side, the ways it may be read.
    """

    name: str
    title: str
    table: ProposedTable
    columns: tuple[ProposedColumn, ...]
    scales: tuple[ProposedScale, ...]
    groups: tuple[Group, ...]
    pairs: tuple[PairBlock, ...]
    outcome: int | None
    questions: tuple[Question, ...]
    remarks: tuple[Message, ...] = ()
    blocks: tuple[OptionBlock, ...] = ()
    grids: tuple[Grid, ...] = ()

    def column(self, index: int) -> ProposedColumn:
        """A column by its place in the sheet."""
        return next(column for column in self.columns if column.index == index)

    def scale(self, code: str | None) -> ProposedScale | None:
        """A scale by its code."""
        return next((scale for scale in self.scales if scale.code == code), None)
