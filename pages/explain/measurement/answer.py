"""Whether the questionnaire measures what it says, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.measurement.path_model_quality import HTMT_BELOW, RELIABLE_FROM
from analysis.measurement.path_model_result import PathModelResult
from analysis.measurement.reliability import Reliability
from pages._shared.parts.show_answer import Words
from pages._shared.session.words import _, language
from survey_schema.path_models import PathModel


def measurement_sentence(sets: Sequence[tuple[str, Reliability]], result: PathModelResult | None, model: PathModel | None) -> list[Words]:
    """How many question sets are reliable, which are weak, and which constructs respondents hardly tell apart."""
    known = [(name, found.alpha.value) for name, found in sets if found.alpha is not None and found.alpha.value is not None]
    if not known:
        reasons = [found.reason.text(language()) for _name, found in sets if found.reason]
        return [Words(_("Reliability cannot be estimated here.")), *(Words(f" {reason}") for reason in dict.fromkeys(reasons[:1]))]
    weak = [name for name, value in known if value < RELIABLE_FROM]
    good = len(known) - len(weak)
    if not weak and len(known) == 1:
        parts = [
            Words(_("Yes"), "better"),
            Words(
                _(": the {count} questions of “{name}” hang together reliably").format(
                    count=len(next(found.items for name, found in sets if name == known[0][0])), name=known[0][0]
                )
            ),
        ]
    elif not weak:
        parts = [Words(_("Yes"), "better"), Words(_(": all {count} question sets hang together reliably").format(count=len(known)))]
    elif good:
        parts = [
            Words(_("Mostly"), "unclear"),
            Words(_(": {good} of {count} question sets hang together reliably; weak: ").format(good=good, count=len(known))),
            Words(_listed(weak), "worse"),
        ]
    else:
        parts = [
            Words(_("Hardly"), "worse"),
            Words(_(": none of the {count} question sets hangs together reliably").format(count=len(known))),
        ]
    return [*parts, *_not_apart(result, model), Words(_("."))]


def _not_apart(result: PathModelResult | None, model: PathModel | None) -> list[Words]:
    if result is None or model is None or result.reason:
        return []
    titles = {construct.code: construct.title.text(language()) for construct in model.constructs}
    close = sorted(
        (pair for pair in result.separations if (pair.htmt.value or 0.0) >= HTMT_BELOW), key=lambda pair: -(pair.htmt.value or 0.0)
    )
    if not close:
        return [Words(_("; respondents tell the constructs apart"))]
    pairs = [_("{one} from {other}").format(one=titles[pair.constructs[0]], other=titles[pair.constructs[1]]) for pair in close]
    # One pair is enough for a headline; the chart below has them all.
    return [Words(_("; respondents hardly tell ")), Words(_listed(pairs, 1), "worse")]


def _listed(names: Sequence[str], most: int = 3) -> str:
    shown = ("、" if language() == "zh_CN" else ", ").join(names[:most])
    return shown if len(names) <= most else _("{names} and {count} others").format(names=shown, count=len(names) - most)
