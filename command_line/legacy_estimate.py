"""Answers that are not topics yet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from command_line.estimates import estimate_and_print
from command_line.explain_options import ExplainOptions
from command_line.lazy_group import made_command
from command_line.parameters import *
from command_line.parameters import _
from command_line.requests import EstimateOptions
from command_line.workbooks import SheetOptions, told_from
from settings import load_settings
from words.language import message


class _Named(TyperCommand):
    def make_context(self, info_name, args, parent=None, **extra):  # type: ignore
        return super().make_context(info_name, [str(self.name), *args], parent=parent, **extra)


def legacy_command(name: str) -> Any:
    return made_command(name, command, message("Compute figures from the store or from a workbook."), cls=_Named)


def _written(context: typer.Context) -> tuple[str, ...]:
    """The options the user wrote, whatever others have by default."""
    sources = {parameter: context.get_parameter_source(parameter.name or "") for parameter in context.command.params}
    return tuple(parameter.opts[0] for parameter, source in sources.items() if source is not None and source.name == "COMMANDLINE")


def command(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help=_("What to compute, such as index, rates, distribution, compare, trend."))],
    workbook: Annotated[Path | None, typer.Argument(help=_("A workbook; without one, the store."), show_default=False)] = None,
    schema: Annotated[str | None, typer.Option("--schema", help=_("The schema of the workbook, or the name of a stored survey."))] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="COLUMN,…", help=_("Columns to group by: dimensions or attributes."))] = None,
    where: Where = None,
    wave: Annotated[list[str] | None, typer.Option("--wave", help=_("Only these waves."))] = None,
    against: Annotated[
        str | None, typer.Option("--against", help=_("previous, year_before, rest, competitors, best, target, or a group."))
    ] = None,
    code: Annotated[str | None, typer.Option("--code", metavar="CODE,…", help=_("Only these indicators."))] = None,
    mapping: Mapping = None,
    method: Annotated[str | None, typer.Option("--method", help=_("indicator-weights: given, entropy and others."))] = None,
    compare: Annotated[
        str | None, typer.Option("--compare", metavar="METHOD,METHOD", help=_("indicator-weights: two methods side by side."))
    ] = None,
    population: Population = None,
    common: Annotated[bool, typer.Option("--common", help=_("All groups on the questions that every one of them was asked."))] = False,
    share: Annotated[
        str | None, typer.Option("--share", help=_("rates, trend, compare, league, ranks: satisfied, dissatisfied, top_box or nps."))
    ] = None,
    sheet: Sheet = None,
    all_sheets: AllSheets = False,
    sheet_as: SheetAs = None,
    grade: Grade = None,
    dates: Dates = None,
    accept_losses: AcceptLosses = False,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Figures with their intervals, bases, method and settings."""
    explain = ExplainOptions(method=method, compare=listed_words(compare))
    options = EstimateOptions(
        what=what, workbook=workbook, schema=schema, by=listed_words(by), where=tuple(where or ()), waves=tuple(wave or ()), against=against,
        codes=listed_words(code), mapping=tuple(mapping or ()), sheet=SheetOptions(sheet, all_sheets, sheet_as),
        told=told_from(grade, dates), json=json, written=_written(context),
        explain=explain, common=common, share=share,
        accept_losses=accept_losses,
        population=population,
    )  # fmt: skip
    estimate_and_print(options, load_settings())
