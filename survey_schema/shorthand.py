"""What may be written shortly in a schema, spelled out before it is checked; what is stored is always the long form.

``languages: [es]``: texts in one language are enough; they stand for Chinese and English too. ``best: low`` of a scale: items on it have
the lowest grade best unless they say otherwise. ``grades: [1, 5]`` of a scale: its ends, and the usual grade that counts as satisfied.
``questions``: the rows of matrix questions as items. ``pairs``: an expectation and a perception each, as gap items.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

_OURS = ("zh_CN", "en")
#: Entries that hold a text in both languages.
_TEXTS = frozenset({"title", "wording", "description", "dimension"})
#: How tools head the column of a row of a matrix question.
NOTATIONS = ("{stem}—{row}", "{stem} [{row}]", "{stem}: {row}")
_SATISFIED_SHARE = 0.75


def spelled_out(data: object) -> object:
    """The schema as it was read, without shorthand; anything that is not of the form of one is left for the checks to name."""
    if not isinstance(data, Mapping):
        return data
    found: dict[str, Any] = dict(data)
    if _is_texts(found.get("languages")):
        found = _translated(found, tuple(found.pop("languages")))
    if isinstance(found.get("questions"), list) and all(_is_matrix(each) for each in found["questions"]):
        rows = [item for matrix in found.pop("questions") for item in _rows(matrix)]
        found["items"] = [*found["items"], *rows] if isinstance(found.get("items"), list) else rows
    if isinstance(found.get("pairs"), list) and all(_is_texts(pair) and len(pair) == 2 for pair in found["pairs"]):
        gaps = [_gap(pair, found.get("items")) for pair in found.pop("pairs")]
        found["gap_items"] = [*found.get("gap_items", []), *gaps]
    return _scales(found)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _translated(data: Any, languages: Sequence[str]) -> Any:
    """Every text there is in some language only, in ours as well."""
    if isinstance(data, list):
        return [_translated(each, languages) for each in data]
    if not isinstance(data, Mapping):
        return data
    told = [name for name in (*languages, *_OURS) if name in data]
    if told and set(data) <= {*_OURS, *languages, "grade"}:
        kept = {name: value for name, value in data.items() if name == "grade"}
        return kept | {name: data.get(name, data[told[0]]) for name in _OURS}
    return {
        name: dict.fromkeys(_OURS, value) if name in _TEXTS and isinstance(value, str) else _translated(value, languages)
        for name, value in data.items()
    }


def _is_matrix(value: object) -> bool:
    return isinstance(value, Mapping) and {"stem", "rows"} <= set(value) and isinstance(value["rows"], list)


def _rows(matrix: Mapping[str, Any]) -> list[Any]:
    """The rows as items: what the matrix says of all of them, what each says of itself, and the headers tools give it."""
    shared = {name: value for name, value in matrix.items() if name not in ("stem", "rows", "notation")}
    notations = [matrix["notation"]] if isinstance(matrix.get("notation"), str) else NOTATIONS
    items: list[Any] = []
    for row in matrix["rows"]:
        if not isinstance(row, Mapping):
            items.append(row)
            continue
        pairs = zip(_texts(matrix["stem"]), _texts(row.get("title")), strict=False)
        headers = [form.replace("{stem}", stem).replace("{row}", title) for stem, title in pairs for form in notations]
        items.append({**shared, **row, "aliases": list(dict.fromkeys([*row.get("aliases", []), *headers]))})
    return items


def _texts(value: object) -> list[str]:
    if isinstance(value, Mapping):
        return [str(value[name]) for name in _OURS if name in value]
    return [value, value] if isinstance(value, str) else []


def _gap(pair: Sequence[str], items: object) -> dict[str, Any]:
    """Expectation and perception, in this order; the service is called as the perception is."""
    expectation, perception = pair
    listed = [item for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
    title = next((item.get("title") for item in listed if item.get("code") == perception), dict.fromkeys(_OURS, perception))
    return {"code": f"gap_{perception}", "title": title, "perception": perception, "expectation": expectation}


def _scales(found: dict[str, Any]) -> dict[str, Any]:
    scales = found.get("scales")
    if not isinstance(scales, Mapping):
        return found
    low = {code for code, scale in scales.items() if isinstance(scale, Mapping) and scale.get("best") == "low"}
    if low and isinstance(found.get("items"), list):
        found["items"] = [
            {"reversed": True, **item} if isinstance(item, Mapping) and item.get("scale") in low else item for item in found["items"]
        ]
    found["scales"] = {code: _scale(scale) if isinstance(scale, Mapping) else scale for code, scale in scales.items()}
    return found


def _scale(scale: Mapping[str, Any]) -> dict[str, Any]:
    spelled = dict(scale)
    if spelled.get("best") in ("low", "high"):
        del spelled["best"]
    ends = spelled.get("grades")
    if isinstance(ends, list) and len(ends) == 2 and all(isinstance(end, int) and not isinstance(end, bool) for end in ends):
        low, high = spelled.pop("grades")
        spelled = {"minimum": low, "maximum": high, "satisfied_from": usual_satisfied(low, high), **spelled}
    return spelled


def usual_satisfied(low: int, high: int) -> float:
    """The lowest grade that counts as satisfied where none is named: 4 of 5, 6 of 7, 8 of 10; of two or four the upper half."""
    if high - low in (1, 3):
        return low + (high - low + 1) / 2
    return low + math.ceil((high - low) * _SATISFIED_SHARE)
