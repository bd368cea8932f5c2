"""The chapter of *Methods* on control charts."""

from __future__ import annotations

from answers.topic import Chapter
from words.language import message

CONTROL_CHART_CHAPTERS = (
    Chapter(
        "control_charts.estimate_chart",
        message("Control charts"),
        message(
            "Shares stand on p charts with their effective bases, rates on u charts, everything else on a chart of individuals and moving "
            "ranges. Above 1,000 cases a point sampling alone explains too little of what points differ by, so Laney's charts p′ and u′ "
            "widen the limits by what neighbours differ by. Limits are three standard deviations from the centre line. Each phase has "
            "limits of its own, from all its points (trial limits, which move with every new one) or from those up to a named period, "
            "which stay. Patterns and moving ranges do not cross phases or missing points. "
            "Agrees with the tables of Montgomery and NIST and with pccpy."
        ),
        r"\bar p \pm 3\,\sigma_z\sqrt{\frac{\bar p(1-\bar p)}{n_i}}, \qquad \bar u \pm 3\,\sigma_z\sqrt{\frac{\bar u}{N_i}}, \qquad "
        r"\bar x \pm 3\,\frac{\overline{MR}}{1.128}",
    ),
    Chapter(
        "control_charts.rules",
        message("The eight rules"),
        message(
            "A point beyond the limits; nine in a row on one side; six rising or falling; fourteen alternating; two of three beyond two "
            "standard deviations; four of five beyond one; fifteen within one; eight none within one (Nelson 1984). GB/T 17989.2 takes "
            "these pattern tests over; its own numbering could not be looked up, so the numbers here are Nelson's. The more rules are "
            "looked at, the more often chance alone breaks one; how often is said beside each chart."
        ),
    ),
)
