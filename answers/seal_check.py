"""Checking a seal: its inputs as they are now beside what was sealed, and where they are the same, the figures made again.

Whoever has the code learns whether all is equal, else which input changed, when and by whom; never a figure, and nothing of the rows or
the selection, so it does not matter which rows he may see himself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from answers.kept import Kept
from answers.question import Question, from_settings
from answers.rules import Rules
from answers.schema_differences import differing_places
from answers.seal_history import last_change
from answers.sealing import Inputs, code_over, fingerprints, inputs_of, plain_rules
from answers.source import StoreSource
from answers.topic import Topic, answer
from answers.topics import topic_named
from storage.mapped_branches import final_names
from storage.records import Scope, Wave
from storage.seals import Seal
from storage.store import Store
from words.check_codes import read_code, shown_code
from words.errors import ManyiError
from words.language import message
from words.program import VERSION

Input = Literal["data", "weighting", "schema", "indicator_weights", "setting", "program", "question", "branches", "figures"]


@dataclass(frozen=True)
class Changed:
    """One input that is not as it was. ``kind`` and ``label`` name the wave or delivery, ``name`` the setting or the places of the schema.

    ``before`` and ``after`` are what was sealed and what is in force (versions, names of weightings, values, how many branches count as
    others; "" for nothing). ``at`` and
    ``by``: when it was changed and by whom, where the store knows.
    """

    what: Input
    kind: str = ""
    label: str = ""
    name: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True)
class SealCheck:
    """What came of a check; equal where nothing changed."""

    seal: Seal
    changed: tuple[Changed, ...]

    @property
    def equal(self) -> bool:
        """Whether every input and every figure is as it was sealed."""
        return not self.changed


def check_seal(store: Store, text: str, rules: Rules, kept: Kept) -> SealCheck:
    """Checks the seal of a code as it was typed. Raises ManyiError for what is no code, and for one this store does not know."""
    code = read_code(text)
    seal = store.seals.of(code)
    if seal is None:
        raise ManyiError(
            message(
                "This store has no seal {code}. Figures are sealed when they are exported, or with --seal, in the store they come from.",
                code=shown_code(code),
            )
        )
    if code_over(seal.inputs) != code:
        raise ManyiError(message("The record of the seal {code} was altered: it does not fit its code.", code=shown_code(code)))
    found = [_program(seal)] if seal.inputs["program"] != VERSION else []
    for inputs, figures in zip(seal.inputs["answers"], seal.figures, strict=True):
        found += _answer(store, inputs, figures, rules, kept, trusted=not found)
    return SealCheck(seal, tuple(dict.fromkeys(found)))


def _program(seal: Seal) -> Changed:
    return Changed("program", before=str(seal.inputs["program"]), after=VERSION)


def _answer(store: Store, sealed: Inputs, figures: Sequence[str] | None, rules: Rules, kept: Kept, *, trusted: bool) -> list[Changed]:
    """What changed of one answer; figures are made again only where no input did, in this one or before it."""
    survey = str(sealed["question"]["survey"])
    now = _in_force(store, survey)
    found = [*_data(store, sealed, now), *_schemas(store, sealed, now), *_branches(store, survey, sealed), *_settings(sealed, rules)]
    if found:
        return found
    try:
        topic = topic_named(sealed["question"]["topic"])
        question = from_settings(sealed["question"], topic.options)
    except (ManyiError, ValueError, TypeError):
        return [Changed("question")]
    scope = Scope({name: frozenset(values) for name, values in sealed["scope"].items()})
    source = StoreSource(store, survey, sealed["schema"], rules, kept, scope, whole_waves=False)
    if found := _read_besides(store, topic, question, source, sealed):
        return found
    if trusted and figures is not None and not _same_figures(topic, question, source, figures):
        return [Changed("figures")]
    return []


def _same_figures(topic: Topic[Any, Any], question: Question[Any], source: StoreSource, figures: Sequence[str]) -> bool:
    """Whether they are the same at full precision, or to nine digits where sums were made in another order."""
    try:
        found = fingerprints(answer(topic, question, source))
    except ManyiError:
        return False
    return found is not None and any(one == other for one, other in zip(found, figures, strict=True))


def _in_force(store: Store, survey: str) -> dict[tuple[str, str], Wave]:
    return {(wave.kind, wave.label): wave for wave in (*store.waves(survey), *store.deliveries(survey))}


def _data(store: Store, sealed: Inputs, now: Mapping[tuple[str, str], Wave]) -> list[Changed]:
    """Waves and deliveries that hold other data, or other respondent weights."""
    found, survey = [], str(sealed["question"]["survey"])
    for each in sealed["data"]:
        wave = now.get((each["kind"], each["label"]))
        if wave is None or wave.wave_id != each["id"]:
            entry = last_change(store.audit(), survey, each["kind"], each["label"], "data")
            after = "" if wave is None else str(wave.version)
            found.append(Changed("data", each["kind"], each["label"], (), str(each["version"]), after, *entry))
        if wave is not None and _weighted_otherwise(each, wave):
            entry = last_change(store.audit(), survey, each["kind"], each["label"], "weighting")
            names = (each["weighting_name"] or "", wave.weighting or "")
            found.append(Changed("weighting", each["kind"], each["label"], (), *names, *entry))
    return found


def _weighted_otherwise(sealed: Inputs, wave: Wave) -> bool:
    """By the weights themselves where the responses are the same; a new version has new weights of the same name."""
    if sealed["id"] == wave.wave_id:
        return bool(sealed["weighting"] != wave.weighting_id)
    return bool(sealed["weighting_name"] != wave.weighting)


def _schemas(store: Store, sealed: Inputs, now: Mapping[tuple[str, str], Wave]) -> list[Changed]:
    """Where the survey is described otherwise: by the wave figures are reported by, and by each wave that is read."""
    followed = [(each["kind"], each["label"], each["schema"]) for each in sealed["data"]]
    if sealed["schema_of"] is not None:
        followed.insert(0, (*sealed["schema_of"], sealed["schema"]))
    found, seen = [], set()
    for kind, label, before in followed:
        wave = now.get((kind, label))
        if wave is None or wave.schema_hash == before or (before, wave.schema_hash) in seen:
            continue
        seen.add((before, wave.schema_hash))
        one, other = store.schema(before), store.schema(wave.schema_hash)
        weights, others = differing_places(one, other)
        entry = last_change(store.audit(), wave.survey, kind, label, "schema")
        numbers = (str(one.version), str(other.version))
        if weights:
            found.append(Changed("indicator_weights", kind, label, weights, *numbers, *entry))
        if others or not weights:
            found.append(Changed("schema", kind, label, others, *numbers, *entry))
    return found


def _branches(store: Store, survey: str, sealed: Inputs) -> list[Changed]:
    """Where branches count as others than when it was sealed; no branch is named, since not everybody may know it."""
    scope = Scope({name: frozenset(values) for name, values in sealed["scope"].items()})
    before, now = sealed.get("branches", {}), final_names(store.branches.steps(survey), scope)
    names = tuple(sorted(name for name in {**before, **now} if before.get(name) != now.get(name)))
    if not names:
        return []
    concerned = {*names, *before, *now}
    changes = [each.changes for each in store.branches.of(survey, undone=True) if each.source in concerned]
    at, by = max((change for each in changes for change in each), default=(None, ""))
    return [Changed("branches", before=str(len(before)), after=str(len(now)), at=at, by=by)]


def _settings(sealed: Inputs, rules: Rules) -> list[Changed]:
    now = plain_rules(rules)
    names = [name for name in {**sealed["rules"], **now} if sealed["rules"].get(name) != now.get(name)]
    return [Changed("setting", name=(name,), before=_number(sealed["rules"].get(name)), after=_number(now.get(name))) for name in names]


def _number(value: object) -> str:
    return "" if value is None else f"{value:.12g}" if isinstance(value, float) else str(value)


def _read_besides(store: Store, topic: Topic[Any, Any], question: Question[Any], source: StoreSource, sealed: Inputs) -> list[Changed]:
    """What would be read today beside what was sealed: a delivery or a wave that came since."""
    known = {(each["kind"], each["label"]) for each in sealed["data"]}
    read = inputs_of(topic.suited(question.options), question, source)["data"]
    new = [each for each in read if (each["kind"], each["label"]) not in known]
    return [
        Changed(
            "data", each["kind"], each["label"], (), "", str(each["version"]),
            *last_change(store.audit(), source.survey, each["kind"], each["label"], "data"),
        )
        for each in new
    ]  # fmt: skip
