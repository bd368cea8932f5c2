"""Sheets of the blank workbook for data beside responses: codes over titles, an example row, pick lists, a comment for each column."""

from __future__ import annotations

from datetime import date

from xlsxwriter.worksheet import Worksheet

from survey_schema.data_kinds.all_kinds import KINDS
from survey_schema.data_kinds.description import Day, Flag, KindColumn, Moment, Number, OneOf, Text
from survey_schema.data_kinds.schema_choices import known_choices
from survey_schema.models import SurveySchema
from survey_schema.workbook.write.template_book import EXAMPLE_MARKS, HEADER_ROWS, LAST_ROW, TemplateBook
from words.language import Language, translator

#: A list of names is offered up to this length; longer ones are in the code book.
_LONGEST_LIST = 500


def write_kind_sheets(book: TemplateBook, schema: SurveySchema) -> None:
    """A sheet for every kind."""
    for kind in KINDS:
        sheet = book.file.add_worksheet(kind.title.text(book.language))
        for position, column in enumerate(kind.columns):
            _write_column(book, sheet, position, column, schema)
        sheet.write_comment(0, 0, kind.explained.text(book.language), {"x_scale": 2, "author": ""})
        sheet.set_row(1, 32)
        sheet.freeze_panes(HEADER_ROWS, 1)


def code_book_rows(schema: SurveySchema, language: Language) -> list[tuple[str, ...]]:
    """The lines of the code book: one for each column of each kind."""
    _ = translator(language)
    return [
        (
            f"{kind.code}.{column.code}", column.title.zh_CN, column.title.en, kind.title.text(language), column.explained.zh_CN,
            column.explained.en, _known_values(column, schema), "", "", _("yes") if column.required else _("no"),
        )
        for kind in KINDS
        for column in kind.columns
    ]  # fmt: skip


def _write_column(book: TemplateBook, sheet: Worksheet, position: int, column: KindColumn, schema: SurveySchema) -> None:
    _ = translator(book.language)
    dated = isinstance(column.value, Day)
    sheet.set_column(position, position, 16, book.formats["date"] if dated else None)
    sheet.write_string(0, position, column.code, book.formats["code"])
    sheet.write_string(1, position, column.title.text(book.language), book.formats["required" if column.required else "title"])
    required = _("Required.") if column.required else _("May be left empty.")
    comment = f"{column.explained.text(book.language)}\n{required}"
    sheet.write_comment(1, position, comment, {"x_scale": 2, "y_scale": 1.2, "author": ""})
    _write_example(book, sheet, position, column, schema)
    rule = _rule(book, column, schema)
    if rule is not None:
        sheet.data_validation(HEADER_ROWS, position, LAST_ROW, position, rule)


def _write_example(book: TemplateBook, sheet: Worksheet, position: int, column: KindColumn, schema: SurveySchema) -> None:
    names = _names(column, schema, book.language)
    example = names[0] if names else column.example
    if position == 0:
        sheet.write_string(HEADER_ROWS, 0, f"{EXAMPLE_MARKS[book.language]} {example}".strip(), book.formats["example"])
    elif isinstance(example, str) and isinstance(column.value, Day) and example:
        sheet.write_datetime(HEADER_ROWS, position, date.fromisoformat(example), book.formats["example_date"])
    elif isinstance(example, str):
        sheet.write_string(HEADER_ROWS, position, example, book.formats["example"])
    else:
        sheet.write_number(HEADER_ROWS, position, example, book.formats["example"])


def _names(column: KindColumn, schema: SurveySchema, language: Language) -> list[str]:
    if isinstance(column.value, Flag):
        _ = translator(language)
        return [_("yes"), _("no")]
    if not isinstance(column.value, OneOf):
        return []
    return list(dict.fromkeys(choice.title.text(language) for choice in known_choices(column.value, schema).choices))


def _rule(book: TemplateBook, column: KindColumn, schema: SurveySchema) -> dict[str, object] | None:
    _ = translator(book.language)
    names = _names(column, schema, book.language)
    if names and len(names) <= _LONGEST_LIST:
        closed = isinstance(column.value, Flag) or (isinstance(column.value, OneOf) and known_choices(column.value, schema).closed)
        stop = _("Choose one of the listed values.")
        return {"validate": "list", "source": book.list_source(names), "show_error": closed, "error_message": stop}
    if isinstance(column.value, Number) and column.value.low is not None:
        wrong = _("A number within the bounds of this column is expected.")
        if column.value.high is None:
            return {"validate": "decimal", "criteria": ">=", "value": column.value.low, "error_message": wrong}
        return {
            "validate": "decimal", "criteria": "between", "minimum": column.value.low, "maximum": column.value.high, "error_message": wrong,
        }  # fmt: skip
    if isinstance(column.value, Text) and column.value.longest is not None:
        wrong = _("At most {longest} characters are expected.").format(longest=column.value.longest)
        return {"validate": "length", "criteria": "<=", "value": column.value.longest, "error_message": wrong}
    return None


def _known_values(column: KindColumn, schema: SurveySchema) -> str:
    if isinstance(column.value, Day | Moment):
        return "2026-05-15" if isinstance(column.value, Day) else "2026-05-15 09:30"
    if not isinstance(column.value, OneOf) or column.value.source in ("item", "measured", "targeted", "checklist"):
        return ""
    choices = known_choices(column.value, schema).choices
    return "\n".join(f"{choice.code} = {choice.title.zh_CN} / {choice.title.en}" for choice in choices)
