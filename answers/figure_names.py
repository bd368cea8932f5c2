"""What the parts of a figure are called in a table, in one language: its keys and their values, its indicator, its verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from analysis.measurement.question_sets import question_sets
from analysis.results.estimates import Estimate
from answers.figure_words import CODE_WORDS, KEY_TITLES, KEY_WORDS, LEVELS, NOT_GROUPS, PERIODS, VERDICT_WORDS
from answers.kind_columns import kind_value_title
from answers.topic import Answered, Topic
from survey_schema.answer_shares import SHARE_WORDS
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from survey_schema.schema_parts import LocalText
from survey_schema.tier_rules import TierAxis
from words.language import Language, message
from words.periods import wave_text

_VERDICTS = {
    "higher": message("higher"),
    "lower": message("lower"),
    "small": message("certain but small"),
    "unclear": message("may be chance"),
    **VERDICT_WORDS,
}


@dataclass(frozen=True)
class FigureNames:
    """The names of one topic's figures in a survey."""

    topic: Topic[Any, Any]
    schema: SurveySchema
    language: Language

    @classmethod
    def of(cls, answered: Answered[Any, Any], language: Language) -> FigureNames:
        """Those of an answer."""
        return cls(answered.topic, answered.asked.schema, language)

    def indicator(self, code: str) -> str:
        """The name of an indicator, item or construct; of both ends of an arrow or a pair of constructs."""
        for written, shown in (("->", " → "), ("~", " · ")):
            if written in code:
                return shown.join(self.schema.title_of(part, self.language) for part in code.split(written))
        if code in self._sets:
            return self._sets[code].text(self.language)
        named = self.schema.title_of(code, self.language)
        return CODE_WORDS[code].text(self.language) if named == code and code in CODE_WORDS else named

    def key(self, name: str) -> str:
        """What a key is called, as a heading."""
        column = next((column for column in self.schema.columns if name in (column.stored_as, column.code)), None)
        if column:
            return column.title.text(self.language)
        if axis := self._axis(name):
            return axis.title.text(self.language)
        return KEY_TITLES[name].text(self.language) if name in KEY_TITLES else name

    def value(self, name: str, value: str | None) -> str:
        """A value of a key: of data beside responses, or of the survey and the topic."""
        if value is not None and name in self.topic.groups:
            return kind_value_title(self.topic, name, value, self.schema, self.language)
        return self._of_the_survey(name, value)

    def verdict(self, verdict: str) -> str:
        """A verdict in words."""
        return _VERDICTS[verdict].text(self.language) if verdict in _VERDICTS else verdict

    @cached_property
    def _sets(self) -> Mapping[str, LocalText]:
        return {one.code: one.title for one in question_sets(self.schema)}

    def _axis(self, name: str) -> TierAxis | None:
        """The axis of the survey's tier rules that a key names."""
        return next((axis for rules in self.schema.tiers for axis in rules.axes if axis.code == name), None)

    def _of_the_survey(self, name: str, value: str | None) -> str:
        if value is None:
            return "" if name in NOT_GROUPS else message("All").text(self.language)
        if name in PERIODS:
            return wave_text(value, self.language)
        if name == "share":
            return SHARE_WORDS[value].text(self.language) if value in SHARE_WORDS else value
        said = self.topic.figure_words.get(value) or KEY_WORDS.get(value)
        if said and name in ("part", "side", "stage", "figure", "against", "class", "tested_by", "state", "group"):
            return said.text(self.language)
        if name in ("construct", "from", "to", "answer"):
            return self.schema.title_of(value, self.language)
        if axis := self._axis(name):
            return next((one.title.text(self.language) for one in axis.classes if one.code == value), value)
        if name == "against":
            choices = (choice for column in self.schema.columns for choice in column.choices)
            return next((choice.text(self.language) for choice in choices if choice.code == value), value)
        stored = Role.OPERATOR if name == "competitor" else name
        column = next((column for column in self.schema.columns if stored in (column.stored_as, column.code)), None)
        choice = next((choice for choice in column.choices if choice.code == value), None) if column else None
        return choice.text(self.language) if choice else value


def is_share(topic: Topic[Any, Any], estimate: Estimate) -> bool:
    """Whether a figure is a proportion, shown in per cent; a net promoter score is points."""
    return topic.share and estimate.keys.get("share") != "nps"


def is_difference(topic: Topic[Any, Any], estimate: Estimate) -> bool:
    """Whether a figure is a difference, shown with its sign."""
    return topic.signed and estimate.keys.get("side") in (None, "gap") and estimate.keys.get("figure") not in LEVELS
