"""The blank workbook for a schema: answers, code book, population; ready to be filled in, uploaded and stored.

The answers sheet has two header rows, codes over titles, so that its columns are matched with certainty; then one
example row whose first cell starts with 示例 or EXAMPLE (:data:`EXAMPLE_MARKS`), which is never counted as an answer.
"""

from __future__ import annotations

import io
from datetime import date

import xlsxwriter

from survey_schema.answer_columns import AnswerColumn, answer_columns
from survey_schema.answer_shares import cuts_text
from survey_schema.columns import Column, Role
from survey_schema.describe_schema import kind_text, pair_texts, requirement_text, role_text, scale_text
from survey_schema.models import SurveySchema
from survey_schema.questions import Item, Scale
from survey_schema.wide_form import wide_form
from survey_schema.workbook.write.answer_column_texts import code_book_row, example_of, kind_words, rule_of
from survey_schema.workbook.write.kind_sheets import code_book_rows, write_kind_sheets
from survey_schema.workbook.write.template_book import EXAMPLE_MARKS, HEADER_ROWS, LAST_ROW, TemplateBook
from survey_schema.workbook.write.written_workbook import new_workbook
from words.language import Language, translator
from words.lists import listed

LONGEST_PICK_LIST = 30
EXAMPLE_DAY = date(2026, 5, 15)


def write_template(schema: SurveySchema, language: Language) -> bytes:
    """The blank workbook (.xlsx) of a schema, its texts in one language.

    Sheets: answers (codes, titles, example row, pick lists, a comment per column), code book (both
    languages), population (where the survey has a branch, operator, brand or business line), and one for each
    kind of data beside responses. Columns for private data are left out on purpose: they would not be stored.
    """
    target = io.BytesIO()
    file = new_workbook(target)
    book = TemplateBook(file, language, _formats(file))
    form = wide_form(schema) if schema.repeat else schema  # competitors as columns
    _write_answers(book, form)
    _write_code_book(book, form)
    _write_population(book, schema)
    write_kind_sheets(book, schema)
    _write_lists(book)
    file.close()
    return target.getvalue()


AnyColumn = Column | Item | AnswerColumn


def template_columns(schema: SurveySchema) -> list[AnyColumn]:
    """Columns of the answers sheet, left to right."""
    asked = [item for item in schema.items if not item.mean_of]
    return [*(column for column in schema.columns if column.role is not Role.PRIVATE), *asked, *answer_columns(schema)]


def _formats(file: xlsxwriter.Workbook) -> dict[str, xlsxwriter.format.Format]:
    title = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#DFE4E8"}
    return {
        "code": file.add_format({"font_color": "#66717C", "font_size": 9, "bg_color": "#F6F8F9"}),
        "title": file.add_format(title | {"bg_color": "#F6F8F9"}),
        "required": file.add_format(title | {"bg_color": "#0B5C7A", "font_color": "#FFFFFF"}),
        "example": file.add_format({"italic": True, "font_color": "#66717C"}),
        "example_date": file.add_format({"italic": True, "font_color": "#66717C", "num_format": "yyyy-mm-dd", "align": "left"}),
        "date": file.add_format({"num_format": "yyyy-mm-dd"}),
        "wrapped": file.add_format({"text_wrap": True, "valign": "top"}),
    }


def _write_answers(book: TemplateBook, schema: SurveySchema) -> None:
    _ = translator(book.language)
    sheet = book.file.add_worksheet(_("Answers"))
    columns = template_columns(schema)
    for position, column in enumerate(columns):
        title = column.title.text(book.language)
        is_date = isinstance(column, Column) and column.role is Role.DATE
        sheet.set_column(position, position, 12 if isinstance(column, Item) else 15, book.formats["date"] if is_date else None)
        sheet.write_string(0, position, column.code, book.formats["code"])
        sheet.write_string(1, position, title, book.formats["required" if column.required else "title"])
        sheet.write_comment(1, position, _comment(schema, column, book.language), {"x_scale": 2, "y_scale": 1.6, "author": ""})
        _write_example(book, sheet, position, column, schema)
        rule = _rule(book, schema, column)
        if rule:
            sheet.data_validation(HEADER_ROWS, position, LAST_ROW, position, rule)
    sheet.set_row(1, 48)
    sheet.freeze_panes(HEADER_ROWS, 1)


