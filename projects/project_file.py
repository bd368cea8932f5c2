"""A project as a file: YAML (or JSON, which is YAML too) with a key for each section, nothing rounded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml
from pydantic import ValidationError

from projects.evidence import Part
from projects.project import SECTIONS, Project
from survey_schema.loading import MAXIMUM_BYTES, too_large
from survey_schema.workbook.worker.run_limited import LimitError, WorkLimits, run_limited
from words.errors import ManyiError
from words.language import message
from words.lists import Listed

#: How files may end.
FORMATS = ("json", "yaml", "yml")
_LIMITS = WorkLimits(memory_bytes=512 * 2**20, seconds=20, result_bytes=16 * 2**20)
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def plain_project(project: Project) -> dict[str, Any]:
    """Section → what was written in it as JSON knows it; sections nobody has written, and what is as usual, are left out."""
    written = {name: part.model_dump(mode="json", exclude_defaults=True) for name, part in project.sections.items()}
    return {name: part for name, part in written.items() if part}


def project_text(project: Project, kind: str = "yaml") -> str:
    """All that was written, as YAML or JSON."""
    if kind == "json":
        return json.dumps(plain_project(project), ensure_ascii=False, indent=1) + "\n"
    return str(yaml.safe_dump(plain_project(project), allow_unicode=True, sort_keys=False, width=140))


def read_project(content: bytes, name: str) -> Mapping[str, Any]:
    """The entries of a user's file; raises ManyiError where it is none that can be read. ``name`` is what it is called."""
    if name.rpartition(".")[2].lower() not in FORMATS:
        raise ManyiError(message("A project is read from a file that ends with .json or .yaml, not {file}.", file=name))
    if len(content) > MAXIMUM_BYTES:
        raise ManyiError(too_large(name))
    try:
        text = content.decode("utf-8-sig")
        return run_limited(_LIMITS, entries_in, text)
    except UnicodeDecodeError:
        raise ManyiError(message("The file is no project: it is not YAML or JSON.")) from None
    except LimitError as error:
        raise ManyiError(message("{name} takes too much time or memory to read.", name=name)) from error


def sections_in(text: str) -> tuple[Part, ...]:
    """The sections a file holds; raises ManyiError, naming the place, where it is no project."""
    return sections_of(entries_in(text))


def entries_in(text: str) -> Mapping[str, Any]:
    """The entries of a text; raises ManyiError where it is neither YAML nor JSON, or no list of entries."""
    try:
        read = _plain(yaml.load(text, Loader=_LOADER))
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: an impossible day
        raise ManyiError(message("The file is no project: it is not YAML or JSON.")) from None
    if not isinstance(read, Mapping):
        raise ManyiError(message("The file is no project: it has no “about” with a title."))
    return read


def sections_of(entries: Mapping[str, Any]) -> tuple[Part, ...]:
    """The sections among them; raises ManyiError, naming the place, for what is none."""
    if "about" not in entries:
        raise ManyiError(message("The file is no project: it has no “about” with a title."))
    return tuple(section_from(name, content) for name, content in entries.items())


def section_from(name: str, content: object) -> Part:
    """One section; raises ManyiError, naming the place, for a value that cannot stand there."""
    if name not in SECTIONS:
        told = message("A project has no “{section}”; its sections are {known}.", section=name, known=Listed(tuple(SECTIONS)))
        raise ManyiError(told)
    try:
        return SECTIONS[name].model_validate(content or {})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(each) for each in (name, *first["loc"]))
        raise ManyiError(message("The project cannot be read at {place}: {why}.", place=place, why=str(first["msg"]))) from error


def _plain(value: Any) -> Any:
    """Days that YAML made dates of as the text a section keeps."""
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
