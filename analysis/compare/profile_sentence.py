"""The profile of one group in a sentence: its score, whether it differs from the rest, and on how many indicators."""

from __future__ import annotations

from analysis.results.estimates import Estimate, Result
from analysis.results.sentences import Segment, Tone, margin_text
from survey_schema.models import SurveySchema
from words.language import Language, number_text, translator


def profile_sentence(
    scores: Result, against_rest: Result, schema: SurveySchema, language: Language, place: str, *, dimension: str = "branch"
) -> list[Segment]:
    """``scores`` and the differences from the rest hold an estimate an indicator of ``place``; what is hidden there does not count.

    The index first, then on how many questions the group is above and below the rest, and the question where it falls furthest behind.
    """
    _ = translator(language)
    own, gap = (found.find(schema.tree.code, **{dimension: place}) for found in (scores, against_rest))
    name = schema.value_title(dimension, place, language)
    if own is None or own.value is None:
        return [_hidden(name, own, language)]
    segments = [_score(name, own, language), *_against(gap, language)]
    shown = {e.code for e in scores.estimates if e.keys.get(dimension) == place and e.value is not None}
    items = [e for e in against_rest.estimates if e.keys.get(dimension) == place and e.code in shown and e.code in set(schema.tree.items())]
    above, below = ([e for e in items if e.verdict == verdict] for verdict in ("higher", "lower"))
    if items:
        apart = _("; of {count} questions {above} above and {below} below the rest")
        told = apart if above or below else _("; no single question can be told from the rest")
        segments.append(Segment(told.format(count=len(items), above=len(above), below=len(below))))
    if below:
        furthest = min(below, key=lambda e: e.value or 0.0)
        points = number_text(furthest.value or 0.0, 1, language, signed=True)
        text = _("furthest behind on {item} ({points})").format(item=schema.title_of(furthest.code, language), points=points)
        segments += [Segment(_("; ")), Segment(text, "worse")]
    return [*segments, Segment(_("."))]


def indicator_sentence(
    scores: Result,
    against_rest: Result,
    to_best: Result,
    schema: SurveySchema,
    language: Language,
    place: str,
    code: str,
    *,
    dimension: str = "branch",
) -> list[Segment]:
    """One indicator of ``place``: its score, whether it differs from the rest, and how far the best is; estimates as in a profile."""
    _ = translator(language)
    own, gap, best = (found.find(code, **{dimension: place}) for found in (scores, against_rest, to_best))
    name = _("{name}: {indicator}").format(name=schema.value_title(dimension, place, language), indicator=schema.title_of(code, language))
    if own is None or own.value is None:
        return [_hidden(name, own, language)]
    segments = [_score(name, own, language), *_against(gap, language)]
    if best is not None and best.value is not None:
        points = number_text(best.value, 1, language, signed=True)
        told = (
            _("; to the best {points}{half}").format(points=points, half=margin_text(best, language))
            if best.value
            else _("; it is the best")
        )
        segments.append(Segment(told))
    return [*segments, Segment(_("; base {base}").format(base=number_text(own.n, 0, language))), Segment(_("."))]


def _score(name: str, own: Estimate, language: Language) -> Segment:
    score = f"{number_text(own.value or 0.0, 1, language)}{margin_text(own, language)}"
    return Segment(translator(language)("{name} {score}").format(name=name, score=score))


def _hidden(name: str, own: Estimate | None, language: Language) -> Segment:
    _ = translator(language)
    reason = own.reason.text(language) if own and own.reason else _("There are no answers in this selection.")
    return Segment(_("{name}: {reason}").format(name=name, reason=reason), "unclear")


def _against(gap: Estimate | None, language: Language) -> list[Segment]:
    """Index against the rest: above, below, certain but small, or perhaps chance; nothing without a comparison."""
    _ = translator(language)
    if gap is None or gap.value is None or gap.verdict is None:
        return []
    points = number_text(abs(gap.value), 1, language)
    told: dict[str, tuple[str, Tone]] = {
        "higher": (_("{points} points above the rest"), "better"),
        "lower": (_("{points} points below the rest"), "worse"),
        "small": (_("{points} points from the rest: certain, but small"), "unclear"),
        "unclear": (_("{points} points from the rest, which may be chance"), "unclear"),
    }
    text, tone = told[gap.verdict]
    return [Segment(_(", ")), Segment(text.format(points=points), tone)]
