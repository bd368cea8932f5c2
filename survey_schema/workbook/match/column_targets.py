"""What a workbook's columns can be: every code, name, alias and wording of a schema, ready to be looked up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from survey_schema.answer_columns import AnswerColumn, answer_columns
from survey_schema.columns import Column, Role
from survey_schema.models import SurveySchema
from survey_schema.questions import Item
from survey_schema.wide_form import side_by_side_items
from survey_schema.workbook.match.header_text import normalised, rated_thing, tidy

How = Literal["code", "name", "alias", "wording", "profile", "answer", "none"]


@dataclass(frozen=True)
class TargetName:
    """One name a target goes by, normalised, and as it is written; ``nth`` of the columns with that header, where the schema says which."""

    text: str
    target: str
    how: How
    literal: str = ""
    nth: int | None = None


def names_meant(names: Sequence[TargetName], nth: int, of: int) -> list[TargetName]:
    """Those of equal names that the ``nth`` of ``of`` columns with one header can stand for.

    Where a sheet has fewer columns with the header than the schema tells apart, a block is missing and all of them may be meant.
    """
    told_apart = max((name.nth or 1 for name in names), default=1)
    return list(names) if of < told_apart else [name for name in names if name.nth in (None, nth)]


@dataclass(frozen=True)
class ColumnTargets:
    """All targets of a schema in schema order, and their names.

    The wave is one of them also where the survey has no column for it: an exported wave names it.
    ``literal`` finds the targets of a name as it is written, ``exact`` those of one normalised text; ``rated`` those items whose name is
    the thing a header asks to be rated. ``texts`` are targets no figure hangs on: comments and private data, of which the latter are
    ``private``.
    """

    codes: tuple[str, ...]
    items: frozenset[str]
    texts: frozenset[str]
    private: frozenset[str]
    names: tuple[TargetName, ...]
    literal: dict[str, tuple[TargetName, ...]]
    exact: dict[str, tuple[TargetName, ...]]
    rated: dict[str, tuple[TargetName, ...]]

    def position(self, code: str) -> int:
        """Place of a target in the schema."""
        return self.codes.index(code)


def column_targets(schema: SurveySchema) -> ColumnTargets:
    """The names of all items, columns and options of a schema, strongest first: code, name, alias, wording."""
    rated = [*(item for item in schema.items if not item.mean_of), *side_by_side_items(schema)]
    things: list[Column | Item | AnswerColumn] = [*schema.columns, *rated, *answer_columns(schema)]
    names = [name for thing in things for name in _names_of(thing)]
    items = frozenset(item.code for item in rated)
    asked = [name for name in names if name.target in items and name.how != "code"]
    cores = [TargetName(rated_thing(name.text) or name.text, name.target, "wording") for name in asked]
    return ColumnTargets(
        codes=(*(thing.code for thing in things), *([] if schema.column_for(Role.WAVE) else [str(Role.WAVE)])),
        items=items,
        texts=frozenset(column.code for column in schema.columns if column.role in (Role.OPEN_COMMENT, Role.PRIVATE)),
        private=frozenset(column.code for column in schema.columns if column.role is Role.PRIVATE),
        names=tuple(names),
        literal=_by_text(names, "literal"),
        exact=_by_text(names, "text"),
        rated=_by_text(cores, "text"),
    )


def _by_text(names: Iterable[TargetName], key: Literal["literal", "text"]) -> dict[str, tuple[TargetName, ...]]:
    found: dict[str, tuple[TargetName, ...]] = {}
    for name in names:
        text = name.literal if key == "literal" else name.text
        known = found.get(text, ())
        if all(other.target != name.target for other in known):
            found[text] = (*known, name)
    return found


def _names_of(thing: Column | Item | AnswerColumn) -> list[TargetName]:
    texts: list[tuple[str, How]] = [(thing.code, "code")]
    if isinstance(thing, Column) and thing.role.once and thing.role is not Role.DATE:
        texts.append((str(thing.role), "code"))
    texts += [(title, "name") for title in (thing.title.zh_CN, thing.title.en)]
    texts += [(alias, "alias") for alias in (thing.names if isinstance(thing, AnswerColumn) else thing.aliases)]
    if isinstance(thing, Item) and thing.wording:
        texts += [(wording, "wording") for wording in (thing.wording.zh_CN, thing.wording.en)]
    return [
        TargetName(normalised(text), thing.code, how, tidy(text), None if how == "code" else thing.nth)
        for text, how in texts
        if normalised(text)
    ]
