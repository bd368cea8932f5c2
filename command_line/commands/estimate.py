"""``estimate``: figures from the store or from a workbook, a sub-command an answer."""

from __future__ import annotations

import typer

from command_line.estimate_group import EstimateGroup
from command_line.output import environment_language
from command_line.parameters import Lang
from words.language import translator

_ = translator(environment_language())
app = typer.Typer(
    cls=EstimateGroup, name="estimate", help=_("Compute figures from the store or from a workbook."), no_args_is_help=True,
    subcommand_metavar=_("ANSWER [WORKBOOK] [OPTIONS]…"), add_completion=False, rich_markup_mode=None,
)  # fmt: skip


@app.callback()
def estimate(lang: Lang = None) -> None:
    """Nothing before the answer itself."""


command = typer.main.get_command(app)
