"""``export``: write the responses of a stored wave as an SPSS file or a workbook with code book."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from answers.kept import Kept
from answers.source import StoreSource
from command_line.output import console, environment_language, write_file
from command_line.parameters import Lang
from command_line.wave_commands import one_wave
from settings import load_settings
from survey_schema.data_kinds.all_kinds import RESPONSES
from words.errors import ManyiError
from words.language import message, translator

_ = translator(environment_language())


def command(
    wave: Annotated[str, typer.Argument(help=_("The wave's id, or its label if only one survey has it."))],
    out: Annotated[Path, typer.Option("--out", help=_("The file to write: .sav for SPSS, .xlsx for a workbook with code book."))],
    lang: Lang = None,
) -> None:
    """Private columns are never in it; ids of respondents are opaque codes; labels are in the language."""
    from reports.responses.response_book import book_of
    from reports.responses.response_table import response_table
    from reports.responses.sav_file import sav_of

    writers = {".sav": sav_of, ".xlsx": book_of}
    if out.suffix.lower() not in writers:
        raise ManyiError(message("{path} must end in .sav or .xlsx.", path=str(out)))
    settings = load_settings()
    store = settings.open_store()
    found = one_wave(store, wave, RESPONSES)
    source = StoreSource(store, found.survey, found.schema_hash, settings.rules, Kept(), as_of=(found,))
    table = response_table(source, found.label, console.language)
    write_file(out, writers[out.suffix.lower()](table))
    told = {"rows": f"{table.rows:,}", "columns": len(table.columns)}
    console.print(message("Written: {path}, {rows} responses with {columns} columns.", path=str(out), **told))
