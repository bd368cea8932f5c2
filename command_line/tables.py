"""An answer as a table on the command line, rounded for reading."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from analysis.measurement.question_sets import question_sets
from analysis.results.estimates import Estimate
from analysis.results.provenance import Provenance
from analysis.results.sentences import plain_text
from answers.figure_words import CODE_WORDS, COUNTS, KEY_TITLES, KEY_WORDS, LEVELS, NOT_GROUPS, PERIODS, VERDICT_WORDS
from answers.kind_columns import kind_value_title
from answers.provenance import fact_text
from answers.topic import Answered, Topic
from command_line.output import console, print_table
from survey_schema.answer_shares import SHARE_WORDS
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from survey_schema.tier_rules import TierAxis
from words.language import Message, message, number_text, p_number_text, translator
from words.lists import Listed
from words.periods import Period, wave_text

_VERDICTS = {
    "higher": message("higher"),
    "lower": message("lower"),
    "unclear": message("chance or too small"),
    **VERDICT_WORDS,
}

#: Facts that stand in a sentence of their own below a table.
SAID_OTHERWISE = ("raked_margins", "reraked_margins", "selection", "waves")


def print_figures(answered: Answered[Any, Any]) -> None:
    """A table: names, value, interval, bases and what else applies; then the answer, the method, and what the marks mean.

    Proportions are shown in per cent. Small bases carry an asterisk; a hidden figure is a dot with its reason.
    """
    topic, question, result = answered.topic, answered.question, answered.figures
    share, signed, decimals = topic.share, topic.signed, topic.decimals
    language, schema = console.language, answered.asked.schema
    _ = translator(language)
    keys = list(result.estimates[0].keys) if result.estimates else []
    optional = {
        "deff": _("Design effect"),
        "rank": _("Rank"),
        "letters": _("Letters"),
        "p": "p",
        "p_adjusted": _("Adjusted p"),
        "verdict": _("Verdict"),
    }
    used = [name for name in optional if any(getattr(estimate, name) is not None for estimate in result.estimates)]
    if all(estimate.p is None or estimate.p_adjusted is not None for estimate in result.estimates):
        used = [name for name in used if name != "p"]
    reasons = any(estimate.reason is not None or estimate.note is not None for estimate in result.estimates)
    why_title = _("Why not") if any(estimate.reason is not None for estimate in result.estimates) else _("Note")
    fewer = any(estimate.questions is not None for estimate in result.estimates)
    header = [
        *(_key_title(name, schema) for name in keys), _("Code"), _("Indicator"), _("Value"), _("Interval"), _("Base"),
        _("Effective base"),
        *(optional[name] for name in used), *([_("Questions")] if fewer else []), *([why_title] if reasons else []),
    ]  # fmt: skip
    rows = [
        [
            *(_text_of_key(name, estimate.keys.get(name), topic, schema) for name in keys), estimate.code,
            _title(estimate.code, schema),
            *interval_text(estimate, share=share, decimals=decimals, signed=signed and _is_difference(estimate)),
            *_bases(estimate),
            *(_optional(estimate, name) for name in used),
            *([estimate.questions.told.text(language) if estimate.questions else ""] if fewer else []),
            *([why.text(language) if (why := estimate.reason or estimate.note) else ""] if reasons else []),
        ]
        for estimate in result.estimates
    ]  # fmt: skip
    print_table(header, rows, numbers_from=len(keys) + 2)
    console.print()
    if any(estimate.marked for estimate in result.estimates):
        console.print(message("* small base: effective base below {limit}.", limit=result.provenance.limits.marked_below))
    for sentence in (plain_text(answered.sentence(language)), *answered.remarks(language)):
        if sentence:
            console.print(sentence)
    _print_provenance(answered.provenance, schema)
    console.print(message("Selection: {selection}", selection=_selection(answered)))
    in_order = sorted(question.waves, key=lambda label: Period.parse(label) is None)  # what names no period stands after the others
    console.print(message("Waves: {waves}", waves=Listed([wave_text(wave, language) for wave in in_order])))


def _print_provenance(how: Provenance, schema: SurveySchema) -> None:
    """The method, what weights were raked to, and the other facts that are for readers."""
    console.print(message("Method: {method}", method=how.method))
    for told in how.raking_sentences(lambda column: schema.column_title(column, console.language)):
        console.print(told)
    for fact in how.shown:
        if fact.code not in SAID_OTHERWISE and fact.title is not None:
            console.print(message("{title}: {value}", title=fact.title, value=fact_text(fact, console.language)))


def _selection(answered: Answered[Any, Any]) -> Message | Listed | str:
    """What ``--where`` narrows to, ours included."""
    where, schema = answered.asked.where, answered.asked.schema
    if answered.topic.of_deliveries:
        return next(fact_text(fact, console.language) for fact in answered.provenance.facts if fact.code == "selection")
    if not where:
        return message("all responses")
    return Listed([f"{_key_title(name, schema)} {_key_text(name, value, schema)}" for name, value in where.items()])


def interval_text(estimate: Estimate, *, share: bool = False, decimals: int = 2, signed: bool = False) -> tuple[str, str]:
    """Value (a dot where it is hidden) and interval, rounded for reading."""
    if estimate.value is None:
        return "·", ""
    share = share and estimate.keys.get("share") != "nps"  # points, not a proportion
    times, decimals, unit = (100, 1, "%") if share else (1, 0 if estimate.keys.get("figure") in COUNTS else decimals, "")

    def shown(value: float, *, sign: bool) -> str:
        return number_text(value * times, decimals, console.language, signed=sign) + unit

    value = shown(estimate.value, sign=signed) + ("*" if estimate.marked else "")
    known = estimate.low is not None and estimate.high is not None and math.isfinite(estimate.low) and math.isfinite(estimate.high)
    if not known or estimate.low is None or estimate.high is None:
        return value, ""
    return value, f"{shown(estimate.low, sign=signed)} … {shown(estimate.high, sign=signed)}"


def _bases(estimate: Estimate) -> tuple[str, str]:
    """Respondents and effective base; empty for weights that were given, which rest on no responses."""
    if "weights" in estimate.keys and not estimate.n and estimate.value is not None:
        return "", ""
    return str(estimate.n), number_text(estimate.n_eff, 1, console.language)


def _is_difference(estimate: Estimate) -> bool:
    """Whether a figure among differences is one."""
    return estimate.keys.get("side") in (None, "gap") and estimate.keys.get("figure") not in LEVELS


def _optional(estimate: Estimate, name: str) -> str:
    found = getattr(estimate, name)
    if found is None:
        return ""
    if name == "deff":
        return number_text(found, 2, console.language)
    if name in ("p", "p_adjusted"):
        return p_number_text(found, console.language)
    if name == "verdict":
        return _VERDICTS[found].text(console.language) if found in _VERDICTS else str(found)
    return str(found)


def _title(code: str, schema: SurveySchema) -> str:
    """The name of an indicator, item or construct; of both ends of an arrow or a pair of constructs."""
    for written, shown in (("->", " → "), ("~", " · ")):
        if written in code:
            return shown.join(schema.title_of(part, console.language) for part in code.split(written))
    sets = {one.code: one.title for one in question_sets(schema)}
    if code in sets:
        return sets[code].text(console.language)
    named = schema.title_of(code, console.language)
    return CODE_WORDS[code].text(console.language) if named == code and code in CODE_WORDS else named


def _key_title(name: str, schema: SurveySchema) -> str:
    column = next((column for column in schema.columns if name in (column.stored_as, column.code)), None)
    if column:
        return column.title.text(console.language)
    if axis := _axis(name, schema):
        return axis.title.text(console.language)
    return KEY_TITLES[name].text(console.language) if name in KEY_TITLES else name


def _axis(name: str, schema: SurveySchema) -> TierAxis | None:
    """The axis of the survey's tier rules that a key names."""
    return next((axis for rules in schema.tiers for axis in rules.axes if axis.code == name), None)


