"""What pydantic found wrong with a schema, as sentences in both languages."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from survey_schema.schema_parts import ContradictionError, Model
from words.language import Message, message

_SHOWN_CHARACTERS = 60


def problem_of(details: Mapping[str, Any]) -> tuple[Sequence[str | int], Message]:
    """Location and sentence of one pydantic error."""
    location: tuple[str | int, ...] = tuple(details["loc"])
    kind, context = details["type"], details.get("ctx") or {}
    found = _shown(details["input"])
    mistake = context.get("error")
    if isinstance(mistake, ContradictionError):
        return (*location, *mistake.place), mistake.message
    if kind == "missing":
        return location, message("this required entry is missing")
    if kind == "extra_forbidden":
        return location, _unknown_entry(str(location[-1]))
    if kind in ("string_type", "string_sub_type"):
        return location, message("expected text, found {found}; put numbers, dates, yes and no in quotes", found=found)
    if kind == "string_pattern_mismatch":
        return location, message("expected a code of letters, digits and _ that starts with a letter, found {found}", found=found)
    if kind in ("float_type", "float_parsing", "finite_number", "int_type", "int_parsing", "int_from_float"):
        return location, message("expected a number, found {found}", found=found)
    if kind in ("bool_type", "bool_parsing"):
        return location, message("expected true or false, found {found}", found=found)
    if kind in ("literal_error", "enum"):
        return location, message(
            "expected one of {expected}, found {found}", expected=context["expected"].replace(" or ", ", "), found=found
        )
    if kind in ("list_type", "tuple_type"):
        return location, message("expected a list, found {found}", found=found)
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return location, message("expected entries of the form name: value, found {found}", found=found)
    if kind in ("too_short", "string_too_short"):
        return location, message("this entry must not be empty")
    if kind == "greater_than":
        return location, message("expected a number above {limit}, found {found}", limit=context["gt"], found=found)
    if kind == "greater_than_equal":
        return location, message("expected a number of at least {limit}, found {found}", limit=context["ge"], found=found)
    return location, message("{detail}, found {found}", detail=details["msg"].removeprefix("Value error, "), found=found)


def _shown(value: object) -> str:
    """The value as it stands in the YAML, shortened."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = value.isoformat() if isinstance(value, date) else repr(value)
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"


def _unknown_entry(name: str) -> Message:
    near = difflib.get_close_matches(name, _entry_names(), n=1)
    if near:
        return message("this entry is not known here; did you mean {near}?", near=near[0])
    return message("this entry is not known here")


def _entry_names() -> list[str]:
    return sorted({name for model in Model.__subclasses__() for name in model.model_fields})
