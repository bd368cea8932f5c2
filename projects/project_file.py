"""A project as a file: YAML (or JSON, which is YAML too) with a key for each section."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml
from pydantic import ValidationError

from projects.evidence import Part
from projects.project import SECTIONS, Project
from words.errors import ManyiError
from words.language import message
from words.lists import Listed


def project_text(project: Project) -> str:
    """All that was written, as YAML; sections nobody has written are left out."""
    written = {name: part.model_dump(mode="json", exclude_defaults=True) for name, part in project.sections.items()}
    told: str = yaml.safe_dump({name: part for name, part in written.items() if part}, allow_unicode=True, sort_keys=False, width=140)
    return told


def sections_in(text: str) -> tuple[Part, ...]:
    """The sections a file holds; raises ManyiError, naming the place, where it is no project."""
    try:
        read = _plain(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise ManyiError(message("The file is no project: it is not YAML or JSON.")) from error
    if not isinstance(read, Mapping) or "about" not in read:
        raise ManyiError(message("The file is no project: it has no “about” with a title."))
    if strange := sorted(str(name) for name in read if name not in SECTIONS):
        told = message("A project has no “{section}”; its sections are {known}.", section=strange[0], known=Listed(tuple(SECTIONS)))
        raise ManyiError(told)
    found = []
    for name, content in read.items():
        try:
            found.append(SECTIONS[name].model_validate(content or {}))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(each) for each in (name, *first["loc"]))
            raise ManyiError(message("The project cannot be read at {place}: {why}.", place=place, why=str(first["msg"]))) from error
    return tuple(found)


def _plain(value: Any) -> Any:
    """Days that YAML made dates of as the text a section keeps."""
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
