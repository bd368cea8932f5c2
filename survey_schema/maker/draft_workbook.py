"""A foreign workbook on its way to a survey: read and summarised in the worker process, and proposed from the summaries.

No cell comes back: of each column the counts of its commonest answers, of private columns not even those.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from survey_schema.answer_columns import answer_columns
from survey_schema.columns import Column
from survey_schema.maker.column_roles import Part
from survey_schema.maker.column_summary import ColumnSummary, merged, summarise
from survey_schema.maker.find_rows import TableRows, table_rows
from survey_schema.maker.proposal import Proposal, ProposedTable
from survey_schema.maker.propose import propose
from survey_schema.maker.turned_items import turned_columns
from survey_schema.models import SurveySchema
from survey_schema.questions import Item
from survey_schema.wide_form import repeated_items, side_by_side_items
from survey_schema.workbook.inspect_workbook import SealedWorkbook
from survey_schema.workbook.match.header_text import normalised, tidy
from survey_schema.workbook.read.read_workbook import STANDARD_LIMITS, file_content, read_here, shown_name
from survey_schema.workbook.read.sav_labels import with_plain_ends
from survey_schema.workbook.read.sheets import Sheet, Workbook
from survey_schema.workbook.worker.read_limits import ReadLimits, stopped
from survey_schema.workbook.worker.run_limited import LimitError, run_limited
from words.errors import ManyiError, unknown
from words.language import Message, message

_FAR_LARGER = 2.0
#: Columns a survey made here leaves out.
_UNUSED = (Part.EMPTY, Part.PLATFORM, Part.JOINED, Part.RANK)
#: Columns of which no answer is kept.
_NOT_TABULATED = (Part.PRIVATE, Part.ID, Part.COMMENT, Part.PLATFORM)
_NO_CODE = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True)
class WorkbookSummary:
    """All that is kept of a foreign workbook: its name, where the table stands, and a summary of each column, from which it is proposed.

    Of columns that are not tabulated (private ones, respondent numbers, comments, what the tool writes for itself) no answer is kept.
    ``against``: columns that run against their group (:mod:`survey_schema.maker.turned_items`).
    """

    name: str
    title: str
    table: ProposedTable
    columns: tuple[ColumnSummary, ...]
    against: frozenset[int] = frozenset()

    def proposal(self) -> Proposal:
        """The survey it suggests."""
        return propose(self.name, self.title, self.table, self.columns, self.against)

    @property
    def fingerprint(self) -> str:
        """A hash of the headings that are answered, whatever their order and whatever empty columns stand beside them."""
        headings = sorted(f"{normalised(c.above)}|{normalised(c.header)}|{normalised(c.label)}" for c in self.columns if c.filled)
        return hashlib.sha256("\n".join(headings).encode()).hexdigest()


def draft_file(source: Path | bytes, sheet: str | None = None, name: str | None = None, limits: ReadLimits = STANDARD_LIMITS) -> Proposal:
    """The survey a workbook suggests; raises :class:`ManyiError` as reading does, and where no sheet holds answers or none stands out."""
    return summarise_file(source, sheet, name, limits).proposal()


def summarise_file(
    source: Path | bytes, sheet: str | None = None, name: str | None = None, limits: ReadLimits = STANDARD_LIMITS
) -> WorkbookSummary:
    """What a proposal is made from; raises as :func:`draft_file` does."""
    content = file_content(source, limits)
    try:
        return run_limited(limits.for_file(len(content)), _summarise, content, shown_name(source, name), sheet, limits)
    except LimitError as error:
        raise stopped(error, limits, len(content)) from error


def seal_and_summarise(content: bytes, name: str, limits: ReadLimits = STANDARD_LIMITS) -> tuple[SealedWorkbook, WorkbookSummary | Message]:
    """A file read and sealed, and its summary, or why it has none although it could be read; raises as reading does."""
    try:
        return run_limited(limits.for_file(len(content)), _seal_and_summarise, content, shown_name(content, name), limits)
    except LimitError as error:
        raise stopped(error, limits, len(content)) from error


def summarise_sealed(sealed: SealedWorkbook, sheet: str | None = None, limits: ReadLimits = STANDARD_LIMITS) -> WorkbookSummary:
    """The same of a workbook that was read already; raises as :func:`draft_file` does."""
    try:
        return run_limited(limits.for_file(sealed.file_bytes), _summarise_sealed, sealed, sheet)
    except LimitError as error:
        raise stopped(error, limits, sealed.file_bytes) from error


def draft_here(workbook: Workbook, sheet: str | None = None) -> Proposal:
    """The survey of a workbook that was read, in this process, which must be the worker."""
    return summarise_here(workbook, sheet).proposal()


def summarise_here(workbook: Workbook, sheet: str | None = None) -> WorkbookSummary:
    """The summary of a workbook that was read, in this process, which must be the worker."""
    chosen = _chosen(workbook, sheet)
    per_sheet = [summaries_of(one, rows, date.today()) for one, rows in chosen]
    first = chosen[0][1]
    summaries = per_sheet[0] if len(per_sheet) == 1 else [merged(parts) for parts in zip(*per_sheet, strict=True)]
    table = ProposedTable(
        tuple(one.name for one, _ in chosen), first.header_rows, first.first_data_row,
        sum(rows.respondents for _, rows in chosen), sum(rows.left_out for _, rows in chosen),
    )  # fmt: skip
    stem = Path(workbook.name).stem or "survey"
    name = _code_of(stem, [summary.header for summary in summaries])
    whole = WorkbookSummary(name, stem, table, tuple(summaries))
    proposal = whole.proposal()
    kept = tuple(
        replace(summary, answers=()) if column.part in _NOT_TABULATED else summary
        for summary, column in zip(summaries, proposal.columns, strict=True)
    )
    return replace(whole, columns=kept, against=turned_columns(proposal, chosen))


def summaries_of(sheet: Sheet, rows: TableRows, latest: date) -> list[ColumnSummary]:
    """A summary of each headed column of a table."""
    occurrences = rows.occurrences()
    return [
        replace(
            summarise(
                index,
                rows.headings[index],
                occurrences[index],
                with_plain_ends(sheet.columns[index]) if sheet.names else sheet.columns[index],
                rows.used,
                latest,
            ),
            above=rows.above.get(index, ""),
        )
        for index in sorted(rows.headings)
    ]


def recognises(schema: SurveySchema, proposal: Proposal) -> bool:
    """Whether a survey describes a workbook with these headings: all its items are there, and every heading it would use is known."""
    options = ({normalised(text) for text in (each.code, *each.names)} for each in answer_columns(schema))
    items = (*(item for item in schema.items if not _repeated(schema, item)), *side_by_side_items(schema))
    known = set().union(*map(_names, items), *map(_names, schema.columns), *options)
    headings = [{normalised(column.header), normalised(column.label)} - {""} for column in proposal.columns]
    there = set().union(*headings)
    wanted = [each for each, column in zip(headings, proposal.columns, strict=True) if column.part not in _UNUSED]
    return bool(wanted) and all(_names(item) & there for item in items) and all(each & known for each in wanted)


def _repeated(schema: SurveySchema, item: Item) -> bool:
    return schema.repeat is not None and item.code in repeated_items(schema)


def _names(thing: Item | Column) -> set[str]:
    wording = thing.wording if isinstance(thing, Item) else None
    texts = [thing.code, thing.title.zh_CN, thing.title.en, *thing.aliases, *((wording.zh_CN, wording.en) if wording else ())]
    return {normalised(text) for text in texts}


def _summarise(content: bytes, name: str, sheet: str | None, limits: ReadLimits) -> WorkbookSummary:
    return summarise_here(read_here(content, name, limits), sheet)


def _seal_and_summarise(content: bytes, name: str, limits: ReadLimits) -> tuple[SealedWorkbook, WorkbookSummary | Message]:
    workbook = read_here(file_content(content, limits), name, limits)
    try:
        found: WorkbookSummary | Message = summarise_here(workbook)
    except ManyiError as error:
        found = error.message
    return SealedWorkbook.of(workbook, len(content)), found


def _summarise_sealed(sealed: SealedWorkbook, sheet: str | None) -> WorkbookSummary:
    return summarise_here(sealed.opened(), sheet)


def _chosen(workbook: Workbook, sheet: str | None) -> list[tuple[Sheet, TableRows]]:
    """The sheet with the answers, or all sheets that are headed alike. A sheet goes unasked only where it is far larger than others."""
    names = [one.name for one in workbook.sheets]
    if sheet is not None and sheet not in names:
        raise unknown(message("sheet"), sheet, names)
    wanted = [one for one in workbook.sheets if (one.name == sheet if sheet is not None else not one.hidden)]
    found = [(one, rows) for one in wanted if (rows := table_rows(one)) is not None and len(rows.headings) > 1]
    if not found:
        raise ManyiError(message("No sheet of {name} holds answers below a row of headings.", name=workbook.name))
    found.sort(key=lambda pair: (-_size(pair[1]), names.index(pair[0].name)))
    largest = found[0]
    alike = [pair for pair in found if list(pair[1].headings.values()) == list(largest[1].headings.values())]
    alike.sort(key=lambda pair: names.index(pair[0].name))
    rivals = [pair for pair in found if pair not in alike and _size(pair[1]) * _FAR_LARGER > _size(largest[1])]
    if rivals:
        several = ", ".join(one.name for one, _ in sorted([*alike, *rivals], key=lambda pair: names.index(pair[0].name)))
        raise ManyiError(
            message("Several sheets may hold the answers: {sheets}. Say which one (on the command line with --sheet).", sheets=several)
        )
    return alike


def _size(rows: TableRows) -> int:
    return rows.respondents * len(rows.headings)


def _code_of(stem: str, headers: Sequence[str]) -> str:
    """A name for the survey: that of the file in Latin letters, else one of its own for these headings, whatever their order."""
    plain = _NO_CODE.sub("_", stem).strip("_").lower()
    if plain[:1].isalpha():
        return plain[:40]
    return "survey_" + hashlib.sha256("\n".join(sorted(map(tidy, headers))).encode()).hexdigest()[:6]


def renamed(proposal: Proposal, name: str | None) -> Proposal:
    """The proposal under another name, where one is given."""
    return replace(proposal, name=name) if name else proposal
