"""Findings about whole columns: missing, unsure, twice there, not used, private; and formulas nobody calculated."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from survey_schema.answer_columns import AnswerColumn, answer_columns, columns_of, option_questions
from survey_schema.columns import DIMENSIONS, Column, Role
from survey_schema.indicator_tree import Indicator
from survey_schema.questions import Item
from survey_schema.workbook.check.check_draft import CheckDraft
from survey_schema.workbook.check.private_data import private_column, private_content
from survey_schema.workbook.match.matching import ColumnMatch
from words.language import Message, message
from words.lists import Listed

_PRIVATE_TYPES = (Role.ATTRIBUTE, Role.BRANCH, Role.BRAND, Role.BUSINESS_LINE, Role.STRATUM, Role.CLUSTER, Role.INTERVIEWER)
#: Of the index's weight, what must have a column; a half, up to rounding.
_LEAST_SHARE = 0.5 - 1e-9
_COUNTED = (Role.WAVE, *DIMENSIONS, Role.RESPONDENT_WEIGHT, Role.STRATUM, Role.CLUSTER)


def check_columns(draft: CheckDraft) -> frozenset[str]:
    """All findings about columns; returns the codes of columns that must not be stored because they hold private data."""
    _check_required(draft)
    _check_matches(draft)
    private = _check_private(draft)
    for sheet in draft.matching.other_sheets:
        draft.findings.add(
            "other_sheet",
            message("Sheet {sheet} looks like responses too and is not read.", sheet=sheet),
            message("Say which sheet is meant, on screen or with --sheet, or read all of them as one, with --all-sheets."),
            sheet=sheet,
        )
    if len(parts := draft.rows.sheet.parts) > 1:
        names = Listed([part.name for part in parts])
        found = message("{count} sheets are read as one: {sheets}.", count=len(parts), sheets=names)
        draft.findings.add("sheets_as_one", found, message("Nothing to do if all of them belong to it; else choose one sheet."))
    return private


def _check_required(draft: CheckDraft) -> None:
    targets = draft.matching.targets
    asked = {column.target for column in draft.matching.questions}
    confirm = message("A column that may be it waits for confirmation; answer the question about it.")
    things: list[Column | Item] = [*draft.schema.columns, *draft.schema.items]
    nothing = not any(item.code in targets for item in draft.schema.items)
    for thing in things:
        if thing.code in targets or (isinstance(thing, Item) and thing.mean_of):
            continue
        add = message("Add a column headed {title} or assign one of the columns to it.", title=thing.title)
        advice = confirm if thing.code in asked else add
        if thing.required:
            found = message("There is no column for {title}, which is required.", title=thing.title)
            _note_absent(draft, "missing_column", found, advice)
        elif isinstance(thing, Item) and not nothing:
            _note_absent(draft, "missing_item", message("There is no column for the question {title}.", title=thing.title), advice)
    _check_options(draft, asked)
    if nothing:
        _note_absent(
            draft,
            "no_item_column",
            message("None of the columns is a scored question of the survey {survey}.", survey=draft.schema.title),
            message("Check that the survey and the sheet are the right ones, or assign the columns."),
        )
    else:
        _check_share(draft)


def _check_options(draft: CheckDraft, asked: Collection[str | None]) -> None:
    """Questions of several answers and rankings whose columns are missing, all of them or some; once for each question."""
    for question in option_questions(draft.schema):
        columns = columns_of(question)
        missing = [column for column in columns if column.code not in draft.matching.targets]
        if not missing:
            continue
        waiting = any(column.code in asked for column in missing)
        advice = (
            message("A column that may be it waits for confirmation; answer the question about it.") if waiting else _add_options(missing)
        )
        if len(missing) == len(columns):
            found = message("There is no column for the question {title}.", title=question.title)
            _note_absent(draft, "missing_column" if question.required else "missing_options", found, advice)
        else:
            found = message("{title}: {count} of {all} options have no column.", title=question.title, count=len(missing), all=len(columns))
            _note_absent(draft, "missing_options", found, advice)


def _add_options(missing: Sequence[AnswerColumn]) -> Message:
    return message("Columns may be headed {titles}, or assign them.", titles=Listed([column.title for column in missing]))


def _check_share(draft: CheckDraft) -> None:
    """Whether half of the index's weight has a column with something in it; below, it is most often the wrong file or survey."""
    filled = {code for code, match in draft.matching.targets.items() if not draft.rows.is_empty(match.index)}
    filled |= {item.code for item in draft.schema.items if filled.intersection(item.mean_of)}
    weights = _item_weights(draft.schema.tree)
    share = sum(weight for code, weight in weights.items() if code in filled)
    if share < _LEAST_SHARE:
        found = message(
            "Only {found} of the {all} questions of {survey} have a column with answers; they carry {share} % of the index.",
            found=len(filled & set(weights)),
            all=len(weights),
            survey=draft.schema.title,
            share=f"{100 * share:.0f}",
        )
        advice = message("Check that the survey and the sheet are the right ones, or assign the columns.")
        _note_absent(draft, "few_questions", found, advice)


def _item_weights(node: Indicator) -> dict[str, float]:
    """The share of each item below a node in it; they sum to 1."""
    shares: dict[str, float] = {}
    for child in node.children:
        share = node.child_weights()[child.code]
        below = _item_weights(child) if isinstance(child, Indicator) else {child.item: 1.0}
        shares |= {code: share * part for code, part in below.items()}
    return shares


