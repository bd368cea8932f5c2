"""Where a chart's figures come from, told from the answers it was drawn from: survey, wave, selection, weighting, base, method, date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from answers.provenance import fact_text
from answers.topic import Answered
from reports.office.origin import Origin
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Language, message, number_text, translator

#: What stands below a chart; the sheet and the notes have all.
_BRIEF = ("survey_version", "waves", "selection", "compared_with", "respondents", "rows", "weightings", "base", "effective_base")
_BASE = "base"


def origin_of(answers: Sequence[Answered[Any, Any]], schema: SurveySchema, language: Language, made: datetime, seal: str = "") -> Origin:
    """The origin of what was drawn from these answers; where they differ in a fact, each one's is told. Of no answer: the survey alone."""
    told: dict[tuple[str, str], dict[str, None]] = {}
    for answered in answers:
        for code, name, text in _facts(answered, language):
            told.setdefault((code, name), {})[text] = None
    if not told:
        named = message("{title} ({name} v{version})", title=schema.title, name=schema.name, version=schema.version)
        told["survey_version", translator(language)("Survey")] = {named.text(language): None}
    facts = [(code, name, " | ".join(texts)) for (code, name), texts in told.items()]
    methods = dict.fromkeys(answered.provenance.method.text(language) for answered in answers)
    return Origin(
        key="\n".join(dict.fromkeys(answered.question.text() for answered in answers)),
        facts=tuple((name, text) for _code, name, text in facts),
        methods=tuple(methods),
        made=made,
        language=language,
        brief=tuple((name, text) for code, name, text in sorted(facts, key=_place) if code in _BRIEF),
        seal=seal,
    )


def _place(fact: tuple[str, str, str]) -> int:
    return _BRIEF.index(fact[0]) if fact[0] in _BRIEF else len(_BRIEF)


def _facts(answered: Answered[Any, Any], language: Language) -> list[tuple[str, str, str]]:
    """Code, name and text of every fact for readers, with the bases of the figures where the analysis tells none."""
    facts = [
        (fact.code, fact.title.text(language), fact_text(fact, language)) for fact in answered.provenance.shown if fact.title is not None
    ]
    if _BASE not in {code for code, _name, _text in facts} and (bases := _bases(answered)):
        ends = [number_text(end, 0, language) for end in dict.fromkeys((min(bases), max(bases)))]
        facts.append((_BASE, translator(language)("Base"), "–".join(ends)))
    return facts


def _bases(answered: Answered[Any, Any]) -> list[int]:
    """The bases of the figures that are shown; none of data beside responses, whose figures stand on months, cases and respondents."""
    if answered.topic.of_deliveries:
        return []
    try:
        return [estimate.n for estimate in answered.figures.estimates if estimate.value is not None and estimate.n]
    except ManyiError:  # an answer that has no figures to print
        return []
