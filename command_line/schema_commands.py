"""``schema``: versions of a survey's schema without a screen: list, show as YAML, save the next one, move waves to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from command_line.output import console, print_json, print_table, write_file
from command_line.workbooks import schema_named
from storage.records import Wave
from storage.store import Store
from survey_schema.loading import dump_yaml
from survey_schema.models import SurveySchema
from survey_schema.uploaded_schema import schema_at
from words.errors import ManyiError, unknown
from words.language import message, translator
from words.lists import Listed

ACTIONS = ("list", "show", "save", "use")


@dataclass(frozen=True)
class SchemaOptions:
    """What the command line says: the survey (or with ``save`` a YAML file), a version, waves by label, where to write, and why."""

    name: str | None = None
    version: int | None = None
    waves: Sequence[str] = ()
    out: Path | None = None
    note: str = ""
    by: str = ""
    json: bool = False


def run_schema_command(action: str, options: SchemaOptions, store: Store) -> None:
    """Does one of :data:`ACTIONS`; raises :class:`ManyiError` for what cannot be asked."""
    doing = {"list": _list, "show": _show, "save": _save, "use": _use}
    if action not in doing:
        raise unknown(message("action"), action, ACTIONS)
    doing[action](options, store)


def _list(options: SchemaOptions, store: Store) -> None:
    saved = store.schemas.saved(options.name)
    if options.json:
        print_json([{**vars(each), "saved_at": each.saved_at.isoformat()} for each in saved])
        return
    if not saved:
        console.print(message("No version of a survey was saved yet; the surveys that come with the product are in use."))
        return
    _ = translator(console.language)
    header = [_("Survey"), _("Stored at"), _("Stored by"), _("Note"), _("Version"), _("Waves")]
    rows = [
        [
            each.survey, f"{each.saved_at.astimezone():%Y-%m-%d %H:%M}", each.saved_by, each.note, str(each.version),
            str(sum(wave.schema_hash == each.schema_hash for wave in store.waves(each.survey))),
        ]
        for each in saved
    ]  # fmt: skip
    print_table(header, rows, numbers_from=4)


def _show(options: SchemaOptions, store: Store) -> None:
    text = dump_yaml(_asked(options, store))
    if options.out is None:
        console.print(text)
        return
    write_file(options.out, text.encode())
    console.print(message("Written: {path}", path=str(options.out)))


def _save(options: SchemaOptions, store: Store) -> None:
    schema = schema_at(_named(options))
    saved = store.schemas.save(schema, options.by, options.note, _waves(options, schema.name, store))
    _tell(options, saved.survey, saved.version)


def _use(options: SchemaOptions, store: Store) -> None:
    if not options.waves:
        raise ManyiError(message("Name the waves that are to follow this version with --wave."))
    schema = _asked(options, store)
    store.schemas.use(schema, options.by, _waves(options, schema.name, store))
    _tell(options, schema.name, schema.version)


def _tell(options: SchemaOptions, survey: str, version: int) -> None:
    if options.json:
        print_json({"survey": survey, "version": version, "waves": list(options.waves)})
        return
    if options.waves:
        told = message("Waves {waves} follow version {version} of {survey}.", waves=Listed(options.waves), version=version, survey=survey)
        console.print(told)
    else:
        console.print(message("Version {version} of {survey} is saved; the next upload uses it.", version=version, survey=survey))


def _asked(options: SchemaOptions, store: Store) -> SurveySchema:
    """The version asked for, else the one in use."""
    name = _named(options)
    saved = store.schemas.saved(name)
    if options.version is not None:
        found = next((each for each in saved if each.version == options.version), None)
        if found is None:
            known = Listed([str(each.version) for each in saved] or ["–"])
            raise ManyiError(
                message(
                    "There is no saved version {version} of {survey}. There are: {known}.",
                    version=options.version,
                    survey=name,
                    known=known,
                )
            )
        return store.schema(found.schema_hash)
    return schema_named(name, store)


def _named(options: SchemaOptions) -> str:
    if options.name is None:
        raise ManyiError(message("Name a survey or, to save one, its YAML file."))
    return options.name


def _waves(options: SchemaOptions, survey: str, store: Store) -> list[Wave]:
    there = {wave.label: wave for wave in store.waves(survey)}
    for label in options.waves:
        if label not in there:
            raise unknown(message("wave"), label, list(there))
    return [there[label] for label in options.waves]
