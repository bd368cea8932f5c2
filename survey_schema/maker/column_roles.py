"""The role of each column: what its heading says, borne out by what its answers are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from survey_schema.maker import header_words as words
from survey_schema.maker.column_summary import ColumnSummary
from survey_schema.maker.heading_parts import Heading
from survey_schema.maker.multiple_answers import are_ranks, separator, ticked
from survey_schema.maker.number_scales import number_scale, pooled
from survey_schema.maker.word_scales import FEWEST_LABELS, MOST_LABELS, word_scale
from words.language import Message, message


class Part(StrEnum):
    """What a column of a foreign workbook is."""

    ID = "id"
    DATE = "date"
    WAVE = "wave"
    BRANCH = "branch"
    OPERATOR = "operator"
    WEIGHT = "weight"
    DURATION = "duration"
    PRIVATE = "private"
    PLATFORM = "platform"
    COMMENT = "comment"
    NUMBERS = "number_scale"
    WORDS = "word_scale"
    ATTRIBUTE = "attribute"
    QUANTITY = "quantity"
    OPTION = "option"
    JOINED = "joined"
    RANK = "rank"
    EMPTY = "empty"

    @property
    def scored(self) -> bool:
        """Whether the column may be an item of the survey."""
        return self in (Part.NUMBERS, Part.WORDS)


@dataclass(frozen=True)
class Role:
    """What one column is, and why, in one clause."""

    part: Part
    reason: Message


_UNIQUE, _MOSTLY = 0.95, 0.8
_MOST_BRANCHES, _MOST_CLASSES = 300, 60
_LONG, _MANY = 14, 20
_SHARE_OF_TEXTS = 0.3


def roles_of(columns: Sequence[ColumnSummary], headings: Sequence[Heading]) -> tuple[Role, ...]:
    """The role of every column of a table. Roles that occur once go to the column whose heading says so most plainly."""
    roles = [_alone(column, heading) for column, heading in zip(columns, headings, strict=True)]
    _settle_options(roles, columns, headings)
    _settle_ranks(roles, columns, headings)
    _only_one(roles, Part.DATE, lambda at: (words.date_rank(columns[at].heading), columns[at].filled), columns)
    _only_one(roles, Part.BRANCH, lambda at: (words.branch_rank(columns[at].heading), columns[at].filled), columns)
    for part in (Part.ID, Part.WAVE, Part.OPERATOR, Part.WEIGHT, Part.DURATION):
        _only_one(roles, part, lambda at: (columns[at].filled, columns[at].distinct), columns)
    return tuple(roles)


def whole_numbers(column: ColumnSummary) -> dict[int, int] | None:
    """Counts of a column's numbers where all its answers are whole ones."""
    if not column.whole or not column.answers or any(a.number is None or not float(a.number).is_integer() for a in column.answers):
        return None
    return pooled([{int(answer.number): answer.count} for answer in column.answers if answer.number is not None])


def _alone(column: ColumnSummary, heading: Heading) -> Role:
    """What one column is by itself."""
    if not column.answered and not column.private:
        return Role(Part.EMPTY, message("nothing is answered here"))
    return _by_heading(column, heading) or _by_values(column, heading)


