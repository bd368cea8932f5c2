"""Editing the tree of causes: added, hung elsewhere, shifted among its neighbours, removed with all below it."""

from __future__ import annotations

from collections.abc import Iterator

from projects.sections import Cause, Causes
from words.errors import ManyiError
from words.language import message


def in_order(tree: Causes) -> list[tuple[int, Cause]]:
    """Every cause with its depth, each below the one it belongs to; what hangs on nothing, or below itself, comes last at depth 0."""
    found = list(_below(tree, None, 0))
    seen = {cause.id for _depth, cause in found}
    return [*found, *((0, cause) for cause in tree.causes if cause.id not in seen)]


def _below(tree: Causes, parent: str | None, depth: int) -> Iterator[tuple[int, Cause]]:
    for cause in tree.causes:
        if cause.parent == parent:
            yield depth, cause
            yield from _below(tree, cause.id, depth + 1)


def with_cause(tree: Causes, cause_id: str, text: str, parent: str | None) -> Causes:
    """The tree with one more cause."""
    return tree.model_copy(update={"causes": (*tree.causes, Cause(id=cause_id, text=text, parent=parent))})


def ids_below(tree: Causes, cause_id: str) -> frozenset[str]:
    """A cause and all that hang on it."""
    return frozenset((cause_id, *(cause.id for _depth, cause in _below(tree, cause_id, 0))))


def hung_on(tree: Causes, cause_id: str, parent: str | None) -> Causes:
    """A cause with all below it hung on another one, or as a main cause. Raises ManyiError where it would hang below itself."""
    if parent is not None and parent in ids_below(tree, cause_id):
        raise ManyiError(message("A cause cannot belong to itself or to one that belongs to it."))
    causes = tuple(cause.model_copy(update={"parent": parent}) if cause.id == cause_id else cause for cause in tree.causes)
    return tree.model_copy(update={"causes": causes})


def shifted(tree: Causes, cause_id: str, steps: int) -> Causes:
    """A cause so many places further down among those that belong to the same one, or up."""
    causes = list(tree.causes)
    cause = next(each for each in causes if each.id == cause_id)
    siblings = [place for place, each in enumerate(causes) if each.parent == cause.parent]
    here = next(number for number, place in enumerate(siblings) if causes[place].id == cause_id)
    there = min(max(here + steps, 0), len(siblings) - 1)
    one, other = siblings[here], siblings[there]
    causes[one], causes[other] = causes[other], causes[one]
    return tree.model_copy(update={"causes": tuple(causes)})


def without_cause(tree: Causes, cause_id: str) -> Causes:
    """The tree without a cause and all that belong to it."""
    gone = ids_below(tree, cause_id)
    return tree.model_copy(update={"causes": tuple(cause for cause in tree.causes if cause.id not in gone)})


def path_of(tree: Causes, cause: Cause) -> tuple[str, ...]:
    """The texts from the main cause down to this one."""
    by_id, found, seen = {each.id: each for each in tree.causes}, [cause.text], {cause.id}
    above = by_id.get(cause.parent or "")
    while above is not None and above.id not in seen:
        found.append(above.text)
        seen.add(above.id)
        above = by_id.get(above.parent or "")
    return tuple(reversed(found))
