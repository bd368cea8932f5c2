"""Editing an indicator tree step by step: titles, weights, targets, moving, adding and removing indicators.

A draft is the schema as plain data, as it stands in YAML or JSON, so that it may be unfit for a while: weights on the way to sum 1. Every
step leaves the draft it was given alone and returns another. :func:`checked` makes it a schema again, or says what is still wrong.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from survey_schema.loading import MistakeList, dump_schema
from survey_schema.mistakes import problem_of
from survey_schema.models import SurveySchema
from survey_schema.schema_parts import LocalText
from words.errors import ManyiError, unknown
from words.language import Language, Message, message

Draft = dict[str, Any]


@dataclass(frozen=True)
class TreeRow:
    """One indicator or item of a draft, in the order of the tree.

    ``weight`` is its share among its siblings (None at the top), ``total`` the sum over its siblings; ``reach`` its share in the index.
    ``weighting`` is how its children's weights come about, empty for an item. ``target`` is on 0-100.
    """

    code: str
    parent: str | None
    depth: int
    item: bool
    zh_CN: str
    en: str
    weight: float | None
    total: float
    reach: float
    weighting: str
    target: float | None

    def text(self, language: Language) -> str:
        """The title in one language."""
        return self.zh_CN if language == "zh_CN" else self.en


def draft_of(schema: SurveySchema) -> Draft:
    """The schema as plain data."""
    draft: Draft = json.loads(dump_schema(schema))
    return draft


def checked(draft: Draft) -> SurveySchema:
    """The draft as a schema. Raises :class:`ManyiError` with a line for every mistake, each naming the indicator it belongs to."""
    try:
        return SurveySchema.model_validate(draft)
    except ValidationError as error:
        mistakes = [_mistake(draft, *problem_of(details)) for details in error.errors(include_url=False)]
        raise ManyiError(message("The indicators cannot be used like this:\n{mistakes}", mistakes=MistakeList(tuple(mistakes)))) from None


def rows(draft: Draft) -> list[TreeRow]:
    """The tree from the top down."""
    titles, targets = {item["code"]: item["title"] for item in draft["items"]}, draft["comparison"]["targets"]

    def below(node: Draft, parent: str | None, depth: int, weight: float | None, total: float, reach: float) -> Iterator[TreeRow]:
        code = _code(node)
        title = titles[code] if "item" in node else node["title"]
        weighting = "" if "item" in node else str(node["weighting"])
        names = (title["zh_CN"], title["en"])
        yield TreeRow(code, parent, depth, "item" in node, *names, weight, total, reach, weighting, targets.get(code))
        shares = weights_at(node)
        for child in node.get("children", []):
            share = shares[_code(child)]
            yield from below(child, code, depth + 1, share, sum(shares.values()), reach * share)

    return list(below(draft["tree"], None, 0, None, 1.0, 1.0))


def weights_at(node: Draft) -> dict[str, float]:
    """Child weights of a node of a draft, which need not sum to 1."""
    children = node.get("children", [])
    if node.get("weighting") == "equal":
        return {_code(child): 1 / len(children) for child in children}
    return {_code(child): float(child["weight"] or 0.0) for child in children}


def set_title(draft: Draft, code: str, language: Language, text: str) -> Draft:
    """Another title in one language; refuses an empty one."""
    new, words = copy.deepcopy(draft), " ".join(text.split())
    if not words:
        raise ManyiError(message("An indicator needs a name in both languages."))
    item = next((item for item in new["items"] if item["code"] == code), None)
    (item if item is not None else _find(new, code))["title"][language] = words
    return new


def set_target(draft: Draft, code: str, target: float | None) -> Draft:
    """Another target on 0-100, or none."""
    if target is not None and not 0 <= target <= 100:
        raise ManyiError(message("A target lies between 0 and 100."))
    new = copy.deepcopy(draft)
    _find(new, code)
    targets = new["comparison"]["targets"]
    targets.pop(code, None)
    if target is not None:
        targets[code] = target
    return new


def set_weights(draft: Draft, node: str, weights: Mapping[str, float]) -> Draft:
    """Weights decided by hand for some children of a node, the others as they are; they need not sum to 1 yet."""
    if any(weight < 0 for weight in weights.values()):
        raise ManyiError(message("A weight cannot be below 0."))
    new = copy.deepcopy(draft)
    _write(_find(new, node), {**weights_at(_find(new, node)), **weights})
    return new


def scale_to_one(draft: Draft, node: str) -> Draft:
    """The weights of a node's children in the same proportions, summing to 1."""
    new = copy.deepcopy(draft)
    found = _find(new, node)
    _write(found, _to_one(weights_at(found)))
    return new


def move(draft: Draft, code: str, parent: str) -> Draft:
    """Another place for an indicator or item, last among the children of ``parent``; refuses to leave an indicator empty.

    Its weight there is that of an average child; those left behind keep their proportions.
    """
    new = copy.deepcopy(draft)
    old, target = _parent(new, code), _find(new, parent)
    if old is None or "item" in target:
        raise ManyiError(message("{code} cannot be moved below {parent}.", code=_title(draft, code), parent=_title(draft, parent)))
    if old is target:
        return draft
    moved = next(child for child in old["children"] if _code(child) == code)
    if any(_code(node) == parent for node in _walk(moved)):
        raise ManyiError(message("{code} cannot be moved below itself.", code=_title(draft, code)))
    if len(old["children"]) == 1:
        raise ManyiError(
            message(
                "{code} is the only part of {parent}. Remove {parent} instead.", code=_title(draft, code), parent=_title(draft, _code(old))
            )
        )
    _take_out(old, moved)
    _put_in(target, moved)
    return new


