"""A survey description from outside, and the blank workbook made from one: both in the worker, as everything that is a user's file."""

from __future__ import annotations

from pathlib import Path

from survey_schema.loading import MAXIMUM_BYTES, builtin_names, load_schema, parse_schema, schema_bytes, schema_text, too_large
from survey_schema.models import SurveySchema
from survey_schema.workbook.worker.run_limited import LimitError, WorkLimits, run_limited
from survey_schema.workbook.write.write_template import write_template
from words.errors import ManyiError
from words.language import Language, message

_LIMITS = WorkLimits(memory_bytes=1024 * 2**20, seconds=20, result_bytes=64 * 2**20)


def schema_at(name_or_path: str | Path) -> SurveySchema:
    """A ready-made survey by name, or the one in a file; raises :class:`ManyiError` as :func:`survey_schema.loading.load_schema` does."""
    if str(name_or_path) in builtin_names():
        return load_schema(name_or_path)
    path = Path(name_or_path)
    raw = schema_bytes(path)
    schema_text(raw, path.name)
    return schema_from(raw, path.name)


def schema_from(content: bytes, name: str) -> SurveySchema:
    """The survey in a YAML (or JSON) file; raises :class:`ManyiError` as :func:`survey_schema.loading.parse_schema` does."""
    if len(content) > MAXIMUM_BYTES:
        raise ManyiError(too_large(name))
    try:
        return run_limited(_LIMITS, parse_schema, content.decode("utf-8-sig", errors="replace"), name)
    except LimitError as error:
        raise _too_much(name) from error


def blank_workbook(schema: SurveySchema, language: Language) -> bytes:
    """The blank workbook for a survey that may be anybody's; raises :class:`ManyiError` where it would be too large."""
    if schema.name in builtin_names() and schema == load_schema(schema.name):
        return write_template(schema, language)
    try:
        return run_limited(_LIMITS, write_template, schema, language)
    except LimitError as error:
        raise _too_much(schema.name) from error


def _too_much(name: str) -> ManyiError:
    found = message("The survey {survey} takes too much time or memory. Make it smaller: fewer items, choices or judgements.", survey=name)
    return ManyiError(found)
