"""``withdraw``: take a wave out of force."""

from __future__ import annotations

from typing import Annotated

import typer

from command_line.output import environment_language
from command_line.parameters import By, Lang, OfKind
from command_line.wave_commands import withdraw_wave
from settings import acting_user, load_settings
from words.language import translator

_ = translator(environment_language())


def command(
    wave: Annotated[str, typer.Argument(help=_("The wave's id, or its label if only one survey has it."))],
    kind: OfKind = None,
    by: By = None,
    lang: Lang = None,
) -> None:
    """The wave's files and history are kept."""
    withdraw_wave(load_settings().open_store(), wave, by or acting_user(), kind=kind)
