"""What must be decided by a person, as data: asked on screen, on the command line and in tests in the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from survey_schema.maker.column_roles import Part
from survey_schema.maker.column_summary import Answer
from survey_schema.maker.no_answer import listed_codes
from survey_schema.maker.proposal import Choice, Grid, Group, PairBlock, ProposedColumn, ProposedScale, Question
from survey_schema.maker.word_scales import with_middle
from words.language import message
from words.lists import Listed

NONE = "none"
#: Items whose lowest grade is best, against the rest of their scale; told without being asked too.
REVERSED = "reversed"
#: Which operator is ours where several are scored side by side.
REPEAT = "repeat"
_MOST_SHOWN = 12


def best_end(family: str, columns: Sequence[ProposedColumn]) -> Question:
    """Which end of a scale of numbers is best: never guessed, for programs often number the options from the best one down."""
    low, high = family.split("_")
    return Question(
        f"best_{family}",
        message("Which end of the answers {low} to {high} is the best one? No words in the file say it.", low=low, high=high),
        (
            Choice("high", message("{high} is the best", high=high)),
            Choice("low", message("{low} is the best", low=low)),
        ),
        _headers(columns), _pooled(columns),
    )  # fmt: skip


def ends(scale: ProposedScale, columns: Sequence[ProposedColumn]) -> Question:
    """Which ends a scale has where the answers alone do not tell."""
    beside = scale.beside or scale.ends
    return Question(
        f"ends_{scale.ends[0]}_{scale.ends[1]}",
        message("The answers run from {low} to {high}. Which grades could be given?", low=scale.ends[0], high=scale.ends[1]),
        tuple(Choice(f"{low}-{high}", message("from {low} to {high}", low=low, high=high)) for low, high in (scale.ends, beside)),
        _headers(columns), _pooled(columns),
    )  # fmt: skip


def narrow(scales: Sequence[ProposedScale], columns: Sequence[ProposedColumn]) -> Question:
    """Whether columns in which the highest grades never occur are on the wider scale, asked once for all of them."""
    return Question(
        "ends_narrow",
        message(
            "In some columns the highest grade seen is {seen}. Are they on a wider scale, of which nobody chose the end?",
            seen=listed_codes({scale.ends[1] for scale in scales}),
        ),
        (
            Choice("wider", message("yes, up to {wider}", wider=listed_codes({(scale.beside or scale.ends)[1] for scale in scales}))),
            Choice("seen", message("no, the highest grade seen is the highest there is")),
        ),
        _headers(columns), _pooled(columns),
    )  # fmt: skip


def no_answer(codes: Iterable[int], columns: Sequence[ProposedColumn]) -> Question:
    """Whether numbers outside the grades mean that there is no answer."""
    numbers = frozenset(codes)
    return Question(
        "no_answer",
        message("Do the numbers {codes} mean that there is no answer?", codes=listed_codes(numbers)),
        (
            Choice("yes", message("yes, they are left out of every mean")),
            Choice("no", message("no, they are answers; these columns are then kept as numbers without a score")),
        ),
        _headers(columns), tuple(a for a in _pooled(columns, 1000) if a.number is not None and int(a.number) in numbers),
    )  # fmt: skip


def word_order(scale: ProposedScale, columns: Sequence[ProposedColumn]) -> Question:
    """The order of words that are not all understood, or that leave open which grade they are."""
    words = scale.words
    assert words is not None
    shown = " > ".join(words.best_first)
    choices = [] if words.unknown else [Choice("ranked", message("best first: {words}, a grade each step", words=shown))]
    if (wide := with_middle(words)) is not None and not wide.unknown:
        choices.append(Choice("middle", message("the same order with a middle grade that nobody chose")))
    if words.family == "any":
        choices.append(Choice("turned", message("the other way round: {last} is the best", last=words.best_first[-1])))
    choices.append(Choice(NONE, message("no score: they only tell groups apart")))
    text = message("Which order do these words have? Best first, as in “very good>good=fine>bad”: {words}", words=shown)
    return Question(f"words_{scale.code}", text, tuple(choices), _headers(columns), _pooled(columns), free=True)


def sheets_are(sheets: Sequence[str]) -> Question:
    """What the names of sheets that are headed alike say."""
    return Question(
        "sheets_are",
        message("{count} sheets have the same headings and are read as one. What do their names say?", count=len(sheets)),
        (
            Choice("branch", message("the branch")),
            Choice("wave", message("the wave")),
            Choice(NONE, message("nothing that is needed")),
        ),
        tuple(sheets),
    )  # fmt: skip


def ours(column: ProposedColumn) -> Question:
    """Which operator is us."""
    values = sorted(answer.text for answer in column.commonest)
    choices = (*(Choice(value, message("{value}", value=value)) for value in values), Choice(NONE, message("none of them")))
    return Question(
        "ours", message("Which operator are we? Figures are ours unless another is named."), choices, (column.header,), column.commonest
    )


def side_by_side(grids: Sequence[Grid], columns: Sequence[ProposedColumn]) -> Question:
    """Which of those scored side by side is us; then each question is one, asked of all of them."""
    values = list(dict.fromkeys(value for grid in grids for value in grid.values))
    asked = grids[0].value_of()
    none = message("none: they are no operators or brands, each column is a question of its own")
    return Question(
        REPEAT,
        message(
            "{count} columns ask the same of several operators or brands. Which one is ours? Each question then counts once, "
            "for all of them.",
            count=len(asked),
        ),
        (*(Choice(value, message("{value}", value=value)) for value in values), Choice(NONE, none)),
        _headers([column for column in columns if column.index in asked]),
    )  # fmt: skip


def single_scores(columns: Sequence[tuple[ProposedColumn, ProposedScale | None]]) -> Question:
    """Whether numbers that stand alone are scores: they may as well count persons or rank something."""
    choices = []
    for column, scale in columns:
        low, high = scale.ends if scale else (1, 1)
        said = {"title": column.title, "low": low, "high": high}
        choices.append(Choice(column.code, message("{title}: a score from {low} to {high}, {high} is the best", **said)))
        choices.append(Choice(f"{column.code}:low", message("{title}: a score from {low} to {high}, {low} is the best", **said)))
    text = message("Which of these columns of numbers are scores? They may as well be ranks, classes or counts.")
    choices.append(Choice(NONE, message("none of them")))
    return Question("scores", text, tuple(choices), tuple(column.header for column, _ in columns), several=True)


def asked_twice(block: PairBlock, columns: Sequence[ProposedColumn], family: str) -> Question:
    """What a block of headings 1-1, 1-2 … asks twice."""
    low, high = map(int, family.split("_"))
    kano = (
        Choice("kano_low", message("how one would feel if it were there, and if it were not (Kano); {low} is “I like it”", low=low)),
        Choice("kano_high", message("how one would feel if it were there, and if it were not (Kano); {high} is “I like it”", high=high)),
    )
    return Question(
        block.code,
        message(
            "{count} things are asked twice, from {first} on. What are the two questions?",
            count=len(block.pairs), first=columns[0].header,
        ),
        (
            Choice("expectation_perception", message("first what is expected, then how it was (service gap)")),
            Choice("importance_performance", message("first how important it is, then how it was")),
            *(kano if high - low == 4 else ()),
            Choice(NONE, message("they are no pairs")),
        ),
        _headers(columns), _pooled(columns),
    )  # fmt: skip


def turned_items(columns: Sequence[ProposedColumn]) -> Question:
    """Whether questions that deny, and whose answers run against those of their group, are the other way round."""
    return Question(
        REVERSED,
        message("These questions deny something, and their answers run against those beside them. In which is the lowest grade the best?"),
        (
            *(Choice(column.code, message("{value}", value=column.title)) for column in columns),
            Choice(NONE, message("none of them")),
        ),
        _headers(columns), _pooled(columns), several=True,
    )  # fmt: skip


def one_option(columns: Sequence[ProposedColumn]) -> Question:
    """Whether options that never stand without each other are one, which holds the sign between options itself."""
    joint = [f"“{option}”" for column in columns for option in column.joint if option not in column.pieces]
    return Question(
        "one_option",
        message("Some answers always stand together: {options}. Is each of these one option?", options=Listed(joint)),
        (
            Choice("yes", message("yes, one option that holds the sign itself")),
            Choice("no", message("no, several options that everybody chose together")),
        ),
        _headers(columns),
    )  # fmt: skip


def index_items(groups: Sequence[Group]) -> Question:
    """What the index is made of: nothing is in it until somebody says so."""
    return Question(
        "index",
        message("Which groups of questions (or single ones, by code) make up the index? Nothing is in it until you say so."),
        tuple(Choice(group.code, message("{title} ({count} questions)", title=group.title, count=len(group.columns))) for group in groups),
        (), several=True, free=True,
    )  # fmt: skip


def _headers(columns: Sequence[ProposedColumn]) -> tuple[str, ...]:
    return tuple(column.header for column in columns)


def _pooled(columns: Sequence[ProposedColumn], most: int = _MOST_SHOWN) -> tuple[Answer, ...]:
    """Answers of several columns added up: numbers rising, words by how often they were given."""
    counts: Counter[str] = Counter()
    numbers: dict[str, float | None] = {}
    for column in columns:
        for answer in column.commonest:
            counts[answer.text] += answer.count
            numbers[answer.text] = answer.number
    found = [Answer(text, numbers[text], count) for text, count in counts.items() if column_is_shown(columns)]
    found.sort(key=lambda answer: (answer.number is None, answer.number or 0.0, -answer.count, answer.text))
    return tuple(found[:most])


def column_is_shown(columns: Sequence[ProposedColumn]) -> bool:
    """Whether answers of these columns may be shown: never those of private ones."""
    return all(column.part is not Part.PRIVATE for column in columns)
