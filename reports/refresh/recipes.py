"""How a figure is asked again, as plain text: kept in a presentation, and in the workbook behind each chart, so that every copy has it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from reports.document import FigureItem, Scope, Texts
from words.language import LANGUAGES, Language


def recipe_text(item: FigureItem, language: Language) -> str:
    """The recipe of one figure, as it lies in the workbook behind its chart and travels with every copy."""
    return json.dumps({"language": language, "item": plain_item(item)}, ensure_ascii=False, separators=(",", ":"))


def recipe_of(text: str) -> tuple[FigureItem, Language] | None:
    """The recipe again; None for anything else."""
    try:
        told = json.loads(text)
        return item_of_plain(told["item"]), language_named(told["language"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def plain_item(item: FigureItem) -> dict[str, Any]:
    """An item in plain values."""
    where = None if item.scope.where is None else [list(pair) for pair in item.scope.where]
    return {
        "id": item.id, "figure": item.figure, "survey": item.scope.survey, "wave": item.scope.wave, "where": where,
        "choices": dict(item.choices), "headline": item.texts.headline, "caption": item.texts.caption,
    }  # fmt: skip


def item_of_plain(plain: Mapping[str, Any]) -> FigureItem:
    """The item again; KeyError, TypeError, ValueError or AttributeError for what is none."""
    where = None if plain["where"] is None else tuple((str(name), str(value)) for name, value in plain["where"])
    scope = Scope(str(plain["survey"]), str(plain["wave"]), where)
    choices = {str(name): _choice(value) for name, value in plain["choices"].items()}
    return FigureItem(str(plain["id"]), str(plain["figure"]), scope, choices, Texts(str(plain["headline"]), str(plain["caption"])))


def _choice(value: Any) -> Any:
    """Lists are tuples again, as they were before JSON."""
    return tuple(_choice(each) for each in value) if isinstance(value, list) else value


def language_named(name: Any) -> Language:
    """A language by its name; ValueError for no such."""
    if name not in LANGUAGES:
        raise ValueError(f"no such language: {name}")
    found: Language = name
    return found
