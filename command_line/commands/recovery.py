"""``recovery``: the customers still to be contacted, as a workbook that comes back filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from answers.recovery import RECOVERY
from answers.source import StoreSource
from answers.topic import answer
from command_line.asking import Words, asked_of
from command_line.output import console, environment_language, write_file
from command_line.parameters import Lang, Where
from settings import load_settings
from words.errors import ManyiError, none_of
from words.language import message, translator

_ = translator(environment_language())


def command(
    what: Annotated[str, typer.Argument(metavar="list", help=_("list: write the customers still to be contacted."))],
    out: Annotated[Path, typer.Option("--out", help=_("The workbook to write (.xlsx)."))],
    wave: Annotated[str | None, typer.Option("--wave", help=_("Only this wave; the latest unless named."))] = None,
    schema: Annotated[str | None, typer.Option("--schema", help=_("The name of a stored survey."))] = None,
    on: Annotated[str | None, typer.Option("--on", help=_("As of which day; today unless named."))] = None,
    issued: Annotated[
        str | None, typer.Option("--issued", help=_("The day the list was made; the day after the wave unless named."))
    ] = None,
    where: Where = None,
    lang: Lang = None,
) -> None:
    """Opaque ids, no names. Fill in contacts and outcomes and store the workbook with commit; estimate recovery tells how far it got."""
    from reports.recovery.list_file import list_file

    if what != "list":
        raise none_of("recovery", what, ["list"])
    if out.suffix.lower() != ".xlsx":
        raise ManyiError(message("{path} must end in .xlsx.", path=str(out)))
    words = Words(
        schema=schema, where=tuple(where or ()), waves=(wave,) if wave else (), options={"on": on, "issued": issued, "listed": True}
    )
    question, source = asked_of(words, RECOVERY, load_settings())
    assert isinstance(source, StoreSource)
    found = answer(RECOVERY, question, source)
    write_file(out, list_file(found, source, console.language))
    count = f"{len(found.result.listed or ()):,}"
    console.print(message("Written: {path}, {n} customers still to be contacted.", path=str(out), n=count))
    for remark in found.remarks(console.language):
        console.print(remark)
