"""``weights``: respondent weights of a stored wave."""

from __future__ import annotations

from typing import Annotated

import typer

from answers.weights import STARTS, WeightsOptions
from command_line.output import environment_language
from command_line.parameters import By, Cells, Json, Lang, Margin, Population, Start, Trim, listed_words
from command_line.wave_commands import one_wave
from command_line.weightings import WeightsRequest, run_weights_command
from settings import acting_user, load_settings
from words.errors import none_of
from words.language import translator

_ = translator(environment_language())


def command(
    action: Annotated[str, typer.Argument(help=_("list, save or use."))],
    wave: Annotated[str, typer.Argument(help=_("The wave's id, or its label if only one survey has it."))],
    name: Annotated[str | None, typer.Argument(help=_("The name of the weighting."), show_default=False)] = None,
    margin: Margin = None,
    cells: Cells = False,
    start: Start = "given",
    trim: Trim = None,
    population: Population = None,
    keep: Annotated[bool, typer.Option("--keep", help=_("save: keep it without putting it in force."))] = False,
    anyway: Annotated[bool, typer.Option("--anyway", help=_("save: even if too much precision is lost."))] = False,
    as_stored: Annotated[bool, typer.Option("--as-stored", help=_("use: the weights the wave came with."))] = False,
    by: By = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """A wave keeps every weighting it was given; one, or the weights as stored, is in force."""
    settings = load_settings()
    store = settings.open_store()
    known = next((one for one in STARTS if one == start), None)
    if known is None:
        raise none_of("--start", start, STARTS)
    options = WeightsOptions(tuple(listed_words(text) for text in margin or ()), cells, known, trim)
    asked = WeightsRequest(name, options, by or acting_user(), population, as_stored, not keep, anyway, json)
    run_weights_command(action, asked, one_wave(store, wave), store, settings)