def _by_heading(column: ColumnSummary, heading: Heading) -> Role | None:
    header, label = column.header, column.label
    either = [text for text in (header, label) if text]

    def says(judge: Callable[[str], object]) -> bool:
        return any(judge(text) for text in either)

    unique = column.distinct >= _UNIQUE * column.answered
    if says(words.is_id) and (not column.private or column.numbers > _MOSTLY):
        return (
            Role(Part.ID, message("the heading names a number of respondents, and no value comes twice"))
            if unique
            else Role(Part.PLATFORM, message("a running number that comes twice tells nobody apart"))
        )
    if says(words.is_platform):
        return Role(Part.PLATFORM, message("the survey tool writes this column for itself"))
    if column.private:
        return Role(Part.PRIVATE, message("it holds what tells a person; its values are neither shown nor kept"))
    if says(words.is_duration) and column.durations > _MOSTLY:
        return Role(Part.DURATION, message("the heading speaks of how long answering took"))
    if column.dates > _MOSTLY:
        return Role(Part.DATE, message("its values are dates"))
    if says(words.is_wave) and column.distinct <= _MOST_CLASSES:
        return Role(Part.WAVE, message("the heading names a period"))
    if says(words.is_weight) and column.numbers > _MOSTLY and column.distinct > 1:
        return Role(Part.WEIGHT, message("the heading names a weight, and its values are numbers"))
    classes = column.numbers < _MOSTLY and 2 <= column.distinct <= min(_MOST_BRANCHES, max(2, column.answered // 2))
    classes = classes and ticked(column, heading.row) is None
    if says(words.is_operator) and classes and column.distinct <= 12:
        return Role(Part.OPERATOR, message("the heading names operators"))
    if says(words.branch_rank) and classes and word_scale([a.text for a in column.answers]) is None:
        return Role(Part.BRANCH, message("the heading names branches or places"))
    return None


def _by_values(column: ColumnSummary, heading: Heading) -> Role:
    tick = ticked(column, heading.row)
    if tick is not None and tick.certain:
        return Role(Part.OPTION, message("−1 and one other number: an option chosen or not"))
    if (counts := whole_numbers(column)) is not None:
        if number_scale(counts) is None:
            return Role(Part.QUANTITY, message("these numbers are of no usual scale"))
        if words.is_count(column.heading, row=bool(heading.stem)):
            return Role(Part.QUANTITY, message("the heading asks for a quantity, not for a score"))
        return Role(Part.NUMBERS, message("whole numbers of a usual scale"))
    if column.numbers > _MOSTLY:
        return Role(Part.QUANTITY, message("numbers of no usual scale"))
    return _of_words(column)


def _of_words(column: ColumnSummary) -> Role:
    labels = [answer.text for answer in column.answers]
    if column.whole and FEWEST_LABELS <= len(labels) <= MOST_LABELS + 2 and word_scale(labels) is not None:
        return Role(Part.WORDS, message("its words are grades"))
    if separator(column) is not None:
        return Role(Part.JOINED, message("several answers stand joined in one cell"))
    own_words = column.distinct > _SHARE_OF_TEXTS * column.answered and (column.length > _LONG or column.distinct > _MANY)
    if own_words or (words.is_comment(column.heading) and (column.distinct > _MANY or column.distinct > _SHARE_OF_TEXTS * column.answered)):
        return Role(Part.COMMENT, message("answers in one's own words"))
    return Role(Part.ATTRIBUTE, message("few different words that are no grades"))


def _settle_options(roles: list[Role], columns: Sequence[ColumnSummary], headings: Sequence[Heading]) -> None:
    """Columns that look like one option each are options where at least two share a question."""
    asked: dict[object, list[int]] = defaultdict(list)
    for at, (column, heading) in enumerate(zip(columns, headings, strict=True)):
        if roles[at].part in (Part.ATTRIBUTE, Part.QUANTITY, Part.OPTION, Part.WORDS) and ticked(column, heading.row) is not None:
            asked[heading.stem or at].append(at)
    for stem, places in asked.items():
        if isinstance(stem, str) and len(places) >= 2:
            for at in places:
                roles[at] = Role(Part.OPTION, message("one option of a question with several answers: chosen or not"))


def _settle_ranks(roles: list[Role], columns: Sequence[ColumnSummary], headings: Sequence[Heading]) -> None:
    blocks: dict[str, list[int]] = defaultdict(list)
    for at, heading in enumerate(headings):
        if heading.stem and whole_numbers(columns[at]):
            blocks[heading.stem].append(at)
    for places in blocks.values():
        counts = [whole_numbers(columns[at]) or {} for at in places]
        spoken = any(words.is_ranking(headings[at].stem) for at in places)
        if are_ranks(counts) or (spoken and len(places) >= 2):
            for at in places:
                roles[at] = Role(Part.RANK, message("places in an order, not scores"))


def _only_one(roles: list[Role], part: Part, rank: Callable[[int], tuple[int, int]], columns: Sequence[ColumnSummary]) -> None:
    places = [at for at, role in enumerate(roles) if role.part is part]
    if len(places) < 2:
        return
    best = max(places, key=lambda at: (*rank(at), columns[at].header))
    other = {Part.BRANCH: Part.ATTRIBUTE, Part.OPERATOR: Part.ATTRIBUTE}.get(part, Part.PLATFORM)
    for at in places:
        if at != best:
            roles[at] = replace(roles[at], part=other, reason=message("another column is better for this role"))
