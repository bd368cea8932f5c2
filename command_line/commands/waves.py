"""``waves``: list the stored waves."""

from __future__ import annotations

from typing import Annotated

import typer

from command_line.output import console, environment_language
from command_line.parameters import Json, Lang, OfKind
from command_line.wave_commands import print_waves, stored
from settings import load_settings
from storage.records import WaveStatus
from words.language import message, translator

_ = translator(environment_language())


def command(
    every: Annotated[bool, typer.Option("--all", help=_("Replaced and withdrawn ones too."))] = False,
    kind: OfKind = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Waves in the order of survey and period, then data beside responses by kind."""
    found = stored(load_settings().open_store(), kind, None if every else WaveStatus.ACTIVE)
    if not found and not json:
        console.print(message("The store holds no wave yet."))
    else:
        print_waves(found, json)
