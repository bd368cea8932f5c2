"""Columns with their roles and scales put together: outcome, pairs, groups, and what must be asked. Pure; done again after every change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from survey_schema.maker import header_words as words
from survey_schema.maker import questions as ask
from survey_schema.maker.column_roles import Part
from survey_schema.maker.heading_parts import pair_of, short
from survey_schema.maker.option_blocks import option_blocks
from survey_schema.maker.proposal import Grid, Group, PairBlock, Proposal, ProposedColumn, ProposedScale, Question
from survey_schema.maker.side_by_side import grids_of, repeatable

_FEWEST_PAIRS = 3


def assembled(bare: Proposal, before: Sequence[Group] = ()) -> Proposal:
    """The proposal with outcome, pairs, groups and questions. Groups that were there ``before`` keep their codes."""
    outcome = _outcome(bare.columns)
    pairs = _pairs(bare.columns)
    grids = grids_of(bare.columns)
    groups = _known(_groups(bare, pairs, outcome, grids[0] if grids else None), before)
    used = {column.scale for column in bare.columns if column.part.scored}
    scales = tuple(scale for scale in bare.scales if scale.code in used)
    whole = replace(bare, scales=scales, pairs=pairs, outcome=outcome, blocks=option_blocks(bare.columns), grids=grids)
    return regrouped(whole, groups)


def regrouped(proposal: Proposal, groups: Sequence[Group]) -> Proposal:
    """The proposal with other groups, and the questions that follow."""
    member = {index: group.code for group in groups for index in group.columns}
    columns = tuple(replace(column, group=member.get(column.index)) for column in proposal.columns)
    whole = replace(proposal, columns=columns, groups=_told_apart(groups))
    return replace(whole, questions=_questions(whole))


def _told_apart(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Groups of the same title are numbered: a question is moved to a group by its title."""
    found: dict[str, Group] = {}
    for group in groups:
        title, number = group.title, 1
        while title in found:
            number += 1
            title = f"{group.title} ({number})"
        found[title] = replace(group, title=title)
    return tuple(found.values())


def free_code(groups: Sequence[Group], columns: Sequence[ProposedColumn]) -> str:
    """The next code for a group."""
    taken = {group.code for group in groups} | {column.code for column in columns}
    return next(code for place in range(1, len(taken) + 2) if (code := f"g{place}") not in taken)


def _known(groups: Sequence[Group], before: Sequence[Group]) -> tuple[Group, ...]:
    """Groups, those with a column of an earlier one under its code, so that what was said of it still means the same."""
    named = {index: group for group in before for index in group.columns}
    found: list[Group] = []
    for group in groups:
        old = next((named[index] for index in group.columns if index in named), None)
        if old is not None and all(old.code != each.code for each in found):
            found.append(replace(group, code=old.code))
        elif before:
            found.append(replace(group, code=free_code((*found, *before), ())))
        else:
            found.append(group)
    return tuple(found)


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
    if together := [grid for grid in proposal.grids if repeatable(grid, proposal.columns)]:
        found.append(ask.side_by_side(together, proposal.columns))
    if lone:
        found.append(ask.single_scores([(column, proposal.scale(column.scale)) for column in lone]))
    if joint := [column for column in proposal.columns if column.joint and column.part is Part.JOINED]:
        found.append(ask.one_option(joint))
    if turned := [column for column in scored if column.against]:
        found.append(ask.turned_items(turned))
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


def _groups(proposal: Proposal, pairs: Sequence[PairBlock], outcome: int | None, grid: Grid | None) -> tuple[Group, ...]:
    """Rows of one matrix; the halves of a block of pairs; what is asked of one operator; else all single questions of one scale."""
    of_whom = grid.value_of() if grid else {}
    overall = {index for _, cells in grid.questions if any(i == outcome for _, i in cells) for _, index in cells} if grid else set()
    half = {index: (block.code, side) for block in pairs for pair in block.pairs for side, index in enumerate(pair, 1)}
    named: dict[object, list[ProposedColumn]] = defaultdict(list)
    for column in proposal.columns:
        if not column.part.scored or column.index == outcome or column.index in overall:
            continue
        if column.index in of_whom:
            named[of_whom[column.index], "side by side"].append(column)
        elif column.index in half:
            named[half[column.index]].append(column)
        else:
            named[column.stem or (column.scale,)].append(column)
    groups = []
    for place, (key, members) in enumerate(named.items(), 1):
        first = members[0]
        if isinstance(key, tuple) and first.index in of_whom:
            title = of_whom[first.index]
        else:
            title = key if isinstance(key, str) else first.title if len(members) == 1 else f"{first.title} … {members[-1].title}"
        groups.append(Group(f"g{place}", short(title), tuple(column.index for column in members)))
    return tuple(groups)
