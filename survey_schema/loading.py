"""Reading a schema: YAML text → :class:`SurveySchema`, or one sentence per mistake with its place in the file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from survey_schema.judgements import mistaken_judgements
from survey_schema.mistakes import problem_of
from survey_schema.models import SurveySchema
from words.errors import ManyiError, unknown
from words.language import Language, Message, message

BUILT_IN = Path(__file__).resolve().parent / "schemas"
SUFFIXES = (".yaml", ".yml", ".json")
MAXIMUM_BYTES = 1_000_000
MAXIMUM_DEPTH = 40
MAXIMUM_ENTRIES = 60_000
LONGEST_NUMBER = 1_000
MISTAKES_SHOWN = 10
_NUMBER = re.compile(r"[-+0-9:._eE]+")

Place = tuple[str | int, ...]
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class MistakeList:
    """Several mistakes as one message parameter: a line each."""

    messages: tuple[Message, ...]

    def text(self, language: Language) -> str:
        """The lines in one language."""
        return "\n".join(f"- {each.text(language)}" for each in self.messages)


def builtin_names() -> tuple[str, ...]:
    """Names of the ready-made schemas, sorted."""
    return tuple(sorted(path.stem for path in BUILT_IN.glob("*.yaml")))


def load_schema(name_or_path: str | Path) -> SurveySchema:
    """A ready-made schema by name, or one from a YAML (or JSON) file.

    Raises :class:`ManyiError` for an unknown name (naming the nearest known one), an unreadable file, or
    a schema with mistakes.
    """
    text = str(name_or_path)
    if text in builtin_names():
        return _load_builtin(text)
    path = Path(name_or_path)
    return parse_schema(schema_text(schema_bytes(path), path.name), path.name)


def schema_bytes(path: Path) -> bytes:
    """What is in a YAML (or JSON) file; raises :class:`ManyiError` where it is none, cannot be read or is too large."""
    if path.suffix.lower() not in SUFFIXES:
        raise ManyiError(_unknown_name(str(path)))
    try:
        with path.open("rb") as file:
            raw = file.read(MAXIMUM_BYTES + 1)
    except (OSError, ValueError):  # ValueError: a path no file can have
        raise ManyiError(message("The schema file {path} cannot be read. Check the path.", path=str(path))) from None
    if len(raw) > MAXIMUM_BYTES:
        raise ManyiError(too_large(path.name))
    return raw


def schema_text(raw: bytes, source_name: str) -> str:
    """The text of a schema file; raises :class:`ManyiError` where it is not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ManyiError(message("The schema file {path} is not UTF-8 text. Save it as UTF-8.", path=source_name)) from None


@lru_cache(maxsize=32)
def _load_builtin(name: str) -> SurveySchema:
    return parse_schema((BUILT_IN / f"{name}.yaml").read_text("utf-8"), f"{name}.yaml")


def parse_schema(text: str, source_name: str) -> SurveySchema:
    """The schema in a YAML text; ``source_name`` is what messages call it.

    Raises :class:`ManyiError` with the path, the line, what was expected and what was found, for up to
    ten mistakes at once.
    """
    if len(text.encode("utf-8", errors="replace")) > MAXIMUM_BYTES:
        raise ManyiError(too_large(source_name))
    root, data = _read_yaml(text, source_name)
    try:
        schema = SurveySchema.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=True)[:MISTAKES_SHOWN]
        raise ManyiError(_refusal(source_name, [_mistake(root, *problem_of(details)) for details in first], error.error_count())) from None
    if mistakes := [_mistake(root, place, problem) for place, problem in mistaken_judgements(schema)]:
        raise ManyiError(_refusal(source_name, mistakes))
    return schema


def refuse_mistaken_judgements(schema: SurveySchema) -> None:
    """Raises :class:`ManyiError` where judgements and weights of a schema already at hand contradict each other.

    For what is checked, stored or saved anew; waves stored earlier with such weights are opened as they are.
    """
    if mistakes := [_line_message(path_text(place), None, problem) for place, problem in mistaken_judgements(schema)]:
        raise ManyiError(_refusal(schema.name, mistakes))


