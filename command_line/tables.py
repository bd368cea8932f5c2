"""An answer as a table on the command line, rounded for reading."""

from __future__ import annotations

import math
from typing import Any

from analysis.results.estimates import Estimate
from analysis.results.provenance import Provenance
from analysis.results.sentences import plain_text
from answers.figure_names import FigureNames, is_difference, is_share
from answers.figure_words import COUNTS
from answers.provenance import fact_text
from answers.topic import Answered
from command_line.output import console, print_table
from survey_schema.data_kinds.all_kinds import PeriodLabel
from survey_schema.models import SurveySchema
from words.language import Message, message, number_text, p_number_text, translator
from words.lists import Listed
from words.periods import Period

#: Facts that stand in a sentence of their own below a table.
SAID_OTHERWISE = ("raked_margins", "reraked_margins", "selection", "waves")


def print_figures(answered: Answered[Any, Any]) -> None:
    """A table: names, value, interval, bases and what else applies; then the answer, the method, and what the marks mean."""
    question, result, language = answered.question, answered.figures, console.language
    header, rows, numbers_from = figures_table(answered)
    print_table(header, rows, numbers_from=numbers_from)
    console.print()
    if any(estimate.marked for estimate in result.estimates):
        console.print(message("* small base: effective base below {limit}.", limit=result.provenance.limits.marked_below))
    for sentence in (plain_text(answered.sentence(language)), *answered.remarks(language)):
        if sentence:
            console.print(sentence)
    _print_provenance(answered.provenance, answered.asked.schema)
    console.print(message("Selection: {selection}", selection=_selection(answered)))
    in_order = sorted(question.waves, key=lambda label: Period.parse(label) is None)  # what names no period stands after the others
    console.print(message("Waves: {waves}", waves=Listed([PeriodLabel(wave) for wave in in_order])))


def figures_table(answered: Answered[Any, Any]) -> tuple[list[str], list[list[str]], int]:
    """Headings and rows of all figures, and the column from which they are figures.

    Proportions are shown in per cent. Small bases carry an asterisk; a hidden figure is a dot with its reason.
    """
    topic, result = answered.topic, answered.figures
    language = console.language
    _, names = translator(language), FigureNames.of(answered, language)
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
        *(names.key(name) for name in keys), _("Code"), _("Indicator"), _("Value"), _("Interval"), _("Base"),
        _("Effective base"),
        *(optional[name] for name in used), *([_("Questions")] if fewer else []), *([why_title] if reasons else []),
    ]  # fmt: skip
    rows = [
        [
            *(names.value(name, estimate.keys.get(name)) for name in keys), estimate.code,
            names.indicator(estimate.code),
            *interval_text(estimate, share=is_share(topic, estimate), decimals=topic.decimals, signed=is_difference(topic, estimate)),
            *_bases(estimate),
            *(_optional(estimate, name, names) for name in used),
            *([estimate.questions.told.text(language) if estimate.questions else ""] if fewer else []),
            *([why.text(language) if (why := estimate.reason or estimate.note) else ""] if reasons else []),
        ]
        for estimate in result.estimates
    ]  # fmt: skip
    return header, rows, len(keys) + 2


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
    where, names = answered.asked.where, FigureNames.of(answered, console.language)
    if answered.topic.of_deliveries:
        return next(fact_text(fact, console.language) for fact in answered.provenance.facts if fact.code == "selection")
    if not where:
        return message("all responses")
    return Listed([f"{names.key(name)} {names.value(name, value)}" for name, value in where.items()])


def interval_text(estimate: Estimate, *, share: bool = False, decimals: int = 2, signed: bool = False) -> tuple[str, str]:
    """Value (a dot where it is hidden) and interval, rounded for reading."""
    if estimate.value is None:
        return "·", ""
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


def _optional(estimate: Estimate, name: str, names: FigureNames) -> str:
    found = getattr(estimate, name)
    if found is None:
        return ""
    if name == "deff":
        return number_text(found, 2, console.language)
    if name in ("p", "p_adjusted"):
        return p_number_text(found, console.language)
    if name == "verdict":
        return names.verdict(found)
    return str(found)
