"""How drivers come about: the chapters of *Methods* on regression, importance, steps, penalty and reward, and what shifts bring."""

from __future__ import annotations

from answers.topic import Chapter
from words.language import message

DRIVERS_CHAPTER = Chapter(
    "drivers.drivers",
    message("Drivers together"),
    message(
        "One listwise base for everything: regression, importance, stepwise and penalty–reward of the same respondents, so that the "
        "parts of the page agree."
    ),
)
RELATIVE_IMPORTANCE_CHAPTER = Chapter(
    "drivers.relative_importance",
    message("Relative importance of drivers"),
    message(
        "The explained variance of overall satisfaction is shared out among the drivers: LMG averages over all orders of entry, "
        "Johnson's relative weights stand beside it. Intervals come from leaving out replicate groups."
    ),
)
REGRESSION_CHAPTER = Chapter(
    "drivers.regression",
    message("Regression"),
    message("Weighted least squares on standardised or raw scores with sandwich errors, from weighted cross-products."),
)
STEPWISE_CHAPTER = Chapter(
    "drivers.stepwise",
    message("Stepwise selection"),
    message(
        "Drivers enter at p ≤ 0.05 and leave at p > 0.10. Without weights and design p is that of the classical F-to-enter and "
        "F-to-remove, with them that of the coefficient table (Wald). The p values printed are optimistic, as for any search."
    ),
)
REGRESSION_SCATTER_CHAPTER = Chapter(
    "drivers.regression_scatter",
    message("Diagnostics"),
    message("Residuals, leverage and heteroscedasticity on the rows, beyond 50,000 rows on a stated sample."),
)
PENALTY_REWARD_CHAPTER = Chapter(
    "drivers.penalty_reward",
    message("Penalty and reward"),
    message("What the lowest and the highest grades of a driver do to overall satisfaction: basic, performance or excitement."),
)
DRIVERS_BY_GROUP_CHAPTER = Chapter(
    "drivers.drivers_by_group",
    message("Drivers by group"),
    message(
        "The importance of each driver within a group is set against the same driver among all the others; the interval of the "
        "difference comes from the replicate groups, adjusted by Benjamini and Hochberg."
    ),
)
WHAT_IF_CHAPTER = Chapter(
    "drivers.what_if",
    message("What if"),
    message("What a shift of driver scores would bring by the regression, and the cheapest mix of shifts that reaches a target."),
)
DRIVER_CHAPTERS = (
    DRIVERS_CHAPTER,
    RELATIVE_IMPORTANCE_CHAPTER,
    REGRESSION_CHAPTER,
    STEPWISE_CHAPTER,
    REGRESSION_SCATTER_CHAPTER,
    PENALTY_REWARD_CHAPTER,
)
GROUP_CHAPTERS = (DRIVERS_BY_GROUP_CHAPTER,)
WHAT_IF_CHAPTERS = (WHAT_IF_CHAPTER,)
