"""``scenarios``: saved what-if scenarios; what is asked is said as for ``estimate what-if``."""

from __future__ import annotations

from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from answers.what_if import WhatIfOptions
from command_line.asking import Words
from command_line.option_parsing import parameters_of, values_of
from command_line.output import environment_language
from command_line.parameters import By, Json, Lang, Where
from command_line.scenario_commands import delete_scenario, list_scenarios, save_scenario, show_scenario
from settings import acting_user, load_settings
from words.errors import ManyiError
from words.language import message, translator

_ = translator(environment_language())
_OWN: tuple[tuple[str, Any, Any], ...] = (
    ("name", Annotated[str | None, typer.Argument(help=_("One scenario; without a name, all of them."), show_default=False)], None),
    ("save", Annotated[bool, typer.Option("--save", help=_("Keep what --shift or --target asks under this name."))], False),
    ("delete", Annotated[bool, typer.Option("--delete", help=_("Forget the scenario of this name."))], False),
    ("schema", Annotated[str | None, typer.Option("--schema", help=_("The name of a stored survey."))], None),
    ("wave", Annotated[str | None, typer.Option("--wave", help=_("The wave; the latest where one is saved."))], None),
    ("where", Where, None),
)
_LAST: tuple[tuple[str, Any, Any], ...] = (("by", By, None), ("json", Json, False), ("lang", Lang, None))


def command(**written: Any) -> None:
    """Kept is what was asked; figures follow from the wave as it is now."""
    name, save, delete, json = written["name"], written["save"], written["delete"], written["json"]
    words = Words(
        schema=written["schema"], where=tuple(written["where"] or ()), waves=(written["wave"],) if written["wave"] else (),
        options=values_of(WhatIfOptions, written),
    )  # fmt: skip
    if name is None and not (save or delete):
        list_scenarios(words, load_settings(), json=json)
    elif name is None or (save and delete):
        raise ManyiError(message("Name the one scenario to save or to delete."))
    elif save:
        save_scenario(words, name, written["by"] or acting_user(), load_settings(), json=json)
    elif delete:
        delete_scenario(words, name, load_settings())
    else:
        show_scenario(words, name, load_settings(), json=json)


def _parameters() -> list[Parameter]:
    own, last = (
        [Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind) for name, kind, default in part]
        for part in (_OWN, _LAST)
    )
    return [*own, *parameters_of(WhatIfOptions), *last]


command.__signature__ = Signature(_parameters())  # type: ignore[attr-defined]
command.__annotations__ = {one.name: one.annotation for one in _parameters()}
