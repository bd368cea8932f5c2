"""``restore``: put an earlier version of a wave in force again."""

from __future__ import annotations

from typing import Annotated

import typer

from command_line.output import environment_language
from command_line.parameters import AcceptFewer, By, Lang, OfKind
from command_line.wave_commands import restore_wave
from settings import acting_user, load_settings
from words.language import translator

_ = translator(environment_language())


def command(
    wave: Annotated[str, typer.Argument(help=_("The wave's label, or the id of one version (waves --all)."))],
    version: Annotated[int | None, typer.Option("--version", help=_("Which version; else the one replaced last."))] = None,
    accept_fewer: AcceptFewer = False,
    kind: OfKind = None,
    by: By = None,
    lang: Lang = None,
) -> None:
    """The version in force is kept as replaced, so this can be undone the same way."""
    restore_wave(load_settings().open_store(), wave, version, by or acting_user(), accept_fewer=accept_fewer, kind=kind)
