"""``delete``: delete a wave or a respondent for good."""

from __future__ import annotations

from typing import Annotated

import typer

from command_line.output import environment_language
from command_line.parameters import By, Lang, OfKind
from command_line.wave_commands import delete_for_good
from settings import acting_user, load_settings
from words.language import translator

_ = translator(environment_language())


def command(
    what: Annotated[str, typer.Argument(metavar="KIND", help=_("wave or respondent."))],
    name: Annotated[str, typer.Argument(help=_("The wave's label or id; the respondent's id in your own files."))],
    schema: Annotated[str | None, typer.Option("--schema", help=_("respondent: only in this survey."))] = None,
    yes: Annotated[bool, typer.Option("--yes", help=_("Do it; without this the numbers are shown only."))] = False,
    kind: OfKind = None,
    by: By = None,
    lang: Lang = None,
) -> None:
    """Everything else can be undone; this cannot, so it shows the numbers first."""
    raise typer.Exit(delete_for_good(load_settings().open_store(), what, name, schema, by or acting_user(), yes=yes, of_kind=kind))
