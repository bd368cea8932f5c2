"""``scenarios``: saved what-if scenarios."""

from __future__ import annotations

from typing import Annotated

import typer

from command_line.explain_options import ExplainOptions
from command_line.output import environment_language
from command_line.parameters import By, Cost, DriverCodes, Json, Lang, Limit, Outcome, Shift, Target, Where, listed_words
from command_line.requests import EstimateOptions
from command_line.scenario_commands import delete_scenario, list_scenarios, save_scenario, show_scenario
from command_line.workbooks import (
    SheetOptions,
)
from settings import acting_user, load_settings
from words.errors import ManyiError
from words.language import message, translator

_ = translator(environment_language())


def command(
    name: Annotated[str | None, typer.Argument(help=_("One scenario; without a name, all of them."), show_default=False)] = None,
    save: Annotated[bool, typer.Option("--save", help=_("Keep what --shift or --target asks under this name."))] = False,
    delete: Annotated[bool, typer.Option("--delete", help=_("Forget the scenario of this name."))] = False,
    schema: Annotated[str | None, typer.Option("--schema", help=_("The name of a stored survey."))] = None,
    wave: Annotated[str | None, typer.Option("--wave", help=_("The wave; the latest where one is saved."))] = None,
    where: Where = None,
    outcome: Outcome = None,
    drivers: DriverCodes = None,
    shift: Shift = None,
    target: Target = None,
    cost: Cost = None,
    limit: Limit = None,
    by: By = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Kept is what was asked; figures follow from the wave as it is now."""
    explain = ExplainOptions(
        outcome=outcome, drivers=listed_words(drivers), shifts=tuple(shift or ()), costs=tuple(cost or ()), limits=tuple(limit or ()),
        target=target,
    )  # fmt: skip
    options = EstimateOptions(
        what="what-if", workbook=None, schema=schema, by=(), where=tuple(where or ()), waves=(wave,) if wave else (), against=None,
        codes=(), mapping=(), sheet=SheetOptions(), json=json, explain=explain,
    )  # fmt: skip
    if name is None and not (save or delete):
        list_scenarios(options, load_settings())
    elif name is None or (save and delete):
        raise ManyiError(message("Name the one scenario to save or to delete."))
    elif save:
        save_scenario(options, name, by or acting_user(), load_settings())
    elif delete:
        delete_scenario(options, name, load_settings())
    else:
        show_scenario(options, name, load_settings())
