"""A QC project as a whole: its sections as they are now, or as they were at a version; and how the store keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from pydantic import Field, ValidationError

from projects import sections as parts
from projects.evidence import Part
from storage.projects import ProjectChange
from storage.records import Scope
from storage.store import Store
from words.errors import ManyiError, unknown
from words.language import message

P = TypeVar("P", bound=Part)
#: Section → what is written in it, in the order of the steps; ``causes`` holds the tests of step five too.
SECTIONS: Mapping[str, type[Part]] = MappingProxyType({
    "about": parts.About, "team": parts.Team, "plan": parts.Plan, "topic": parts.Topic, "state": parts.CurrentState,
    "target": parts.Target, "causes": parts.Causes, "countermeasures": parts.Countermeasures, "carrying_out": parts.CarryingOut,
    "effect": parts.Effect, "standards": parts.Standards, "review": parts.Review,
})  # fmt: skip


class Project(Part):
    """All sections; one nobody has written yet is empty. ``numbers``: for each the change it is from; ``version`` the latest of them."""

    about: parts.About
    team: parts.Team = parts.Team()
    plan: parts.Plan = parts.Plan()
    topic: parts.Topic = parts.Topic()
    state: parts.CurrentState = parts.CurrentState()
    target: parts.Target = parts.Target()
    causes: parts.Causes = parts.Causes()
    countermeasures: parts.Countermeasures = parts.Countermeasures()
    carrying_out: parts.CarryingOut = parts.CarryingOut()
    effect: parts.Effect = parts.Effect()
    standards: parts.Standards = parts.Standards()
    review: parts.Review = parts.Review()
    project_id: str = ""
    numbers: Mapping[str, int] = Field(default_factory=dict)

    @property
    def version(self) -> int:
        """The number of the latest change; 0 of a project that is not in the store."""
        return max(self.numbers.values(), default=0)

    @property
    def sections(self) -> dict[str, Part]:
        """Section → what is written in it."""
        return {name: getattr(self, name) for name in SECTIONS}


class Projects:
    """The projects of a store as one user sees them: ``rows`` are the rows he may see, ``by`` who he is."""

    def __init__(self, store: Store, by: str, rows: Scope) -> None:
        self._store, self._by, self._rows = store, by, rows

    def all(self, put_aside: bool = False) -> tuple[Project, ...]:
        """Every project, the newest first, with its ``about`` only; those put aside where asked for."""
        found = [
            Project(about=parts.About.model_validate(each.content), project_id=each.project_id, numbers={"about": each.number})
            for each in self._store.projects.sections_of_all("about", self._rows)
        ]
        return tuple(project for project in found if project.about.put_aside == put_aside)

    def open(self, project_id: str, version: int | None = None) -> Project:
        """A project as it is, or as it was at a version. Raises ManyiError where there is none such."""
        history = self.history(project_id)
        if version is not None and not 1 <= version <= len(history):
            raise ManyiError(message("Version {version} is not one of 1 to {last}.", version=version, last=len(history)))
        return _as_of(history[:version], project_id)

    def named(self, name: str) -> Project:
        """The project whose id begins with ``name``, or whose title is ``name``; raises ManyiError where it is none or several."""
        there = (*self.all(), *self.all(put_aside=True))
        found = [each for each in there if each.about.title == name] or [each for each in there if each.project_id.startswith(name)]
        if len(found) == 1:
            return self.open(found[0].project_id)
        if found:
            ids = tuple(each.project_id[:8] for each in found)
            raise ManyiError(message("Several projects are meant by “{name}”: {ids}. Name one by its id.", name=name, ids=", ".join(ids)))
        raise unknown(message("project"), name, [each.about.title for each in there])

    def history(self, project_id: str) -> tuple[ProjectChange, ...]:
        """Who changed which section when, oldest first. Raises ManyiError where there is no such project."""
        found = self._store.projects.history(project_id, self._rows)
        if not found:
            raise ManyiError(message("There is no such project in this store."))
        return found

    def start(self, *sections: Part) -> str:
        """A new project with these sections, ``About`` among them; returns its id."""
        return self._store.projects.start({section_of(each): each.model_dump(mode="json") for each in sections}, self._by, self._rows)

    def save(self, project: Project, *changed: Part) -> Project:
        """The project with these sections as they are now, all or none, kept; raises ``ChangedMeanwhile`` where another was faster.

        ``project`` is what they were made from: sections others have changed in the meantime and that are not among them stay theirs.
        """
        content = {section_of(each): each.model_dump(mode="json") for each in changed}
        self._store.projects.write(project.project_id, content, self._by, self._rows, instead_of=project.numbers)
        return self.open(project.project_id)

    def go_back(self, project: Project, version: int) -> Project:
        """The project as it was at a version, as a new one: nothing is lost."""
        then = self.open(project.project_id, version)
        return self.save(project, *(each for name, each in then.sections.items() if each != project.sections[name]))


def section_of(part: Part) -> str:
    """The name of the section a part is."""
    return next(name for name, kind in SECTIONS.items() if type(part) is kind)


def _as_of(changes: Sequence[ProjectChange], project_id: str) -> Project:
    newest = {change.section: change for change in changes}
    try:
        found = {name: SECTIONS[name].model_validate(change.content) for name, change in newest.items()}
    except (KeyError, ValidationError) as error:
        told = message("This project was written by a newer version of this software. Update the software to open it.")
        raise ManyiError(told) from error
    numbers = {name: change.number for name, change in newest.items()}
    return Project.model_validate({**found, "project_id": project_id, "numbers": numbers})
