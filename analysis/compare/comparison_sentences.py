"""Plain sentences on what changed in each group, on a change that was parted, and on a composite by customers."""

from __future__ import annotations

from analysis.compare.branch_composite import Composite
from analysis.compare.decompose_change import ChangeSplit
from analysis.results.estimates import Estimate
from analysis.results.gaps import Gaps
from analysis.results.reasons import kind_of
from analysis.results.sentences import Segment, Tone, names, on_questions
from survey_schema.models import SurveySchema
from words.language import Language, number_text, translator
from words.periods import wave_text


def group_changes_sentence(found: Gaps, schema: SurveySchema, language: Language, dimension: str) -> list[Segment]:
    """Which groups really rose since the earlier wave, which fell, and how many show no change."""
    _ = translator(language)
    shown = [entry for entry in found.estimates if entry.value is not None]
    apart = [entry for entry in found.estimates if kind_of(entry.reason) == "not comparable"]
    told = _(" Not compared, since too few questions are common or have enough answers: {names}.").format(
        names=names(apart, schema, language, dimension)
    )
    aside = [Segment(told, "unclear")] if apart else []
    if not shown:
        return aside or [Segment(_("No group has enough answers in both waves."), "unclear")]
    since = wave_text(str(found.against), language)
    parts: list[Segment] = []
    sides: tuple[tuple[str, Tone, str], ...] = (("higher", "better", _("{names} really up")), ("lower", "worse", _("{names} really down")))
    for verdict, tone, template in sides:
        moved = sorted((entry for entry in shown if entry.verdict == verdict), key=lambda entry: -abs(entry.value or 0.0))
        if moved:
            parts += [Segment(_("; "))] if parts else []
            parts.append(Segment(template.format(names=names(moved, schema, language, dimension)), tone))
    little = sum(entry.verdict == "small" for entry in shown)
    still = sum(entry.verdict not in ("higher", "lower", "small") for entry in shown)
    if little:
        parts += [Segment(_("; "))] if parts else []
        parts.append(Segment(_("{count} changed for certain, but little").format(count=little)))
    if not parts:
        return [
            Segment(_("None of the {count} groups shows a real change since {wave}.").format(count=still, wave=since), "unclear"),
            *aside,
        ]
    others = [Segment(_("; the other {count} show no real change").format(count=still))] if still else []
    return [Segment(_("Since {wave}: ").format(wave=since)), *parts, *others, Segment(_(".")), *aside]


def split_sentence(found: ChangeSplit, schema: SurveySchema, language: Language) -> list[Segment]:
    """Of the whole change, how much is what customers said and how much who answered, and the group that contributes most for certain."""
    _ = translator(language)
    if found.mix is None or found.score is None:
        return [Segment(found.reason.text(language) if found.reason else _("The change cannot be parted."), "unclear")]
    points = {name: number_text(part.value or 0.0, 1, language, signed=True) for name, part in _named(found).items()}
    whole = _("Of {total} points, {score} are what customers said and {mix} who answered")
    segments = [Segment(whole.format(**points))]
    if found.questions is not None:
        segments.append(Segment(_(", and {questions} that other questions were asked, which is no change").format(**points)))
    if found.unjudged is not None:
        return [*segments, Segment(_("."))]
    tone: Tone = "better" if found.mix.verdict == "higher" else "worse" if found.mix.verdict == "lower" else "unclear"
    if found.mix.verdict in ("higher", "lower"):
        segments.append(Segment(_("; who answered has really moved the figure"), tone))
    elif found.mix.p_adjusted is not None and found.mix.p_adjusted < found.provenance.limits.alpha:
        segments.append(Segment(_("; who answered has moved the figure, by less than what matters"), tone))
    else:
        segments.append(Segment(_("; nothing shows that who answered has moved the figure"), tone))
    certain = [group.score for group in found.groups if group.score.verdict in ("higher", "lower")]
    if certain and len(found.by) == 1:
        most = max(certain, key=lambda part: abs(part.value or 0.0))
        name = schema.value_title(found.by[0], most.keys[found.by[0]], language)
        size = number_text(most.value or 0.0, 1, language, signed=True)
        segments.append(Segment(_("; most of it came from {name} ({points})").format(name=name, points=size)))
    return [*segments, Segment(_("."))]


def _named(found: ChangeSplit) -> dict[str, Estimate]:
    parts = {"total": found.total, "mix": found.mix, "score": found.score, "questions": found.questions}
    return {name: part for name, part in parts.items() if part is not None}


def composite_sentence(found: Composite, schema: SurveySchema, language: Language) -> list[Segment]:
    """The index by customers with its interval beside the one by respondents, whether they differ, and what is not covered."""
    _ = translator(language)
    head = found.find(schema.tree.code) or next(iter(found.scores), None)
    if head is None or head.by_customers.value is None:
        reason = found.reason or (head.by_customers.reason if head else None)
        return [Segment(reason.text(language) if reason else _("There is no composite."), "unclear")]
    half = "" if head.by_customers.low is None else f" (±{number_text(head.by_customers.value - head.by_customers.low, 1, language)})"
    name = schema.title_of(head.difference.code, language)
    value, other = (number_text(each.value or 0.0, 1, language) for each in (head.by_customers, head.by_respondents))
    text = _("{name} by customers {value}{half}, by respondents {other}").format(name=name, value=value, half=half, other=other)
    verdicts = {
        "small": _("; the make-up of the sample moves it for certain, but little ({points} points)"),
        "unclear": _("; the difference of {points} points may be chance"),
    }
    told = verdicts.get(head.difference.verdict or "unclear", _("; the difference of {points} points is no chance"))
    points = number_text(head.difference.value or 0.0, 1, language, signed=True)
    segments = [Segment(text + on_questions(head.difference, language)), Segment(told.format(points=points), "unclear")]
    if head.left_out:
        share = number_text(100 * head.covered, 1, language)
        segments.append(Segment(_("; {share} % of the customers are covered").format(share=share)))
    return [*segments, Segment(_("."))]
