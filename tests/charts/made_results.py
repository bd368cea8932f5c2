"""Results made by hand."""

from __future__ import annotations

from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Result
from analysis.results.provenance import Provenance
from words.language import message

HOSTILE = "<a href='x'>Gannan</a>$x^2$"
METHOD = message("Method {name}", name="M")
HOW = Provenance(METHOD, DEFAULT_THRESHOLDS)
HIDDEN_VALUE = 12.3456789


def estimate(value: float | None, half: float = 1.0, code: str = "CSI", **more: object) -> Estimate:
    keys = {name: more.pop(name) for name in ("branch", "operator", "brand", "wave") if name in more}
    if value is None:
        return Estimate(keys=keys, code=code, value=None, n=6, n_eff=5.0, reason=message("{n} answers, {needed} needed", n=5, needed=10))
    filled = {"n": 500, "n_eff": 420.0} | more
    return Estimate(keys=keys, code=code, value=value, se=half / 1.96, low=value - half, high=value + half, **filled)


def result(*estimates: Estimate) -> Result:
    return Result(tuple(estimates), HOW)
