"""What only the door knows of an answer: which survey and version, which waves with what weights and content, who is selected.

Also how a fact is said in a language, the same on the screen and below a table of the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.results.provenance import Fact, InWords
from answers.source import Source, WaveOrigin
from survey_schema.columns import Role
from survey_schema.data_kinds.all_kinds import PeriodLabel
from survey_schema.models import SurveySchema
from words.language import Language, Message, message, number_text, translator
from words.lists import Listed, listed
from words.periods import WaveName

#: What of a wave is told: key in ``--json``, name, value, and the value in words where it is not as it stands.
Told = tuple[str, Message, Callable[[WaveOrigin], object], Callable[[WaveOrigin], InWords | str | None] | None]
_OF_A_WAVE: tuple[Told, ...] = (
    ("wave_versions", message("Version"), lambda wave: wave.version, None),
    ("respondents", message("Responses in the wave"), lambda wave: wave.respondents, None),
    ("weightings", message("Respondent weights"), lambda wave: wave.weighting, lambda wave: wave.weighting or message("as stored")),
    ("source_files", message("Source file"), lambda wave: wave.source_name, None),
    ("stored", message("Stored"), lambda wave: wave.stored_at and wave.stored_at.isoformat(), lambda wave: wave.stored_text),
    ("content_ids", message("Fingerprint of the data"), lambda wave: wave.content_id, lambda wave: wave.fingerprint),
)
#: The same of a delivery of data beside responses, which has rows and no weights.
_OF_A_DELIVERY: tuple[Told, ...] = tuple(
    ("rows", message("Rows"), *told[2:]) if told[0] == "respondents" else told for told in _OF_A_WAVE if told[0] != "weightings"
)
#: Of more deliveries than these a reader is told how many, the first and the last.
_MOST_DELIVERIES = 4
#: The facts that only a stored wave has.
OF_STORED_WAVES = tuple(code for code, *_ in _OF_A_WAVE if code != "respondents")


@dataclass(frozen=True)
class ValueName:
    """A value of a column by its name in the survey."""

    schema: SurveySchema
    column: str
    value: str

    def text(self, language: Language) -> str:
        """The name in one language; a wave by its period."""
        if self.column == Role.WAVE:
            return WaveName(self.value).text(language)
        return self.schema.value_title(self.column, self.value, language)


def door_facts(
    source: Source, waves: Sequence[str], where: Mapping[str, str], beside: Sequence[str] = (), ours: str | None = None
) -> tuple[Fact, ...]:
    """Survey and version, the waves, the selection in words, and what is known of each wave.

    ``beside`` are kinds of data beside responses: the waves are periods of their deliveries, ``ours`` the operator they are
    of where nobody names one. What is known of no wave, as of those of a workbook, is left out; of figures that were typed there is none.
    """
    schema = source.schema
    deliveries = [each for kind in beside for each in source.deliveries(kind) if each.label in waves]
    origins = deliveries if beside else [source.origin(label) for label in waves]
    named = message("{title} ({name} v{version})", title=schema.title, name=schema.name, version=schema.version)
    narrowed = {**({str(Role.OPERATOR): ours} if ours else {}), **where}
    everybody = message("everything delivered") if beside else message("everybody")
    selected = Listed([ValueName(schema, name, value) for name, value in narrowed.items()]) if narrowed else everybody
    facts = [
        Fact("survey_version", schema.version, message("Survey"), named),
        Fact("waves", tuple(waves), message("Wave") if waves else None, Listed([PeriodLabel(label) for label in waves])),
        Fact("selection", dict(where), message("Selection") if waves else None, selected),
    ]
    if beside:
        facts.append(Fact("weightings", {}, message("Respondent weights"), message("none; each case counts once")))
    for code, title, of, words in _OF_A_DELIVERY if beside else _OF_A_WAVE:
        known = [origin for origin in origins if of(origin) is not None or (words is not None and origin.content_id is not None)]
        if known:
            told = [(origin.label, (words or of)(origin)) for origin in known]
            many = bool(beside) and len(told) > _MOST_DELIVERIES
            facts.append(Fact(code, {origin.label: of(origin) for origin in known}, title, _ends(told) if many else _each(told)))
    return tuple(facts)


def _each(told: Sequence[tuple[str, object]]) -> InWords | str:
    """One wave's value as it is; of several each with its wave."""
    if len(told) == 1:
        return AsText(told[0][1])
    return Listed([_each_named(each) for each in told])


def _ends(told: Sequence[tuple[str, object]]) -> InWords:
    """Of many deliveries how many, the first and the last; all of them are in the records."""
    return message("{count} deliveries, from {first} to {last}", count=len(told), first=_each_named(told[0]), last=_each_named(told[-1]))


def _each_named(told: tuple[str, object]) -> Message:
    return message("{wave}: {value}", wave=PeriodLabel(told[0]), value=AsText(told[1]))


@dataclass(frozen=True)
class AsText:
    """A plain value in words."""

    value: object

    def text(self, language: Language) -> str:
        """The value in one language."""
        return value_text(self.value, language)


def fact_text(fact: Fact, language: Language) -> str:
    """What a fact says."""
    return value_text(fact.value if fact.words is None else fact.words, language)


def value_text(value: object, language: Language) -> str:
    """A value as a reader knows it: numbers as they are in force, several in one list; a dash for nothing."""
    if isinstance(value, InWords):
        return value.text(language)
    if isinstance(value, bool):
        _ = translator(language)
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return number_text(value, 0, language)
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Mapping):
        return listed([f"{name} {value_text(part, language)}" for name, part in value.items()], language)
    if isinstance(value, (list, tuple, set, frozenset)):
        return listed([value_text(part, language) for part in value], language)
    return "—" if value is None else str(value)
