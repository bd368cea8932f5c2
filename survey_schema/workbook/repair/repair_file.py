"""Repairs in a file, for the command line: YAML or JSON, one entry a value. The same entries are printed for values that are unknown.

::

    survey: telecom_csi
    repairs:
    - {column: branch, value: 兰州分公司老城区, is: 兰州}
    - {column: branch, value: 新区, new: true}
    - {column: branch, value: 其他, not_known: true}
    - {scale: satisfaction, value: 还可以, is: 4}

An entry that decides nothing is passed over.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import yaml

from survey_schema.loading import MAXIMUM_BYTES, too_large
from survey_schema.models import SurveySchema
from survey_schema.workbook.repair.new_choices import with_new_choices
from survey_schema.workbook.repair.repairs import Decision, Repair, settled_repairs
from survey_schema.workbook.repair.unknown_values import UnknownValue
from survey_schema.workbook.worker.run_limited import LimitError, WorkLimits, run_limited
from words.errors import ManyiError, shown_value
from words.language import Language, message, translator

_LIMITS = WorkLimits(memory_bytes=512 * 2**20, seconds=20, result_bytes=16 * 2**20)
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DECIDES = ("is", "new", "not_known")
_ABOUT = ("count", "cells", "nearest")


def repairs_from(content: bytes, name: str, schema: SurveySchema) -> tuple[Repair, ...]:
    """The repairs in a file of a user, settled for a survey; raises ManyiError for what is none, naming the entry."""
    if len(content) > MAXIMUM_BYTES:
        raise ManyiError(too_large(name))
    try:
        repairs = run_limited(_LIMITS, read_repairs, content, name, schema.name, tuple(schema.scales))
    except LimitError as error:
        raise ManyiError(message("{name} takes too much time or memory. Write fewer repairs into it.", name=name)) from error
    return settled_repairs(repairs, with_new_choices(schema, repairs).schema)


def read_repairs(content: bytes, name: str, survey: str, scales: tuple[str, ...]) -> tuple[Repair, ...]:
    """The entries of a file; in the worker, as everything that is a user's file."""
    try:
        told = yaml.load(content.decode("utf-8-sig"), Loader=_LOADER)
    except (UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError):
        raise ManyiError(message("{name} is neither YAML nor JSON in UTF-8.", name=name)) from None
    if not isinstance(told, dict) or not isinstance(told.get("repairs"), list):
        raise ManyiError(message("{name} holds no list named repairs. check --write-repairs FILE writes one to begin with.", name=name))
    if told.get("survey") not in (None, survey):
        raise ManyiError(
            message("{name} holds repairs of {other}, not of {survey}.", name=name, other=shown_value(told["survey"]), survey=survey)
        )
    found = [_entry(entry, place, name) for place, entry in enumerate(told["repairs"], 1)]
    return tuple(repair for repair in found if repair is not None)


def _entry(entry: object, place: int, name: str) -> Repair | None:
    def wrong() -> ManyiError:
        return ManyiError(
            message(
                "Entry {place} of {name} is not a repair: expected column or scale, value, and one of is, new: true and not_known: true.",
                place=place, name=name,
            )
        )  # fmt: skip

    if not isinstance(entry, dict) or not set(entry) <= {"column", "scale", "value", *_DECIDES, *_ABOUT}:
        raise wrong()
    scopes = [entry[key] for key in ("column", "scale") if key in entry]
    decided = [key for key in _DECIDES if entry.get(key) not in (None, "", False)]
    if len(scopes) != 1 or not isinstance(scopes[0], str) or len(decided) > 1 or not _is_plain(entry.get("value")):
        raise wrong()
    if not decided:
        return None
    decision = Decision(decided[0])
    target = entry["is"] if decision is Decision.IS else ""
    if (decision is Decision.IS and not _is_plain(target)) or (decision is not Decision.IS and entry[decision] is not True):
        raise wrong()
    return Repair(scopes[0], _plain(entry["value"]), decision, _plain(target))


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip() != ""


def _plain(value: object) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def repairs_text(unknown: Sequence[UnknownValue], schema: SurveySchema, language: Language) -> str:
    """A file of entries for unknown values, to be decided: each with its count and what is nearest; nothing is decided in it."""
    _ = translator(language)
    lines = [
        "# " + _("For each value say one of: is: a code, name or grade of the survey; new: true (its own); not_known: true."),
        "# " + _("Entries that say none of them are passed over."),
        f"survey: {json.dumps(schema.name, ensure_ascii=False)}",
        "repairs:" if unknown else "repairs: []",
    ]
    for each in unknown:
        about = {"scale" if each.scope in schema.scales else "column": each.scope, "value": each.value, "count": each.count}
        if each.nearest is not None:
            about["nearest"] = each.nearest
        entry = ", ".join(f"{key}: {_quoted(value)}" for key, value in about.items())
        lines.append(f"- {{{entry}, is: }}")
    return "\n".join(lines) + "\n"


def _quoted(value: object) -> str:
    """A JSON text is a YAML text too; characters a terminal would obey are written as numbers."""
    return str(value) if isinstance(value, int) else json.dumps(str(value), ensure_ascii=not str(value).isprintable())


def repairs_record(repairs: Sequence[Repair], schema: SurveySchema) -> list[dict[str, object]]:
    """Repairs as the entries of such a file."""
    found: list[dict[str, object]] = []
    for repair in repairs:
        where = {"scale" if repair.scope in schema.scales else "column": repair.scope, "value": repair.value}
        found.append({**where, "is": repair.target} if repair.decision is Decision.IS else {**where, repair.decision.value: True})
    return found
