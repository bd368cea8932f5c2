"""Which column of a workbook is which item or column of the schema, with a score, and which ones to ask about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from survey_schema.models import SurveySchema
from survey_schema.workbook.match.column_targets import ColumnTargets, How, column_targets
from survey_schema.workbook.match.find_table import FoundTable, Header, TablePlace, find_table
from survey_schema.workbook.match.header_text import normalised, tidy
from survey_schema.workbook.match.matching import ColumnMatch, Matching
from survey_schema.workbook.match.profiles import Profile, kept_codes, knows
from survey_schema.workbook.match.score_headers import LITERAL_SCORE, MatchSettings, Score, header_scores
from survey_schema.workbook.read.sheets import Sheet, Workbook, column_letters
from words.errors import ManyiError, unknown
from words.language import message
from words.lists import Listed


def locate_table(workbook: Workbook, schema: SurveySchema, sheet: str | None = None) -> FoundTable:
    """Where the responses are, in a sheet or in the one that knows most of the schema; raises ManyiError for a sheet that is not there."""
    if sheet is not None and sheet not in [one.name for one in workbook.sheets]:
        raise unknown(message("sheet"), sheet, [one.name for one in workbook.sheets])
    return find_table(workbook, column_targets(schema), sheet)


def match_columns(
    workbook: Workbook,
    schema: SurveySchema,
    profile: Profile | None = None,
    answers: Mapping[int, str | None] | None = None,
    sheet: str | None = None,
    settings: MatchSettings | None = None,
    table: FoundTable | None = None,
) -> Matching:
    """Find the responses and match every column to at most one item or column of the schema, and the other way round.

    ``answers`` (column index → code, or None for "none of these") win over ``profile`` (answers kept from an earlier workbook of the
    same kind), which wins over what is found here: equal codes, names, aliases and wordings, then similar ones.
    ``table`` is what :func:`locate_table` gave for this sheet, where that was asked already.
    Raises ManyiError for a ``sheet`` that is not there and for answers naming an unknown column or code.
    """
    settings, targets = settings or MatchSettings(), column_targets(schema)
    found = table or locate_table(workbook, schema, sheet)
    if sheet is None and profile is not None:
        found = _profiled_table(workbook, targets, profile, found) or found
    if found.place is None:
        return Matching(schema.name, None, None, (), 1, ())
    given = _checked_answers(answers or {}, found.place, targets)
    decided = _known_columns(found.place, profile, given, targets)
    return _matching(workbook, schema, found, found.place, decided, targets, settings)


def _profiled_table(workbook: Workbook, targets: ColumnTargets, profile: Profile, best: FoundTable) -> FoundTable | None:
    """The table in the sheet a profile was made for, if that sheet still has a header the profile knows; other answers are spoken of."""
    if profile.sheet not in [one.name for one in workbook.sheets]:
        return None
    found = find_table(workbook, targets, profile.sheet)
    headers = found.place.headers if found.place else ()
    if not any(knows(profile, header.text) for header in headers if header.text):
        return None
    likely = (*([workbook.sheets[best.place.sheet_index].name] if best.place and best.others else []), *best.others)
    return replace(found, others=tuple(name for name in likely if name != profile.sheet)) if profile.sheet in likely else found


def answers_by_header(headers: Mapping[int, str], mapping: Mapping[str, str], names: Sequence[str] = ()) -> dict[int, str | None]:
    """Answers for :func:`match_columns` from header texts or column letters (``--map "header=code"``); an empty code means none.

    ``headers`` are the texts above the columns of the table, by column index; ``names`` those of the variables of an SPSS file.

    The very header goes before one that differs in signs or case only. Raises ManyiError when no column carries the header, or several
    columns do: their letters tell them apart.
    """
    return {_named_column(headers, header, names): code.strip() or None for header, code in mapping.items()}


def _named_column(headers: Mapping[int, str], header: str, names: Sequence[str]) -> int:
    if header.strip() in names:
        return names.index(header.strip())
    lettered = [index for index in headers if column_letters(index) == header.strip().upper()]
    named = [index for index, text in headers.items() if text and text == tidy(header)]
    named = named or [index for index, text in headers.items() if text and normalised(text) == normalised(header)]
    if len(named) > 1:
        letters = Listed([names[index] if names else column_letters(index) for index in named])
        raise ManyiError(
            message("Several columns are headed {header}: {letters}. Name the one by its letter.", header=header, letters=letters)
        )
    if not named and not lettered:
        raise ManyiError(message("No column is headed {header}.", header=header))
    return (named or lettered)[0]


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
        for header, code in kept_codes(profile, place.headers, targets).items():
            if header in decided or (code is not None and (code in taken or code not in targets.codes)):
                continue
            decided[header] = (code, "profile")
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
    likely = _without_private_guesses(header_scores(open_headers, free, targets, settings), targets, settings)
    scores = _without_empty_claims(open_headers, likely, settings)
    sheet = workbook.sheets[place.sheet_index]
    assigned = _assigned(open_headers, free, scores, settings, targets.texts, _SameAnswers(sheet, place))
    matches = {header.index: match for header, match in zip(open_headers, assigned, strict=True)}
    for header in place.headers:
        if header.index in decided:
            code, how = decided[header.index]
            matches[header.index] = ColumnMatch(header.index, sheet.column_name(header.index), header.text, code, 100.0, how, True)
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


def _without_private_guesses(
    scores: Sequence[Mapping[str, Score]], targets: ColumnTargets, settings: MatchSettings
) -> list[dict[str, Score]]:
    """The scores without likenesses to private columns: nobody is asked to take an answer for something that is never stored."""
    return [
        {code: score for code, score in known.items() if code not in targets.private or score.score >= settings.sure} for known in scores
    ]


def _without_empty_claims(
    headers: Sequence[Header], scores: Sequence[Mapping[str, Score]], settings: MatchSettings
) -> list[dict[str, Score]]:
    """The scores without those of empty columns for what a filled column may well be: an empty column answers nothing."""
    filled = [known for header, known in zip(headers, scores, strict=True) if not header.empty]
    claimed = {code for known in filled for code, score in known.items() if score.score >= settings.sure}
    return [
        {code: score for code, score in known.items() if not (header.empty and code in claimed)}
        for header, known in zip(headers, scores, strict=True)
    ]


@dataclass(frozen=True)
class _SameAnswers:
    """Whether two columns of a table hold the same in every row."""

    sheet: Sheet
    place: TablePlace

    def __call__(self, one: int, other: int) -> bool:
        first = self.place.first_data_row - 1
        columns = [self.sheet.columns[index] for index in (one, other)]
        return all(
            repr(columns[0].values[left]) == repr(columns[1].values[right])
            for left, right in {*zip(columns[0].codes[first:].tolist(), columns[1].codes[first:].tolist(), strict=True)}
        )


def _assigned(
    headers: Sequence[Header],
    free: Sequence[str],
    scores: Sequence[Mapping[str, Score]],
    settings: MatchSettings,
    texts: frozenset[str],
    same: _SameAnswers,
) -> list[ColumnMatch]:
    """The best assignment of columns to targets; of equal scores the first column wins, and order follows the schema."""
    gain = np.zeros((len(headers), len(free)))
    places = {code: position for position, code in enumerate(free)}
    for row, known in enumerate(scores):
        for code, score in known.items():
            away = row / max(len(headers), 1) - places[code] / max(len(free), 1)
            gain[row, places[code]] = score.score**2 + 1 - row / len(headers) + (1 - away**2) / 100
    chosen = {row: free[column] for row, column in _most_gain(gain).items()}
    held = set(chosen.values())
    matches = []
    for row, header in enumerate(headers):
        ranked = sorted(scores[row].items(), key=lambda entry: -entry[1].score)
        target = chosen.get(row)
        mine = scores[row][target] if target else Score(0.0, "none")
        rivals = (
            _rivals(row, chosen, headers, scores, settings, same) if target and target not in texts and mine.score >= settings.sure else ()
        )
        clear = not rivals and not any(code not in held and score.score >= mine.score for code, score in scores[row].items())
        candidates = tuple((code, score.score) for code, score in ranked[: settings.candidates])
        matches.append(
            ColumnMatch(
                index=header.index,
                letter=same.sheet.column_name(header.index),
                header=header.text,
                target=target,
                score=mine.score,
                how=mine.how,
                certain=target is None or (mine.score >= settings.sure and clear),
                candidates=candidates,
                rivals=rivals,
            )
        )
    return matches


def _most_gain(gain: npt.NDArray[np.float64]) -> dict[int, int]:
    """Row → column of the assignment with the largest sum; rows and columns without any gain stay out.

    Where the best columns of all rows are different ones, as in most workbooks, they are it, and the solver need not be loaded.
    """
    if not gain.size:
        return {}
    best = gain.argmax(axis=1)
    rows = np.flatnonzero(gain.max(axis=1) > 0)
    if len(set(best[rows].tolist())) == len(rows):
        return {int(row): int(best[row]) for row in rows}
    from scipy.optimize import linear_sum_assignment

    solved = zip(*linear_sum_assignment(gain, maximize=True), strict=True)
    return {int(row): int(column) for row, column in solved if gain[row, column] > 0}


def _rivals(
    row: int,
    chosen: Mapping[int, str],
    headers: Sequence[Header],
    scores: Sequence[Mapping[str, Score]],
    settings: MatchSettings,
    same: _SameAnswers,
) -> tuple[str, ...]:
    """The letters of other columns with as good a claim to what this one was chosen for.

    "expected—hall" and "perceived—hall" are both the hall. Only the very name has no rival but the very name. Columns that share a
    header with as many targets are told apart by their order; a column with the same answers in every row is no rival.
    """
    target = chosen[row]
    mine = scores[row][target].score
    margin = 0.0 if mine >= LITERAL_SCORE else settings.margin
    rivals = []
    for other, known in enumerate(scores):
        if other == row or target not in known or known[target].score < mine - margin:
            continue
        elsewhere = chosen.get(other)
        if elsewhere is not None and known[elsewhere].score >= known[target].score:
            continue
        if not same(headers[row].index, headers[other].index):
            rivals.append(same.sheet.column_name(headers[other].index))
    return tuple(rivals)


def _marked_duplicates(matches: Sequence[ColumnMatch], headers: Sequence[Header], targets: ColumnTargets) -> tuple[ColumnMatch, ...]:
    taken = {match.target for match in matches if match.target and match.certain}
    asked = {letter: match.target for match in matches if not match.certain for letter in match.rivals}
    marked = []
    for match, header in zip(matches, headers, strict=True):
        equal = [name.target for variant in header.variants for name in targets.exact.get(variant, ()) if name.target in taken]
        duplicate = equal[0] if equal else asked.get(match.letter)
        marked.append(replace(match, duplicate_of=duplicate) if match.target is None and match.how == "none" else match)
    return tuple(marked)
