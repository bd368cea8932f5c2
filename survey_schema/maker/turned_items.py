"""Turned items: questions that deny what the others of their group claim, so that their lowest grade is the best.

A heading that denies something is as often not turned as turned, and so are answers that run against the others; only both together tell,
and even then it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from survey_schema.maker.column_summary import is_empty
from survey_schema.maker.find_rows import TableRows
from survey_schema.maker.proposal import Group, Proposal, ProposedColumn
from survey_schema.workbook.clean.clean_values import parse_number, plain_text
from survey_schema.workbook.read.sheets import RawColumn, Sheet

Values = npt.NDArray[np.float32]
_DENIES_ZH = re.compile(
    r"不(?!错|仅|但|断|同|只|少|管)|没有|没|无法|难以|困难|缺乏|缺少|过于|太(?:慢|贵|长|少|差|多)"
    r"|担心|烦|失望|懒得|讨厌|失去|作弊|糟|差劲"
)
_DENIES_LATIN = re.compile(
    r"\b(?:not|never|no|nobody|nothing|hardly|without|lack\w*|difficult\w*|hard to|too (?:slow|long|expensive|few|many)|worr\w+|fail\w*"
    r"|fear\w*|annoy\w*|frustrat\w*|disappoint\w*|confus\w*|poor\w*|bad\w*|slow\w*|waste\w*|nicht|kein\w*|nie|schwierig\w*|pas|jamais|aucun\w*"
    r"|nunca|ning[uú]n\w*|dif[ií]cil\w*)\b|n['’]t\b"
)  # fmt: skip
_FEWEST_ANSWERS, _FEWEST_ITEMS = 30, 3
#: A correlation with the mean of the others below this is against them, if it is also more than two standard errors below none.
_AGAINST, _ERRORS = -0.1, 2.0


def denies(heading: str) -> bool:
    """Whether a heading denies something, or speaks of something bad.

    >>> denies("办理业务不用等太久"), denies("服务不错"), denies("I can never reach the hotline"), denies("Network coverage")
    (True, False, True, False)
    """
    return bool(_DENIES_ZH.search(heading) or _DENIES_LATIN.search(heading.casefold()))


def turned_columns(proposal: Proposal, tables: Sequence[tuple[Sheet, TableRows]]) -> frozenset[int]:
    """Columns (by their place in the sheet) whose heading denies and whose answers run against the others of their group.

    Missing answers are left out of each comparison. Needs the rows, so it is for the worker process; memory grows with the rows, not with
    the columns.
    """
    return frozenset(index for group in proposal.groups for index in _turned(proposal, group, tables))


def _turned(proposal: Proposal, group: Group, tables: Sequence[tuple[Sheet, TableRows]]) -> list[int]:
    columns = [proposal.column(index) for index in group.columns]
    doubtful = [column for column in columns if denies(column.label or column.title)]
    others = [column for column in columns if column not in doubtful]
    if not doubtful or len(others) + 1 < _FEWEST_ITEMS:
        return []
    rest = _mean_of([_answers(proposal, column, tables) for column in others])
    return [column.index for column in doubtful if runs_against(_answers(proposal, column, tables), rest)]


def runs_against(answers: Values, rest: Values) -> bool:
    """Whether answers fall where ``rest`` rises, clearly. NaN is no answer; fewer than thirty answers tell nothing."""
    both = ~(np.isnan(answers) | np.isnan(rest))
    n = int(both.sum())
    one, other = answers[both].astype(float), rest[both].astype(float)
    if n < _FEWEST_ANSWERS or one.std() == 0 or other.std() == 0:
        return False
    return bool(np.corrcoef(one, other)[0, 1] < min(_AGAINST, -_ERRORS / np.sqrt(n)))


def _mean_of(columns: Sequence[Values]) -> Values:
    """The mean of what each person answered, columns standardised; NaN where nothing was."""
    total, count = np.zeros_like(columns[0]), np.zeros(len(columns[0]), dtype=np.int32)
    for column in columns:
        there = ~np.isnan(column)
        spread = float(column[there].std()) if there.any() else 0.0
        if spread:
            total[there] += (column[there] - column[there].mean()) / spread
            count += there
    with np.errstate(invalid="ignore"):
        return np.where(count > 0, total / count, np.nan).astype(np.float32)


def _answers(proposal: Proposal, column: ProposedColumn, tables: Sequence[tuple[Sheet, TableRows]]) -> Values:
    scale = proposal.scale(column.scale)
    grades = scale.words.grades if scale is not None and scale.words is not None else None
    codes = scale.codes if scale is not None else frozenset()
    return np.concatenate([_graded(sheet.columns[column.index], grades, codes)[rows.used] for sheet, rows in tables])


def _graded(raw: RawColumn, grades: Mapping[str, int] | None, codes: frozenset[int]) -> Values:
    """Each cell as the grade it is; NaN where it is none."""
    found = np.full(len(raw.values), np.nan, dtype=np.float32)
    for place, value in enumerate(raw.values):
        if is_empty(value):
            continue
        text = " ".join(plain_text(value).split())
        number = parse_number(text) if grades is None else grades.get(text)
        if number is not None and number not in codes:
            found[place] = number
    return found[raw.codes]
