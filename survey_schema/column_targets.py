"""What a workbook's columns can be: every code, name, alias and wording of a schema, ready to be looked up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from survey_schema.header_text import normalised, rated_thing
from survey_schema.models import Column, Item, LocalText, Role, SurveySchema

How = Literal["code", "name", "alias", "wording", "profile", "answer", "none"]


@dataclass(frozen=True)
class TargetName:
    """One name a target goes by, normalised."""

    text: str
    target: str
    how: How


@dataclass(frozen=True)
class ColumnTargets:
    """All targets of a schema in schema order, and their names.

    ``exact`` finds the targets of one normalised text; ``rated`` those items whose name is the thing a header asks to be rated.
    """

    codes: tuple[str, ...]
    items: frozenset[str]
    names: tuple[TargetName, ...]
    exact: dict[str, tuple[TargetName, ...]]
    rated: dict[str, tuple[TargetName, ...]]

    def position(self, code: str) -> int:
        """Place of a target in the schema."""
        return self.codes.index(code)


def column_targets(schema: SurveySchema) -> ColumnTargets:
    """The names of all items and columns of a schema, strongest first: code, name, alias, wording."""
    things: list[Column | Item] = [*schema.columns, *schema.items]
    names = [name for thing in things for name in _names_of(thing)]
    items = frozenset(item.code for item in schema.items)
    asked = [name for name in names if name.target in items and name.how != "code"]
    cores = [TargetName(rated_thing(name.text) or name.text, name.target, "wording") for name in asked]
    return ColumnTargets(
        codes=tuple(thing.code for thing in things),
        items=items,
        names=tuple(names),
        exact=_by_text(names),
        rated=_by_text(cores),
    )


def _by_text(names: Iterable[TargetName]) -> dict[str, tuple[TargetName, ...]]:
    found: dict[str, tuple[TargetName, ...]] = {}
    for name in names:
        known = found.get(name.text, ())
        if all(other.target != name.target for other in known):
            found[name.text] = (*known, name)
    return found


def _names_of(thing: Column | Item) -> list[TargetName]:
    found = [TargetName(normalised(thing.code), thing.code, "code")]
    if isinstance(thing, Column) and thing.role.once and thing.role is not Role.DATE:
        found.append(TargetName(normalised(str(thing.role)), thing.code, "code"))
    found += _named(thing.title, thing.code, "name")
    found += [TargetName(normalised(alias), thing.code, "alias") for alias in thing.aliases]
    if isinstance(thing, Item) and thing.wording:
        found += _named(thing.wording, thing.code, "wording")
    return [name for name in found if name.text]


def _named(text: LocalText, target: str, how: How) -> list[TargetName]:
    return [TargetName(normalised(one), target, how) for one in (text.zh_CN, text.en)]
