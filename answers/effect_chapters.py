"""Chapters of *Methods* about effects of measures."""

from __future__ import annotations

from answers.topic import Chapter
from words.language import message

EFFECT_CHAPTERS = (
    Chapter(
        "effects.difference_in_differences",
        message("Effect of a measure"),
        message(
            "What changed where something was done, less what changed in the untouched branches. Each branch’s change is one observation, "
            "so branches that move by themselves count as chance; with few branches intervals are wide, and they hold their level even "
            "with a single treated branch. The same comparison among the waves before (placebo) must show nothing."
        ),
        r"\hat\delta = \bar d_{\text{treated}} - \bar d_{\text{untouched}}, \quad d_b = \bar y_{b,\text{after}} - \bar y_{b,\text{before}}",
    ),
    Chapter(
        "effects.levels",
        message("Before and after"),
        message(
            "The level of the treated branches together before and since, and its change, which is no effect. Of answers the chance of the "
            "samples counts (waves are independent, Welch–Satterthwaite degrees of freedom); of complaints the Poisson chance, widened by "
            "how much more months differ (quasi-Poisson, dispersion at least 1); of a KPI how far months differ around the two levels "
            "(two-sample t, one variance)."
        ),
        r"\Delta = \bar y_{\text{after}} - \bar y_{\text{before}}, \quad s^2_\Delta = s^2_{\text{after}} + s^2_{\text{before}}",
    ),
    Chapter(
        "effects.target",
        message("Was the target reached?"),
        message(
            "Reached where the whole interval of the level since lies on the good side of the target, missed where it lies on the other, "
            "else not to be told yet. The share of the way is counted from the baseline, which is the level before unless it is named."
        ),
        r"\text{way} = \frac{\bar y_{\text{after}} - \text{baseline}}{\text{target} - \text{baseline}}",
    ),
    Chapter(
        "effects.promise",
        message("Promised against achieved"),
        message(
            "What was achieved is the effect, or the change where there is no untouched branch. Its difference from what was promised has "
            "the variances of both. Where it cannot be told from chance, and what was achieved can be told from nothing, the promise "
            "was kept."
        ),
        r"g = \hat\delta - \delta_{\text{promised}}, \quad \operatorname{var} g = s^2_{\hat\delta} + s^2_{\text{promised}}",
    ),
)
