"""Reports without a screen: the words of ``report`` as a scope, the file of a storyline, and how far it is."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

from answers.kept import Kept
from answers.pool.telling import telling_to
from answers.question import pairs
from answers.selection import conditions, named_waves, ours_where, refuse_nobody
from answers.source import StoreSource
from command_line.asking import Words, stored_source
from command_line.output import console, write_file
from projects.project import Projects
from reports.document import Scope
from reports.making.reader import Reader
from reports.storylines.project_report import project_file
from reports.storylines.storylines import make_storyline
from settings import acting_user, load_settings
from survey_schema.columns import Role
from words.errors import ManyiError
from words.language import Message, message
from words.shown_text import terminal_text

_BAR = 24


def write_report(storyline: str, out: Path, *, survey: str | None, wave: str | None, where: tuple[str, ...], by: str | None) -> None:
    """Makes the file and says where it is; raises ManyiError for what cannot be made."""
    settings = load_settings()
    source = stored_source(Words(schema=survey, waves=(wave,) if wave else ()), settings)
    reader = Reader(source.store, settings.rules, Kept(), by or acting_user())
    scope = _scope(source, wave, where)
    ending = out.suffix.lower().removeprefix(".")
    with telling_to(_bar) if sys.stderr.isatty() else nullcontext():
        content = make_storyline(storyline, reader, scope, console.language, ending)
    write_file(out, content)
    console.print(message("Written: {path}", path=str(out)))


def write_project_report(project: str | None, out: Path, *, by: str | None) -> None:
    """The ten steps of a QC project as a file; raises ManyiError where none is named and for what cannot be made."""
    settings = load_settings()
    reader = Reader(settings.open_store(), settings.rules, Kept(), by or acting_user())
    if not project:
        raise ManyiError(message("Name the project with --project TITLE; cli.py project list shows them."))
    found = Projects(reader.store, reader.by, reader.rows).named(project)
    write_file(out, project_file(found, reader, console.language, out.suffix.lower().removeprefix(".")))
    console.print(message("Written: {path}", path=str(out)))


def _scope(source: StoreSource, wave: str | None, texts: tuple[str, ...]) -> Scope:
    """Of our own customers where no operator is named, as everywhere."""
    label = (named_waves((wave,) if wave else (), source.labels) or source.labels[-1:])[-1]
    where, opened = conditions(texts, source.schema)
    if Role.OPERATOR not in (*where, *opened):
        where = {**where, **ours_where(source, label)}
    refuse_nobody(source, where, (label,))
    return Scope(source.survey, label, pairs(where))


def _bar(done: int, total: int, what: str | Message) -> None:
    """One line on the error stream that is written over."""
    name = what if isinstance(what, str) else what.text(console.language)
    filled = round(_BAR * done / total)
    line = f"\r[{'#' * filled}{'.' * (_BAR - filled)}] {done}/{total} {terminal_text(name)}\033[K"
    print(line, end="\n" if done == total else "", file=sys.stderr, flush=True)
