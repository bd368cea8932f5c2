"""Changes of a section: one value put in, and two people's changes of it brought together field by field, so that neither is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from projects.evidence import Part

P = TypeVar("P", bound=Part)


@dataclass(frozen=True)
class Clash:
    """A field that two people wrote different things into: where it is ("baseline.value"), what mine and theirs is."""

    path: str
    mine: Any
    theirs: Any


def with_value(part: P, path: str, value: object) -> P:
    """The part with one of its values put in; pydantic's ValidationError for what cannot stand there.

    A path names fields, entries of a mapping, and parts of a list by their ids, or by their places where they have none:
    ``baseline.value``, ``measures.m1.what``, ``feasibility.0.text``.
    """
    name, _dot, rest = path.partition(".")
    fields = {field: getattr(part, field) for field in type(part).model_fields}
    return type(part).model_validate({**fields, name: _put(fields[name], rest, value)})


def _put(old: Any, path: str, value: object) -> Any:
    if not path:
        return value
    if isinstance(old, Part):
        return with_value(old, path, value)
    name, _dot, rest = path.partition(".")
    if isinstance(old, Mapping):
        return {**old, name: _put(old.get(name), rest, value)}
    return tuple(_put(each, rest, value) if _named(each, place) == name else each for place, each in enumerate(old))


def _named(each: Any, place: int) -> str:
    """The id of a part in a list; of one that has none its place, counted from 0."""
    return str(getattr(each, "id", place))


def value_at(part: Part, path: str) -> Any:
    """The value at a path; None where a part of a list is gone."""
    found: Any = part
    for name in path.split("."):
        if isinstance(found, tuple):
            found = next((each for place, each in enumerate(found) if _named(each, place) == name), None)
        elif isinstance(found, Mapping):
            found = found.get(name)
        else:
            found = getattr(found, name, None)
    return found


def merged(base: P, mine: P, theirs: P) -> tuple[P, tuple[Clash, ...]]:
    """Both changes of ``base``: mine where only I changed a field, theirs where only they did.

    Lists of parts with ids are brought together by their ids, others place by place where all are as long. Where both changed the same
    field it stays theirs, and is among the clashes.
    """
    clashes: list[Clash] = []
    found = _merged_part(base, mine, theirs, "", clashes)
    return found, tuple(clashes)


def _merged_part(base: P, mine: P, theirs: P, path: str, clashes: list[Clash]) -> P:
    names = type(theirs).model_fields
    values = {name: _merged(getattr(base, name), getattr(mine, name), getattr(theirs, name), f"{path}{name}", clashes) for name in names}
    return type(theirs).model_validate(values)


def _merged(base: Any, mine: Any, theirs: Any, path: str, clashes: list[Clash]) -> Any:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if isinstance(base, Part) and type(base) is type(mine) is type(theirs):
        return _merged_part(base, mine, theirs, f"{path}.", clashes)
    if isinstance(base, Mapping):
        return _merged_mapping(base, mine, theirs, path, clashes)
    if _have_ids((*base, *mine, *theirs) if isinstance(base, tuple) else ()):
        return _merged_items(base, mine, theirs, path, clashes)
    if isinstance(base, tuple) and len(base) == len(mine) == len(theirs):
        trios = enumerate(zip(base, mine, theirs, strict=True))
        return tuple(_merged(*each, f"{path}.{place}", clashes) for place, each in trios)
    clashes.append(Clash(path, mine, theirs))
    return theirs


def _merged_mapping(
    base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any], path: str, clashes: list[Clash]
) -> dict[str, Any]:  # fmt: skip
    found = dict(theirs)
    for name in {*base, *mine}:
        value = _merged(base.get(name), mine.get(name), theirs.get(name), f"{path}.{name}", clashes)
        if value is None:
            found.pop(name, None)
        else:
            found[name] = value
    return found


def _have_ids(items: Sequence[Any]) -> bool:
    return bool(items) and all(hasattr(each, "id") for each in items)


def _merged_items(base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any], path: str, clashes: list[Clash]) -> tuple[Any, ...]:
    """Mine in my order where only I changed the order, with what they added behind; a removed one that the other changed stays."""
    before, my, their = ({each.id: each for each in items} for items in (base, mine, theirs))
    order = list(dict.fromkeys([*their, *my] if [*my] == [*before] else [*my, *their]))
    found = []
    for name in order:
        if name in before and (name not in my or name not in their):
            kept = my.get(name) or their.get(name)
            if kept is not None and kept != before[name]:  # removed by one, changed by the other
                found.append(kept)
        elif name in before:
            found.append(_merged(before[name], my[name], their[name], f"{path}.{name}", clashes))
        else:
            found.append(their[name] if name in their else my[name])
    return tuple(found)