def _text_of_key(name: str, value: str | None, topic: Topic[Any, Any], schema: SurveySchema) -> str:
    """A value of a key: of data beside responses, or of the survey and the topic."""
    if value is not None and name in topic.groups:
        return kind_value_title(topic, name, value, schema, console.language)
    return _key_text(name, value, schema, topic.figure_words)


def _key_text(name: str, value: str | None, schema: SurveySchema, words: Mapping[str, Message] = MappingProxyType({})) -> str:
    """A value of a key as a reader knows it; ``words`` are what the topic calls its figures."""
    if value is None:
        return "" if name in NOT_GROUPS else message("All").text(console.language)
    if name in PERIODS:
        return wave_text(value, console.language)
    if name == "share":
        return SHARE_WORDS[value].text(console.language) if value in SHARE_WORDS else value
    if name in ("part", "side", "stage", "figure", "against", "class") and (said := words.get(value) or KEY_WORDS.get(value)):
        return said.text(console.language)
    if name in ("construct", "from", "to"):
        return schema.title_of(value, console.language)
    if axis := _axis(name, schema):
        return next((one.title.text(console.language) for one in axis.classes if one.code == value), value)
    if name == "against":
        choices = (choice for column in schema.columns for choice in column.choices)
        return next((choice.text(console.language) for choice in choices if choice.code == value), value)
    stored = Role.OPERATOR if name == "competitor" else name
    column = next((column for column in schema.columns if stored in (column.stored_as, column.code)), None)
    choice = next((choice for choice in column.choices if choice.code == value), None) if column else None
    return choice.text(console.language) if choice else value
