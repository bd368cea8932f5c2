"""A QC project as a terminal shows it: step by step, texts, check sheets with their sums, figures now and as of then."""

from __future__ import annotations

from contextlib import suppress

from analysis.results.sentences import plain_text
from charts.causes.cause_marks import WORDS
from command_line.output import console, print_table
from projects.check_sheets import summed
from projects.evidence import CheckSheet, LiveFigure
from projects.evidence_of import evidence_in
from projects.plain_rows import evidence_title, rows_of
from projects.project import SECTIONS, Project
from projects.words import SECTION_TITLES
from reports.figures.measures import asked_measures
from reports.making.reader import Reader
from reports.project_figures import looked_at, own_ask
from reports.project_record import cause_records
from words.errors import ManyiError
from words.language import message, translator


def show_project(project: Project, reader: Reader, section: str | None = None) -> None:
    """The project, or one of its sections."""
    for place, name in enumerate(SECTIONS):
        if section in (None, name):
            if place and section is None:
                console.print()
            _show_section(name, project, reader)


def _show_section(name: str, project: Project, reader: Reader) -> None:
    language, part = console.language, project.sections[name]
    console.print(f"# {SECTION_TITLES[name].text(language)}")
    rows, evidence = list(rows_of(part, language)), list(evidence_in(part))
    for title, text in rows:
        console.print(f"{title}: {text}")
    for each in evidence:
        if isinstance(each, CheckSheet):
            _show_sheet(each)
        else:
            _show_figure(each, project, reader)
    if name == "causes":
        _show_causes(project, reader)
    elif name == "carrying_out":
        _show_measures(project, reader)
    if not rows and not evidence:
        console.print(message("Nothing is written yet."))


def _show_causes(project: Project, reader: Reader) -> None:
    """The end causes with verdict and influence."""
    records = cause_records(project, reader, console.language)
    if not records:
        return
    _ = translator(console.language)
    rows = [
        [
            each["text"], WORDS[each["verdict"]].text(console.language), "" if each["value"] is None else f"{each['value']:.1f}",
            "" if each["low"] is None else f"{each['low']:.1f} … {each['high']:.1f}",
        ]
        for each in records
    ]  # fmt: skip
    print_table([_("End cause"), _("Verdict"), _("Influence on the problem, %"), _("Interval")], rows, numbers_from=2)


def _show_measures(project: Project, reader: Reader) -> None:
    """The sentence of the measures that name the project."""
    with suppress(ManyiError):  # there are none
        asked = asked_measures(own_ask(project.about, reader), {"project": project.about.title})
        console.print(plain_text(asked.sentence(console.language)))


def _show_sheet(sheet: CheckSheet) -> None:
    _, found = translator(console.language), summed(sheet)
    console.print(f"[{evidence_title(sheet)}]")
    whole = "" if found.total is None else _share(1.0)
    totals = [[_count(row.total), _share(row.share), _share(row.running)] for row in found.rows] + [[_count(found.total), whole, ""]]
    heads = [_("Altogether"), _("Share"), _("Running share")] if sheet.columns_add_up else []
    counted = [[row.name, *map(_count, row.counts)] for row in found.rows] + [[_("Altogether"), *map(_count, found.column_totals)]]
    rows = [[*left, *right[: len(heads)]] for left, right in zip(counted, totals, strict=True)]
    print_table(["", *sheet.columns, *heads], rows, numbers_from=1)
    for slip in found.slips:
        console.print(message("Stated otherwise: {told}", told=slip.told))


def _show_figure(live: LiveFigure, project: Project, reader: Reader) -> None:
    looked = looked_at(project.about, live, reader)
    title = live.caption or (looked.figure.title.text(console.language) if looked.figure else live.figure)
    console.print(f"[{title}]")
    found = looked.found
    if found.now is not None:
        console.print(found.now.sentence[console.language])
    if found.why is not None:
        console.print(found.why)
    if found.then is not None and found.state in ("changed", "gone"):
        console.print(message("As of {at}: {sentence}", at=found.then.at, sentence=found.then.sentence.get(console.language, "")))


def _count(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"


def _share(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.2f}%"