def add_node(draft: Draft, parent: str, code: str, title: LocalText, children: Sequence[str]) -> Draft:
    """A new indicator below ``parent`` that takes over some of the parent's children; its weight is the sum of theirs."""
    new = copy.deepcopy(draft)
    if any(row.code == code for row in rows(draft)):
        raise ManyiError(message("The code {code} is taken.", code=code))
    target = _find(new, parent)
    taken = [child for child in target["children"] if _code(child) in children]
    if not taken:
        raise ManyiError(message("Choose what the new indicator is made of."))
    shares, equal = weights_at(target), target["weighting"] == "equal"
    weight = sum(shares[_code(child)] for child in taken)
    node = {"code": code, "title": title.model_dump(), "weight": None, "weighting": "equal", "judgements": [], "experts": [],
            "weights_from": None, "children": taken}  # fmt: skip
    inside = {_code(child): shares[_code(child)] for child in taken}
    place = target["children"].index(taken[0])
    target["children"] = [child for child in target["children"] if child not in taken]
    target["children"].insert(place, node)
    if equal:
        _clear(node)
    else:
        _write(node, _to_one(inside))
    _write(target, {**{_code(child): shares.get(_code(child), weight) for child in target["children"]}})
    return new


def remove_node(draft: Draft, code: str) -> Draft:
    """An indicator less: its children take its place, each with its share of the indicator's weight. The top stays."""
    new = copy.deepcopy(draft)
    parent, node = _parent(new, code), _find(new, code)
    if parent is None or "item" in node:
        raise ManyiError(message("Only an indicator below the top can be removed, not {code}.", code=_title(draft, code)))
    outside, inside = weights_at(parent), weights_at(node)
    weights = {name: weight for name, weight in outside.items() if name != code} | {
        name: outside[code] * weight for name, weight in inside.items()
    }
    place = parent["children"].index(node)
    parent["children"][place : place + 1] = node["children"]
    _write(parent, weights)
    new["comparison"]["targets"].pop(code, None)
    return new


def _to_one(weights: Mapping[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    return {code: weight / total for code, weight in weights.items()} if total > 0 else dict.fromkeys(weights, 1 / max(len(weights), 1))


def _write(node: Draft, weights: Mapping[str, float]) -> None:
    """Weights decided by hand; what was judged or derived before does not hold any more."""
    for child in node["children"]:
        child["weight"] = weights[_code(child)]
    node.update(weighting="given", judgements=[], experts=[], weights_from=None)


def _clear(node: Draft) -> None:
    for child in node["children"]:
        child["weight"] = None
    node.update(weighting="equal", judgements=[], experts=[], weights_from=None)


def _take_out(node: Draft, child: Draft) -> None:
    shares, equal = weights_at(node), node["weighting"] == "equal"
    node["children"] = [other for other in node["children"] if other is not child]
    if equal:
        _clear(node)
    else:
        _write(node, _to_one({_code(other): shares[_code(other)] for other in node["children"]}))


def _put_in(node: Draft, child: Draft) -> None:
    shares, equal, count = weights_at(node), node["weighting"] == "equal", len(node["children"])
    node["children"].append(child)
    if equal:
        _clear(node)
    else:
        _write(node, _to_one({**shares, _code(child): sum(shares.values()) / count}))


def _code(node: Mapping[str, Any]) -> str:
    return str(node["item"] if "item" in node else node["code"])


def _walk(node: Draft) -> Iterator[Draft]:
    yield node
    for child in node.get("children", []):
        yield from _walk(child)


def _find(draft: Draft, code: str) -> Draft:
    found = next((node for node in _walk(draft["tree"]) if _code(node) == code), None)
    if found is None:
        raise unknown(message("indicator"), code, [_code(node) for node in _walk(draft["tree"])])
    return found


def _parent(draft: Draft, code: str) -> Draft | None:
    _find(draft, code)
    return next((node for node in _walk(draft["tree"]) if any(_code(child) == code for child in node.get("children", []))), None)


def _title(draft: Draft, code: str) -> LocalText:
    row = next(row for row in rows(draft) if row.code == code)
    return LocalText(zh_CN=row.zh_CN, en=row.en)


def _mistake(draft: Draft, place: Sequence[str | int], problem: Message) -> Message:
    """The mistake with the name of the indicator it is about."""
    named: LocalText | None = None
    at: Any = draft
    for part in place:
        if isinstance(part, str) and part.startswith("<"):
            continue
        at = at.get(part) if isinstance(at, dict) else at[part] if isinstance(at, list) and isinstance(part, int) else None
        if isinstance(at, dict) and isinstance(at.get("title"), dict):
            named = LocalText.model_construct(**at["title"])
    return message("{indicator}: {problem}", indicator=named, problem=problem) if named else problem
