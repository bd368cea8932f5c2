"""Which column of a workbook is which item or column of the schema, with a score, and which ones to ask about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz import fuzz, process
from scipy.optimize import linear_sum_assignment

from survey_schema.column_targets import ColumnTargets, How, TargetName, column_targets
from survey_schema.errors import ManyiError
from survey_schema.find_table import FoundTable, Header, TablePlace, find_table
from survey_schema.header_text import normalised, rated_thing
from survey_schema.language import message
from survey_schema.models import SurveySchema
from survey_schema.profiles import Profile, header_key
from survey_schema.sheets import Workbook, column_letters

_CODE_FIRST = re.compile(r"^\s*([A-Za-z][A-Za-z0-9_]*)\s*[.、:： _\-—]+\s*(\S.*)", re.DOTALL)
_CODE_FIRST_SCORE = 97.0
_QUESTION_NUMBER = re.compile(r"^[qt]\d+$")
_RELATED = 50.0
_LITERAL_SCORE, _VARIANT_SCORE, _RATED_SCORE = 100.0, 99.0, 96.0
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class MatchSettings:
    """Scores are 0-100. From ``sure`` on a match is used, from ``ask`` on it is asked about, below it is none.

    A match by wording must also lead the next target by ``margin``. ``partial_at_most`` caps the score of a name that only
    occurs inside a longer header (or the other way round): always a question. ``candidates`` are kept per column.
    Only the first ``compared_columns`` columns are compared by wording; columns further right need an equal name.
    """

    sure: float = 95.0
    ask: float = 72.0
    margin: float = 4.0
    partial_at_most: float = 90.0
    candidates: int = 5
    compared_columns: int = 1000


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
    settings: MatchSettings = MatchSettings(),
) -> Matching:
    """Find the responses and match every column to at most one item or column of the schema, and the other way round.

    ``answers`` (column index → code, or None for "none of these") win over ``profile`` (answers kept from an earlier workbook of the
    same kind), which wins over what is found here: equal codes, names, aliases and wordings, then similar ones.
    Raises ManyiError for a ``sheet`` that is not there and for answers naming an unknown column or code.
    """
    if sheet is not None and sheet not in [one.name for one in workbook.sheets]:
        names = ", ".join(one.name for one in workbook.sheets)
        raise ManyiError(message("There is no sheet named {sheet}; the workbook has {names}.", sheet=sheet, names=names))
    targets = column_targets(schema)
    wanted = sheet
    if wanted is None and profile is not None and profile.sheet in [one.name for one in workbook.sheets]:
        wanted = profile.sheet
    found = find_table(workbook, targets, wanted)
    if found.place is None:
        return Matching(schema.name, None, None, (), 1, ())
    given = _checked_answers(answers or {}, found.place, targets)
    decided = _known_columns(found.place, profile, given, targets)
    return _matching(workbook, schema, found, found.place, decided, targets, settings)


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
    scores = _scores(open_headers, free, targets, settings)
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


@dataclass(frozen=True)
class _Score:
    score: float
    how: How


def _scores(headers: Sequence[Header], free: Sequence[str], targets: ColumnTargets, settings: MatchSettings) -> list[dict[str, _Score]]:
    """For each header its score for each target it resembles."""
    wanted = set(free)
    scores: list[dict[str, _Score]] = [_equal_scores(header, wanted, targets, settings) for header in headers]
    names = [name for name in targets.names if name.target in wanted and len(name.text) > 1]
    compared = list(enumerate(headers))[: settings.compared_columns]
    loose = [(row, variant) for row, header in compared if not scores[row] for variant in header.variants if len(variant) > 1]
    if not names or not loose:
        return scores
    texts = [name.text for name in names]
    whole = process.cdist([variant for _, variant in loose], texts, scorer=fuzz.ratio, dtype=np.float32)
    part = process.cdist([variant for _, variant in loose], texts, scorer=fuzz.partial_ratio, dtype=np.float32, score_cutoff=95)
    for (row, variant), ratios, parts in zip(loose, whole, part, strict=True):
        for position in np.flatnonzero((ratios >= settings.ask) | (parts >= 95)):
            name = names[position]
            score = _similarity(variant, name.text, float(ratios[position]), float(parts[position]), settings)
            if score >= settings.ask and score > scores[row].get(name.target, _Score(0, "none")).score:
                scores[row][name.target] = _Score(round(score, 1), "wording")
    return scores


def _equal_scores(header: Header, wanted: set[str], targets: ColumnTargets, settings: MatchSettings) -> dict[str, _Score]:
    for depth, variant in enumerate(header.variants):
        known = [name for name in targets.exact.get(variant, ()) if name.target in wanted]
        if known:
            return {name.target: _Score(_LITERAL_SCORE if depth == 0 else _VARIANT_SCORE, name.how) for name in known}
    return _code_first(header, wanted, targets, settings) or _rated(header, wanted, targets)


def _code_first(header: Header, wanted: set[str], targets: ColumnTargets, settings: MatchSettings) -> dict[str, _Score]:
    leading = _CODE_FIRST.match(header.text)
    code = normalised(leading.group(1)) if leading else ""
    named: list[TargetName] = [name for name in targets.exact.get(code, ()) if name.how == "code" and name.target in wanted]
    if leading is None or len(code) < 2 or not named:
        return {}
    # "Q1. Your age?" is the first question of any survey: such a code counts only beside a wording of its own.
    loose = _QUESTION_NUMBER.match(code) is not None and not _related(normalised(leading.group(2)), named[0].target, targets)
    return {named[0].target: _Score(settings.partial_at_most if loose else _CODE_FIRST_SCORE, "wording" if loose else "code")}


def _rated(header: Header, wanted: set[str], targets: ColumnTargets) -> dict[str, _Score]:
    things = dict.fromkeys(thing for variant in header.variants for thing in (rated_thing(variant), variant) if thing)
    for thing in things:
        known = [name for name in targets.rated.get(thing, ()) if name.target in wanted]
        if known:
            return {name.target: _Score(_RATED_SCORE, "wording") for name in known}
    return {}


def _related(text: str, target: str, targets: ColumnTargets) -> bool:
    return any(fuzz.partial_ratio(text, name.text) >= _RELATED for name in targets.names if name.target == target and name.how != "code")


def _similarity(header: str, name: str, ratio: float, part: float, settings: MatchSettings) -> float:
    shorter, longer = sorted((header, name), key=len)
    telling = len(shorter) >= (4 if shorter.isascii() else 2) and not shorter.replace("-", "").isdigit()
    inside = settings.partial_at_most * (0.8 + 0.2 * len(shorter) / len(longer)) if part >= 95 and telling else 0.0
    score = max(ratio, inside)
    # "question 1" and "question 2" look alike and are not: different digits never make a sure match.
    if _DIGITS.findall(header) != _DIGITS.findall(name):
        score = min(score, settings.partial_at_most)
    return score


def _assigned(
    headers: Sequence[Header], free: Sequence[str], scores: Sequence[Mapping[str, _Score]], settings: MatchSettings
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
        mine = scores[row][target] if target else _Score(0.0, "none")
        rest = max((score.score for code, score in ranked if code != target), default=0.0)
        certain = target is None or (_is_sure(mine, rest, settings) and not _contested(row, target, headers, scores, settings))
        candidates = tuple((code, score.score) for code, score in ranked[: settings.candidates])
        matches.append(
            ColumnMatch(header.index, column_letters(header.index), header.text, target, mine.score, mine.how, certain, candidates)
        )
    return matches


def _is_sure(mine: _Score, rest: float, settings: MatchSettings) -> bool:
    equal = mine.how != "wording" or mine.score >= _VARIANT_SCORE
    return equal or (mine.score >= settings.sure and mine.score - rest >= settings.margin)


def _contested(row: int, target: str, headers: Sequence[Header], scores: Sequence[Mapping[str, _Score]], settings: MatchSettings) -> bool:
    """Whether a column with another header has as good a claim: "expected—hall" and "perceived—hall" are both the hall."""
    mine = scores[row][target].score
    if mine >= _LITERAL_SCORE:
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
