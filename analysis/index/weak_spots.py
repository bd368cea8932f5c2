"""Where to look first: the items with the lowest scores and those customers disagree on most."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.results.estimates import Estimate, Result
from analysis.results.interval_verdict import Verdict, interval_verdict
from survey_schema.models import SurveySchema


@dataclass(frozen=True)
class WeakSpot:
    """An item with its score (0-100), its dispersion (standard deviation in points; None where there is none) and where it stands.

    ``against_index``: whether its whole interval lies above or below the index. ``disputed``: among those customers disagree on most.
    """

    score: Estimate
    dispersion: Estimate | None
    against_index: Verdict
    disputed: bool


def weak_spots(scores: Result, dispersion: Result, schema: SurveySchema, *, weakest: int, disputed: int) -> tuple[WeakSpot, ...]:
    """The ``weakest`` items of the tree by score and the ``disputed`` ones by standard deviation, lowest score first, each once.

    ``scores`` and ``dispersion`` have one estimate an item of one group; items without a shown score are left out.
    """
    index = scores.find(schema.tree.code)
    level = index.value if index is not None else None
    items = set(schema.tree.items())
    spread = {e.code: e for e in dispersion.estimates if e.value is not None}
    known = sorted((e for e in scores.estimates if e.code in items and e.value is not None), key=_value)
    most = sorted((e for e in known if e.code in spread), key=lambda e: -_value(spread[e.code]))[:disputed]
    picked = known[:weakest]
    picked += [e for e in most if e not in picked]
    return tuple(WeakSpot(e, spread.get(e.code), interval_verdict(e, level), e in most) for e in sorted(picked, key=_value))


def _value(estimate: Estimate) -> float:
    return estimate.value or 0.0
