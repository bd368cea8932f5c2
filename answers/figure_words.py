"""What keys, codes and verdicts of figures are called in a table, whatever the topic; records keep their codes."""

from __future__ import annotations

from words.language import message

#: What stands in the place of an indicator where a figure is of none.
CODE_WORDS = {
    "weights": message("respondent weights"),
    "respondents": message("respondents"),
    "factors": message("factors"),
    "identical": message("identical responses"),
    "straight_lines": message("straight lines"),
    "speeders": message("speeders"),
    "all_items": message("all questions"),
    "total": message("all items"),
    "objective": message("objective index"),
    "intercept": message("constant term"),
    "r_squared": message("R²"),
    "r_squared_adjusted": message("adjusted R²"),
    "residual_deviation": message("residual standard deviation"),
    "wald_f": message("Wald F of all drivers together"),
    "condition_number": message("condition number"),
    "largest_vif": message("largest variance inflation"),
    "importance": message("importance"),
    "performance": message("performance"),
    "breusch_pagan": message("Breusch–Pagan statistic (uneven spread)"),
}
VERDICT_WORDS = {
    "same": message("same meaning"),
    "unlike": message("different meaning"),
    "win_back": message("to win back"),
    "basic": message("basic"),
    "performance": message("performance"),
    "excitement": message("excitement"),
    "none": message("no effect shown"),
    "vital": message("vital few"),
    "improve": message("improve first"),
    "keep": message("keep up"),
    "low": message("low priority"),
    "overkill": message("perhaps too much"),
    "met": message("target met"),
    "missed": message("target missed"),
    "better_by_kpis": message("better by KPIs than by customers"),
    "better_by_customers": message("better by customers than by KPIs"),
}

#: What the keys of figures are called, as headings.
KEY_TITLES = {
    "wave": message("Wave"),
    "grade": message("Grade"),
    "part": message("Compared by"),
    "competitor": message("Competitor"),
    "side": message("Side"),
    "stage": message("Stage"),
    "figure": message("Figure"),
    "set": message("Set of questions"),
    "construct": message("Construct"),
    "factor": message("Factor"),
    "from": message("From"),
    "to": message("To"),
    "respondent": message("Respondent"),
    "weights": message("Weights"),
    "node": message("Node"),
    "axis": message("Axis"),
    "class_before": message("Class before"),
    "class_after": message("Class now"),
    "against": message("Against"),
    "row": message("Row in the workbook"),
    "share": message("Share"),
    "month": message("Month"),
    "ministry_class": message("Ministry class"),
    "cause": message("Cause"),
    "position": message("Handler's position"),
    "promise": message("Promise"),
    "lag": message("Months earlier"),
    "hall": message("Hall"),
    "visit": message("Visit"),
}
KEY_WORDS = {
    "operator": message("operator"),
    "brand": message("brand"),
    "membership": message("membership (0–1)"),
    "score": message("score"),
    "difference": message("difference"),
    "weight": message("weight"),
    "share": message("share of the category (0–1)"),
    "weight_minimum": message("smallest weight"),
    "weight_median": message("median weight"),
    "weight_maximum": message("largest weight"),
    "deff": message("design effect of the weights"),
    "n_eff": message("effective base"),
    "efficiency": message("efficiency (0–1)"),
    "index": message("score"),
    "se_ratio": message("standard error, raked again ÷ not"),
    "before": message("before weighting"),
    "target": message("target"),
    "after": message("after weighting"),
    "after_fixed": message("after weighting, weights taken as fixed"),
    "change": message("change"),
    "rest": message("everybody else"),
}
#: Keys that say what a figure belongs to, not which respondents it is of: absent means nothing, not everybody.
NOT_GROUPS = (
    "figure",
    "stage",
    "grade",
    "set",
    "construct",
    "factor",
    "from",
    "to",
    "respondent",
    "against",
    "row",
    "weights",
    "node",
    "share",
    "promise",
    "cause",
    "lag",
)
#: Figures that are numbers of respondents.
COUNTS = ("needed", "more", "customers", "pairs", "copy", "groups", "moved", "repeat_times", "months_met", "branches")
#: Figures that are no differences, whatever stands beside them: shown without a sign.
LEVELS = (
    "share_before_percent", "share_now_percent", "score_before", "score_now",
    *(f"{gap}_{side}" for gap in ("understanding", "standards", "delivery", "communication", "service") for side in ("plus", "minus")),
)  # fmt: skip
