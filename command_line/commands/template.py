"""``template``: write a blank workbook for a survey."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from command_line.output import console, environment_language, write_file
from command_line.parameters import Lang
from command_line.workbooks import (
    known_schema,
)
from settings import load_settings
from survey_schema.uploaded_schema import blank_workbook
from words.errors import ManyiError
from words.language import message, translator

_ = translator(environment_language())


def command(
    schema: Annotated[str, typer.Argument(help=_("A built-in survey or a YAML file."))],
    out: Annotated[Path, typer.Option("--out", help=_("The workbook to write."))],
    lang: Lang = None,
) -> None:
    """Blank workbook with code book, pick lists and an example row."""
    if out.suffix.lower() != ".xlsx":
        raise ManyiError(message("{path} must end in .xlsx.", path=str(out)))
    write_file(out, blank_workbook(known_schema(schema, load_settings()), console.language))
    console.print(message("Written: {path}", path=str(out)))
