"""Which sheets of a workbook hold data beside responses: told by their names and headers, whatever else the workbook holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from survey_schema.data_kinds.all_kinds import KINDS, kind_of
from survey_schema.data_kinds.description import DataKind
from survey_schema.models import SurveySchema
from survey_schema.workbook.match.column_targets import ColumnTargets, column_targets
from survey_schema.workbook.match.find_table import head_of
from survey_schema.workbook.match.header_text import header_variants, normalised
from survey_schema.workbook.read.sheets import Sheet, Workbook, column_letters
from words.errors import ManyiError
from words.language import message

#: A sheet that is not named like a kind is taken for one only by so many of its headers.
_TELLING_HEADERS = 3
#: No column of a kind has a longer name, whatever remarks stand behind it; questions of a survey do.
_LONGEST_HEADER = 80
#: Columns that responses have as well: alone they tell no kind.
_OF_RESPONSES_TOO = frozenset({"wave", "respondent_id", "branch", "operator", "brand", "business_line"})
#: From two known questions on a sheet holds responses, whatever it is called.
_RESPONSES_FROM = 2


@dataclass(frozen=True, eq=False)
class KindSheet:
    """A sheet of a kind: its header rows (from 1), which column is what, and the texts above its columns (by index from 0).

    ``named``: the sheet goes by a name of the kind. ``repeated`` are columns whose header another one has already.
    """

    kind: DataKind
    sheet: Sheet
    header_rows: tuple[int, ...]
    columns: Mapping[str, int]
    headers: Mapping[int, str]
    named: bool
    repeated: tuple[int, ...] = ()

    @property
    def lacking(self) -> tuple[str, ...]:
        """Required columns that are not there."""
        return tuple(code for code in self.kind.required if code not in self.columns)

    @property
    def first(self) -> int:
        """The first row below the header, from 0."""
        return self.header_rows[-1]


@dataclass(frozen=True, eq=False)
class FoundKinds:
    """Sheets by kind, those named like a kind that have not its columns, hidden ones of kinds, and the workbook without sheets of kinds."""

    sheets: tuple[KindSheet, ...]
    unread: tuple[tuple[DataKind, Sheet], ...]
    rest: Workbook
    hidden: tuple[tuple[DataKind, Sheet], ...] = ()


def find_kind_sheets(
    workbook: Workbook, schema: SurveySchema, mapping: Mapping[str, str] | None = None, responses: str | None = None
) -> FoundKinds:
    """The sheets of kinds in a workbook. Hidden sheets are passed over, and so is the one named for the ``responses``.

    ``mapping``: header (or letter) → ``kind.column``, as ``--map`` names columns of kinds.
    """
    targets = column_targets(schema)
    answers = _answers_by_kind(mapping or {})
    found: list[KindSheet] = []
    unread: list[tuple[DataKind, Sheet]] = []
    hidden: list[tuple[DataKind, Sheet]] = []
    for sheet in workbook.sheets:
        if not sheet.height or sheet.name == responses:
            continue
        best = _best(sheet, targets, answers)
        if sheet.hidden:
            hidden += [(best.kind, sheet)] if best is not None else []
        elif best is not None:
            found.append(best)
        elif (kind := _named_kind(sheet)) is not None and not _item_hits(head_of(sheet), targets):
            unread.append((kind, sheet))
    taken = {each.sheet.name for each in found} | {sheet.name for _kind, sheet in hidden}
    rest = replace(workbook, sheets=tuple(sheet for sheet in workbook.sheets if sheet.name not in taken))
    return FoundKinds(tuple(found), tuple(unread), rest, tuple(hidden))


def _answers_by_kind(mapping: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for header, meant in mapping.items():
        kind_code, dot, code = meant.partition(".")
        kind = next((kind for kind in KINDS if kind.code == kind_code), None)
        if dot and (kind is None or code not in {column.code for column in kind.columns}):
            raise ManyiError(message("{code} is not a column of a kind of data.", code=meant))
        if dot:
            found.setdefault(kind_code, {})[header] = code
    return found


def _best(sheet: Sheet, targets: ColumnTargets, answers: Mapping[str, Mapping[str, str]]) -> KindSheet | None:
    head = head_of(sheet)
    candidates = [
        place for kind in KINDS for row in range(len(head)) if (place := _place(kind, sheet, head, row, answers.get(kind.code, {})))
    ]
    likely = [each for each in candidates if _is_likely(each)]
    if not likely:
        return None
    best = max(likely, key=lambda each: (not each.lacking, each.named, len(each.columns), -each.header_rows[0]))
    questions = _item_hits([head[row - 1] for row in best.header_rows], targets)
    return best if questions < _RESPONSES_FROM or (best.named and not best.lacking) else None


def _is_likely(place: KindSheet) -> bool:
    hits, filled = len(place.columns), len(place.headers)
    if place.named:
        return hits >= min(2, len(place.kind.required))
    if not place.columns.keys() - _OF_RESPONSES_TOO:
        return False
    return not place.lacking and (hits >= _TELLING_HEADERS or hits == filled) and 2 * hits >= filled


def _place(kind: DataKind, sheet: Sheet, head: Sequence[Sequence[str]], row: int, answers: Mapping[str, str]) -> KindSheet | None:
    columns, repeated = _columns(kind, head[row], answers)
    if len(columns) < 2:
        return None
    rows: tuple[int, ...] = (row + 1,)
    texts: Sequence[str] = head[row]
    if row + 1 < len(head):  # codes over titles, as in the blank workbook
        below, _again = _columns(kind, head[row + 1], answers)
        if len(below) >= 2 and sum(columns.get(code) == index for code, index in below.items()) >= 2:
            rows, texts = (row + 1, row + 2), [lower or upper for upper, lower in zip(head[row], head[row + 1], strict=True)]
            columns = {**below, **columns}
    headers = {index: text for index, text in enumerate(texts) if text}
    return KindSheet(kind, sheet, rows, columns, headers, _goes_by(kind, sheet), tuple(repeated))


def _columns(kind: DataKind, cells: Sequence[str], answers: Mapping[str, str]) -> tuple[dict[str, int], list[int]]:
    names = _names(kind.code)
    columns: dict[str, int] = {}
    repeated: list[int] = []
    given = {normalised(header): code for header, code in answers.items()}
    lettered = {header.strip().upper(): code for header, code in answers.items()}
    for index, cell in enumerate(cells if answers else ()):
        code = (given.get(normalised(cell)) or lettered.get(column_letters(index))) if cell else None
        if code is not None:
            columns[code] = index
    for depth in (0, 1):  # the very name goes before a variant of it
        for index, cell in enumerate(cells):
            if not cell or len(cell) > _LONGEST_HEADER or index in columns.values() or index in repeated:
                continue
            variants = header_variants(cell)
            found = next((names[variant] for variant in (variants[:1] if depth == 0 else variants) if variant in names), None)
            if found is not None and found in columns:
                repeated.append(index)
            elif found is not None:
                columns[found] = index
    return columns, repeated


@cache
def _names(kind_code: str) -> dict[str, str]:
    kind = kind_of(kind_code)
    names: dict[str, str] = {}
    for column in kind.columns:
        names.setdefault(normalised(column.code), column.code)
    for column in kind.columns:
        for name in (column.title.zh_CN, column.title.en, *column.aliases):
            names.setdefault(normalised(name), column.code)
    return names


def _goes_by(kind: DataKind, sheet: Sheet) -> bool:
    names = {normalised(name) for name in (kind.code, kind.title.zh_CN, kind.title.en, *kind.sheets)}
    return normalised(sheet.name).rstrip("0123456789-") in names


def _named_kind(sheet: Sheet) -> DataKind | None:
    return next((kind for kind in KINDS if _goes_by(kind, sheet)), None)


def _item_hits(rows: Sequence[Sequence[str]], targets: ColumnTargets) -> int:
    """How many questions of the survey head columns; the best of the rows."""
    counts = []
    for cells in rows:
        known = {name.target for cell in cells if cell for variant in header_variants(cell) for name in targets.exact.get(variant, ())[:1]}
        counts.append(len(known & targets.items))
    return max(counts, default=0)
