"""From summaries of columns to a proposal: roles, scales, groups, and what must be asked. Pure: the same summaries, the same proposal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from survey_schema.columns import FIELDWORK, STORED_COLUMNS
from survey_schema.maker import header_words as words
from survey_schema.maker import questions as ask
from survey_schema.maker.column_roles import Part, roles_of
from survey_schema.maker.column_summary import ColumnSummary
from survey_schema.maker.heading_parts import Heading, code_in, headings_of, pair_of
from survey_schema.maker.proposal import (
    MOST_QUESTIONS,
    Group,
    PairBlock,
    Proposal,
    ProposedColumn,
    ProposedScale,
    ProposedTable,
    Question,
)  # fmt: skip
from survey_schema.maker.scale_families import scales_of
from survey_schema.workbook.match.header_text import tidy
from words.language import Message, message

_LONGEST_TITLE = 60
_FEWEST_PAIRS = 3
_COMMONEST = 60
_TAKEN = {*STORED_COLUMNS, *map(str, FIELDWORK), "index", "date"}


def propose(name: str, title: str, table: ProposedTable, summaries: Sequence[ColumnSummary]) -> Proposal:
    """The survey that columns suggest. ``name`` is a code, ``title`` what the workbook is called.

    At most seven questions: where more would be needed, the columns of the smallest scales are kept without a score, and that is said.
    """
    headings = headings_of([(column.header, column.label, column.above) for column in summaries])
    roles = roles_of(summaries, headings)
    scales = scales_of(summaries, headings, roles)
    codes = _codes(summaries, headings, [role.part for role in roles])
    titles = _titles(headings, summaries)
    columns = [
        ProposedColumn(
            each.index, each.header, each.label, each.nth, each.of, code, titles[at], role.part, role.reason,
            each.answered, each.distinct, each.answers[:_COMMONEST], scales.of_column.get(at),
        )
        for at, (each, role, code) in enumerate(zip(summaries, roles, codes, strict=True))
    ]  # fmt: skip
    columns = [replace(c, part=Part.ATTRIBUTE) if c.part.scored and c.scale is None else c for c in columns]
    stems = {column.index: heading.stem for column, heading in zip(columns, headings, strict=True)}
    remarks: list[Message] = []
    while True:
        proposal = _assembled(Proposal(name, title, table, tuple(columns), scales.scales, (), (), None, ()), stems)
        if len(proposal.questions) <= MOST_QUESTIONS:
            return replace(proposal, remarks=tuple(remarks))
        columns, dropped = _without_smallest(proposal)
        remarks.append(message(
            "Too many questions would be open, so {count} columns are kept without a score, from {first} on.",
            count=len(dropped), first=dropped[0].header,
        ))  # fmt: skip


def _assembled(bare: Proposal, stems: dict[int, str]) -> Proposal:
    """The proposal with outcome, pairs, groups and questions."""
    outcome = _outcome(bare.columns)
    pairs = _pairs(bare.columns)
    groups = _groups(bare, stems, pairs, outcome)
    member = {index: group.code for group in groups for index in group.columns}
    columns = tuple(replace(column, group=member.get(column.index)) for column in bare.columns)
    used = {column.scale for column in columns if column.part.scored}
    scales = tuple(scale for scale in bare.scales if scale.code in used)
    whole = replace(bare, columns=columns, scales=scales, groups=groups, pairs=pairs, outcome=outcome)
    return replace(whole, questions=_questions(whole))


def _questions(proposal: Proposal) -> tuple[Question, ...]:
    scored = [column for column in proposal.columns if column.part.scored]
    lone = _lone(proposal, scored)
    found: list[Question] = [ask.sheets_are(proposal.table.sheets)] if len(proposal.table.sheets) > 1 else []
    numbers = [s for s in proposal.scales if s.words is None and any(c.scale == s.code for c in scored if c not in lone)]

    def on(scales: Sequence[ProposedScale]) -> list[ProposedColumn]:
        codes = {scale.code for scale in scales}
        return [column for column in scored if column.scale in codes and column not in lone]

    for family in dict.fromkeys(scale.family for scale in numbers):
        found.append(ask.best_end(family, on([scale for scale in numbers if scale.family == family])))
    doubtful = [scale for scale in numbers if scale.beside is not None]
    found += [ask.ends(scale, on([scale])) for scale in doubtful if scale.ends[1] >= 10]
    if unseen := [scale for scale in doubtful if scale.ends[1] < 10]:
        found.append(ask.narrow(unseen, on(unseen)))
    if coded := [scale for scale in numbers if scale.codes]:
        found.append(ask.no_answer(frozenset().union(*(scale.codes for scale in coded)), on(coded)))
    found += [ask.word_order(scale, on([scale])) for scale in proposal.scales if scale.words is not None and not scale.words.certain]
    for block in proposal.pairs:
        twice = [proposal.column(index) for pair in block.pairs for index in pair]
        scale = proposal.scale(twice[0].scale)
        found.append(ask.asked_twice(block, twice, scale.family if scale else "1_1"))
    found += [ask.ours(column) for column in proposal.columns if column.part is Part.OPERATOR]
    if lone:
        found.append(ask.single_scores([(column, proposal.scale(column.scale)) for column in lone]))
    if proposal.groups:
        found.append(ask.index_items(proposal.groups))
    return tuple(found)


def _lone(proposal: Proposal, scored: Sequence[ProposedColumn]) -> list[ProposedColumn]:
    """Columns of numbers of which no other column has the scale, that speak neither of the overall impression nor of recommending.

    Where ends or numbers for no answer are in doubt the column is asked about like any other.
    """
    family = {s.code: s.family for s in proposal.scales if s.words is None}
    plain = {s.code for s in proposal.scales if s.words is None and not s.codes and (s.beside is None or s.ends[1] < 10)}
    size: dict[str, int] = defaultdict(int)
    for column in scored:
        size[family.get(column.scale or "", "")] += 1
    return [
        column for column in scored
        if column.scale in plain and size[family[column.scale]] == 1 and column.index != proposal.outcome
        and not words.is_recommendation(column.label or column.header)
    ]  # fmt: skip


def _without_smallest(proposal: Proposal) -> tuple[list[ProposedColumn], list[ProposedColumn]]:
    """The columns, those of the scale with the fewest columns that still need an answer no longer scored."""
    size: dict[str, int] = defaultdict(int)
    open_families = {scale.family for scale in proposal.scales if scale.words is None or not scale.words.certain}
    family = {scale.code: scale.family for scale in proposal.scales}
    for column in proposal.columns:
        if column.part.scored and family.get(column.scale or "") in open_families:
            size[family[column.scale or ""]] += 1
    smallest = min(size, key=lambda each: (size[each], each))
    dropped = [c for c in proposal.columns if c.part.scored and family.get(c.scale or "") == smallest]
    kept = [
        replace(c, part=Part.QUANTITY if c.part is Part.NUMBERS else Part.ATTRIBUTE, scale=None) if c in dropped else c
        for c in proposal.columns
    ]
    return kept, dropped


def _outcome(columns: Sequence[ProposedColumn]) -> int | None:
    """The question about the overall impression: the shortest heading that says so."""
    overall = [column for column in columns if column.part.scored and words.is_overall(column.title)]
    return min(overall, key=lambda column: (len(column.title), column.header)).index if overall else None


def _pairs(columns: Sequence[ProposedColumn]) -> tuple[PairBlock, ...]:
    """Runs of columns headed 1-1, 1-2, 2-1 …; a new run begins where the number falls. Two neighbours of one number are a pair."""
    runs: list[list[tuple[int, int]]] = [[]]
    for column in columns:
        pair = pair_of(column.header) if column.part.scored else None
        if pair is None:
            runs.append([])
            continue
        if runs[-1] and pair[0] < runs[-1][-1][0]:
            runs.append([])
        runs[-1].append((pair[0], column.index))
    blocks = []
    for run in runs:
        numbered: dict[int, list[int]] = defaultdict(list)
        for number, index in run:
            numbered[number].append(index)
        found = tuple((indexes[0], indexes[1]) for indexes in numbered.values() if len(indexes) == 2)
        if len(found) >= _FEWEST_PAIRS:
            blocks.append(found)
    return tuple(PairBlock(f"pairs_{place}", found) for place, found in enumerate(blocks, 1))


def _groups(proposal: Proposal, stems: dict[int, str], pairs: Sequence[PairBlock], outcome: int | None) -> tuple[Group, ...]:
    """Rows of one matrix; the halves of a block of pairs; else all single questions of one scale."""
    half = {index: (block.code, side) for block in pairs for pair in block.pairs for side, index in enumerate(pair, 1)}
    named: dict[object, list[ProposedColumn]] = defaultdict(list)
    for column in proposal.columns:
        if not column.part.scored or column.index == outcome:
            continue
        if column.index in half:
            named[half[column.index]].append(column)
        else:
            named[stems[column.index] or (column.scale,)].append(column)
    groups = []
    for place, (key, members) in enumerate(named.items(), 1):
        first = members[0]
        title = key if isinstance(key, str) else first.title if len(members) == 1 else f"{first.title} … {members[-1].title}"
        groups.append(Group(f"g{place}", _short(title), tuple(column.index for column in members)))
    return tuple(groups)


def _codes(summaries: Sequence[ColumnSummary], headings: Sequence[Heading], parts: Sequence[Part]) -> list[str]:
    """A code for each column: its heading where that is one, else its question number, else its place among the filled columns."""
    taken = {code.casefold() for code in _TAKEN} | {f"g{place}" for place in range(1, len(summaries) + 1)}
    found, place = [], 0
    rows: dict[int, int] = defaultdict(int)
    for column, heading, part in zip(summaries, headings, parts, strict=True):
        place += part is not Part.EMPTY
        own = code_in(column.header)
        if heading.number is not None and not own:
            rows[heading.number] += 1
            own = f"q{heading.number}_{rows[heading.number]}" if heading.stem else f"q{heading.number}"
        code = own or f"c{place}"
        wanted, again = code, 2
        while code.casefold() in taken:
            code, again = f"{wanted}_{again}", again + 1
        taken.add(code.casefold())
        found.append(code)
    return found


def _titles(headings: Sequence[Heading], summaries: Sequence[ColumnSummary]) -> list[str]:
    """What is asked of in each column, short; with the number of its question, or whole, where two would be called alike."""
    short = [_short(heading.row) for heading in headings]
    numbered = [
        _short(f"{heading.number} {text}") if short.count(text) > 1 and heading.number is not None else text
        for text, heading in zip(short, headings, strict=True)
    ]
    return [
        _short(f"{column.header} ({column.nth})" if column.of > 1 else tidy(column.header)) if numbered.count(text) > 1 else text
        for text, column in zip(numbered, summaries, strict=True)
    ]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_TITLE else text[: _LONGEST_TITLE - 1] + "…"
