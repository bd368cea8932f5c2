"""A cross table in one sentence: the largest difference that is certain, or that none is."""

from __future__ import annotations

from analysis.crosstab.cross_table import CrossTable, Keys
from analysis.results.sentences import Segment
from survey_schema.models import SurveySchema
from words.language import Language, number_text, translator


def cross_sentence(found: CrossTable, schema: SurveySchema, language: Language, measure: str, *, percent: bool = False) -> list[Segment]:
    """Whether and by how much two groups differ; grey where nothing can be shown. ``measure`` is what the cells show."""
    _ = translator(language)
    largest, whole = found.largest, found.whole
    if not found.shown:
        nobody = _("too few answers to show a single cell.") if found.hidden else _("There are no answers in this selection.")
        reason = whole.reason.text(language) if whole is not None and whole.reason else nobody
        return [Segment(_("{name}: {reason}").format(name=measure, reason=reason), "unclear")]
    if largest is None:
        base = number_text(whole.n if whole is not None else 0, 0, language)
        if not found.tests:
            return [Segment(_("{measure}: too many groups, or too few, to say which differ; {n} answers.").format(measure=measure, n=base))]
        text = _("{measure}: no difference is certain among {tests} pairs; {n} answers.")
        return [Segment(text.format(measure=measure, tests=number_text(found.tests, 0, language), n=base))]
    line = keys_text(largest.line, schema, language)
    higher, lower = (
        keys_text({name: value for name, value in each.keys.items() if name not in largest.line}, schema, language)
        for each in (largest.higher, largest.lower)
    )
    values = [number_text(each.value or 0.0, 1, language) for each in (largest.higher, largest.lower)]
    size, low, high = (number_text(each, 1, language) for each in (largest.difference, largest.low, largest.high))
    bases = [number_text(each.n, 0, language) for each in (largest.higher, largest.lower)]
    told = _("{measure}, {line}: {higher} {value} is above {lower} {other} by {size} ({low} to {high}; {n} and {m} answers).")
    if percent:
        told = _("{measure}, {line}: {higher} {value} % is above {lower} {other} % by {size} ({low} to {high}; {n} and {m} answers).")
    text = told.format(
        measure=measure, line=line, higher=higher, lower=lower, value=values[0], other=values[1], size=size, low=low, high=high,
        n=bases[0], m=bases[1],
    )  # fmt: skip
    return [Segment(text)]


def keys_text(keys: Keys, schema: SurveySchema, language: Language) -> str:
    """A row's or column's heading: its values by name, the outer one first."""
    return " · ".join(value_text(name, value, schema, language) for name, value in keys.items())


def value_text(name: str, value: str | None, schema: SurveySchema, language: Language) -> str:
    """The name of a value; of an answer that of its option, or its grade."""
    if name == "answer":
        title = schema.title_of(str(value), language)
        return title if title != value else translator(language)("grade {grade}").format(grade=value)
    return schema.value_title(name, value, language)