def _comment(schema: SurveySchema, column: AnyColumn, language: Language) -> str:
    wording = None if isinstance(column, Column) else column.wording
    lines = [wording.text(language) if wording else column.title.text(language)]
    if isinstance(column, Item):
        lines += pair_texts(schema, column.code, language)
        lines.append(scale_text(schema.scales[column.scale], language))
    elif isinstance(column, AnswerColumn):
        lines += [*([column.title.text(language)] if wording else []), kind_words(column, language)]
    else:
        lines.append(role_text(column, language))
    lines.append(requirement_text(column, language))
    return "\n".join(lines)


def _write_example(
    book: TemplateBook, sheet: xlsxwriter.worksheet.Worksheet, position: int, column: AnyColumn, schema: SurveySchema
) -> None:
    value = _example(schema, column, book.language)
    if position == 0:
        shown = value.isoformat() if isinstance(value, date) else f"{value:g}" if isinstance(value, float) else value
        sheet.write_string(HEADER_ROWS, 0, f"{EXAMPLE_MARKS[book.language]} {shown}".strip(), book.formats["example"])
    elif isinstance(value, date):
        sheet.write_datetime(HEADER_ROWS, position, value, book.formats["example_date"])
    elif isinstance(value, float):
        sheet.write_number(HEADER_ROWS, position, value, book.formats["example"])
    else:
        sheet.write_string(HEADER_ROWS, position, value, book.formats["example"])


def _example(schema: SurveySchema, column: AnyColumn, language: Language) -> str | float | date:
    """A plausible answer for the example row."""
    if isinstance(column, AnswerColumn):
        return example_of(column, language)
    if isinstance(column, Item):
        scale = schema.scales[column.scale]
        return answer_words(scale, language).get(scale.satisfied_from, scale.satisfied_from)
    if column.choices:
        return column.choices[0].text(language)
    if column.role is Role.DATE:
        return EXAMPLE_DAY
    texts = {Role.WAVE: "2026Q2", Role.RESPONDENT_ID: "A0001", Role.STRATUM: "1", Role.CLUSTER: "1"}
    if column.role is Role.RESPONDENT_WEIGHT:
        return 1.0
    return texts.get(column.role, "")


