"""Which column of a workbook is which item or column of the schema, with a score, and which ones to ask about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from survey_schema.column_targets import ColumnTargets, How, column_targets
from survey_schema.errors import ManyiError
from survey_schema.find_table import FoundTable, Header, TablePlace, find_table
from survey_schema.header_text import normalised
from survey_schema.language import message
from survey_schema.models import SurveySchema
from survey_schema.profiles import Profile, header_key
from survey_schema.score_headers import LITERAL_SCORE, VARIANT_SCORE, Score, header_scores
from survey_schema.score_headers import MatchSettings as MatchSettings  # part of this module's interface
from survey_schema.sheets import Workbook, column_letters


@dataclass(frozen=True)
class ColumnMatch:
    """What one column was taken for. ``index`` counts from 0; ``target`` is used only when ``certain``."""

    index: int
    letter: str
    header: str
    target: str | None
    score: float
    how: How
    certain: bool
    candidates: tuple[tuple[str, float], ...] = ()
    duplicate_of: str | None = None


@dataclass(frozen=True)
class Matching:
    """The table found in a workbook and what each of its columns is. Rows are numbered as in the sheet, from 1.

    ``sheet_index`` is None, and there are no columns, when no sheet holds anything. ``duplicate_of`` of a column is the
    target that an earlier column of the same header already has. ``other_sheets`` look like responses too but are not read.
    """

    schema_name: str
    sheet_index: int | None
    sheet: str | None
    header_rows: tuple[int, ...]
    first_data_row: int
    columns: tuple[ColumnMatch, ...]
    other_sheets: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[ColumnMatch, ...]:
        """The columns it is not sure of; they are not used until answered."""
        return tuple(column for column in self.columns if column.target is not None and not column.certain)

    @property
    def targets(self) -> dict[str, ColumnMatch]:
        """The columns in use by target code."""
        return {column.target: column for column in self.columns if column.target is not None and column.certain}


def match_columns(
    workbook: Workbook,
    schema: SurveySchema,
    profile: Profile | None = None,
    answers: Mapping[int, str | None] | None = None,
    sheet: str | None = None,
    settings: MatchSettings | None = None,
) -> Matching:
    """Find the responses and match every column to at most one item or column of the schema, and the other way round.

    ``answers`` (column index → code, or None for "none of these") win over ``profile`` (answers kept from an earlier workbook of the
    same kind), which wins over what is found here: equal codes, names, aliases and wordings, then similar ones.
    Raises ManyiError for a ``sheet`` that is not there and for answers naming an unknown column or code.
    """
    settings = settings or MatchSettings()
    if sheet is not None and sheet not in [one.name for one in workbook.sheets]:
        names = ", ".join(one.name for one in workbook.sheets)
        raise ManyiError(message("There is no sheet named {sheet}; the workbook has {names}.", sheet=sheet, names=names))
    targets = column_targets(schema)
    found = _profiled_table(workbook, targets, profile) if sheet is None and profile is not None else None
    found = found or find_table(workbook, targets, sheet)
    if found.place is None:
        return Matching(schema.name, None, None, (), 1, ())
    given = _checked_answers(answers or {}, found.place, targets)
    decided = _known_columns(found.place, profile, given, targets)
    return _matching(workbook, schema, found, found.place, decided, targets, settings)


def _profiled_table(workbook: Workbook, targets: ColumnTargets, profile: Profile) -> FoundTable | None:
    """The table in the sheet a profile was made for, if that sheet still has a header the profile knows."""
    if profile.sheet not in [one.name for one in workbook.sheets]:
        return None
    found = find_table(workbook, targets, profile.sheet)
    headers = found.place.headers if found.place else ()
    return found if any(normalised(header.text) in profile.targets for header in headers if header.text) else None


def answers_by_header(matching: Matching, mapping: Mapping[str, str]) -> dict[int, str | None]:
    """Answers for :func:`match_columns` from header texts or column letters (``--map "header=code"``); an empty code means none.

    Raises ManyiError when no column carries the header.
    """
    answers: dict[int, str | None] = {}
    for header, code in mapping.items():
        named = [column for column in matching.columns if normalised(column.header) == normalised(header)]
        lettered = [column for column in matching.columns if column.letter == header.strip().upper()]
        if not named and not lettered:
            raise ManyiError(message("No column is headed {header}.", header=header))
        answers[(named or lettered)[0].index] = code.strip() or None
    return answers


def _checked_answers(answers: Mapping[int, str | None], place: TablePlace, targets: ColumnTargets) -> dict[int, str | None]:
    indexes = {header.index for header in place.headers}
    taken: set[str] = set()
    for index, code in answers.items():
        if index not in indexes:
            raise ManyiError(message("Column {letter} is not part of the table.", letter=column_letters(index)))
        if code is not None and code not in targets.codes:
            raise ManyiError(message("{code} is not an item or column of the survey.", code=code))
        if code is not None and code in taken:
            raise ManyiError(message("{code} can be only one column, but two were named for it.", code=code))
        if code is not None:
            taken.add(code)
    return dict(answers)


def _known_columns(
    place: TablePlace, profile: Profile | None, given: Mapping[int, str | None], targets: ColumnTargets
) -> dict[int, tuple[str | None, How]]:
    decided: dict[int, tuple[str | None, How]] = {index: (code, "answer") for index, code in given.items()}
    taken = {code for code in given.values() if code is not None}
    if profile is not None:
        kept = profile.targets
        seen: dict[str, int] = {}
        for header in place.headers:
            if not header.text:
                continue
            key = header_key(header.text, seen)
            if header.index in decided or key not in kept:
                continue
            code = kept[key]
            if code is None or (code in targets.codes and code not in taken):
                decided[header.index] = (code, "profile")
                taken |= {code} if code else set()
    return decided


def _matching(
    workbook: Workbook,
    schema: SurveySchema,
    found: FoundTable,
    place: TablePlace,
    decided: Mapping[int, tuple[str | None, How]],
    targets: ColumnTargets,
    settings: MatchSettings,
) -> Matching:
    taken = {code for code, _ in decided.values() if code is not None}
    open_headers = [header for header in place.headers if header.index not in decided]
    free = [code for code in targets.codes if code not in taken]
    scores = header_scores(open_headers, free, targets, settings)
    matches = {header.index: match for header, match in zip(open_headers, _assigned(open_headers, free, scores, settings), strict=True)}
    for header in place.headers:
        if header.index in decided:
            code, how = decided[header.index]
            matches[header.index] = ColumnMatch(header.index, column_letters(header.index), header.text, code, 100.0, how, True)
    columns = _marked_duplicates([matches[header.index] for header in place.headers], place.headers, targets)
    return Matching(
        schema_name=schema.name,
        sheet_index=place.sheet_index,
        sheet=workbook.sheets[place.sheet_index].name,
        header_rows=place.header_rows,
        first_data_row=place.first_data_row,
        columns=columns,
        other_sheets=found.others,
    )


def _assigned(
    headers: Sequence[Header], free: Sequence[str], scores: Sequence[Mapping[str, Score]], settings: MatchSettings
) -> list[ColumnMatch]:
    """The best assignment of columns to targets; of equal scores the first column wins, and order follows the schema."""
    gain = np.zeros((len(headers), len(free)))
    places = {code: position for position, code in enumerate(free)}
    for row, known in enumerate(scores):
        for code, score in known.items():
            away = row / max(len(headers), 1) - places[code] / max(len(free), 1)
            gain[row, places[code]] = score.score**2 + 1 - row / len(headers) + (1 - away**2) / 100
    rows, picked = linear_sum_assignment(gain, maximize=True) if gain.size else (np.array([], int), np.array([], int))
    chosen = {int(row): free[int(column)] for row, column in zip(rows, picked, strict=True) if gain[row, column] > 0}
    matches = []
    for row, header in enumerate(headers):
        ranked = sorted(scores[row].items(), key=lambda entry: -entry[1].score)
        target = chosen.get(row)
        mine = scores[row][target] if target else Score(0.0, "none")
        rest = max((score.score for code, score in ranked if code != target), default=0.0)
        certain = target is None or (_is_sure(mine, rest, settings) and not _contested(row, target, headers, scores, settings))
        candidates = tuple((code, score.score) for code, score in ranked[: settings.candidates])
        matches.append(
            ColumnMatch(header.index, column_letters(header.index), header.text, target, mine.score, mine.how, certain, candidates)
        )
    return matches


def _is_sure(mine: Score, rest: float, settings: MatchSettings) -> bool:
    equal = mine.how != "wording" or mine.score >= VARIANT_SCORE
    return equal or (mine.score >= settings.sure and mine.score - rest >= settings.margin)


def _contested(row: int, target: str, headers: Sequence[Header], scores: Sequence[Mapping[str, Score]], settings: MatchSettings) -> bool:
    """Whether a column with another header has as good a claim: "expected—hall" and "perceived—hall" are both the hall."""
    mine = scores[row][target].score
    if mine >= LITERAL_SCORE:
        return False
    close = [
        other for other, known in enumerate(scores) if other != row and target in known and known[target].score > mine - settings.margin
    ]
    return any(headers[other].variants[:1] != headers[row].variants[:1] for other in close)


def _marked_duplicates(matches: Sequence[ColumnMatch], headers: Sequence[Header], targets: ColumnTargets) -> tuple[ColumnMatch, ...]:
    taken = {match.target for match in matches if match.target and match.certain}
    marked = []
    for match, header in zip(matches, headers, strict=True):
        equal = [name.target for variant in header.variants for name in targets.exact.get(variant, ()) if name.target in taken]
        marked.append(replace(match, duplicate_of=equal[0]) if match.target is None and match.how == "none" and equal else match)
    return tuple(marked)
