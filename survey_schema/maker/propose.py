"""From summaries of columns to a proposal: roles, scales, groups, and what must be asked. Pure: the same summaries, the same proposal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from survey_schema.columns import FIELDWORK, STORED_COLUMNS
from survey_schema.maker.assemble import assembled
from survey_schema.maker.column_roles import Part, roles_of
from survey_schema.maker.column_summary import ColumnSummary
from survey_schema.maker.heading_parts import Heading, code_in, headings_of, short
from survey_schema.maker.multiple_answers import joint_options, options_of, separator, ticked
from survey_schema.maker.proposal import (
    MOST_QUESTIONS,
    Proposal,
    ProposedColumn,
    ProposedTable,
)
from survey_schema.maker.scale_families import scales_of
from survey_schema.workbook.match.header_text import tidy
from words.language import Message, message

_COMMONEST = 60
_TAKEN = {*STORED_COLUMNS, *map(str, FIELDWORK), "index", "date"}


def propose(name: str, title: str, table: ProposedTable, summaries: Sequence[ColumnSummary], against: Collection[int] = ()) -> Proposal:
    """The survey that columns suggest. ``name`` is a code, ``title`` what the workbook is called; the columns ``against`` run against
    their group (:mod:`survey_schema.maker.turned_items`).

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
            stem=headings[at].stem, against=each.index in against, row=headings[at].row, silences=each.silences,
            **_options(each, headings[at], role.part),
        )
        for at, (each, role, code) in enumerate(zip(summaries, roles, codes, strict=True))
    ]  # fmt: skip
    columns = [replace(c, part=Part.ATTRIBUTE) if c.part.scored and c.scale is None else c for c in columns]
    remarks: list[Message] = []
    while True:
        proposal = assembled(Proposal(name, title, table, tuple(columns), scales.scales, (), (), None, ()))
        if len(proposal.questions) <= MOST_QUESTIONS:
            return replace(proposal, remarks=tuple(remarks))
        columns, dropped = _without_smallest(proposal)
        remarks.append(message(
            "Too many questions would be open, so {count} columns are kept without a score, from {first} on.",
            count=len(dropped), first=dropped[0].header,
        ))  # fmt: skip


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


def _options(column: ColumnSummary, heading: Heading, part: Part) -> dict[str, Any]:
    """What stands for chosen and not chosen, or the options of one cell."""
    if part is Part.OPTION and (tick := ticked(column, heading.row)) is not None:
        return {"chosen": tick.chosen, "unchosen": tick.unchosen}
    if part is Part.JOINED and (sign := separator(column)) is not None:
        return {"pieces": options_of(column, sign), "joint": joint_options(column, sign), "sign": sign}
    return {}


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
    rows = [short(heading.row) for heading in headings]
    numbered = [
        short(f"{heading.number} {text}") if rows.count(text) > 1 and heading.number is not None else text
        for text, heading in zip(rows, headings, strict=True)
    ]
    return [
        short(f"{column.header} ({column.nth})" if column.of > 1 else tidy(column.header)) if numbered.count(text) > 1 else text
        for text, column in zip(numbered, summaries, strict=True)
    ]
