"""The storylines and the one function that makes a file of one: page and command line call it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from answers.pool.telling import silent, tell
from reports.document import Report, Scope
from reports.figures.scoped_ask import ScopedAsk
from reports.making.making import file_of, make_report
from reports.making.reader import Reader
from reports.office.names import file_name
from reports.sealed import sealed_as
from reports.storylines.measurement_file import measurement_file
from reports.storylines.outline import about
from reports.storylines.storyline_reports import ReportOf, branch, competitor, gaps, monthly
from reports.storylines.wave_workbook import wave_workbook
from survey_schema.columns import Role
from words.errors import ManyiError, unknown
from words.language import Language, Message, message


@dataclass(frozen=True)
class Storyline:
    """A report that tells of a wave in a given order. ``endings`` are the files it can be, the usual one first.

    ``report`` makes it of figures, so that it can be edited afterwards; None: the storyline is one kind of file.
    """

    title: Message
    told: Message
    endings: tuple[str, ...]
    report: ReportOf | None = None


_OF_FIGURES = ("pptx", "docx", "xlsx")
STORYLINES: Mapping[str, Storyline] = MappingProxyType(
    {
        "monthly": Storyline(
            message("Monthly report"),
            message("Two pages for people with little time, then league, trend, heat map, drivers, competitors, complaints, KPIs."),
            _OF_FIGURES,
            monthly,
        ),
        "branch": Storyline(
            message("Branch decks"), message("A presentation a branch, all as a ZIP; of the branch that is selected, a single file."),
            ("zip", *_OF_FIGURES), branch,
        ),
        "competitor": Storyline(
            message("Competitors"), message("Us against each competitor, by brand, dimension and question."), _OF_FIGURES, competitor
        ),
        "gaps": Storyline(
            message("Service gaps"), message("The five service gaps, and which sheet is missing for the others."), _OF_FIGURES, gaps
        ),
        "workbook": Storyline(message("Wave workbook"), message("All tables of a wave; the index adds up in the spreadsheet."), ("xlsx",)),
        "measurement": Storyline(
            message("Measurement file"), message("What GB/T 19038 and ISO 10004 ask for, each clause with its evidence."), ("docx",)
        ),
    }
)  # fmt: skip


def make_storyline(
    name: str, reader: Reader, scope: Scope, language: Language, ending: str, *, now: datetime | None = None
) -> bytes:  # fmt: skip
    """The file of a storyline for a scope.

    Raises ManyiError for what there is not (storyline, survey, wave, ending), and where the wave lacks the data the storyline tells of,
    naming the sheet that brings them.
    """
    storyline, made, ask = _named(name), now or datetime.now(), reader.ask(scope)
    if ending not in storyline.endings:
        known = ", ".join(f".{each}" for each in storyline.endings)
        raise ManyiError(message("The report {name} ends in {known}; found .{ending}.", name=name, known=known, ending=ending))
    if name == "workbook":
        return wave_workbook(ask, language, made, lambda answers: sealed_as(answers, reader.by))
    if name == "measurement":
        return measurement_file(ask, language, made, reader.by)
    if ending == "zip":
        return _branches(reader, ask, language, made)
    if name == "branch" and Role.BRANCH not in ask.where:
        raise ManyiError(message("Name the branch with --where branch=NAME, or a .zip for all branches."))
    report = storyline_report(name, ask, reader.by, language, made)
    with silent():  # its figures are asked already
        return file_of(make_report(report, reader, made), ending)


def storyline_report(name: str, ask: ScopedAsk, by: str, language: Language, made: datetime) -> Report:
    """A storyline as a report of figures; raises ManyiError like :func:`make_storyline`, ValueError for one that is none."""
    report = _named(name).report
    if report is None:
        raise ValueError(f"{name} is no report of figures")
    return report(ask, by, language, made)


def _named(name: str) -> Storyline:
    if name not in STORYLINES:
        raise unknown(message("report"), name, list(STORYLINES))
    return STORYLINES[name]


def _branches(reader: Reader, ask: ScopedAsk, language: Language, made: datetime) -> bytes:
    """A deck a branch, and a list of all; of a branch whose base is too small the list says so in the place of a deck."""
    chosen = ask.where.get(Role.BRANCH)
    branches = (chosen,) if chosen else ask.values[Role.BRANCH]
    if not branches:
        raise ManyiError(message("This wave tells no branches apart. A workbook with a branch column brings them."))
    target, lines, taken = io.BytesIO(), [" · ".join((ask.schema.title.text(language), *about(ask, language)))], set[str]()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for place, code in enumerate(branches, start=1):
            title = ask.schema.value_title(Role.BRANCH, code, language)
            within = replace(ask, where={**ask.where, str(Role.BRANCH): code})
            colon = "：" if language == "zh_CN" else ": "
            try:
                with silent():
                    deck = file_of(make_report(branch(within, reader.by, language, made), reader, made), "pptx")
            except ManyiError as error:
                lines.append(f"{title}{colon}{error.text(language)}")
            else:
                named = _free(file_name(title), taken)
                _add(package, named, deck, made)
                lines.append(f"{title}{colon}{named}")
            tell(place, len(branches), title)
        _add(package, f"{message('List').text(language)}.txt", ("\ufeff" + "\r\n".join(lines) + "\r\n").encode(), made)
    return target.getvalue()


def _free(name: str, taken: set[str]) -> str:
    """A file name no other branch has, also where a system does not tell small letters from large ones."""
    names = (f"{name}{number}.pptx" for number in ("", *(f"_{count}" for count in range(2, len(taken) + 3))))
    free = next(each for each in names if each.lower() not in taken)
    taken.add(free.lower())
    return free


def _add(package: zipfile.ZipFile, name: str, content: bytes, made: datetime) -> None:
    entry = zipfile.ZipInfo(name, made.timetuple()[:6])
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    package.writestr(entry, content)
