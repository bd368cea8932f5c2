"""Saved reports without a screen: list them, show one, make a file of it, delete it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from answers.kept import Kept
from answers.selection import named_waves
from command_line.output import console, print_json, print_table, write_file
from reports.document import FigureItem, Item, KeptItem, Report
from reports.figures.figure_list import FIGURES
from reports.making.making import FORMATS, file_of, make_report
from reports.making.reader import Reader
from reports.office.templates import read_template
from reports.shelf import Shelf
from settings import acting_user, load_settings
from storage.saved_reports import SavedReport
from words.errors import ManyiError
from words.language import message, translator
from words.lists import Listed
from words.periods import wave_text


def work_on_reports(
    name: str | None, *, out: Path | None, version: int | None, wave: str | None, template: Path | None, delete: bool, yes: bool,
    by: str | None, json: bool,
) -> None:  # fmt: skip
    """What was asked for; raises ManyiError for what there is not."""
    settings = load_settings()
    reader = Reader(settings.open_store(), settings.rules, Kept(), by or acting_user())
    shelf = Shelf(reader)
    if name is None:
        if out or delete or version or wave or template:
            raise ManyiError(message("Name the one report this is about."))
        _list(shelf, json=json)
        return
    if delete:
        _delete(shelf, name, yes=yes)
        return
    report = shelf.named(name, version)
    if wave is not None:
        report = _of_wave(report, wave, reader)
    if out is None:
        _show(report, json=json)
    else:
        _export(report, out, reader, template, json=json)


def _list(shelf: Shelf, *, json: bool) -> None:
    there = shelf.saved()
    if json:
        print_json([_record(each) for each in there])
        return
    if not there:
        console.print(message("No report is saved."))
        return
    _ = translator(console.language)
    rows = [
        [each.name, f"{each.saved_at.astimezone():%Y-%m-%d %H:%M}", each.saved_by, str(each.version), str(len(each.definition["items"]))]
        for each in there
    ]
    print_table([_("Report"), _("Saved on"), _("Saved by"), _("Version"), _("Items")], rows, numbers_from=3)


def _show(report: Report, *, json: bool) -> None:
    if json:
        print_json({"name": report.name, "language": report.language, "items": [_item_record(item) for item in report.items]})
        return
    _ = translator(console.language)
    rows = [[*_told(item), str(place)] for place, item in enumerate(report.items, start=1)]
    print_table([_("In the report"), _("Wave"), _("Place")], rows, numbers_from=2)


def _export(report: Report, out: Path, reader: Reader, template: Path | None, *, json: bool) -> None:
    kind = out.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise ManyiError(message("A report becomes a file that ends with {known}, not {file}.", known=Listed(list(FORMATS)), file=out.name))
    made = make_report(report, reader)
    if template is not None:
        made = replace(made, template=read_template(_read(template))[0])
    write_file(out, file_of(made, kind))
    problems = [(item.headline, item.problem) for item in made.problems]
    if json:
        print_json({"file": str(out), "items": len(made.items), "missing": [{"item": title, "why": why} for title, why in problems]})
        return
    for title, why in problems:
        console.complain(message("{title}: {why}", title=title, why=why))
    console.print(message("Written: {path}", path=str(out)))


def _delete(shelf: Shelf, name: str, *, yes: bool) -> None:
    shelf.named(name)
    saved = next(each for each in shelf.saved() if each.name == name)
    if not yes:
        versions, items = len(shelf.versions(saved.report_id)), len(saved.definition["items"])
        told = message(
            "“{name}” with {versions} versions, the newest of {items} items, will be deleted for good.",
            name=name,
            versions=versions,
            items=items,
        )
        console.print(message("{told} Add --yes to do it.", told=told))
        return
    versions = shelf.delete(saved)
    console.print(message("The report {name} was deleted with {versions} versions.", name=name, versions=versions))


def _of_wave(report: Report, wave: str, reader: Reader) -> Report:
    """Every figure of the report in another wave; what was kept as it was stays."""

    def moved(item: Item) -> Item:
        if not isinstance(item, FigureItem):
            return item
        labels = [each.label for each in reader.store.waves(item.scope.survey)]
        return replace(item, scope=replace(item.scope, wave=named_waves([wave], labels)[0]))

    return replace(report, items=tuple(moved(item) for item in report.items))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ManyiError(message("{path} cannot be read: {reason}.", path=str(file), reason=error.strerror or str(error))) from error


def _record(each: SavedReport) -> dict[str, object]:
    return {
        "name": each.name, "version": each.version, "saved_at": each.saved_at.isoformat(), "saved_by": each.saved_by,
        "items": len(each.definition["items"]),
    }  # fmt: skip


def _item_record(item: Item) -> dict[str, object]:
    texts = {"headline": item.texts.headline, "caption": item.texts.caption}
    if isinstance(item, FigureItem):
        scope = {"survey": item.scope.survey, "wave": item.scope.wave, "where": dict(item.scope.where or ())}
        return {"id": item.id, "figure": item.figure, **scope, "choices": dict(item.choices), **texts}
    kept = {"kept": item.kept.title, "seal": item.kept.origin.seal} if isinstance(item, KeptItem) else {"paragraphs": item.paragraphs}
    return {"id": item.id, **kept, **texts}


def _told(item: Item) -> list[str]:
    """What an item is, and its wave."""
    _ = translator(console.language)
    if isinstance(item, FigureItem):
        figure = FIGURES.get(item.figure)
        wave = wave_text(item.scope.wave, console.language) if item.scope.wave else _("the latest wave")
        return [item.texts.headline or (figure.title.text(console.language) if figure else item.figure), wave]
    if isinstance(item, KeptItem):
        return [item.texts.headline or item.kept.title, _("kept on {day}").format(day=item.kept.origin.made_text)]
    return [item.texts.headline or _("Words"), ""]