def _check_matches(draft: CheckDraft) -> None:
    asked = {column.target for column in draft.matching.questions}
    for match in draft.matching.columns:
        if match.target is not None and not match.certain:
            _ask_which(draft, match, match.target)
        elif match.duplicate_of is not None and match.duplicate_of not in asked:
            _note_duplicate(draft, match, match.duplicate_of)
        elif match.target is None and match.how == "none" and match.duplicate_of is None and not _announces_private(draft, match):
            draft.note_column(
                "unknown_column",
                match,
                message("The survey has no such column; it is not stored.")
                if match.header
                else message("The column has no header; it is not stored."),
                message("Nothing to do, or assign it to an item or column of the survey."),
            )


def _announces_private(draft: CheckDraft, match: ColumnMatch) -> bool:
    return private_column(match.header, draft.rows.unique_values(match.index)) is not None


def _ask_which(draft: CheckDraft, match: ColumnMatch, target: str) -> None:
    title = _title(draft, target)
    if match.rivals:
        letters = Listed((match.letter, *match.rivals))
        found = message("Columns {letters} may each be {title}; their headers are the same or equally near.", letters=letters, title=title)
        advice = message("None of them is used until it is said which one it is.")
    else:
        found = message("The column may be {title}; the likeness is {score} of 100.", title=title, score=f"{match.score:.0f}")
        advice = message("It is not used until that is confirmed.")
    draft.note_column("which_column" if match.rivals or _counts(draft, target) else "unsure_column", match, found, advice)


def _counts(draft: CheckDraft, target: str) -> bool:
    """Whether figures hang on a target: a question of the index, or a column that groups or weights responses."""
    column = next((column for column in draft.schema.columns if column.code == target), None)
    return target in draft.schema.tree.items() if column is None else column.required or column.role in _COUNTED


def _note_duplicate(draft: CheckDraft, match: ColumnMatch, target: str) -> None:
    title = _title(draft, target)
    if draft.rows.is_empty(match.index):
        found = message("The column is headed like {title} and empty.", title=title)
        draft.note_column("empty_column", match, found, message("The column with the answers is used; nothing to do."))
    else:
        found = message("The column is headed like {title}, which another column already is.", title=title)
        draft.note_column("duplicate_column", match, found, message("Only the other one is used; rename or remove one of the two."))


def _check_private(draft: CheckDraft) -> frozenset[str]:
    private = set()
    columns = {column.code: column for column in draft.schema.columns}
    dropped = message("The column is dropped before storage; better leave such columns out of the workbook.")
    hashed = message("The ids are stored in opaque form only.")
    for match in draft.matching.columns:
        column = columns.get(match.target or "") if match.certain else None
        used_as_item = match.certain and match.target is not None and column is None
        if used_as_item or (
            column is not None and column.role in (Role.OPEN_COMMENT, Role.WAVE, Role.DATE, Role.OPERATOR, Role.RESPONDENT_WEIGHT)
        ):
            continue
        values = draft.rows.unique_values(match.index)
        content = private_content(values, match.header)
        announced = private_column(match.header, values) if column is None else None
        declared = message("private data") if column is not None and column.role is Role.PRIVATE else None
        what: Message | None = content or announced or declared
        if what is None:
            continue
        is_id = column is not None and column.role is Role.RESPONDENT_ID
        draft.note_column("private_data", match, message("The column holds {what}.", what=what), hashed if is_id else dropped)
        if not is_id:
            draft.log("private_columns", message("Columns with private data dropped"), 1)
        if column is not None and column.role in _PRIVATE_TYPES:
            private.add(column.code)
    return frozenset(private)


def check_formulas(draft: CheckDraft) -> None:
    """Formulas without a value in the columns and rows in use; a totals row may hold as many as it likes."""
    sheet = draft.rows.sheet
    used = {match.index: match for match in draft.matching.targets.values()}
    inside = [
        (row - draft.rows.first, used[column]) for row, column in sheet.formulas_without_value if column in used and row >= draft.rows.first
    ]
    found = message("The cell holds a formula that was never calculated.")
    advice = message("It counts as missing; open the workbook in Excel or WPS, let it calculate, and save it.")
    for row, match in inside:
        if draft.counted[row]:
            draft.note("formula_without_value", match, row, found, advice)

    _check_placeholders(draft, used)


def _check_placeholders(draft: CheckDraft, used: Mapping[int, ColumnMatch]) -> None:
    places: dict[int, int] = {}
    for row, column in draft.rows.sheet.placeholders:
        if column in used and 0 <= row - draft.rows.first < draft.rows.count and draft.counted[row - draft.rows.first]:
            places[column] = places.get(column, 0) + 1
    advice = message("Open the workbook in Excel or WPS, let it calculate, save it, and upload it again.")
    for column, count in places.items():
        found = message("{count} formulas of the column show 0 because they were never calculated; the file itself says so.", count=count)
        draft.note_column("formula_placeholder", used[column], found, advice)


def _note_absent(draft: CheckDraft, code: str, found: Message, advice: Message) -> None:
    draft.findings.add(code, found, advice, sheet=draft.rows.sheet.name)


def _title(draft: CheckDraft, code: str) -> object:
    things: list[Column | Item | AnswerColumn] = [*draft.schema.items, *draft.schema.columns, *answer_columns(draft.schema)]
    return next((thing.title for thing in things if thing.code == code), code)
