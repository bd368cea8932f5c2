"""Words of the figures of root causes, and how they come about."""

from __future__ import annotations

from answers.topic import Chapter
from words.language import message

CAUSE_FIGURE_WORDS = {
    "stratified": message("cases and base with and without it"),
    "share": message("check sheet of cases"),
    "correlation": message("correlation"),
    "regression": message("regression"),
    "before_after": message("trial without it"),
    "influence": message("influence, % of the problem"),
    "difference": message("difference of the shares, points"),
    "share_of_cases": message("share of the cases, %"),
    "r": message("correlation r"),
    "slope": message("slope"),
    "change": message("change in the trial"),
    "share_with": message("share with the cause, %"),
    "share_without": message("share without the cause, %"),
    "risk_ratio": message("times as often with the cause"),
    "share_before": message("share before, %"),
    "share_after": message("share after, %"),
    "mean_before": message("mean before"),
    "mean_after": message("mean after"),
    "cases_needed": message("cases that would tell"),
}
CAUSE_CHAPTERS = (
    Chapter(
        "root_causes.verdicts",
        message("Root causes: the verdict"),
        message(
            "Each end cause has a test and an influence, its per cent of the problem with an interval. Confirmed: the test rejects, "
            "with p by Holm over all causes, and the whole interval reaches the least influence (10 % unless named). Not confirmed: "
            "the whole interval lies below it. Else there are not enough data, and it is said how many such cases would tell. The "
            "lower end decides and not the estimate: a cause below the least influence is then confirmed in at most 2.5 % of "
            "samples, however few cases there are. Nothing is decided by a vote."
        ),
    ),
    Chapter(
        "root_causes.stratified",
        message("Cases and base with and without the cause"),
        message(
            "Does the problem come more often with the cause? χ² test, Fisher’s exact test for small counts; the difference with "
            "Newcombe’s interval, the ratio R with Koopman’s score interval. Influence is the share of all cases that would be gone "
            "if the problem came everywhere as seldom as without the cause (population attributable share); q is the part of the "
            "base with the cause, taken as known."
        ),
        r"\frac{p - p_0}{p} = \frac{q(R-1)}{1 + q(R-1)}",
    ),
    Chapter(
        "root_causes.case_shares",
        message("Check sheet of cases"),
        message(
            "The share of the cases in which the cause was seen, with Wilson’s interval; the exact binomial test compares it with "
            "the least influence. The base is the number of cases on the sheet, never another total."
        ),
    ),
    Chapter(
        "root_causes.correlation",
        message("Cause and problem over months or branches"),
        message(
            "Pearson’s r of the pairs with Fisher’s interval; influence is r², the share of the problem’s ups and downs that go "
            "along, from 0 where the interval of r holds 0. Below ten pairs it is said that they are few."
        ),
        r"z = \operatorname{artanh} r \pm \frac{z_{1-\alpha/2}}{\sqrt{n-3}}",
    ),
    Chapter(
        "root_causes.known_estimates",
        message("Causes tested by the store"),
        message(
            "Complaints: the share of all of them, or, where the problem is some of them, these against all. Customers of a group who are "
            "not satisfied against those of all others, by effective counts. A driver: the t test of its slope; influence is its LMG share "
            "of R² times R². A KPI: the slope within branches in the same months; influence is r² of what the branches move by."
        ),
    ),
    Chapter(
        "root_causes.before_after",
        message("Trial without the cause"),
        message(
            "Shares before and during the trial; influence is the part of the problem that was gone, with the score interval of the "
            "ratio. Means: Welch’s interval of the change; influence is the change as a part of what is to be gained."
        ),
        r"\frac{p_{\text{before}} - p_{\text{after}}}{p_{\text{before}}}",
    ),
)
