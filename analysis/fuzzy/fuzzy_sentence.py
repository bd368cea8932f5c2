"""The answer of the fuzzy evaluation as one sentence: the grade reached, a tie if there is one, and the score with its interval."""

from __future__ import annotations

from analysis.fuzzy.fuzzy_evaluation import FuzzyEvaluation, FuzzyNode, grade_name
from analysis.results.sentences import Segment, Tone
from survey_schema.columns import DIMENSIONS
from survey_schema.models import SurveySchema
from words.language import Language, number_text, translator

_TONES: tuple[Tone, ...] = ("better", "better", "unclear", "worse", "worse")


def fuzzy_sentence(found: FuzzyEvaluation, node: FuzzyNode, schema: SurveySchema, language: Language) -> list[Segment]:
    """Which grade most memberships fall in, whether the next one is within 0.05, and the score."""
    _ = translator(language)
    name = " · ".join([*_groups(node, schema, language), judged_name(node.code, schema, language)])
    if node.grade is None or node.score.value is None:
        reason = node.score.reason.text(language) if node.score.reason else ""
        return [Segment(_("{name} cannot be evaluated. {reason}").format(name=name, reason=reason))]
    segments = [Segment(_("{name} is judged ").format(name=name)), _judgement(node, schema, language)]
    value = number_text(node.score.value, 1, language)
    if node.score.low is None or node.score.high is None:
        segments.append(Segment(_("; grade score {value} (too few answers for an interval)").format(value=value)))
    else:
        half = number_text((node.score.high - node.score.low) / 2, 1, language)
        segments.append(Segment(_("; grade score {value} (±{half})").format(value=value, half=half)))
    return [*segments, Segment(_("."))]


def judged_name(code: str, schema: SurveySchema, language: Language) -> str:
    """What is judged: an indicator by its name, the top of the tree not by that of the index, which is another number."""
    return translator(language)("The overall evaluation") if code == schema.tree.code else schema.title_of(code, language)


def _judgement(node: FuzzyNode, schema: SurveySchema, language: Language) -> Segment:
    _ = translator(language)
    reached = node.grade or 0
    grade, share = grade_name(schema, reached, language), _percent(node, reached, language)
    if node.tie is None:
        return Segment(_("“{grade}” (membership {share} %)").format(grade=grade, share=share), _TONES[reached])
    second, other = grade_name(schema, node.tie, language), _percent(node, node.tie, language)
    text = _("between “{grade}” and “{second}”: {share} % and {other} % are too close to decide")
    return Segment(text.format(grade=grade, second=second, share=share, other=other), "unclear")


def _percent(node: FuzzyNode, place: int, language: Language) -> str:
    return number_text(100 * (node.memberships[place].value or 0.0), 0, language)


def _groups(node: FuzzyNode, schema: SurveySchema, language: Language) -> list[str]:
    """Names of the groups the evaluation is of."""
    return [
        schema.value_title(name, value, language) if name in DIMENSIONS else str(value)
        for name, value in node.keys.items() if value is not None
    ]  # fmt: skip