def dump_schema(schema: SurveySchema) -> str:
    """Canonical JSON of a schema: the same text for the same meaning; :func:`parse_schema` reads it back."""
    return json.dumps(schema.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def dump_yaml(schema: SurveySchema) -> str:
    """A schema as people write it, without what is as by default; :func:`parse_schema` reads it back."""
    written = schema.model_dump(mode="json", exclude_defaults=True)
    return str(yaml.safe_dump(written, allow_unicode=True, sort_keys=False, width=120))


def schema_hash(schema: SurveySchema) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(dump_schema(schema).encode()).hexdigest()


def path_text(place: Iterable[str | int]) -> str:
    """A place in the YAML as people write it: ``columns[3].choices[0].title.en``."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _read_yaml(text: str, source_name: str) -> tuple[yaml.Node, Any]:
    try:
        _refuse_what_grows(text, source_name)
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
            if root is None:
                raise ManyiError(message("The schema {source} is empty.", source=source_name))
            repeated = list(_repeated_keys(root, ()))
            if repeated:
                raise ManyiError(_refusal(source_name, repeated))
            return root, loader.construct_document(root)
        finally:
            loader.dispose()
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # an impossible date such as 2024-13-40, a number beyond all numbers
        mark = getattr(error, "problem_mark", None)
        problem = message("this is not YAML: {detail}", detail=getattr(error, "problem", None) or str(error))
        line = mark.line + 1 if mark else None
        raise ManyiError(_refusal(source_name, [_line_message("", line, problem)])) from None


def _refuse_what_grows(text: str, source_name: str) -> None:
    """Looks at the bare events first: nesting, aliases, very many entries and very long numbers make a small file a huge one."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
        line = event.start_mark.line + 1
        if count > MAXIMUM_ENTRIES:
            problem = message("there are more than {limit} entries", limit=MAXIMUM_ENTRIES)
            raise ManyiError(_refusal(source_name, [_line_message("", line, problem)]))
        if isinstance(event, yaml.ScalarEvent) and len(event.value) > LONGEST_NUMBER and _NUMBER.fullmatch(event.value):
            problem = message("this number has more than {limit} digits", limit=LONGEST_NUMBER)
            raise ManyiError(_refusal(source_name, [_line_message("", line, problem)]))
        if isinstance(event, yaml.AliasEvent):
            problem = message("anchors and aliases (& and *) are not allowed in a schema; write the entry out")
            raise ManyiError(_refusal(source_name, [_line_message("", line, problem)]))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAXIMUM_DEPTH:
            problem = message("entries are nested more than {limit} deep", limit=MAXIMUM_DEPTH)
            raise ManyiError(_refusal(source_name, [_line_message("", line, problem)]))


def _repeated_keys(node: yaml.Node, place: Place) -> Iterable[Message]:
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            yield from _repeated_keys(child, (*place, index))
    elif isinstance(node, yaml.MappingNode):
        first_line: dict[str, int] = {}
        for key, child in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if name in first_line:
                problem = message("this entry is written twice, first in line {first}", first=first_line[name])
                yield _line_message(path_text((*place, name)), line, problem)
            first_line.setdefault(name, line)
            yield from _repeated_keys(child, (*place, name))


def _mistake(root: yaml.Node, location: Sequence[str | int], problem: Message) -> Message:
    place, line = _locate(root, location)
    return _line_message(path_text(place), line, problem)


def _locate(root: yaml.Node, location: Sequence[str | int]) -> tuple[Place, int]:
    """Follows pydantic's location through the YAML; ``<item>`` (a variant of a model) and ``[key]`` are no places."""
    place: list[str | int] = []
    node, line = root, root.start_mark.line + 1
    parts = [part for part in location if not str(part).startswith(("<", "["))]
    for position, part in enumerate(parts):
        if isinstance(node, yaml.MappingNode):
            found = next(((key, child) for key, child in node.value if str(key.value) == str(part)), None)
            if found:
                line, node = found[0].start_mark.line + 1, found[1]
                place.append(part)
            elif position == len(parts) - 1:
                place.append(part)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
            place.append(part)
    return tuple(place), line


def _line_message(path: str, line: int | None, problem: Message) -> Message:
    if path and line:
        return message("{path} (line {line}): {problem}", path=path, line=line, problem=problem)
    if line:
        return message("line {line}: {problem}", line=line, problem=problem)
    return message("{path}: {problem}", path=path, problem=problem) if path else problem


def _refusal(source_name: str, mistakes: Sequence[Message], total: int = 0) -> Message:
    shown = list(mistakes[:MISTAKES_SHOWN])
    if max(total, len(mistakes)) > len(shown):
        shown.append(message("… and {count} more", count=max(total, len(mistakes)) - len(shown)))
    return message("The schema {source} cannot be used:\n{mistakes}", source=source_name, mistakes=MistakeList(tuple(shown)))


def too_large(source_name: str) -> Message:
    """The sentence for a survey description beyond the limit."""
    return message("The schema {source} is larger than {limit} kB.", source=source_name, limit=MAXIMUM_BYTES // 1000)


def _unknown_name(name: str) -> Message:
    found = unknown(message("ready-made survey"), name, builtin_names()).message
    return message("{found} Or give the path of a .yaml file.", found=found)
