"""How respondent weights spread: respondents by weight, where 1 is the mean."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from analysis.respondent_weights.weighting_report import WeightSpread
from charts.kit.description.description import Description
from charts.kit.description.numbers import Axis, Form, Reference
from charts.kit.description.planes import Bins
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator

_STEPS = (0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
_MOST_BARS = 24


def weight_histogram(weights: npt.NDArray[np.float64], spread: WeightSpread, on: Canvas) -> Chart:
    """Bars of respondents by weight. ``weights`` are of mean 1; respondents with a weight of 0 count nowhere and are left out."""
    _ = translator(on.language)
    counted = weights[weights > 0]
    edges = _edges(spread.minimum, spread.maximum)
    counts = np.histogram(counted, edges)[0]
    ends = {name: on.number(getattr(spread, name), 2) for name in ("minimum", "median", "maximum")}
    described = Description(
        title=_("Spread of the weights"),
        caption=_("Respondents by weight: from {minimum} to {maximum}, median {median}. Dashed line: the mean, 1.").format(**ends),
        findings=_("From {minimum} to {maximum}, median {median}.").format(**ends),
        body=Bins(
            Axis(_("Weight (1 is the mean)"), (min(edges[0], 0.9) - 0.02, max(edges[-1], 1.1)), numbered=True),
            tuple(map(float, edges)),
            tuple(map(int, counts)),
            _("Respondents"),
            (_("Weight from"), _("Weight up to")),
            references=(Reference(1.0, _("mean")),),
            form=Form(2),
        ),
    )
    return draw(described, on)


def _edges(low: float, high: float) -> npt.NDArray[np.float64]:
    """Round edges that hold all weights in about 24 bars or fewer."""
    step = next((step for step in _STEPS if (high - low) / step <= _MOST_BARS), (high - low) / _MOST_BARS)
    first = math.floor(low / step + 1e-9)
    count = max(math.ceil(high / step - 1e-9) - first, 1)
    return np.asarray((first + np.arange(count + 1)) * step)
