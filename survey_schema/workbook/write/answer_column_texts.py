"""What the blank workbook says of columns of several answers and rankings: example, what may be typed, code book."""

from __future__ import annotations

from survey_schema.answer_columns import AnswerColumn
from survey_schema.answer_options import ARROWS, SEPARATORS, MultiQuestion, Ranking
from survey_schema.workbook.write.template_book import TemplateBook
from words.language import Language, translator
from words.lists import listed


def kind_words(column: AnswerColumn, language: Language) -> str:
    """What kind of column it is, and what a cell holds."""
    _ = translator(language)
    question = column.question
    if isinstance(question, MultiQuestion):
        joined = _("Several answers: the chosen options in one cell, with {sign} between them.").format(sign=sign_of(question))
        return joined if question.kind == "joined" else _("Several answers: 1 where this option is chosen, 0 where it is not.")
    if question.kind == "ranks":
        return _("Ranking: the rank of this option, 1 to {most}; empty where it is left unranked.").format(most=question.ranked)
    if question.kind == "places":
        return _("Ranking: the option at place {place}.").format(place=column.place)
    return _("Ranking: the options from the first place on in one cell, with {sign} between them.").format(sign=sign_of(question))


def sign_of(question: MultiQuestion | Ranking) -> str:
    """The sign between options in one cell."""
    return (question.separator or (SEPARATORS[1:] if isinstance(question, MultiQuestion) else ARROWS))[0]


def example_of(column: AnswerColumn, language: Language) -> str | float:
    """A plausible answer: the first option, and the second where several may be given."""
    question = column.question
    names = [option.text(language) for option in question.options[:2]]
    if question.kind == "joined":
        return sign_of(question).join(names)
    if isinstance(question, Ranking) and column.place is not None:
        return question.options[column.place - 1].text(language)
    place = next(nth for nth, option in enumerate(question.options) if option is column.option)
    if isinstance(question, MultiQuestion):
        return 1.0 if place == 0 else 0.0
    return float(place + 1) if place < question.ranked else ""


def rule_of(book: TemplateBook, column: AnswerColumn) -> dict[str, object] | None:
    """What may be typed; warnings rather than refusals, for the check reads other words too."""
    _ = translator(book.language)
    question = column.question
    common: dict[str, object] = {"error_type": "warning", "error_message": _("This is not an answer to this question.")}
    if question.kind == "joined":
        return None
    if question.kind == "one_hot":
        return common | {"validate": "list", "source": ["1", "0"]}
    if question.kind == "ranks":
        return common | {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": question.ranked}
    return common | {"validate": "list", "source": book.list_source([option.text(book.language) for option in question.options])}


def code_book_row(column: AnswerColumn, language: Language) -> tuple[str, ...]:
    """Its line of the code book, shaped as those of the other columns."""
    _ = translator(language)
    question = column.question
    wording = (question.wording.zh_CN, question.wording.en) if question.wording else ("", "")
    options = [] if column.option else question.options
    known = "\n".join(
        f"{' / '.join(dict.fromkeys([option.code, *option.values]))} = {option.title.zh_CN} / {option.title.en}" for option in options
    )
    missing = listed(question.not_asked, language)
    required = _("yes") if column.required else _("no")
    return (column.code, column.title.zh_CN, column.title.en, kind_words(column, language), *wording, known, "", missing, required)
