"""Sealing: a short code over everything that figures follow from, kept by the store, so that a printed figure can be checked later.

The code is made of the inputs alone: the questions, the data of every wave and delivery read (content ids), the respondent weights, the
survey they are reported by (with its indicator weights), the rows the user may see, the rules in force, the version of the program. The
same inputs have the same code whoever asks, and nobody can guess figures from it. Nothing is written by making a code; ``seal`` keeps it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from typing import Any

from answers.periods import lies_within
from answers.question import Question
from answers.records import record
from answers.rules import Rules
from answers.source import Source, StoreSource
from answers.topic import Answered, Topic, waves_read
from storage.records import Wave
from storage.seals import Seal
from survey_schema.data_kinds.all_kinds import RESPONSES
from survey_schema.loading import schema_hash
from words.check_codes import code_of
from words.errors import ManyiError
from words.program import VERSION

#: What a record says in words, whose wording may change while the figures do not, and what follows from its other figures: seals made
#: before there were adjusted intervals have none.
_WORDS = ("note", "reason", "low_adjusted", "high_adjusted")
#: Figures are compared to so many significant digits where sums were made in another order; below ``_NOTHING`` a number is 0.
_DIGITS, _NOTHING = 9, 1e-9

Inputs = dict[str, Any]


def seal_of(answers: Sequence[Answered[Any, Any]]) -> Seal | None:
    """The seal of figures that follow from these answers, not kept yet; None where some of it does not come from the store alone."""
    ordered = _in_order(answers)
    inputs = _sealed_inputs(ordered)
    if inputs is None:
        return None
    return Seal(code_over(inputs), ordered[0].question.survey, inputs, [fingerprints(answered) for answered in ordered])


def code_of_answers(answers: Sequence[Answered[Any, Any]]) -> str | None:
    """The code of that seal, which needs none of the figures."""
    inputs = _sealed_inputs(_in_order(answers))
    return None if inputs is None else code_over(inputs)


def _in_order(answers: Sequence[Answered[Any, Any]]) -> list[Answered[Any, Any]]:
    """Each question once, whatever the order they were asked in."""
    by_question = {answered.question.text(): answered for answered in answers}
    return [answered for _text, answered in sorted(by_question.items())]


def _sealed_inputs(ordered: Sequence[Answered[Any, Any]]) -> Inputs | None:
    if not ordered or not all(_is_sealable(answered.asked.source) for answered in ordered):
        return None
    return {"program": VERSION, "answers": [_inputs(answered) for answered in ordered]}


def keep_seal(answers: Sequence[Answered[Any, Any]], by: str) -> Seal | None:
    """Make the seal and keep it; None where there is none, or where the store cannot be written to."""
    seal = seal_of(answers)
    source = answers[0].asked.source if answers else None
    if seal is None or not isinstance(source, StoreSource) or not source.store.writable:
        return None
    schemas = {schema_hash(answered.asked.schema): answered.asked.schema for answered in answers}
    return source.store.seals.keep(seal, list(schemas.values()), by)


def code_over(inputs: Mapping[str, Any]) -> str:
    """The code of these inputs."""
    return code_of(json.dumps(inputs, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def _is_sealable(source: Source) -> bool:
    return isinstance(source, StoreSource) and source.brought is None


def _inputs(answered: Answered[Any, Any]) -> Inputs:
    source = answered.asked.source
    assert isinstance(source, StoreSource)
    return inputs_of(answered.topic, answered.question, source)


def inputs_of(topic: Topic[Any, Any], question: Question[Any], source: StoreSource) -> Inputs:
    """All that the answer to a settled question follows from, in plain values."""
    read = waves_read(topic, question, source.labels)
    labels = set(read) if topic.of_deliveries else {*read, *question.waves}
    waves = [wave for wave in source.waves if wave.label in labels]
    waves += [each for kind in topic.kinds for each in deliveries_read(source, kind, question.waves)]
    reported = schema_hash(source.schema)
    found: Inputs = {
        "question": question.settings(),
        "scope": {name: sorted(values) for name, values in sorted(source.scope.allowed.items())},
        "data": [data_of(wave) for wave in waves],
        "schema": reported,
        "schema_of": _reported_of(reported, waves, source),
        "rules": plain_rules(source.rules),
    }
    if source.branches:  # seals made before there were mappings have no such entry, nor have those without any
        found["branches"] = dict(sorted(source.branches.items()))
    plain: Inputs = json.loads(json.dumps(found))  # tuples become lists now, as when it is read again
    return plain


def deliveries_read(source: StoreSource, kind: str, waves: Sequence[str]) -> list[Wave]:
    """The deliveries of a kind in force that lie within the waves of a question (none named: all)."""
    there = source.store.deliveries(source.survey, kind)
    return [each for each in there if not waves or any(lies_within(each.label, wave) for wave in waves)]


def data_of(wave: Wave) -> Inputs:
    """What identifies the data of one wave or delivery, with the weights in force and the schema it follows."""
    return {
        "kind": wave.kind, "label": wave.label, "version": wave.version, "id": wave.wave_id, "weighting": wave.weighting_id,
        "weighting_name": wave.weighting, "schema": wave.schema_hash,
    }  # fmt: skip


def plain_rules(rules: Rules) -> Inputs:
    """Each rule by the name of its setting; 30 and 30.0 are the same rule."""
    found: Inputs = {"check__straight_line_items": float(rules.straight_line_items)}
    for one in fields(rules):
        group = getattr(rules, one.name)
        if is_dataclass(group) and not isinstance(group, type):
            found |= {f"{one.name}__{name}": float(value) for name, value in asdict(group).items()}
    return found


def _reported_of(reported: str, waves: Sequence[Wave], source: StoreSource) -> list[str] | None:
    """Kind and period of the wave whose schema figures are reported by, the latest that is read first; None: a form of its own."""
    others = sorted(source.waves, key=lambda wave: wave.kind != RESPONSES)
    found = next((wave for wave in (*reversed(waves), *reversed(others)) if wave.schema_hash == reported), None)
    return None if found is None else [found.kind, found.label]


def fingerprints(answered: Answered[Any, Any]) -> list[str] | None:
    """SHA-256 of the figures at full precision, and to nine significant digits; None for an answer that has no figures to print."""
    try:
        records = record(answered, "en")["estimates"]
    except ManyiError:
        return None
    told = [{name: value for name, value in each.items() if name not in _WORDS} for each in records]  # type: ignore[attr-defined]
    return [hashlib.sha256(json.dumps(each, sort_keys=True).encode()).hexdigest() for each in (told, _rounded(told))]


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_rounded(inner) for inner in value]
    if isinstance(value, float):
        return 0.0 if abs(value) < _NOTHING else float(f"{value:.{_DIGITS}g}")
    return value
