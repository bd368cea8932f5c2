"""Reports on the shelf of a store: the one a user is working on, and saved versions.

What a deck last said is not kept here: a saved version is a frozen value, so the texts and charts of any deck made of it can be made
again from the version and the wave (``make_report``), which is what a refresh compares an edited deck with. ``Report.name`` and the
item ids are the same in every version.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reports.document import Cover, FigureItem, Item, KeptItem, Report, WordsItem
from reports.making.reader import Reader
from reports.plain_values import plain_of, value_of
from storage.saved_reports import PARTS, ReportDraft, SavedReport, part_id_of
from words.errors import ManyiError, unknown
from words.language import DEFAULT_LANGUAGE, Language, message


@dataclass(frozen=True)
class AtWork:
    """What a user is working on. ``saved`` is the version it was opened from or last saved as; ``changed`` whether it differs."""

    report: Report
    saved: SavedReport | None = None
    changed: bool = False


class Shelf:
    """The reports a reader may see."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self._reports = reader, reader.store.reports

    def at_work(self, language: Language = DEFAULT_LANGUAGE) -> AtWork:
        """What the reader is working on; an empty report where there is nothing."""
        draft = self._reports.draft(self._reader.by, self._reader.rows)
        if draft is None:
            return AtWork(Report("", language))
        saved = self._version(draft.report_id, draft.version)
        report = self._report(draft.definition)
        return AtWork(report, saved, bool(report.items) if saved is None else dict(saved.definition) != dict(draft.definition))

    def change(
        self, step: Callable[[Report], Report], language: Language = DEFAULT_LANGUAGE, *, new: Item | None = None, parts: Sequence[str] = ()
    ) -> None:
        """One step of the work, kept at once; made of what is there now, so that two windows lose nothing of each other's.

        ``new`` is an item the step adds, ``parts`` are contents of others, such as a template.
        """

        def changed(draft: ReportDraft | None) -> ReportDraft:
            before = self._report(draft.definition) if draft else Report("", language)
            return replace(draft or ReportDraft({}), definition=definition_of(step(before)))

        contents = [*parts, *([_content(new)] if isinstance(new, KeptItem) else [])]
        self._reports.change_draft(self._reader.by, self._reader.rows, changed, contents)

    def begin(self, language: Language) -> None:
        """Begins anew, with the organisation, the author and the template of the last one; what was saved stays saved."""
        last = self.at_work(language).report
        cover = Cover(organisation=last.cover.organisation, author=last.cover.author)
        draft = ReportDraft(definition_of(Report("", language, cover=cover, template=last.template)))
        self._reports.change_draft(self._reader.by, self._reader.rows, lambda _draft: draft)

    def put_aside(self) -> None:
        """Forgets what the reader is working on; what was saved stays saved."""
        self._reports.change_draft(self._reader.by, self._reader.rows, lambda _draft: None)

    def open(self, report_id: str, version: int | None = None) -> None:
        """Puts a saved version, usually the newest, in the place of what the reader is working on."""
        there = self._reports.versions(report_id, self._reader.rows)
        found = next((each for each in there if each.version == version), there[-1] if there and version is None else None)
        if found is None:
            raise ManyiError(message("This report is not in the store any more."))
        draft = ReportDraft(found.definition, found.report_id, found.version)
        self._reports.change_draft(self._reader.by, self._reader.rows, lambda _draft: draft)

    def save(self, name: str, *, anew: bool = False) -> SavedReport:
        """Saves what the reader is working on under a name: the next version of the report it was opened from, or a new report.

        Raises ChangedMeanwhile where somebody else has saved or deleted it since.
        """
        draft = self._reports.draft(self._reader.by, self._reader.rows)
        if draft is None:
            raise ManyiError(message("There is nothing to save yet. Add a figure to the report first."))
        report = replace(self._report(draft.definition), name=" ".join(name.split()))
        of = None if anew else draft.report_id
        saved = self._reports.save(
            name, definition_of(report), self._reader.by, self._reader.rows, of=of, instead_of=draft.version if of else None
        )

        def renamed(now: ReportDraft | None) -> ReportDraft:
            definition = definition_of(replace(self._report(now.definition) if now else report, name=report.name))
            return ReportDraft(definition, saved.report_id, saved.version)

        self._reports.change_draft(self._reader.by, self._reader.rows, renamed)
        return saved

    def keep(self, report: Report, name: str) -> SavedReport:
        """Saves a report that was made elsewhere, such as one of a storyline, as a new one; what the reader is working on stays."""
        contents = [_content(item) for item in report.items if isinstance(item, KeptItem)]
        definition = definition_of(replace(report, name=" ".join(name.split())))
        return self._reports.save(name, definition, self._reader.by, self._reader.rows, parts=contents)

    def saved(self) -> tuple[SavedReport, ...]:
        """The newest version of each."""
        return self._reports.newest(self._reader.rows)

    def versions(self, report_id: str) -> tuple[SavedReport, ...]:
        """All versions of one, oldest first."""
        return self._reports.versions(report_id, self._reader.rows)

    def delete(self, saved: SavedReport) -> int:
        """Deletes a report with all its versions, for good; returns how many there were."""
        return self._reports.delete(saved.report_id, saved.version, self._reader.by, self._reader.rows)

    def named(self, name: str, version: int | None = None) -> Report:
        """A saved report by its name; raises ManyiError naming what there is."""
        there = self.saved()
        found = next((each for each in there if each.name == name), None)
        if found is None:
            raise unknown(message("report"), name, [each.name for each in there])
        versions = self.versions(found.report_id)
        wanted = next((each for each in versions if each.version == version), found if version is None else None)
        if wanted is None:
            raise unknown(message("version"), str(version), [str(each.version) for each in versions])
        return self._report(wanted.definition)

    def report(self, saved: SavedReport) -> Report:
        """The report of a saved version."""
        return self._report(saved.definition)

    def _version(self, report_id: str | None, version: int | None) -> SavedReport | None:
        there = self._reports.versions(report_id, self._reader.rows) if report_id else ()
        return next((each for each in there if each.version == version), None)

    def _report(self, definition: Mapping[str, Any]) -> Report:
        items = tuple(self._item(each) for each in definition["items"])
        made: Report = replace(value_of({**definition["report"], "items": []}), items=items)
        return made

    def _item(self, plain: Mapping[str, Any]) -> Item:
        given = dict(plain)
        if isinstance(given.get("kept"), str):
            given["kept"] = json.loads(self._reports.part(given["kept"]))
        item: FigureItem | KeptItem | WordsItem = value_of(given)
        return item


def definition_of(report: Report) -> dict[str, Any]:
    """A report as the store keeps it: charts kept as they were are parts of their own."""
    items, parts = [], [report.template.part] if report.template else []
    for item in report.items:
        plain = plain_of(item)
        if isinstance(item, KeptItem):
            plain["kept"] = part_id_of(_content(item))
            parts.append(plain["kept"])
        items.append(plain)
    return {"report": plain_of(replace(report, items=())), "items": items, PARTS: parts}


def _content(item: KeptItem) -> str:
    return json.dumps(plain_of(item.kept), ensure_ascii=False, sort_keys=True)
