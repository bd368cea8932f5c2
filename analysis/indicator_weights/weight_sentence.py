"""What indicator weights say, in a sentence: which indicator counts most, and who gains or loses ranks when the weights change."""

from __future__ import annotations

from analysis.indicator_weights.compare_weight_sets import RankMove, WeightComparison
from analysis.indicator_weights.weight_sets import WeightSet
from analysis.results.sentences import Segment, at_a_glance
from survey_schema.models import SurveySchema
from words.language import Language, number_text, translator
from words.lists import listed

_NAMED = 3


def heaviest_sentence(found: WeightSet, schema: SurveySchema, language: Language) -> list[Segment]:
    """The child of the top that counts most, and the one that counts least; of the first node that is there where the top is not."""
    _ = translator(language)
    if found.reason is not None:
        return [Segment(found.reason.text(language))]
    top = next(node for node in schema.tree.walk() if node.code in found.weights)
    weights = found.weights[top.code]
    most, least = max(weights, key=lambda code: weights[code]), min(weights, key=lambda code: weights[code])
    named = {"index": top.title.text(language), "most": schema.title_of(most, language), "least": schema.title_of(least, language)}
    if weights[most] - weights[least] < 1e-9:
        equal = _("In {index} all {count} parts count the same: {share} % each.")
        return [Segment(equal.format(index=named["index"], count=len(weights), share=_percent(weights[most], language)))]
    told = _("In {index} “{most}” counts most ({share} %), “{least}” least ({small} %).")
    shares = {"share": _share(found, top.code, most, language), "small": _share(found, top.code, least, language)}
    return [Segment(told.format(**named, **shares))]


def _share(found: WeightSet, node: str, child: str, language: Language) -> str:
    """A weight in per cent, with half its interval where it comes from answers."""
    estimate, value = found.find(node, child), _percent(found.weights[node][child], language)
    if estimate is None or estimate.se is None or estimate.low is None or estimate.high is None:
        return value
    return f"{value} ±{_percent((estimate.high - estimate.low) / 2, language)}"


def comparison_sentence(
    found: WeightComparison, schema: SurveySchema, language: Language, *, first: str, second: str, dimension: str = "branch"
) -> list[Segment]:
    """The index under both sets with the interval of the difference, then who gains and who loses ranks. ``first``, ``second``: names."""
    _ = translator(language)
    one, two, gap = found.index
    if one.value is None or two.value is None or gap.value is None:
        reason = next((e.reason.text(language) for e in found.index if e.reason), "")
        return [Segment(_("The two sets of weights cannot be compared here. {reason}").format(reason=reason))]
    half = "" if gap.low is None or gap.high is None else f" ±{number_text((gap.high - gap.low) / 2, 2, language)}"
    told = _("Index {two} by “{second}”, {one} by “{first}”: {gap}{half} points").format(
        two=number_text(two.value, 1, language), one=number_text(one.value, 1, language), first=first, second=second,
        gap=number_text(gap.value, 2, language, signed=True), half=half,
    )  # fmt: skip
    index = Segment(told, "unclear" if gap.low is not None and gap.high is not None and gap.low <= 0 <= gap.high else "neutral")
    if not found.moves:
        return [index, Segment(_("."))]
    return at_a_glance(lambda most: [index, *_ranks(found, schema, language, dimension, most), Segment(_("."))], _NAMED, language)


def _ranks(found: WeightComparison, schema: SurveySchema, language: Language, dimension: str, most: int) -> list[Segment]:
    _ = translator(language)
    up = sorted((move for move in found.moves if move.gained > 0), key=lambda move: -move.gained)
    down = sorted((move for move in found.moves if move.gained < 0), key=lambda move: move.gained)
    if not up and not down:
        return [Segment(_("; nobody changes rank"))]

    def named(moves: list[RankMove]) -> str:
        told = [f"{schema.value_title(dimension, move.group, language)} {move.first}→{move.second}" for move in moves]
        return listed(told, language, most)

    segments = []
    if up:
        segments += [Segment(_("; ")), Segment(_("up: {names}").format(names=named(up)), "better")]
    if down:
        segments += [Segment(_("; ")), Segment(_("down: {names}").format(names=named(down)), "worse")]
    certain = sum(move.certain for move in found.moves)
    if certain:
        return [*segments, Segment(_("; beyond chance: {count} of these moves").format(count=certain))]
    return [*segments, Segment(_("; no move beyond chance"), "unclear")]


def _percent(share: float, language: Language) -> str:
    return number_text(100 * share, 1, language)
