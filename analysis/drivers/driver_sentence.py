"""The answer of the drivers page as one sentence: which driver matters most, how sure that is, how much all explain."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.drivers.drivers import Drivers
from analysis.drivers.relative_importance import Importance
from analysis.inference.compact_letter_display import compact_letter_display
from analysis.results.sentences import Segment, at_a_glance
from survey_schema.models import SurveySchema
from words.language import Language, number_text, translator
from words.lists import listed

#: Drivers named one by one that cannot be told apart from the first.
_MOST = 2


def drivers_sentence(analysed: Drivers, schema: SurveySchema, language: Language) -> list[Segment]:
    """The first driver with the interval of its share, those it cannot be told apart from, and what all explain together."""
    _ = translator(language)
    importance = analysed.importance
    outcome = schema.title_of(analysed.outcome, language)
    ranked = sorted(importance.primary, key=lambda estimate: estimate.rank or 0)
    if importance.reason or not ranked:
        reason = importance.reason.text(language) if importance.reason else ""
        return [Segment(_("What moves {outcome} cannot be said. {reason}").format(outcome=outcome, reason=reason))]
    first = ranked[0]
    if first.low is None or first.high is None:
        said = _("Too few answers tell which driver moves {outcome} most; the shares have no intervals").format(outcome=outcome)
        return [Segment(said, "unclear"), Segment(_("."))]
    tied = tied_with(importance, first.code)
    told = _("{driver} moves {outcome} most").format(driver=schema.title_of(first.code, language), outcome=outcome)
    segments = [Segment(told, "unclear" if len(tied) == len(ranked) - 1 > 0 else "neutral")]
    share = _(": {share} % (±{half}) of what the drivers explain").format(
        share=number_text(first.value or 0.0, 1, language), half=number_text((first.high - first.low) / 2, 1, language)
    )
    segments.append(Segment(share))
    end = []
    explained = importance.r_squared.value if importance.r_squared else None
    if explained is not None:
        share = number_text(100 * explained, 0, language)
        end.append(Segment(_("; all explain {share} %").format(share=share)))
    end += [Segment(_("; {n} respondents").format(n=number_text(importance.n, 0, language))), Segment(_("."))]
    if len(ranked) == 1:
        return [*segments, *end]
    return at_a_glance(lambda most: [*segments, Segment(_("; ")), _how_sure(tied, schema, language, most), *end], _MOST, language, least=0)


def _how_sure(tied: Sequence[str], schema: SurveySchema, language: Language, most: int) -> Segment:
    _ = translator(language)
    if not tied:
        return Segment(_("its lead over the others is not chance"))
    if not most:
        return Segment(_("it cannot be told apart from {count} others").format(count=len(tied)), "unclear")
    names = listed([schema.title_of(code, language) for code in tied], language, most)
    return Segment(_("it cannot be told apart from {names}").format(names=names), "unclear")


def tied_with(importance: Importance, code: str) -> tuple[str, ...]:
    """The drivers whose share cannot be told apart from that of one driver, most important first."""
    partners = {other for pair in importance.indistinct if code in pair for other in pair} - {code}
    return tuple(e.code for e in sorted(importance.primary, key=lambda e: e.rank or 0) if e.code in partners)


def importance_letters(importance: Importance) -> dict[str, str]:
    """A letter for each group of drivers that cannot be told apart, "a" for the most important."""
    order = [e.code for e in sorted(importance.primary, key=lambda e: e.rank or 0)]
    place = {code: position for position, code in enumerate(order)}
    alike = {frozenset(pair) for pair in importance.indistinct}
    apart = [(place[one], place[other]) for one in order for other in order if place[one] < place[other] and {one, other} not in alike]
    display = compact_letter_display(range(len(order)), apart)
    return {code: display.get(position, "") for position, code in enumerate(order)}