def _rule(book: TemplateBook, schema: SurveySchema, column: AnyColumn) -> dict[str, object] | None:
    """What may be typed into a column's cells; None for anything."""
    if isinstance(column, AnswerColumn):
        return rule_of(book, column)
    if isinstance(column, Item):
        return _scale_rule(book, schema.scales[column.scale])
    _ = translator(book.language)
    if column.choices:
        words = [choice.text(book.language) for choice in column.choices]
        stop = _("Choose one of the listed values.")
        return {"validate": "list", "source": book.list_source(words), "show_error": column.closed, "error_message": stop}
    if column.role is Role.RESPONDENT_WEIGHT:
        return {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": _("A respondent weight is a number, zero or more.")}
    return None


def _scale_rule(book: TemplateBook, scale: Scale) -> dict[str, object]:
    # Warnings rather than refusals: people also paste other words for a grade, and the check reads them.
    _ = translator(book.language)
    common: dict[str, object] = {"error_type": "warning", "error_message": _("This is not an answer on the scale of this question.")}
    labels = answer_words(scale, book.language)
    words = [labels.get(grade, f"{grade:g}") for grade in reversed(scale.grades)] + [f"{code:g}" for code in scale.missing_codes]
    if scale.grades and len(words) <= LONGEST_PICK_LIST:
        return common | {"validate": "list", "source": book.list_source(words)}
    return common | {"validate": "decimal", "criteria": "between", "minimum": scale.minimum, "maximum": scale.maximum}


def answer_words(scale: Scale, language: Language) -> dict[float, str]:
    """Grade → word on a scale answered in words; empty where numbers are asked, even if the ends have names."""
    labels = {label.grade: label.text(language) for label in scale.labels}
    return labels if scale.grades and all(grade in labels for grade in scale.grades) else {}


def _write_code_book(book: TemplateBook, schema: SurveySchema) -> None:
    _ = translator(book.language)
    sheet = book.file.add_worksheet(_("Code book"))
    titles = (
        _("Code"), _("Name (Chinese)"), _("Name (English)"), _("Kind"), _("Wording (Chinese)"), _("Wording (English)"),
        _("Scale or known values"), _("Which answers count"), _("Missing codes"), _("Required"),
    )  # fmt: skip
    for position, (title, width) in enumerate(zip(titles, (14, 24, 28, 18, 40, 40, 50, 40, 24, 10), strict=True)):
        sheet.set_column(position, position, width)
        sheet.write_string(0, position, title, book.formats["title"])
    for row, column in enumerate(template_columns(schema), start=1):
        for position, text in enumerate(_code_book_row(schema, column, book.language)):
            sheet.write_string(row, position, text, book.formats["wrapped"])
    for row, texts in enumerate(code_book_rows(schema, book.language), start=len(template_columns(schema)) + 1):
        for position, text in enumerate(texts):
            sheet.write_string(row, position, text, book.formats["wrapped"])
    sheet.freeze_panes(1, 1)


def _code_book_row(schema: SurveySchema, column: AnyColumn, language: Language) -> tuple[str, ...]:
    if isinstance(column, AnswerColumn):
        return code_book_row(column, language)
    _ = translator(language)
    required = _("yes") if column.required else _("no")
    names = (column.code, column.title.zh_CN, column.title.en)
    if isinstance(column, Column):
        known = "\n".join(f"{choice.code} = {choice.title.zh_CN} / {choice.title.en}" for choice in column.choices)
        return (*names, role_text(column, language), "", "", known, "", "", required)
    scale = schema.scales[column.scale]
    wording = (column.wording.zh_CN, column.wording.en) if column.wording else ("", "")
    labels = "\n".join(f"{label.grade:g} = {' / '.join([*label.zh_CN, *label.en])}" for label in scale.labels)
    missing = listed([*(f"{code:g}" for code in scale.missing_codes), *scale.missing_labels], language)
    described = "\n".join(filter(None, (scale_text(scale, language), labels)))
    return (*names, kind_text(schema, column, language), *wording, described, cuts_text(schema, column.code, language), missing, required)


def _write_population(book: TemplateBook, schema: SurveySchema) -> None:
    _ = translator(book.language)
    roles = (Role.BRANCH, Role.OPERATOR, Role.BRAND, Role.BUSINESS_LINE)
    columns = [column for role in roles if (column := schema.column_for(role))]
    if not columns:
        return
    sheet = book.file.add_worksheet(_("Population"))
    for position, column in enumerate(columns):
        sheet.set_column(position, position, 18)
        sheet.write_string(0, position, column.title.text(book.language), book.formats["title"])
        rule = _rule(book, schema, column)
        if rule:
            sheet.data_validation(1, position, LAST_ROW, position, rule)
    last = len(columns)
    sheet.set_column(last, last, 18)
    sheet.write_string(0, last, _("Customers"), book.formats["required"])
    sheet.write_comment(
        0,
        last,
        _("Optional. Number of customers of the branch, operator, brand and business line in the row; an empty cell means all of them."),
        {"x_scale": 2, "author": ""},
    )
    not_negative = {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": _("A number of customers is zero or more.")}
    sheet.data_validation(1, last, LAST_ROW, last, not_negative)
    sheet.freeze_panes(1, 0)


def _write_lists(book: TemplateBook) -> None:
    if not book.lists:
        return
    sheet = book.file.add_worksheet(book.lists_name)
    for column, words in enumerate(book.lists):
        for row, word in enumerate(words):
            sheet.write_string(row, column, word)
    sheet.hide()
