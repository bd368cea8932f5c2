"""The profile of one group in a sentence: its score, whether it differs from the rest, and on how many indicators."""

from __future__ import annotations

from analysis.results.estimates import Estimate, Result
from analysis.results.sentences import Segment, Tone
from survey_schema.models import SurveySchema
from words.language import Language, number_text, translator


def profile_sentence(
    scores: Result, against_rest: Result, schema: SurveySchema, language: Language, place: str, *, dimension: str = "branch"
) -> list[Segment]:
    """``scores`` and the differences from the rest hold an estimate an indicator of ``place``; what is hidden there does not count.

    The index first, then on how many questions the group is above and below the rest, and the question where it falls furthest behind.
    """
    _ = translator(language)
    name = schema.value_title(dimension, place, language)
    own, gap = (found.find(schema.tree.code, **{dimension: place}) for found in (scores, against_rest))
    if own is None or own.value is None:
        reason = own.reason.text(language) if own and own.reason else _("There are no answers in this selection.")
        return [Segment(_("{name}: {reason}").format(name=name, reason=reason), "unclear")]
    half = "" if own.low is None or own.high is None else f"±{number_text((own.high - own.low) / 2, 1, language)}"
    score = f"{number_text(own.value, 1, language)}{half}"
    segments = [Segment(_("{name} {score}").format(name=name, score=score)), *_against(gap, language)]
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
