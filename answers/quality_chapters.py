"""The chapters of *Methods* on data quality, one a check."""

from __future__ import annotations

from answers.topic import Chapter
from words.language import message

QUALITY_CHAPTERS = (
    Chapter(
        "data_quality.response_profile",
        message("Respondents against customers"),
        message(
            "Shares of respondents are set against shares of customers along every column the population sheet knows: chi square, the "
            "index of dissimilarity, and each group by an exact test. Under-represented is a group whose share is certainly below four "
            "fifths of its share of the customers."
        ),
        r"\chi^2=\sum_i\frac{(n_i-n\pi_i)^2}{n\pi_i}, \qquad D=\tfrac12\sum_i|p_i-\pi_i|",
    ),
    Chapter(
        "data_quality.missingness",
        message("Missing answers"),
        message(
            "The share of responses without an answer, by question and branch; each branch is tested against all others, adjusted over the "
            "whole map by Benjamini and Hochberg."
        ),
    ),
    Chapter(
        "data_quality.straight_lines",
        message("Straight lines"),
        message("Responses with the same grade on every question of the most used scale; the rule is the one the check of a workbook has."),
    ),
    Chapter(
        "data_quality.speeders",
        message("Speeders"),
        message("Interviews shorter than a set share of the wave's median length; the share is a setting."),
    ),
    Chapter(
        "data_quality.interviewer_effects",
        message("Interviewer effects"),
        message(
            "A mixed model splits the variance of respondents' scores into a part between interviewers and a part within, with and without "
            "the differences between branches; restricted maximum likelihood, interval by the profile of the likelihood."
        ),
        r"\rho=\frac{\sigma_b^2}{\sigma_b^2+\sigma_w^2}, \qquad \mathrm{deff}=1+\rho(m-1)",
    ),
    Chapter(
        "data_quality.duplicate_answers",
        message("Identical responses"),
        message(
            "Responses with the same answers everywhere, straight lines left out. Identical pairs within one interviewer or branch are set "
            "against the number that would be there if lots had decided who interviewed whom."
        ),
        r"\mathrm{E}(X_g)=T\,\frac{n_g(n_g-1)}{N(N-1)}",
    ),
    Chapter(
        "data_quality.suspect_effect",
        message("What suspicious responses do"),
        message(
            "The index without straight lines, speeders and identical responses minus the index of everybody. Both come from the same "
            "respondents, so the difference has one interval, far narrower than those of the two indices."
        ),
    ),
)
