"""Whether a checked workbook can be stored: whole, only in part, only knowingly, or not at all; the counts come first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.findings import Finding, Severity
from words.language import Message, message

#: Rows that are no responses, by the step that left them out.
NO_RESPONSE = frozenset(f"rows_{kind}" for kind in ("empty_row", "example_row", "totals_row", "remark_row", "header_row", "below_table"))
#: Responses that say nothing a figure could come from, or say it a second time: leaving them out loses nothing.
NOTHING_IN_IT = frozenset({"rows_blank_response", "rows_duplicate_respondent"})
_COLUMNS = ("unsure_column", "which_column", "duplicate_column", "unknown_column")
#: What stops a file only until somebody says what its values mean.
_ABOUT_VALUES = frozenset({"unclear_grades", "unclear_dates"})
_ANSWERS = ("not_a_number", "unknown_value", "formula_without_value", "unknown_option", "rank_twice", "rank_out_of_range")


class Fitness(StrEnum):
    """whole: nothing is lost; part: columns or answers are; asked: rows are, or a question is open, so it takes consent; blocked: no."""

    WHOLE = "whole"
    PART = "part"
    ASKED = "asked"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Verdict:
    """What storing a workbook as it stands would keep and lose.

    ``responses`` are the rows that hold one (no totals, remarks or empty rows), ``used`` those that would be stored, ``rows_lost`` the
    others, true copies and responses without any answer not counted. ``columns_lost`` are columns with content that are not stored,
    private ones and those turned down not counted; ``answers_lost`` cells that cannot be read. ``questions`` ask for consent;
    those of a kind are listed up to a limit, ``open_questions`` counts all of each kind.
    ``kind_rows`` and ``kind_rows_lost`` are rows of data beside responses, and those that would be left out.
    ``value_questions`` counts what must be said about values first, 0 where something else stands in the way too.
    """

    fitness: Fitness
    responses: int
    used: int
    rows_lost: int
    columns_lost: int
    answers_lost: int
    questions: tuple[Finding, ...]
    open_questions: Mapping[str, int]
    value_questions: int = 0
    kind_rows: int = 0
    kind_rows_lost: int = 0

    @property
    def question_count(self) -> int:
        """All questions that ask for consent, those not listed too."""
        return sum(self.open_questions.values())

    @property
    def needs_consent(self) -> bool:
        """Whether it may be stored only knowingly."""
        return self.fitness is Fitness.ASKED

    def losses(self) -> Message | None:
        """What would be lost, counts first; None when nothing would."""
        lost = message("{rows} of {responses} responses, {columns} columns and {answers} answers would be left out.", **self._counts())
        kinds = message("{rows} of {all} rows of data beside responses would be left out.", rows=self.kind_rows_lost, all=self.kind_rows)
        if not self.kind_rows_lost:
            return lost if self.rows_lost or self.columns_lost or self.answers_lost else None
        return message("{first} {second}", first=lost, second=kinds) if self.rows_lost else kinds

    def refusal(self, name: str) -> Message:
        """Why nothing is stored without consent, and how to go on."""
        words = {"name": name, "count": self.question_count, **self._counts()}
        if self.kind_rows_lost:
            return message(
                "Nothing was stored: rows of {name} would be left out. {losses} Correct the workbook, or store the rest with "
                "--accept-losses.",
                losses=self.losses(), **words,
            )  # fmt: skip
        if self.rows_lost:
            return message(
                "Nothing was stored: {rows} of {responses} responses of {name} would be left out. Correct the workbook, or store the rest "
                "with --accept-losses.",
                **words,
            )
        return message(
            "Nothing was stored: {name} leaves {count} questions open; they stand above. Answer them with --map or correct the workbook, "
            "or store it as it stands with --accept-losses.",
            **words,
        )

    def _counts(self) -> dict[str, object]:
        return {"rows": self.rows_lost, "responses": self.responses, "columns": self.columns_lost, "answers": self.answers_lost}


def verdict_of(checked: CheckedWorkbook) -> Verdict:
    """What a checked workbook is good for."""
    steps = {step.code: step.count for step in checked.log}
    totals = checked.findings.totals
    responses = response_rows(checked)
    used = steps.get("rows_used", 0)  # persons, where each has a row for every operator; also while a question still stops the file
    rows_lost = responses - used - sum(count for code, count in steps.items() if code in NOTHING_IN_IT)
    columns_lost = sum(totals.get(code, 0) for code in _COLUMNS)
    answers_lost = steps.get("unreadable_answers", 0) + sum(totals.get(code, 0) for code in _ANSWERS)
    questions = tuple(finding for finding in checked.findings.listed if finding.asks)
    open_questions = {code: totals[code] for code in dict.fromkeys(finding.code for finding in questions)}
    kind_rows, kind_rows_lost = (sum(getattr(kind, name) for kind in checked.kinds) for name in ("rows_read", "lost"))
    if not checked.storable:
        fitness = Fitness.BLOCKED
    elif rows_lost or kind_rows_lost or questions:
        fitness = Fitness.ASKED
    else:
        fitness = Fitness.PART if columns_lost or answers_lost or checked.findings.count(Severity.ERROR) else Fitness.WHOLE
    return Verdict(
        fitness, responses, used, rows_lost, columns_lost, answers_lost, questions, open_questions, _value_questions(checked),
        kind_rows, kind_rows_lost,
    )  # fmt: skip


def response_rows(checked: CheckedWorkbook) -> int:
    """Rows that hold a response, usable or not: neither empty nor examples, totals, remarks or headers."""
    steps = {step.code: step.count for step in checked.log}
    return checked.rows_read - sum(count for code, count in steps.items() if code in NO_RESPONSE)


def _value_questions(checked: CheckedWorkbook) -> int:
    """How many questions about values are all that stops the file."""
    stopping = {finding.code for finding in checked.findings.listed if finding.blocks_file}
    if not stopping or not stopping <= _ABOUT_VALUES:
        return 0
    return sum(checked.findings.totals.get(code, 0) for code in stopping)
