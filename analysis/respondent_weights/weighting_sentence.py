"""The answer of a weighting in one sentence: whether the targets are met, what the weights cost, and how the index moves."""

from __future__ import annotations

from analysis.respondent_weights.raked_replicates import EffectRow
from analysis.respondent_weights.weighting_report import WeightingReport
from analysis.results.sentences import Segment
from survey_schema.models import SurveySchema
from words.language import Language, number_text, translator


def weighting_sentence(report: WeightingReport, effect: EffectRow | None, schema: SurveySchema, language: Language) -> list[Segment]:
    """For the reader of a weighting; ``effect`` is the headline's row where it was computed."""
    _ = translator(language)
    if report.reason is not None:
        return [Segment(_("There are no such weights. {reason}").format(reason=report.reason.text(language)), "worse")]
    made = report.made
    segments = [
        Segment(
            _("The targets are met by weights from {minimum} to {maximum}; design effect {deff}, effective base {n_eff} of {n} (").format(
                minimum=number_text(made.minimum, 2, language), maximum=number_text(made.maximum, 2, language),
                deff=number_text(made.deff, 2, language), n_eff=number_text(made.n_eff, 0, language), n=number_text(made.n, 0, language),
            )
        ),
        _cost(report, language),
        Segment(_(")")),
    ]  # fmt: skip
    return [*segments, *_moved(effect, schema, language), Segment(_("."))]


def _cost(report: WeightingReport, language: Language) -> Segment:
    _ = translator(language)
    share = number_text(100 * report.made.efficiency, 0, language)
    if report.level == "stopped":
        return Segment(_("{share} %: too much precision is lost; merge categories or trim").format(share=share), "worse")
    if report.level == "warned":
        return Segment(_("{share} %: much precision is lost").format(share=share), "unclear")
    return Segment(_("{share} %").format(share=share))


def _moved(effect: EffectRow | None, schema: SurveySchema, language: Language) -> list[Segment]:
    _ = translator(language)
    if effect is None or effect.before.value is None or effect.after.value is None or effect.change.value is None:
        return []
    name = schema.title_of(effect.code, language)
    before, after = (number_text(entry.value or 0.0, 1, language) for entry in (effect.before, effect.after))
    change = number_text(effect.change.value, 2, language, signed=True)
    if effect.change.low is None or effect.change.high is None:
        return [Segment(_("; {name} {before} → {after} ({change})").format(name=name, before=before, after=after, change=change))]
    ends = [number_text(end, 2, language, signed=True) for end in (effect.change.low, effect.change.high)]
    return [
        Segment(
            _("; {name} {before} → {after} ({change}, interval {low} to {high})").format(
                name=name, before=before, after=after, change=change, low=ends[0], high=ends[1]
            )
        )
    ]
