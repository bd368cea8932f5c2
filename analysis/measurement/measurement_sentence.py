"""Whether the questionnaire measures what it says, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.measurement.measurement_levels import hardly_told_apart, is_reliable
from analysis.measurement.path_model_result import PathModelResult
from analysis.measurement.reliability import Reliability
from analysis.results.sentences import Segment
from survey_schema.path_models import PathModel
from words.language import Language, translator
from words.lists import listed


def measurement_sentence(
    sets: Sequence[tuple[str, Reliability]], result: PathModelResult | None, model: PathModel | None, language: Language
) -> list[Segment]:
    """How many question sets are reliable, which are weak, and which constructs respondents hardly tell apart."""
    _ = translator(language)
    known = [(name, found) for name, found in sets if found.alpha is not None and found.alpha.value is not None]
    if not known:
        reasons = [found.reason.text(language) for _name, found in sets if found.reason]
        return [Segment(_("Reliability cannot be estimated here.")), *(Segment(f" {reason}") for reason in dict.fromkeys(reasons[:1]))]
    weak = [name for name, found in known if not is_reliable(found)]
    good = len(known) - len(weak)
    if not weak and len(known) == 1:
        parts = [
            Segment(_("Yes"), "better"),
            Segment(_(": the {count} questions of “{name}” hang together reliably").format(count=len(known[0][1].items), name=known[0][0])),
        ]
    elif not weak:
        parts = [Segment(_("Yes"), "better"), Segment(_(": all {count} question sets hang together reliably").format(count=len(known)))]
    elif good:
        parts = [
            Segment(_("Mostly"), "unclear"),
            Segment(_(": {good} of {count} question sets hang together reliably; weak: ").format(good=good, count=len(known))),
            Segment(listed(weak, language, 3), "worse"),
        ]
    else:
        parts = [
            Segment(_("Hardly"), "worse"),
            Segment(_(": none of the {count} question sets hangs together reliably").format(count=len(known))),
        ]
    return [*parts, *_not_apart(result, model, language), Segment(_("."))]


def _not_apart(result: PathModelResult | None, model: PathModel | None, language: Language) -> list[Segment]:
    _ = translator(language)
    if result is None or model is None or result.reason:
        return []
    titles = {construct.code: construct.title.text(language) for construct in model.constructs}
    close = sorted((pair for pair in result.separations if hardly_told_apart(pair)), key=lambda pair: -(pair.htmt.value or 0.0))
    if not close:
        return [Segment(_("; respondents tell the constructs apart"))]
    pairs = [_("{one} from {other}").format(one=titles[pair.constructs[0]], other=titles[pair.constructs[1]]) for pair in close]
    # One pair is enough for a headline; the chart below has them all.
    return [Segment(_("; respondents hardly tell ")), Segment(listed(pairs, language, 1), "worse")]
