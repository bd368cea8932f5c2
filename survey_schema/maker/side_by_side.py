"""Questions asked of several operators or brands side by side: which columns ask the same, of whom, and the ``repeat`` they become."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from survey_schema.columns import Choice
from survey_schema.maker.proposal import Grid, Proposal, ProposedColumn
from survey_schema.questions import Item
from survey_schema.repeats import Repeat, RepeatColumn
from survey_schema.schema_parts import LocalText
from survey_schema.workbook.match.header_text import normalised, tidy
from words.errors import ManyiError
from words.language import message

#: Names of operators as headings write them; of one place the longest is meant.
_OPERATORS = re.compile(
    r"(?:中国)?(?:移动|联通|电信|广电|铁通)|china (?:mobile|unicom|telecom|broadnet)|竞争对手|竞品|我司|本公司|本网|异网", re.I
)
_SIGNS = re.compile(r"[-－–—:：_/·|]+")
_LAST_BRACKET = re.compile(r"^(?P<first>.+?) ?[(（](?P<second>[^()（）]+)[)）]$")
_EDGES = " -－–—:：_/·|()（）[]【】"
#: A name is short; what speaks of a judgement names no brand.
_LONGEST_NAME, _FEWEST = 12, 2
_NO_NAME = re.compile(r"满意|重要|期望|期待|感知|同意|推荐|可能|您|[?？]|satisf|importan|expect|perce|agree|likel|\byou\b", re.I)


def grids_of(columns: Sequence[ProposedColumn]) -> tuple[Grid, ...]:
    """Columns that ask the same of several operators; where no operator is named, a complete grid of two parts of headings, both ways.

    A way is left out where its parts cannot be names of brands. Empty where nothing is asked side by side.
    """
    scored = [column for column in columns if column.part.scored]
    named = _grid([(part[0], part[1], column.index) for column in scored if (part := operator_in(_whole(column)))])
    if named is not None:
        return (named,)
    apart = [(*parts, column.index) for column in scored if (parts := _parts(column))]
    return tuple(grid for grid in (_complete(apart), _complete([(b, a, index) for a, b, index in apart])) if grid is not None)


def repeatable(grid: Grid, columns: Sequence[ProposedColumn]) -> bool:
    """Whether every question has the same scale for all it is asked of, so that it can be one question."""
    scale = {column.index: column.scale for column in columns}
    return all(len({scale[index] for _, index in cells}) == 1 for _, cells in grid.questions)


def chosen_grid(proposal: Proposal, ours: str) -> Grid | None:
    """The grid in which ``ours`` is one of those scored; None where none is."""
    return next((grid for grid in proposal.grids if ours in grid.values), None)


def merged_items(grid: Grid, items: Mapping[int, Item]) -> dict[int, Item]:
    """Items with those that ask the same made one: all its columns (by index) lead to the item of the leftmost."""
    found = dict(items)
    for question, cells in grid.questions:
        there = [index for _, index in cells if index in items]
        first = items[min(there)] if there else None
        for index in there:
            assert first is not None
            if (items[index].scale, items[index].reversed) != (first.scale, first.reversed):
                raise ManyiError(
                    message("{question} has not the same scale and best end for all it is asked of; make them alike, or answer "
                            "repeat with none.", question=question)
                )  # fmt: skip
            title = LocalText(zh_CN=question, en=question)
            found[index] = first.model_copy(update={"title": title, "wording": None, "aliases": [], "nth": None})
    return found


def choices_of(grid: Grid, ours: str) -> list[Choice]:
    """Those scored, as choices of the operator or brand column."""
    return [
        Choice(code=f"o{place}", title=LocalText(zh_CN=value, en=value), ours=value == ours) for place, value in enumerate(grid.values, 1)
    ]


def repeat_of(grid: Grid, proposal: Proposal, items: Mapping[int, Item], by: str) -> Repeat:
    """The ``repeat`` of a schema: its items, and the columns whose headings are not made of the two names alone."""
    asked, columns = [], []
    for question, cells in grid.questions:
        there = [(value, proposal.column(index), items[index].code) for value, index in cells if index in items]
        asked += list(dict.fromkeys(code for _, _, code in there))
        for value, column, code in there:
            usual = {normalised(f"{value} {question}"), normalised(f"{question} {value}")}
            if column.of > 1 or normalised(column.header) not in usual:
                aliases = list(dict.fromkeys(text for text in (column.header, column.label) if text))
                nth = column.nth if column.of > 1 else None
                columns.append(RepeatColumn(item=code, value=f"o{grid.values.index(value) + 1}", aliases=aliases, nth=nth))
    return Repeat(by=by, items=asked, columns=columns)


def _whole(column: ProposedColumn) -> str:
    return tidy(f"{column.stem} {column.row}") if column.stem else column.row or column.title


def operator_in(text: str) -> tuple[str, str] | None:
    """The one operator a heading names, and what is asked; None where it names none or two.

    >>> operator_in("移动-网络质量"), operator_in("网络质量（联通）"), operator_in("网络质量")
    (('移动', '网络质量'), ('联通', '网络质量'), None)
    """
    found = list(_OPERATORS.finditer(text))
    if len(found) != 1:
        return None
    start, end = found[0].span()
    rest = tidy(f"{text[:start].strip(_EDGES)} {text[end:].strip(_EDGES)}").strip(_EDGES)
    return found[0][0], rest


def _parts(column: ProposedColumn) -> tuple[str, str] | None:
    """A heading in two parts: question and row of a matrix, or what stands before and after a sign."""
    if column.stem and column.row and not column.row.isdigit():
        return column.stem, column.row
    text = column.row or column.title
    if (bracket := _LAST_BRACKET.match(text)) is not None:
        return bracket["first"].strip(), bracket["second"].strip()
    sign = _SIGNS.search(text, 1)
    parts = (text[: sign.start()].strip(), text[sign.end() :].strip(_EDGES)) if sign else ("", "")
    return parts if all(parts) and not any(part.isdigit() for part in parts) else None


def _grid(cells: Iterable[tuple[str, str, int]]) -> Grid | None:
    """Questions that are asked of two values or more; each once of each."""
    asked: dict[str, dict[str, int]] = defaultdict(dict)
    for value, question, index in cells:
        if value in asked[question]:
            return None
        asked[question][value] = index
    shared = {question: found for question, found in asked.items() if question and len(found) >= _FEWEST}
    values = tuple(dict.fromkeys(value for found in shared.values() for value in found))
    return Grid(values, tuple((question, tuple(found.items())) for question, found in shared.items())) if values else None


def _complete(cells: Sequence[tuple[str, str, int]]) -> Grid | None:
    """The grid of those first parts that have the very same second parts, two or more, and can be names."""
    rows: dict[str, set[str]] = defaultdict(set)
    for value, question, _ in cells:
        rows[value].add(question)
    alike: dict[frozenset[str], list[str]] = defaultdict(list)
    for value, questions in rows.items():
        if len(questions) >= _FEWEST and len(value) <= _LONGEST_NAME and not _NO_NAME.search(value):
            judged = {frozenset(map(str.casefold, _NO_NAME.findall(question))) for question in questions}
            if len(judged - {frozenset()}) < 2:  # else one thing judged twice, such as how important it is and how satisfied one is
                alike[frozenset(questions)].append(value)
    best = max(alike.values(), key=len, default=[])
    return _grid([cell for cell in cells if cell[0] in best]) if len(best) >= _FEWEST else None
