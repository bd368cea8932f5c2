"""Annotations without a screen: listed, added, removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from answers.annotated import Annotation, annotations_of
from answers.selection import value_of
from answers.source import StoreSource
from command_line.output import console, print_json, print_table
from storage.annotating import add_annotation, no_annotation, remove_annotation
from survey_schema.columns import Role
from words.errors import ManyiError
from words.language import message, translator


def list_all(source: StoreSource, *, json: bool) -> None:
    """All of a survey, in the order of their days."""
    noted = annotations_of(source)
    if json:
        print_json([{**asdict(each), "day": each.day.isoformat()} for each in noted])
        return
    _ = translator(console.language)
    header = [_("Date"), _("What happened"), _("Concerns"), _("begins a phase"), _("Recorded by")]
    rows = [
        [
            each.day.isoformat(), each.text,
            source.schema.value_title(Role.BRANCH, each.branch, console.language) if each.branch else _("all branches"),
            _("yes") if each.phase_start else _("no"), each.author or "",
        ]
        for each in noted
    ]  # fmt: skip
    print_table(header, rows, numbers_from=len(header))


def add(source: StoreSource, typed: Mapping[str, object], by: str) -> None:
    """Stores the list with one more."""
    stored = add_annotation(source.store, source.schema, typed, by).stored
    console.print(message("Annotated; the list has {n} now (version {version}).", n=stored.n, version=stored.version))


def remove(source: StoreSource, text: str, date: str | None, branch: str | None, by: str) -> None:
    """Stores the list without one; raises ManyiError where the text does not tell which."""
    named = value_of(Role.BRANCH, branch, source.schema) if branch else None
    found = [each for each in annotations_of(source) if _meant(each, text, date, named)]
    if not found:
        raise no_annotation(text, date)
    if len(found) > 1:
        raise ManyiError(message("{n} annotations have this text; name the day with --date, or the branch with --branch.", n=len(found)))
    (one,) = found
    remove_annotation(source.store, source.schema, {"date": one.day, "text": one.text, "branch": one.branch}, by)
    console.print(message("The annotation is removed."))


def _meant(each: Annotation, text: str, date: str | None, branch: str | None) -> bool:
    return each.text == text and date in (None, each.day.isoformat()) and branch in (None, each.branch)
