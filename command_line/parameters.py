"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from command_line.output import console, environment_language
from words.errors import ManyiError
from words.language import LANGUAGES, Language, message, translator
from words.lists import Listed

_ = translator(environment_language())


def _set_language(value: str | None) -> str | None:
    if value is not None and value not in LANGUAGES:
        raise ManyiError(message("There is no language {language}; there are {known}.", language=value, known=Listed(LANGUAGES)))
    from settings import load_settings  # what a command is for is not needed to say what it is

    chosen: Language | None = next((language for language in LANGUAGES if language == value), None)
    console.language = chosen or console.written or load_settings().language or console.language
    return value


Schema = Annotated[str, typer.Option("--schema", help=_("A built-in survey or a YAML file."))]
Workbook = Annotated[Path, typer.Argument(help=_("The workbook."), show_default=False)]
Mapping = Annotated[list[str] | None, typer.Option("--map", metavar="HEADER=CODE", help=_("Which item or column a header is."))]
WaveLabel = Annotated[str | None, typer.Option("--wave", help=_("The wave of responses that name none, such as 2026Q2."))]
Grade = Annotated[list[str] | None, typer.Option("--grade", metavar="WORD=GRADE", help=_("Which grade an unclear answer is."))]
Dates = Annotated[str | None, typer.Option("--dates", metavar="ORDER", help=_("day-first, month-first, swapped or as-shown."))]
WaveOfAll = Annotated[bool, typer.Option("--wave-of-all", help=_("The wave named is that of every row, whatever the workbook says."))]
Repairs = Annotated[
    Path | None, typer.Option("--repairs", metavar="FILE", help=_("What unknown names and words mean; YAML, from check --write-repairs."))
]
Sheet = Annotated[str | None, typer.Option("--sheet", help=_("The sheet to read."))]
AllSheets = Annotated[bool, typer.Option("--all-sheets", help=_("Read all sheets of responses as one; their headers must be the same."))]
SheetAs = Annotated[
    str | None,
    typer.Option("--sheet-as", metavar="COLUMN", help=_("With --all-sheets: the column their names are, such as branch or wave.")),
]
BranchesAsOf = Annotated[
    str | None, typer.Option("--branches-as-of", metavar="DAY", help=_("Branches renamed or merged as they were at the end of that day."))
]
AcceptLosses = Annotated[
    bool, typer.Option("--accept-losses", help=_("Go on although responses are left out or questions about the workbook are open."))
]
Seal = Annotated[bool, typer.Option("--seal", help=_("Keep in the store what the figures follow from, for verify CODE."))]
PrintedTo = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help=_("Write the answer as a page for printing: FILE.html or FILE.pdf."))
]
Json = Annotated[bool, typer.Option("--json", help=_("Print records instead of tables."))]
Where = Annotated[
    list[str] | None,
    typer.Option("--where", metavar="COLUMN=VALUE", help=_("Only these responses; ours unless operator=all or another is named.")),
]
Margin = Annotated[
    list[str] | None, typer.Option("--margin", metavar="COLUMN,…", help=_("weights: a column, or columns joined, to weight by."))
]
Cells = Annotated[bool, typer.Option("--cells", help=_("weights: by all combinations of the margins' columns."))]
Start = Annotated[str, typer.Option("--start", help=_("weights: from the given weights or from 1 (given, unit)."))]
Trim = Annotated[float | None, typer.Option("--trim", help=_("weights: the largest weight, times the mean."))]
Population = Annotated[
    Path | None, typer.Option("--population", help=_("A workbook with customers by branch, operator, brand or business line."))
]
Measures = Annotated[
    Path | None, typer.Option("--measures", metavar="FILE", help=_("A workbook or text file with the measures to choose from, a row each."))
]
OfKind = Annotated[
    str | None,
    typer.Option("--kind", metavar="KIND", help=_("Data beside responses: inspections, complaints, kpis …")),
]
AcceptFewer = Annotated[bool, typer.Option("--accept-fewer", help=_("Even if far fewer responses take the place of more."))]
By = Annotated[str | None, typer.Option("--by", help=_("Who does it, for the audit."))]
Lang = Annotated[str | None, typer.Option("--lang", metavar="zh_CN|en", help=_("Language."), callback=_set_language, is_eager=True)]
#: The same where the language is that of a file.
LongLang = Annotated[
    str | None,
    typer.Option("--lang", "--language", metavar="zh_CN|en", help=_("Language of the file."), callback=_set_language, is_eager=True),
]


#: What ``estimate`` may be told whatever it is asked for: name, annotation, default, and the part of a question it needs to make sense.
EstimatedWorkbook = Annotated[Path | None, typer.Argument(help=_("A workbook; without one, the store."), show_default=False)]
EstimatedSchema = Annotated[str | None, typer.Option("--schema", help=_("The schema of the workbook, or the name of a stored survey."))]
GroupBy = Annotated[list[str] | None, typer.Option("--by", metavar="COLUMN,…", help=_("Columns to group by: dimensions or attributes."))]
OnlyWaves = Annotated[list[str] | None, typer.Option("--wave", help=_("Only these waves."))]
OnlyCodes = Annotated[list[str] | None, typer.Option("--code", metavar="CODE,…", help=_("Only these indicators."))]
#: How a workbook is read and figures are printed: the same for every answer, so listed once, by ``estimate --help``.
READING: tuple[tuple[str, Any, Any], ...] = (
    ("mapping", Mapping, None), ("sheet", Sheet, None), ("all_sheets", AllSheets, False),
    ("sheet_as", SheetAs, None), ("grade", Grade, None), ("dates", Dates, None), ("repairs", Repairs, None),
    ("branches_as_of", BranchesAsOf, None), ("accept_losses", AcceptLosses, False),
    ("seal", Seal, False), ("json", Json, False), ("out", PrintedTo, None), ("lang", Lang, None),
)  # fmt: skip


def hidden(annotated: Any) -> Any:
    """The same option, taken but not listed: what is said once for all answers need not be said at each."""
    kind, told = get_args(annotated)
    silent = copy(told)
    silent.hidden = True
    return Annotated[kind, silent]


def narrowing(annotated: Any, columns: Sequence[str]) -> Any:
    """The same option for data that only these columns narrow."""
    kind, told = get_args(annotated)
    narrower = copy(told)
    narrower.help = _("Only these rows; by: {columns}.").format(columns=Listed(columns).text(environment_language()))
    return Annotated[kind, narrower]


def option_line(annotated: Any) -> tuple[str, str]:
    """An option as a list of them shows it: how it is written, and what it does."""
    _kind, told = get_args(annotated)
    flags = [text for text in (told.default, *(told.param_decls or ())) if isinstance(text, str) and text.startswith("--")]
    return " ".join(filter(None, (*flags, told.metavar))), told.help or ""


def listed_words(*texts: str) -> tuple[str, ...]:
    """``A,B`` or ``A，B`` → each of them; of several texts all, one after the other."""
    return tuple(part.strip() for text in texts for part in text.replace("，", ",").split(",") if part.strip())
