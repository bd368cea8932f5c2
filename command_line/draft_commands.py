"""A proposal on the command line: what the columns are, what is asked, and the survey that knows a workbook already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from command_line.output import console, print_json, print_table, write_file
from storage.store import Store
from survey_schema.loading import builtin_names, dump_yaml, load_schema
from survey_schema.maker.answers_given import Answers
from survey_schema.maker.column_roles import Part
from survey_schema.maker.column_summary import Answer
from survey_schema.maker.draft_workbook import recognises
from survey_schema.maker.option_blocks import told_blocks
from survey_schema.maker.part_words import PART_WORDS
from survey_schema.maker.proposal import Proposal, ProposedColumn, Question
from survey_schema.maker.questions import NONE
from survey_schema.models import SurveySchema
from survey_schema.uploaded_schema import schema_at
from survey_schema.workbook.read.sheets import column_letters
from words.language import message, translator

_SHOWN_VALUES, _SHOWN_COLUMNS, _LONGEST = 4, 6, 24


@dataclass(frozen=True)
class KnownSurvey:
    """A survey that describes a workbook already, and how it is named on the command line."""

    schema: SurveySchema
    named: str


def known_survey(proposal: Proposal, fingerprint: str, out: Path | None, store: Store | None) -> KnownSurvey | None:
    """The survey that recognises the headings: the file to be written, one of the store, a ready-made one; None where none does.

    ``fingerprint`` is that of the headings, by which a survey made on screen is known whatever columns it leaves out.
    """
    for name in store.survey_drafts.surveys_of(fingerprint) if store is not None and (out is None or not out.exists()) else ():
        if store is not None and (schema := store.schemas.known(name)) is not None:
            return KnownSurvey(schema, name)
    return next((known for known in _known(out, store) if recognises(known.schema, proposal)), None)


def _known(out: Path | None, store: Store | None) -> Iterator[KnownSurvey]:
    if out is not None and out.exists():
        yield KnownSurvey(schema_at(out), str(out))
    names = dict.fromkeys([*store.surveys(), *(saved.survey for saved in store.schemas.saved())]) if store is not None else {}
    for name in names:
        if store is not None and (schema := store.schemas.known(name)) is not None:
            yield KnownSurvey(schema, name)
    for name in builtin_names():
        yield KnownSurvey(load_schema(name), name)


def say_known(known: KnownSurvey, workbook: Path, out: Path | None, *, json: bool) -> None:
    """Say that nothing need be asked, and with which survey the workbook is checked; written to ``out`` where that is another file."""
    if out is not None and not out.exists():
        write_file(out, dump_yaml(known.schema).encode())
    if json:
        print_json({"known": known.named, "survey": known.schema.name, "questions": []})
        return
    console.print(message("The survey {name} knows all headings of {file}; nothing is asked.", name=known.named, file=workbook.name))
    console.print(f"python cli.py check {quote(str(workbook))} --schema {quote(known.named)}")


def check_line(proposal: Proposal, answers: Answers, workbook: Path, schema: str) -> str:
    """The command that checks the workbook against the survey just written."""
    names = answers.one("sheets_are")
    sheets = " --all-sheets" + (f" --sheet-as {names}" if names != NONE else "") if names else ""
    return f"python cli.py check {quote(str(workbook))} --schema {quote(schema)}{sheets}"


def print_proposal(proposal: Proposal, answers: Answers) -> None:
    """The table, the columns with their reasons, what should be known, and the open questions."""
    language = console.language
    _ = translator(language)
    table = proposal.table
    console.print(message(
        "{sheets}: {count} answers below row {row}. Left out: {left}.",
        sheets=", ".join(table.sheets), count=table.respondents, row=table.header_rows[-1], left=table.left_out,
    ))  # fmt: skip
    rows = [
        [
            column_letters(c.index),
            _cut(c.title),
            c.code,
            PART_WORDS[c.part].text(language),
            c.reason.text(language),
            _values(c),
            str(c.answered),
        ]
        for c in proposal.columns
    ]
    print_table([_("Column"), _("Heading"), _("Code"), _("Used as"), _("Because"), _("Commonest answers"), "n"], rows, 6)
    for remark in proposal.remarks:
        console.print(remark)
    for told in told_blocks(proposal):
        console.print(told)
    for question in answers.open:
        _print_question(question)
    if answers.open:
        console.print()
        console.complain(message("{count} questions are open; answer each with --answer CODE=VALUE.", count=len(answers.open)))


def _print_question(question: Question) -> None:
    console.print()
    console.print(f"{question.code}: {question.text.text(console.language)}")
    if question.columns:
        shown = ", ".join(map(_cut, question.columns[:_SHOWN_COLUMNS]))
        more = len(question.columns) - _SHOWN_COLUMNS
        console.print("  " + (message("{names} and {count} more", names=shown, count=more).text(console.language) if more > 0 else shown))
    if question.evidence:
        console.print("  " + _counts(question.evidence, 12))
    for choice in question.choices:
        answer = quote(f"{question.code}={choice.value}")
        console.print(f"  --answer {answer}    {choice.text.text(console.language)}")


def proposal_record(proposal: Proposal, answers: Answers) -> dict[str, object]:
    """The proposal for ``--json``."""
    language, table = console.language, proposal.table
    return {
        "name": proposal.name,
        "title": proposal.title,
        "table": {
            "sheets": list(table.sheets), "header_rows": list(table.header_rows), "first_data_row": table.first_data_row,
            "respondents": table.respondents, "left_out": table.left_out,
        },
        "columns": [
            {
                "letter": column_letters(c.index), "header": c.header, "nth": c.nth, "code": c.code, "title": c.title, "role": c.part.value,
                "reason": c.reason.text(language), "scale": c.scale, "group": c.group, "answered": c.answered, "distinct": c.distinct,
            }
            for c in proposal.columns
        ],
        "groups": [
            {"code": g.code, "title": g.title, "items": [proposal.column(index).code for index in g.columns]} for g in proposal.groups
        ],
        "outcome": proposal.column(proposal.outcome).code if proposal.outcome is not None else None,
        "remarks": [remark.text(language) for remark in proposal.remarks],
        "answers": dict(answers.said),
        "questions": [
            {
                "code": q.code, "text": q.text.text(language), "columns": list(q.columns), "several": q.several, "free": q.free,
                "choices": [{"value": choice.value, "text": choice.text.text(language)} for choice in q.choices],
                "evidence": [{"answer": a.text, "count": a.count} for a in q.evidence],
            }
            for q in answers.open
        ],
    }  # fmt: skip


def _values(column: ProposedColumn) -> str:
    return _counts(column.commonest, _SHOWN_VALUES) if column.part not in (Part.PRIVATE, Part.COMMENT, Part.ID) else ""


def _counts(answers: tuple[Answer, ...], most: int) -> str:
    return ", ".join(f"{_cut(answer.text)} ×{answer.count}" for answer in answers[:most])


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
