"""``annotations``: what happened when, listed, added or removed one by one."""

from __future__ import annotations

from typing import Annotated

import typer

from command_line.annotation_commands import add, list_all, remove
from command_line.asking import Words, stored_source
from command_line.output import environment_language
from command_line.parameters import By, Json, Lang
from settings import acting_user, load_settings
from words.errors import ManyiError
from words.language import message, translator

_ = translator(environment_language())


def command(
    text: Annotated[str | None, typer.Argument(help=_("What happened; without it, all annotations."), show_default=False)] = None,
    date: Annotated[str | None, typer.Option("--date", help=_("The day it happened, such as 2026-05-15."))] = None,
    branch: Annotated[str | None, typer.Option("--branch", help=_("The branch it concerns; all unless named."))] = None,
    phase_start: Annotated[bool, typer.Option("--phase-start", help=_("A phase with limits of its own begins here"))] = False,
    remove_it: Annotated[bool, typer.Option("--remove", help=_("Remove the annotation of this text, and day where named."))] = False,
    schema: Annotated[str | None, typer.Option("--schema", help=_("The name of a stored survey."))] = None,
    by: By = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Each step is a version of the list; restore --kind annotations undoes it."""
    settings = load_settings()
    source = stored_source(Words(schema=schema), settings, beside=True)
    if text is None:
        if date or branch or phase_start or remove_it:
            raise ManyiError(message("Say what happened: annotations TEXT --date DAY."))
        list_all(source, json=json)
    elif remove_it:
        remove(source, text, date, branch, by or acting_user())
    elif date is None:
        raise ManyiError(message("Say when it happened: --date 2026-05-15."))
    else:
        add(source, {"date": date, "text": text, "branch": branch, "phase_start": "yes" if phase_start else "no"}, by or acting_user())
