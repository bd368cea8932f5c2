"""Questions with several answers and rankings as a workbook has them: which columns belong to one, and what its options are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from survey_schema.answer_options import MultiQuestion, Option, Ranking
from survey_schema.maker.column_roles import Part
from survey_schema.maker.proposal import OptionBlock, Proposal, ProposedColumn
from survey_schema.schema_parts import LocalText
from words.language import Message, message
from words.lists import Listed

_OF_NUMBER = re.compile(r"^(q\d{1,3})_\d{1,3}$")


def option_blocks(columns: Sequence[ProposedColumn]) -> tuple[OptionBlock, ...]:
    """Columns of options that share a question; neighbours without one, where the numbers for *chosen* rise; joined answers; rankings.

    Columns whose rows are only numbered places are no ranking that could be read: nothing says what was put there.
    """
    found = [OptionBlock(column.code, column.title, "joined", (column.index,)) for column in columns if column.pieces]
    for part, kind in ((Part.OPTION, "one_hot"), (Part.RANK, "ranks")):
        for members in _together([column for column in columns if column.part is part]):
            if len(members) > 1 and not (kind == "ranks" and any(member.row.isdigit() for member in members)):
                title = members[0].stem or f"{members[0].title} … {members[-1].title}"
                code = _code(members, kind, found)
                found.append(OptionBlock(code, title, kind, tuple(member.index for member in members)))
    return tuple(found)


def multi_of(proposal: Proposal, block: OptionBlock, *, one_option: bool) -> MultiQuestion:
    """A question with several answers as the schema has it; ``one_option``: pieces that always stand together are one option."""
    columns = [proposal.column(index) for index in block.columns]
    if block.kind == "joined":
        (column,) = columns
        names = column.joint if one_option and column.joint else column.pieces
        options = [Option(code=f"o{place}", title=_both(piece)) for place, piece in enumerate(names, 1)]
        return MultiQuestion(
            code=block.code, title=_both(block.title), options=options, aliases=_headings(column), nth=_nth(column), kind="joined",
            separator=[column.sign],
        )  # fmt: skip
    denied = list(dict.fromkeys(column.unchosen for column in columns if column.unchosen))
    return MultiQuestion(
        code=block.code, title=_both(block.title), options=_options(columns), kind="one_hot", not_chosen=denied,
        blank="not_asked",
    )  # fmt: skip


def ranking_of(proposal: Proposal, block: OptionBlock) -> Ranking:
    """A ranking as the schema has it: a column an option with its rank, 1 the best."""
    columns = [proposal.column(index) for index in block.columns]
    return Ranking(code=block.code, title=_both(block.title), options=_options(columns), kind="ranks")


def _options(columns: Sequence[ProposedColumn]) -> list[Option]:
    return [
        Option(
            code=f"o{place}", title=_both(column.title), aliases=_headings(column), nth=_nth(column),
            values=[column.chosen] if column.chosen and column.chosen != column.title else [],
        )
        for place, column in enumerate(columns, 1)
    ]  # fmt: skip


def _together(columns: Sequence[ProposedColumn]) -> list[list[ProposedColumn]]:
    """By their question; without one, neighbours whose numbers for *chosen* rise."""
    asked: dict[str, list[ProposedColumn]] = defaultdict(list)
    runs: list[list[ProposedColumn]] = []
    for column in columns:
        if column.stem:
            asked[column.stem].append(column)
        elif runs and runs[-1][-1].index + 1 == column.index and _rises(runs[-1][-1].chosen, column.chosen):
            runs[-1].append(column)
        else:
            runs.append([column])
    return sorted([*asked.values(), *runs], key=lambda members: members[0].index)


def _rises(before: str, now: str) -> bool:
    return not (before.isdigit() and now.isdigit()) or int(now) > int(before)


def _code(members: Sequence[ProposedColumn], kind: str, found: Sequence[OptionBlock]) -> str:
    """The number of the question where the columns carry it, else a running one."""
    numbers = {match[1] if (match := _OF_NUMBER.match(member.code)) else "" for member in members}
    number = numbers.pop()
    if number and not numbers and all(number != each.code for each in found):
        return number
    return f"{'ranking' if kind == 'ranks' else 'multi'}_{len(found) + 1}"


def _headings(column: ProposedColumn) -> list[str]:
    """Headings by which the column is known; the title alone is none, since options of other questions may be called alike."""
    return [text for text in dict.fromkeys((column.header, column.label)) if text]


def _nth(column: ProposedColumn) -> int | None:
    return column.nth if column.of > 1 else None


def _both(text: str) -> LocalText:
    return LocalText(zh_CN=text, en=text)


def told_blocks(proposal: Proposal) -> tuple[Message, ...]:
    """What is said of questions with several answers and rankings: which there are, and places of an order that cannot be read."""
    found = []
    multi = [f"{block.title} ({_count(proposal, block)})" for block in proposal.blocks if block.kind != "ranks"]
    if multi:
        found.append(message("Questions with several answers, and how many options: {names}.", names=Listed(multi)))
    if ranks := [f"{block.title} ({_count(proposal, block)})" for block in proposal.blocks if block.kind == "ranks"]:
        found.append(message("Rankings, and of how many options: {names}.", names=Listed(ranks)))
    read = {index for block in proposal.blocks for index in block.columns}
    if left := [column for column in proposal.columns if column.part in (Part.RANK, Part.JOINED) and column.index not in read]:
        found.append(
            message("{count} columns hold places of an order without saying what was put there; they are not used.", count=len(left))
        )
    return tuple(found)


def _count(proposal: Proposal, block: OptionBlock) -> int:
    return len(block.columns) if block.kind != "joined" else len(proposal.column(block.columns[0]).pieces)
