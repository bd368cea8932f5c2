"""QC projects without a screen: list them, show one, make a file of it, read one in, change a section, go back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from answers.kept import Kept
from answers.selection import conditions
from command_line.output import console, print_json, print_table, write_file
from command_line.project_shown import show_project
from projects.project import SECTIONS, Project, Projects
from projects.project_file import FORMATS, plain_project, project_text, read_project, section_from, sections_of
from projects.sections import About
from projects.words import LEVEL_WORDS, SECTION_TITLES, STEP_TITLES
from reports.making.reader import Reader
from reports.project_beginning import begun
from reports.project_facts import review_record, reviewed
from reports.project_figures import asked_of
from reports.project_record import project_record
from reports.project_workbook import project_workbook
from settings import acting_user, load_settings
from words.errors import ManyiError, none_of, unknown
from words.language import message, translator
from words.lists import Listed


@dataclass(frozen=True)
class Told:
    """What the options say."""

    step: str | None = None
    version: int | None = None
    out: Path | None = None
    survey: str | None = None
    wave: str | None = None
    where: tuple[str, ...] = ()
    aside: bool = False
    by: str | None = None
    json: bool = False


@dataclass(frozen=True)
class _Work:
    """Words and options of one command, with the projects and the store it works on."""

    words: Sequence[str]
    told: Told
    projects: Projects
    reader: Reader

    @property
    def project(self) -> Project:
        """The project named by the first word, in the version asked for."""
        if not self.words:
            raise ManyiError(message("Name the project by its title or id."))
        found = self.projects.named(self.words[0])
        return found if self.told.version is None else self.projects.open(found.project_id, self.told.version)

    def done(self, project_id: str) -> None:
        """Says which project that was, and its version."""
        project = self.projects.open(project_id)
        if self.told.json:
            print_json({"project": project_id, "title": project.about.title, "version": project.version})
        else:
            told = message("{title} ({id}), version {version}.", title=project.about.title, id=project_id[:8], version=project.version)
            console.print(told)


def work_on_projects(action: str, words: Sequence[str], told: Told) -> None:
    """What was asked for; raises ManyiError for what there is not."""
    settings = load_settings()
    reader = Reader(settings.open_store(), settings.rules, Kept(), told.by or acting_user())
    if action not in _ACTIONS:
        raise none_of("ACTION", action, list(_ACTIONS))
    _ACTIONS[action](_Work(words, told, Projects(reader.store, reader.by, reader.rows), reader))


def _list(work: _Work) -> None:
    there = work.projects.all(put_aside=work.told.aside)
    opened = [work.projects.open(each.project_id) for each in there]
    if work.told.json:
        print_json([_listed(each) for each in opened])
        return
    if not there:
        console.print(message("No QC project is stored."))
        return
    _ = translator(console.language)
    rows = [[each.about.title, each.about.group, each.project_id[:8], each.about.wave, str(each.version)] for each in opened]
    print_table([_("Project"), _("QC group"), _("Id"), _("Wave"), _("Version")], rows, numbers_from=4)


def _listed(project: Project) -> dict[str, object]:
    about = project.about
    return {
        "project": project.project_id, "title": about.title, "group": about.group, "survey": about.survey, "wave": about.wave,
        "where": about.where, "target": project.target.value, "written": list(plain_project(project)), "version": project.version,
    }  # fmt: skip


def _show(work: _Work) -> None:
    section = None if work.told.step is None else _section(work.told.step)
    if work.told.json:
        print_json(project_record(work.project, work.reader, console.language, section))
    else:
        show_project(work.project, work.reader, section)


def _review(work: _Work) -> None:
    """What a jury would ask: every finding with its step and what to do; and the steps nothing is found in."""
    found = reviewed(work.project, work.reader)
    language = console.language
    if work.told.json:
        print_json(review_record(found, language))
        return
    for each in found.findings:
        console.print(f"{STEP_TITLES[each.step].text(language)} · {LEVEL_WORDS[each.level].text(language)} · {each.told.text(language)}")
        console.print(f"    {each.mend.text(language)}")
    console.print(found.sentence)


def _section(step: str) -> str:
    """A step or section; root causes are tests within the causes."""
    named = {title.text(console.language): name for name, title in SECTION_TITLES.items()}
    found = "causes" if step == "root_causes" else named.get(step, step)
    if found not in SECTIONS:
        raise unknown(message("step"), step, list(SECTIONS))
    return found


def _export(work: _Work) -> None:
    out = work.told.out
    if out is None:
        raise ManyiError(message("Say which file to write: --out FILE."))
    kind = out.suffix.lower().removeprefix(".")
    if kind == "xlsx":
        content = project_workbook(work.project, work.reader, console.language, datetime.now())
    elif kind in FORMATS:
        content = project_text(work.project, kind).encode()
    else:
        known = Listed([".json", ".yaml", ".xlsx"])
        raise ManyiError(message("A project becomes a file that ends with {known}, not {file}.", known=known, file=out.name))
    write_file(out, content)
    if work.told.json:
        print_json({"file": str(out)})
    else:
        console.print(message("Written: {path}", path=str(out)))


def _import(work: _Work) -> None:
    if not work.words:
        raise ManyiError(message("Name the file of a project: .json or .yaml."))
    work.done(work.projects.start(*sections_of(_values(work.words[0]))))


def _new(work: _Work) -> None:
    """A project with the baseline and the figures of its wave, where a survey is named."""
    if not work.words:
        raise ManyiError(message("Give the new project a title."))
    told = work.told
    about = About(title=work.words[0], survey=told.survey or "", wave=told.wave or "")
    if told.survey:
        ask = asked_of(about, work.reader)
        named, opened = conditions(told.where, ask.schema)
        usual = {name: value for name, value in ask.where.items() if name not in opened}
        about = about.model_copy(update={"where": {**usual, **named}})
    work.done(work.projects.start(*begun(about, {}, work.reader, console.language)))


def _set(work: _Work) -> None:
    if len(work.words) != 3:
        raise ManyiError(message("Say which section of which project: project set NAME SECTION FILE."))
    project, name = work.project, _section(work.words[1])
    values = _values(work.words[2])
    work.done(work.projects.save(project, section_from(name, values.get(name, values))).project_id)


def _values(path: str) -> Mapping[str, object]:
    file = Path(path)
    try:
        return read_project(file.read_bytes(), file.name)
    except OSError as error:
        raise ManyiError(message("{path} cannot be read: {reason}.", path=path, reason=error.strerror or str(error))) from error


def _set_aside(work: _Work) -> None:
    _put(work, aside=True)


def _take_up(work: _Work) -> None:
    _put(work, aside=False)


def _put(work: _Work, *, aside: bool) -> None:
    project = work.project
    work.done(work.projects.save(project, project.about.model_copy(update={"put_aside": aside})).project_id)


def _history(work: _Work) -> None:
    changes = work.projects.history(work.projects.named(_named(work)).project_id)
    if work.told.json:
        print_json([{"version": each.number, "section": each.section, "at": each.at.isoformat(), "by": each.by} for each in changes])
        return
    _ = translator(console.language)
    rows = [
        [f"{each.at.astimezone():%Y-%m-%d %H:%M}", each.by, SECTION_TITLES[each.section].text(console.language), str(each.number)]
        for each in changes
    ]
    print_table([_("Changed on"), _("Changed by"), _("Section"), _("Version")], rows, numbers_from=3)


def _go_back(work: _Work) -> None:
    if work.told.version is None:
        raise ManyiError(message("Say which version to go back to: --version N. project history NAME lists them."))
    work.done(work.projects.go_back(work.projects.named(_named(work)), work.told.version).project_id)


def _named(work: _Work) -> str:
    if not work.words:
        raise ManyiError(message("Name the project by its title or id."))
    return work.words[0]


_ACTIONS: Mapping[str, Callable[[_Work], None]] = {
    "list": _list, "show": _show, "review": _review, "export": _export, "import": _import, "new": _new, "set": _set,
    "set-aside": _set_aside,
    "take-up": _take_up, "history": _history, "go-back": _go_back,
}  # fmt: skip
