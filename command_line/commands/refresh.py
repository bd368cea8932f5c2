"""``refresh``: the next wave's figures into a presentation that was edited."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from command_line.output import environment_language
from command_line.parameters import By, Json, Lang
from words.language import translator

_ = translator(environment_language())


def command(
    deck: Annotated[Path, typer.Argument(help=_("The presentation (.pptx), as it was saved after it was edited."))],
    out: Annotated[Path, typer.Option("--out", help=_("The new presentation; the old one stays as it is."))],
    wave: Annotated[str | None, typer.Option("--wave", help=_("The wave whose figures go in; else the latest."))] = None,
    json: Json = False,
    by: By = None,
    lang: Lang = None,
) -> None:
    """Places, sizes, colours, titles and slides stay. Prints what was refreshed, kept and not found, and sentences that hold no more."""
    from command_line.refresh_commands import refresh_deck  # loads what charts are drawn with

    refresh_deck(deck, out, wave, by=by, json=json)
