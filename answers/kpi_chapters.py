"""How figures of KPIs come about."""

from __future__ import annotations

from answers.topic import Chapter
from words.language import message

KPI_CHAPTERS = (
    Chapter(
        "kpis.objective_index",
        message("Objective index"),
        message(
            "Every KPI comes on one scale by two values the survey sets: 0 at the limit or worse, 100 at the target or better. A month's "
            "index is the mean of its scores by the weights of the KPIs; a branch's is the mean of its months that have all the KPIs it "
            "reports, with Student's interval from how the months differ. It stands beside the index of the survey, each as its distance "
            "from the mean of the branches that have both, since targets are set and the two levels mean different things. KPIs and "
            "customers disagree where the two intervals do not meet: there to look first (DB3307/T 69-2018 asks for both)."
        ),
        r"s = 100\,\frac{x - l}{t - l}, \qquad O = \frac{\sum_i a_i\, s_i}{\sum_i a_i}",
    ),
)
PANEL_CHAPTERS = (
    Chapter(
        "kpis.satisfaction_panel",
        message("KPI and satisfaction within branches"),
        message(
            "Branches by waves: what a KPI and satisfaction are above or below the branch's own mean, so that lasting differences between "
            "branches count nothing. The slope is of satisfaction on the KPI in the same months and one, two and three months earlier; a "
            "wave of several months takes the KPI's mean over them. Errors are clustered by branch, p is adjusted over the lags (Holm). "
            "Fewer than three branches give no slope, fewer than ten a rough one. It says what goes together, never what causes what. "
            "Agrees with statsmodels."
        ),
        r"y_{bt} = \alpha_b + \beta\, x_{b,t-L} + e_{bt}",
    ),
)
