"""``verify``: whether sealed figures would be the same today."""

from __future__ import annotations

from typing import Annotated

import typer

from command_line.output import environment_language
from command_line.parameters import Json, Lang
from command_line.seal_commands import verify_seal
from settings import load_settings
from words.check_codes import EXAMPLE
from words.language import translator

_ = translator(environment_language())


def command(
    code: Annotated[str, typer.Argument(help=_("The code beside the figures, such as {example}.").format(example=EXAMPLE))],
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Ends with 0 where all is equal and with 1 where something changed."""
    verify_seal(code, load_settings(), json=json)
